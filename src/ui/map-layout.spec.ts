/*
 * Plan: the tile arithmetic of the pipeline, on the lecture's shapes and on shapes that do not suit.
 *  - One whole pixel size per stage; no canvas is wider than its stage; stages and gaps fit the width given.
 *  - The canvas has room for every tile, and nothing is taller than the room where a layout that fits exists.
 *  - Spare width goes to the stage whose cells are smallest; pooled tiles are visibly smaller than those before.
 *  - Device pixels: a ratio of 2 doubles the pixels, not the CSS size; too many tiles overflow downwards only.
 */
import { test, expect } from 'playwright/test';
import { canvasSize, fitTiles, isDrawable, planStages, tilesOf, weightTiles, type TileSet } from './map-layout.ts';

const lecture: readonly TileSet[] = [
  tilesOf([26, 26, 32]),
  tilesOf([13, 13, 32], true),
  tilesOf([11, 11, 64]),
  tilesOf([5, 5, 64], true),
  tilesOf([3, 3, 64]),
  tilesOf([64]),
];
const room = { width: 1086, height: 322, minStageWidth: 138, gap: 14, devicePixelRatio: 1 };

for (const devicePixelRatio of [1, 1.5, 2, 3]) {
  for (const width of [700, 1086, 1700]) {
    test(`the lecture's stages in ${width} px at a pixel ratio of ${devicePixelRatio}`, () => {
      const plans = planStages(lecture, { ...room, width, devicePixelRatio });
      plans.forEach(({ layout, stageWidth }, i) => {
        const tiles = lecture[i] ?? tilesOf([1]);
        expect(Number.isInteger(layout.cellPx) && Number.isInteger(layout.gapPx)).toBe(true);
        const size = canvasSize(tiles, layout, devicePixelRatio);
        expect(size.width).toBeLessThanOrEqual(stageWidth);
        expect(size.height).toBeLessThanOrEqual(room.height);
        expect(layout.columns * Math.ceil(tiles.count / layout.columns)).toBeGreaterThanOrEqual(tiles.count);
      });
      const total = plans.reduce((sum, { stageWidth }) => sum + stageWidth, 0) + 5 * room.gap;
      expect(total).toBeLessThanOrEqual(Math.max(width, 6 * room.minStageWidth + 5 * room.gap));
    });
  }
}

test('at 1440 px the first maps get two pixels a cell and the pooled ones are half as wide', () => {
  const plans = planStages(lecture, room);
  expect(plans[0]?.layout).toEqual({ columns: 6, cellPx: 2, gapPx: 1 });
  expect(plans[1]?.layout.cellPx).toBe(2);
  const tile = (i: number): number => (lecture[i]?.width ?? 0) * (plans[i]?.layout.cellPx ?? 0);
  expect(tile(1)).toBe(tile(0) / 2);
  expect(tile(3)).toBeLessThanOrEqual(0.75 * tile(2));
});

test('more spare width never makes cells smaller', () => {
  const narrow = planStages(lecture, room);
  const wide = planStages(lecture, { ...room, width: 1600 });
  narrow.forEach(({ layout }, i) => expect(wide[i]?.layout.cellPx).toBeGreaterThanOrEqual(layout.cellPx));
});

test('tiles that cannot fit keep a legible size and overflow downwards', () => {
  const tiles = tilesOf([28, 28, 128]);
  const layout = fitTiles(tiles, { width: 138, height: 300, devicePixelRatio: 2 });
  expect(layout.cellPx).toBe(2);
  const size = canvasSize(tiles, layout, 2);
  expect(size.width).toBeLessThanOrEqual(138);
  expect(size.height).toBeGreaterThan(300);
});

test('units become one cell each, and a tile wider than the stage still gets a column', () => {
  expect(tilesOf([64])).toMatchObject({ width: 1, height: 1, count: 64 });
  expect(fitTiles(tilesOf([200, 200, 4]), { width: 138, height: 300, devicePixelRatio: 1 }).columns).toBe(1);
});

test('filters keep cells of three pixels, whatever their number; a weight too long for a canvas is not drawable', () => {
  const small = { width: 138, height: 300, devicePixelRatio: 1 };
  const filters = weightTiles([3, 3, 32, 64]);
  expect(filters).toMatchObject({ width: 3, height: 3, count: 2048 });
  expect(fitTiles(filters, small).cellPx).toBe(3);
  expect(isDrawable(filters, fitTiles(filters, small))).toBe(true);
  const dense = weightTiles([50_176, 64]);
  expect(dense).toMatchObject({ width: 64, height: 50_176, count: 1 });
  expect(isDrawable(dense, fitTiles(dense, small))).toBe(false);
});
