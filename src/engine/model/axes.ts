/** Reads one axis or a list of axes, negative ones counted from the last. Knows neither batches nor weights. */
import { show, type FieldReader } from './field-reader.ts';

/** The axes that can be named: `first` … `rank − 1`, or −1 … `first − rank` from the last. */
export interface AxisRange {
  readonly first: number;
  readonly rank: number;
}

/** Different axes in ascending order, at least one; the fallback's when absent, or when broken (then also an issue). */
export function readAxes(fields: FieldReader, field: string, fallback: number, range: AxisRange): readonly number[] {
  const value = fields.get(field) ?? fallback;
  const axes = (Array.isArray(value) ? (value as readonly unknown[]) : [value]).map((axis) => normalized(axis, range));
  const known = axes.filter((axis) => axis !== undefined);
  if (known.length > 0 && known.length === axes.length && new Set(known).size === known.length)
    return known.toSorted((a, b) => a - b);
  const { first, rank } = range;
  const last = first === rank - 1 ? `${first}` : `from ${first} to ${rank - 1}`;
  fields.report(
    'badValue',
    `${field} must be one axis or a list of different axes, ${last}, or counted from the end by −1 and below. Received ${field}=${show(value)}.`,
  );
  return [fallback < 0 ? fallback + rank : fallback];
}

function normalized(axis: unknown, { first, rank }: AxisRange): number | undefined {
  if (typeof axis !== 'number' || !Number.isInteger(axis)) return undefined;
  const counted = axis < 0 ? axis + rank : axis;
  return counted >= first && counted < rank ? counted : undefined;
}
