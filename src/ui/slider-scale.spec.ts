/** Plan. The stops of a logarithmic slider: ends exact, rising, evenly spread by ratio, plain figures. The nearest stop by ratio. */
import { expect, test } from 'playwright/test';
import { logStops, nearestStop, stopsOf } from './slider-scale.ts';

test('a logarithmic slider has both ends, the powers of ten, and no gap above a factor of 1.5', () => {
  const stops = logStops(1e-5, 1);
  expect(stops[0]).toBe(1e-5);
  expect(stops.at(-1)).toBe(1);
  for (const value of [1e-4, 0.001, 0.01, 0.1]) expect(stops).toContain(value);
  stops.slice(1).forEach((value, index) => {
    const ratio = value / (stops[index] ?? NaN);
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThanOrEqual(1.5);
  });
});

test('a linear slider has no stops unless they are given', () => {
  expect(stopsOf({ kind: 'linear', min: 0, max: 1, stops: [] })).toEqual([]);
  expect(stopsOf({ kind: 'linear', min: 16, max: 64, stops: [16, 32, 64] })).toEqual([16, 32, 64]);
});

test('a value between two stops stands at the nearer one, by ratio', () => {
  const stops = [16, 32, 64, 128];
  expect(nearestStop(stops, 100)).toBe(3);
  expect(nearestStop(stops, 90)).toBe(2);
  expect(nearestStop(stops, 1)).toBe(0);
  expect(nearestStop(stops, 9999)).toBe(3);
  expect(nearestStop([0, 1, 10], 4)).toBe(1);
});
