/*
 * Plan. A design as strong as before keeps the root of the sum of squares, over one plane and over all; over zeros it gets the
 * size that the layer's kernels start with. Printed numbers stay as they are in one plane, and over all planes add up to
 * one of them. A flip changes the chosen plane only, twice is none, and mirrors rows or columns.
 */
import { expect, test } from 'playwright/test';
import { cellChange, flip, replacement, type NumberChange } from './filter-edits.ts';

const size = { slices: 2, height: 2, width: 3 };
const numbers = Float32Array.from({ length: 12 }, (_, i) => i - 4.5);
const sobel = [-1, 0, 1, -1, 0, 1];

const rootOfSquares = (values: Iterable<number>): number =>
  Math.sqrt([...values].reduce((sum, value) => sum + value * value, 0));

function applied({ places, values }: NumberChange, before = numbers): Float32Array<ArrayBuffer> {
  const after = Float32Array.from(before);
  places.forEach((place, i) => (after[place] = values[i] ?? NaN));
  return after;
}

test('as strong as before', () => {
  const one = replacement(numbers, size, 1, sobel, 'kept', 1);
  expect([...one.places]).toEqual([6, 7, 8, 9, 10, 11]);
  expect(rootOfSquares(one.values)).toBeCloseTo(rootOfSquares(numbers.subarray(6)), 5);
  expect((one.values[2] ?? 0) / (one.values[0] ?? 0)).toBe(-1);
  const all = replacement(numbers, size, undefined, sobel, 'kept', 1);
  expect(all.places.length).toBe(12);
  expect(rootOfSquares(all.values)).toBeCloseTo(rootOfSquares(numbers), 5);
});

test('over zeros as strong as a kernel begins', () => {
  const { values } = replacement(new Float32Array(12), size, 0, sobel, 'kept', 0.25);
  expect(rootOfSquares(values)).toBeCloseTo(0.25 * Math.sqrt(6), 6);
});

test('printed numbers', () => {
  expect([...replacement(numbers, size, 0, sobel, 'printed', 1).values]).toEqual(sobel);
  const all = replacement(numbers, size, undefined, sobel, 'printed', 1).values;
  expect([...all.subarray(0, 6)].map((value, i) => value + (all[6 + i] ?? 0))).toEqual(sobel);
  const zeros = replacement(numbers, size, undefined, [0, 0, 0, 0, 0, 0], 'kept', 1).values;
  expect([...zeros].every((value) => value === 0)).toBe(true);
});

test('flips', () => {
  expect([...applied(flip(numbers, size, 0, 'leftToRight'))].slice(0, 7)).toEqual([
    -2.5, -3.5, -4.5, 0.5, -0.5, -1.5, 1.5,
  ]);
  expect([...applied(flip(numbers, size, 1, 'topToBottom'))].slice(6)).toEqual([4.5, 5.5, 6.5, 1.5, 2.5, 3.5]);
  for (const direction of ['leftToRight', 'topToBottom'] as const) {
    const once = applied(flip(numbers, size, undefined, direction));
    expect(once).not.toEqual(numbers);
    expect(applied(flip(once, size, undefined, direction), once)).toEqual(numbers);
  }
});

test('one number', () => {
  expect(applied(cellChange(12, 0.5), new Float32Array(13)).at(-1)).toBe(0.5);
});
