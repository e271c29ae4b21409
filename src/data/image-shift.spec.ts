/*
 * Plan. An image of two rows and two channels, whose numbers are all different, is written down by hand at shifts to both sides, at
 * none and past its edges.
 */
import { expect, test } from 'playwright/test';
import { shiftImage } from './image-shift.ts';

const image = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

const cases: readonly (readonly [columns: number, pixels: readonly number[]])[] = [
  [0, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  [1, [0, 0, 1, 2, 3, 4, 0, 0, 7, 8, 9, 10]],
  [-2, [5, 6, 0, 0, 0, 0, 11, 12, 0, 0, 0, 0]],
  [3, new Array<number>(12).fill(0)],
  [-4, new Array<number>(12).fill(0)],
];

for (const [columns, pixels] of cases) {
  test(`an image ${columns} pixels further right`, () => {
    expect([...shiftImage(image, [2, 3, 2], columns)]).toEqual(pixels);
  });
}
