/*
 * Plan. Maps of a layer with the room of the pipeline: small ones fill it, many large ones keep a side that can be read and
 * are scrolled, units are cells. Filters: a row for each filter with all its inputs, cells of at least five pixels; those of one
 * input fill the room; a frame lies around exactly one filter. No canvas is larger than WebGPU guarantees.
 */
import { expect, test } from 'playwright/test';
import { canvasSize, isDrawable } from '../map-layout.ts';
import { filterBox, largeFilters, largeMaps } from './large-layout.ts';

const room = { width: 700, height: 430, devicePixelRatio: 1 };

test('small maps fill the room, large ones are scrolled downwards only', () => {
  const small = largeMaps([11, 11, 64], room);
  expect(small.layout?.cellPx).toBeGreaterThanOrEqual(4);
  const many = largeMaps([32, 32, 128], room);
  expect(32 * (many.layout?.cellPx ?? 0)).toBeGreaterThanOrEqual(44);
  for (const { tiles, layout } of [small, many]) {
    expect(layout && canvasSize(tiles, layout, 1).width).toBeLessThanOrEqual(room.width);
  }
  expect(many.layout && canvasSize(many.tiles, many.layout, 1).height).toBeGreaterThan(room.height);
});

test('units are cells large enough to point at', () => {
  expect(largeMaps([512], room).layout?.cellPx).toBeGreaterThanOrEqual(16);
});

for (const shape of [
  [3, 3, 32, 64],
  [3, 3, 128, 128],
  [1, 1, 16, 32],
] as const) {
  for (const devicePixelRatio of [1, 2]) {
    test(`filters of ${shape.join('×')} at a pixel ratio of ${devicePixelRatio} have a row each`, () => {
      const maps = largeFilters(shape, { ...room, devicePixelRatio });
      expect(maps.layout?.columns).toBe(shape[2]);
      expect(maps.layout && isDrawable(maps.tiles, maps.layout)).toBe(true);
      if (shape[2] < 100) expect(maps.layout?.cellPx).toBeGreaterThanOrEqual(5 * devicePixelRatio);
      const [first, second] = [0, 1].map((filter) => filterBox(shape, maps, filter, devicePixelRatio));
      expect(first).toMatchObject({ left: 0, top: 0 });
      expect(second?.top).toBeGreaterThan(first?.height ?? Infinity);
    });
  }
}

test('filters of one input fill the room, side by side', () => {
  const shape = [3, 3, 1, 32];
  const maps = largeFilters(shape, room);
  const size = maps.layout && canvasSize(maps.tiles, maps.layout, 1);
  expect(size?.height).toBeLessThanOrEqual(room.height);
  expect(maps.layout?.cellPx).toBeGreaterThan(14);
  const columns = maps.layout?.columns ?? 0;
  expect(filterBox(shape, maps, columns, 1)).toMatchObject({ left: 0 });
  expect(filterBox(shape, maps, 1, 1)?.left).toBeGreaterThan(filterBox(shape, maps, 1, 1)?.width ?? Infinity);
});

test('a dense kernel is one tile without filters to frame; one too large for any canvas is not drawn', () => {
  const maps = largeFilters([576, 64], room);
  expect(maps.layout).toBeDefined();
  expect(filterBox([576, 64], maps, 0, 1)).toBeUndefined();
  expect(largeFilters([50_176, 64], room).layout).toBeUndefined();
});
