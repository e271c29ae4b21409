/*
 * Plan. A mask keeps 1 − rate of the numbers, within five standard deviations; rate 0 keeps all. It comes again for the same
 * seed, layer and step, and is another when any of them differs. A longer mask begins with the shorter one. Whole maps have
 * masks that begin anew at every example, wherever the channels end. That the GPU draws the same is proved on it.
 */
import { expect, test } from 'playwright/test';
import { keepMapMask, keepMask } from './dropout-mask.ts';

const mask = { seed: 7, layerIndex: 2, step: 5, rate: 0.3 };

for (const rate of [0, 0.1, 0.5, 0.9]) {
  test(`a rate of ${rate} keeps ${1 - rate}`, () => {
    const count = 20_000;
    const kept = keepMask({ ...mask, rate }, count).filter(Boolean).length / count;
    expect(Math.abs(kept - (1 - rate))).toBeLessThanOrEqual(5 * Math.sqrt((rate * (1 - rate)) / count));
  });
}

test('a mask is its seed’s, its layer’s and its step’s', () => {
  const others = [mask, { ...mask, seed: 8 }, { ...mask, layerIndex: 3 }, { ...mask, step: 6 }];
  expect(new Set(others.map((other) => String(keepMask(other, 100)))).size).toBe(others.length);
  expect(keepMask(mask, 100)).toEqual(keepMask(mask, 200).slice(0, 100));
});

test('maps are kept by blocks of four that begin anew at every example', () => {
  const places = keepMask(mask, 3 * 8);
  expect(keepMapMask(mask, 3, 8)).toEqual(places);
  expect(keepMapMask(mask, 3, 5)).toEqual([0, 1, 2].flatMap((n) => places.slice(8 * n, 8 * n + 5)));
});
