/*
 * Plan. A tally of two shifts over a few images: which images come next, that all planned ones lie evenly among those there are,
 * and shares that are counted by hand. Shifted test images are bytes over 255, moved, then padded to the network's input.
 */
import { expect, test } from 'playwright/test';
import { shiftedTestImages, ShiftTally } from './shift-tally.ts';

test('the planned images lie evenly among all, whatever comes at once', () => {
  const tally = new ShiftTally([-1, 1], 5);
  expect(tally.next(3, 100)).toEqual([0, 20, 40]);
  tally.add([1, 1, 1], [new Float32Array(6), new Float32Array(6)]);
  expect(tally.next(3, 100)).toEqual([60, 80]);
  tally.add([1, 1], [new Float32Array(4), new Float32Array(4)]);
  expect(tally.count).toBe(5);
  expect(tally.next(3, 100)).toEqual([]);
});

test('right answers are counted for each shift by itself', () => {
  const tally = new ShiftTally([0, 4], 4);
  expect(tally.shares).toEqual([0, 0]);
  const sureOf = (...classes: readonly number[]): Float32Array =>
    Float32Array.from(classes.flatMap((wanted) => [0, 1, 2].map((one) => (one === wanted ? 0.8 : 0.1))));
  tally.add([0, 1, 2], [sureOf(0, 1, 2), sureOf(0, 2, 2)]);
  tally.add([1], [sureOf(0), sureOf(0)]);
  expect(tally.shares).toEqual([3 / 4, 2 / 4]);
});

test('test images are shifted before they are padded', () => {
  const test = {
    images: Uint8Array.of(0, 0, 0, 0, 255, 51, 102, 0),
    labels: Uint8Array.of(3, 4),
    shape: [2, 2, 2, 1] as const,
    classes: 10,
  };
  const inputs = shiftedTestImages(test, [1], 1, [4, 4, 1]);
  const expected = [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0.4, 0, 0, 0, 0, 0];
  expect([...inputs].map((value) => Number(value.toFixed(6)))).toEqual(expected);
});
