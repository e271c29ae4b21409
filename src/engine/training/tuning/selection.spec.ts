/*
 * Plan. What is measured: the dearest first, and nothing that takes less than a hundredth. How long: a submit is long beside a
 * fence, but never holds training up. How often: repeats grow in stages until a submit is long enough, whatever the first timing said.
 * What wins: at least three per cent; what is far behind is dropped. Rest: training keeps more than nine tenths of the time.
 */
import { expect, test } from 'playwright/test';
import { dearestFirst, isFarBehind, isFaster, isHopeless, nextRepeats, restMs, submitMsFor } from './selection.ts';

test('the dearest first, the negligible not at all', () => {
  const costs = new Map([
    ['small', 1.01],
    ['large', 60],
    ['middle', 38],
    ['tiny', 0.99],
  ]);
  expect(dearestFirst(costs)).toEqual(['large', 'middle', 'small']);
  expect(dearestFirst(new Map())).toEqual([]);
});

test('a submit is long beside its fence, within limits', () => {
  expect(submitMsFor(0)).toBe(8);
  expect(submitMsFor(0.2)).toBe(8);
  expect(submitMsFor(1)).toBe(16);
  expect(submitMsFor(100)).toBe(40);
});

test('repeats grow until a submit is long enough, then stay', () => {
  const repeatsOf = (trueMs: number, firstMs = trueMs) => {
    let repeats = 1;
    for (let ms = firstMs; ; ms = trueMs) {
      const next = nextRepeats(repeats, ms, 8);
      if (next === repeats) return repeats;
      expect(next / repeats).toBeLessThanOrEqual(16);
      repeats = next;
    }
  };
  expect(repeatsOf(20)).toBe(1);
  expect(repeatsOf(4)).toBe(1);
  expect(repeatsOf(1)).toBe(8);
  expect(repeatsOf(0.01)).toBe(800);
  expect(repeatsOf(0.01, 0)).toBe(800);
  expect(repeatsOf(0)).toBe(4096);
});

test('three per cent win, a quarter more is hopeless', () => {
  expect(isFaster(9.7, 10)).toBe(true);
  expect(isFaster(9.71, 10)).toBe(false);
  expect(isHopeless(12.5, 10)).toBe(false);
  expect(isHopeless(12.6, 10)).toBe(true);
  expect(isHopeless(Infinity, Infinity)).toBe(false);
  expect(isFarBehind(20, 10)).toBe(false);
  expect(isFarBehind(20.1, 10)).toBe(true);
});

test('training keeps more than nine tenths of the time', () => {
  const share = 20 / (20 + restMs(20, true));
  expect(share).toBeLessThan(0.1);
  expect(restMs(20, false)).toBeGreaterThan(0);
});
