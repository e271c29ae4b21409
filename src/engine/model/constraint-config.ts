/** Checks a constraint's JSON, fills in Keras 3's defaults and checks its axes against the weight's; changes no weight. */
import { isRecord, show, type FieldReader } from './field-reader.ts';
import { readAxes } from './axes.ts';
import type { Constraint } from './resolved.ts';

const types = ['nonNeg', 'unitNorm', 'maxNorm', 'minMaxNorm'] as const;

/** The constraint in `field` for a weight of `rank` axes; undefined when there is none or it is broken (then also an issue). */
export function readConstraint(reader: FieldReader, field: string, rank: number): Constraint | undefined {
  const value = reader.get(field);
  if (value === undefined) return undefined;
  const record = typeof value === 'string' ? { type: value } : value;
  const isNamed = types.some((type) => type === value);
  if (isRecord(record) && (isNamed || typeof value !== 'string')) {
    return reader.nested(field, record, (fields) => readObject(fields, rank));
  }
  reader.report(
    'badValue',
    `${field} must be one of ${types.join(', ')}, or an object with a type. Received ${field}=${show(value)}.`,
  );
  return undefined;
}

function readObject(fields: FieldReader, rank: number): Constraint {
  const type = fields.requiredOneOf('type', types, 'nonNeg');
  if (type === 'nonNeg') return { type };
  const axes = readAxes(fields, 'axis', 0, { first: 0, rank });
  const norm = (field: string, fallback: number) => fields.number(field, fallback, 'a number ≥ 0', (x) => x >= 0);
  if (type === 'unitNorm') return { type, axes, minValue: 1, maxValue: 1, rate: 1 };
  if (type === 'maxNorm') return { type, axes, minValue: 0, maxValue: norm('maxValue', 2), rate: 1 };
  const minValue = norm('minValue', 0);
  const maxValue = norm('maxValue', 1);
  const rate = fields.number('rate', 1, 'a number from 0 to 1', (x) => x >= 0 && x <= 1);
  if (minValue > maxValue) {
    fields.report(
      'badValue',
      `minValue must not be above maxValue. Received minValue=${show(minValue)}, maxValue=${show(maxValue)}.`,
    );
  }
  return { type, axes, minValue, maxValue, rate };
}
