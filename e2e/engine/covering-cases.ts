/**
 * Fewer rows of the table of layers that still hold every value of every option of every layer type. For what is asked of the
 * table a second time: in another browser, or of its shaders' texts alone. Pure.
 */
import type { LayerCase } from './layer-cases.ts';

/** What a row says of its layer type: each option with its value, and what is special in its input. */
export function traitsOf({ layer, inputShape: [height, width, channels], options = {} }: LayerCase): readonly string[] {
  const { type, ...rest } = layer;
  const traits = Object.entries({ ...rest, ...options }).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const sides = height === 1 && width === 1 ? 'a cell' : height === 1 || width === 1 ? 'a line' : 'a plane';
  return [...traits, sides, channels === 1 ? 'one channel' : 'channels'].map((trait) => `${type} ${trait}`);
}

/** Rows in their order, without those that add no trait of their layer type to the rows that are kept; rich rows are kept first. */
export function coveringCases(rows: readonly LayerCase[]): readonly LayerCase[] {
  const seen = new Set<string>();
  const kept = new Set<LayerCase>();
  const byRichness = rows.toSorted((a, b) => traitsOf(b).length - traitsOf(a).length);
  for (const row of byRichness) {
    const traits = traitsOf(row);
    if (traits.every((trait) => seen.has(trait))) continue;
    traits.forEach((trait) => seen.add(trait));
    kept.add(row);
  }
  return rows.filter((row) => kept.has(row));
}
