/*
 * Plan. The start is grey within the noise, the same for the same seed, another for another. A step moves the pixels within reach by
 * the gradient divided by its root mean square, so that a gradient twice as large makes the same step; what is out of reach
 * fades towards grey and no pixel leaves 0…1. Smoothing spreads one number as (1 2 1)/4 across and down, keeps channels
 * apart, and what it makes of a gradient still leads uphill, also after it was cut to the reach. No gradient is no step.
 */
import { expect, test } from 'playwright/test';
import { createDraws } from '../data/digits/draws.ts';
import { grey, smoothed, startPicture, stepUphill } from './gradient-ascent.ts';

const all = { reach: { rows: [1, 1, 1], columns: [1, 1, 1] }, isSmooth: false };
const shape = [3, 3, 1] as const;
const nineOf = (value: number) => new Float32Array(9).fill(value);

test('the start is grey with noise of its seed', () => {
  const picture = startPicture(784, 5);
  expect(picture).toEqual(startPicture(784, 5));
  expect(picture).not.toEqual(startPicture(784, 6));
  expect(Math.max(...picture.map((pixel) => Math.abs(pixel - grey)))).toBeLessThanOrEqual(0.02001);
  expect(new Set(picture).size).toBeGreaterThan(700);
});

test('a step goes along the gradient, however steep it is', () => {
  const gradient = Float32Array.of(3, 0, 0, 0, -3, 0, 0, 0, 0);
  const next = stepUphill(nineOf(grey), gradient, shape, all) ?? nineOf(NaN);
  // The root mean square of the nine is 3 · √(2 / 9): the step is 0.05 · √4.5, of which 3 % fade.
  const reached = 0.05 * Math.sqrt(4.5) * 0.97;
  expect(next[0]).toBeCloseTo(grey + reached, 6);
  expect(next[4]).toBeCloseTo(grey - reached, 6);
  expect(next[1]).toBeCloseTo(grey, 6);
  const steeper = stepUphill(
    nineOf(grey),
    gradient.map((value) => value * 1000),
    shape,
    all,
  );
  steeper?.forEach((pixel, place) => expect(pixel).toBeCloseTo(next[place] ?? NaN, 6));
});

test('no pixel leaves 0…1, and what is out of reach fades', () => {
  const picture = Float32Array.of(1, 1, 1, 0, 0, 0, 1, 1, 1);
  const gradient = Float32Array.of(9, 9, 9, -9, -9, -9, 9, 9, 9);
  const rule = { reach: { rows: [1, 1, 0], columns: [1, 1, 1] }, isSmooth: false };
  const next = stepUphill(picture, gradient, shape, rule) ?? nineOf(NaN);
  for (const pixel of next.subarray(0, 3)) expect(pixel).toBe(1);
  for (const pixel of next.subarray(3, 6)) expect(pixel).toBe(0);
  for (const pixel of next.subarray(6)) expect(pixel).toBeCloseTo(1 - 0.03 * 0.5, 6);
});

test('where no pixel within reach has a gradient, there is no step', () => {
  expect(stepUphill(nineOf(grey), nineOf(0), shape, all)).toBeUndefined();
  const rule = { reach: { rows: [0, 1, 1], columns: [1, 1, 1] }, isSmooth: false };
  expect(stepUphill(nineOf(grey), Float32Array.of(1, 1, 1, 0, 0, 0, 0, 0, 0), shape, rule)).toBeUndefined();
});

test('smoothing spreads a number over its neighbours, channel by channel', () => {
  const spread = smoothed(Float32Array.of(0, 0, 0, 0, 16, 0, 0, 0, 0), shape);
  expect([...spread]).toEqual([1, 2, 1, 2, 4, 2, 1, 2, 1]);
  const corner = smoothed(Float32Array.of(16, 0, 0, 0, 0, 0, 0, 0, 0), shape);
  expect([...corner]).toEqual([4, 2, 0, 2, 1, 0, 0, 0, 0]);
  const twoChannels = smoothed(Float32Array.of(0, 4, 0, 0, 0, 0, 0, 0), [2, 2, 2]);
  expect([...twoChannels]).toEqual([0, 1, 0, 0.5, 0, 0.5, 0, 0.25]);
});

test('a smoothed gradient still leads uphill', () => {
  const rule = { reach: { rows: [0, 1, 1, 1, 1, 0], columns: [1, 1, 1, 0, 0] }, isSmooth: true };
  for (let seed = 1; seed <= 200; seed++) {
    const draws = createDraws(seed, 1);
    const gradient = Float32Array.from({ length: 30 }, () => draws.normal());
    const start = new Float32Array(30).fill(grey);
    const next = stepUphill(start, gradient, [6, 5, 1], rule);
    const rise = gradient.reduce((sum, grad, place) => sum + grad * ((next?.[place] ?? NaN) - grey), 0);
    expect(rise).toBeGreaterThan(0);
  }
});
