/**
 * The plan: a device whose roofs are round numbers, and dispatches made so that arithmetic, memory, cache and the dispatch
 * itself each hold one of them; floors are then known by hand.
 */
import { expect, test } from 'playwright/test';
import { bindingOf, floorOf, roofsOf, type Roofs } from './roofline.ts';

// 100 TFLOP/s, 10 TB/s from memory, 50 TB/s from the cache.
const roofs: Roofs = { gflops: 100_000, memoryGBps: 10_000, cacheGBps: 50_000, cachedBytes: 1e6, dispatchUs: 2 };

const cases = [
  { holds: 'compute', flops: 1e9, bytes: 5e7, floorUs: 12 },
  { holds: 'memory', flops: 1e8, bytes: 5e7, floorUs: 7 },
  { holds: 'overhead', flops: 1e7, bytes: 1e6, floorUs: 2.1 },
] as const;

for (const { holds, floorUs, ...amounts } of cases) {
  test(`a dispatch of ${amounts.flops} FLOP and ${amounts.bytes} bytes is held by ${holds}`, () => {
    expect(bindingOf(amounts, roofs)).toBe(holds);
    expect(floorOf(amounts, roofs)).toBeCloseTo(floorUs, 9);
  });
}

test('what fits the cache has its bandwidth, what does not the memory’s', () => {
  const slow = { ...roofs, dispatchUs: 0 };
  expect(floorOf({ flops: 0, bytes: 1e6 }, slow)).toBeCloseTo(0.02, 9);
  expect(floorOf({ flops: 0, bytes: 1e6 + 16 }, slow)).toBeGreaterThan(0.1);
});

test('roofs are the best that was measured, and none without memory and dispatch', () => {
  const rate = (min: number, max: number) => ({ min, median: min, max, samples: [min, max] });
  const fmaGflops = rate(40, 50);
  expect(roofsOf({ fmaGflops })).toBeUndefined();
  expect(roofsOf({ fmaGflops, copyGBps: rate(2, 3), dispatchUs: rate(10, 12) })).toEqual({
    ...{ gflops: 50, memoryGBps: 3, cacheGBps: 3, cachedBytes: 0, dispatchUs: 10 },
  });
});
