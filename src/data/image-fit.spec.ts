/*
 * Plan. An image that fits is unchanged; a smaller one stands in the middle of zeros, pixel for pixel; a larger one becomes means
 * over whole areas, worked out here by hand; one channel fills three alike, three become one as their mean. Areas that reach
 * past the image count what is outside as zero.
 */
import { expect, test } from 'playwright/test';
import { averageAreas, fitImage, isSameShape } from './image-fit.ts';

const counted = (count: number): Float32Array<ArrayBuffer> => Float32Array.from({ length: count }, (_, at) => at + 1);

test('an image of the right shape comes back as it is', () => {
  expect([...fitImage(counted(12), [2, 3, 2], [2, 3, 2])]).toEqual([...counted(12)]);
});

test('28 × 28 stands in the middle of 32 × 32, in all three colours', () => {
  const pixels = counted(28 * 28);
  const fitted = fitImage(pixels, [28, 28, 1], [32, 32, 3]);
  expect(fitted).toHaveLength(32 * 32 * 3);
  const at = (row: number, column: number, channel: number): number => fitted[(row * 32 + column) * 3 + channel] ?? NaN;
  for (const channel of [0, 1, 2]) {
    expect(at(2, 2, channel)).toBe(1);
    expect(at(29, 29, channel)).toBe(784);
    expect([at(1, 2, channel), at(2, 1, channel), at(30, 30, channel)]).toEqual([0, 0, 0]);
  }
  expect(fitted.reduce((sum, value) => sum + value, 0)).toBe((3 * 784 * 785) / 2);
});

test('an odd margin is smaller on the left and above', () => {
  expect([...fitImage(Float32Array.of(5), [1, 1, 1], [2, 2, 1])]).toEqual([5, 0, 0, 0]);
});

test('a larger image becomes the means of its areas and keeps its proportions', () => {
  const fitted = fitImage(counted(16), [4, 4, 1], [2, 2, 1]);
  expect([...fitted]).toEqual([3.5, 5.5, 11.5, 13.5]);
  const wide = fitImage(counted(8), [2, 4, 1], [2, 2, 1]);
  expect([...wide]).toEqual([(1 + 2 + 5 + 6) / 4, (3 + 4 + 7 + 8) / 4, 0, 0]);
});

test('areas that end within pixels take their share of them', () => {
  const frame = { left: 0.5, top: 0, cellWidth: 1.5, cellHeight: 1 };
  const [first, second] = averageAreas(Float32Array.of(2, 4, 8), [1, 3, 1], frame, [1, 2, 1]);
  expect(first).toBeCloseTo((0.5 * 2 + 4) / 1.5, 6);
  expect(second).toBeCloseTo(8 / 1.5, 6);
});

test('colours become their mean', () => {
  expect([...fitImage(Float32Array.of(0.25, 0.5, 0.75), [1, 1, 3], [1, 1, 1])]).toEqual([0.5]);
});

test('shapes are the same when all three numbers are', () => {
  expect(isSameShape([28, 28, 1], [28, 28, 1])).toBe(true);
  expect([isSameShape([28, 28, 1], [28, 28, 3]), isSameShape([28, 28, 1], [28, 27, 1])]).toEqual([false, false]);
});
