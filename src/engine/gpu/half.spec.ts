/*
 * Plan. Every one of the 65,536 halves survives the way to a number and back; numbers between two neighbouring halves go to
 * the nearer one and, in the middle, to the even one; what is too large becomes infinite, what is too small zero. Arrays are
 * encoded and decoded with an odd number of elements too.
 */
import { expect, test } from 'playwright/test';
import { decodeElements, elementBytes, encodeElements, fromHalf, toHalf } from './half.ts';

test('every half comes back as it was', () => {
  const changed = Array.from({ length: 0x10000 }, (_, half) => half).filter((half) => {
    const value = fromHalf(half);
    return Number.isNaN(value) ? !Number.isNaN(fromHalf(toHalf(value))) : toHalf(value) !== half;
  });
  expect(changed).toEqual([]);
});

test('known values', () => {
  expect(fromHalf(0x3c00)).toBe(1);
  expect(fromHalf(0xc000)).toBe(-2);
  expect(fromHalf(0x7bff)).toBe(65504);
  expect(fromHalf(0x0001)).toBe(2 ** -24);
  expect(fromHalf(0x0400)).toBe(2 ** -14);
  expect(toHalf(1 / 3)).toBe(0x3555);
});

test('rounding goes to the nearest, ties to even', () => {
  const wrong = Array.from({ length: 0x7bff }, (_, half) => half).filter((half) => {
    const [low, high] = [fromHalf(half), fromHalf(half + 1)];
    const near = [low + (high - low) * 0.49, low + (high - low) * 0.51, (low + high) / 2].map(toHalf);
    return near.join() !== [half, half + 1, half % 2 === 0 ? half : half + 1].join();
  });
  expect(wrong).toEqual([]);
});

test('what does not fit', () => {
  expect(toHalf(65519)).toBe(0x7bff);
  expect(toHalf(65520)).toBe(0x7c00);
  expect(toHalf(-1e9)).toBe(0xfc00);
  expect(toHalf(2 ** -25)).toBe(0);
  expect(toHalf(-(2 ** -24) * 0.51)).toBe(0x8001);
});

test('arrays, of odd lengths too', () => {
  const values = Float32Array.of(1, -2, 0.5);
  for (const element of ['f32', 'f16'] as const) {
    const bytes = encodeElements(values, element);
    expect(bytes.length).toBe(elementBytes(3, element));
    expect([...decodeElements(bytes.buffer, 3, element)]).toEqual([1, -2, 0.5]);
  }
});
