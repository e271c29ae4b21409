/*
 * Plan. Arrows move a cell by one and stop at the map's edges; brackets, Page Up and Down, Home and End change the map and keep
 * the place. Where a map is one cell, arrows go from map to map as they lie. Other keys are nobody's.
 */
import { expect, test } from 'playwright/test';
import { middleCell, stepCell, type CellExtent } from './cell-steps.ts';

const maps: CellExtent = { rows: 3, columns: 4, channels: 10, channelsPerRow: 5 };
const units: CellExtent = { rows: 1, columns: 1, channels: 10, channelsPerRow: 4 };
const cell = { layer: 'maps', row: 1, column: 2, channel: 3 };
const at = (row: number, column: number, channel: number) => ({ layer: 'maps', row, column, channel });
const after = (extent: CellExtent, ...keys: readonly string[]) =>
  keys.reduce((now, key) => stepCell(now, key, extent) ?? now, cell);

test('arrows move within the map and stop at its edges', () => {
  expect(after(maps, 'ArrowUp')).toEqual(at(0, 2, 3));
  expect(after(maps, 'ArrowUp', 'ArrowUp', 'ArrowLeft')).toEqual(at(0, 1, 3));
  expect(after(maps, 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight')).toEqual(at(2, 3, 3));
});

test('the map changes and the place stays', () => {
  expect(after(maps, ']')).toEqual(at(1, 2, 4));
  expect(after(maps, 'PageUp', '[')).toEqual(at(1, 2, 1));
  expect(after(maps, 'Home', 'PageUp')).toEqual(at(1, 2, 0));
  expect(after(maps, 'End', 'PageDown')).toEqual(at(1, 2, 9));
});

test('units lie in rows, and an arrow that leads nowhere stays', () => {
  const start = at(0, 0, 3);
  const step = (key: string) => stepCell(start, key, units)?.channel;
  expect(['ArrowLeft', 'ArrowRight', 'ArrowDown', 'ArrowUp'].map(step)).toEqual([2, 4, 7, 3]);
  expect(stepCell(at(0, 0, 7), 'ArrowDown', units)?.channel).toBe(7);
});

test('other keys are left alone', () => {
  for (const key of ['Tab', ' ', 'a', 'Escape']) expect(stepCell(cell, key, maps)).toBeUndefined();
  expect(middleCell('maps', maps)).toEqual(at(1, 1, 0));
});
