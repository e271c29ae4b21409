/*
 * Plan: counts and sizes of shapes of every rank are held to numbers written out by hand; the index of a cell is held to
 * a count through the tensor in its order, row by row, and back; a cell beyond any side is not there.
 */
import { expect, test } from 'playwright/test';
import { cellAt, cellCount, cellIndex, hasCell, imageSizes } from './cells.ts';

const shapes = [[4, 3, 5], [1, 1, 7], [6, 1, 1], [9], [2, 8]] as const;

test('cells are counted, a number alone as one', () => {
  expect([[], [7], [3, 4], [2, 3, 4], [3, 3, 8, 16], [5, 0, 2]].map(cellCount)).toEqual([1, 7, 12, 24, 1152, 0]);
});

test('an image keeps its sides, anything else is one cell of many channels', () => {
  expect(imageSizes([28, 26, 3])).toEqual([28, 26, 3]);
  expect([[10], [4, 6], [], [2, 2, 3, 5]].map(imageSizes)).toEqual([
    [1, 1, 10],
    [1, 1, 24],
    [1, 1, 1],
    [1, 1, 60],
  ]);
});

for (const shape of shapes) {
  test(`the cells of [${shape.join(', ')}] lie row by row, channels together`, () => {
    const [height, width, channels] = imageSizes(shape);
    let index = 0;
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        for (let channel = 0; channel < channels; channel++) {
          const place = { row, column, channel };
          expect(hasCell(shape, place)).toBe(true);
          expect(cellIndex(shape, place)).toBe(index);
          expect(cellAt(shape, index)).toEqual(place);
          index += 1;
        }
      }
    }
    expect(index).toBe(cellCount(shape));
  });

  test(`[${shape.join(', ')}] has no cell beyond its sides`, () => {
    const [height, width, channels] = imageSizes(shape);
    const last = { row: height - 1, column: width - 1, channel: channels - 1 };
    expect(hasCell(shape, last)).toBe(true);
    expect(hasCell(shape, { ...last, row: height })).toBe(false);
    expect(hasCell(shape, { ...last, column: width })).toBe(false);
    expect(hasCell(shape, { ...last, channel: channels })).toBe(false);
  });
}
