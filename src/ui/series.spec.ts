/**
 * Plan. Smoothing: a constant stays, the start is unbiased, NaN is left out. Thinning: ends, extremes and order survive, and the
 * count is kept. Axes: round, seldom moving, and blind to the steep start of a long run but not to a short one.
 */
import { expect, test } from 'playwright/test';
import { accuracyAxis, epochAxis, lossAxis, pointAt, smooth, thin, type SeriesPoint } from './series.ts';

function series(length: number, value: (step: number) => number): readonly SeriesPoint[] {
  return Array.from({ length }, (_, index) => ({ step: index + 1, value: value(index + 1) }));
}

const fallingLoss = (step: number): number => 0.03 + 2.27 * Math.exp(-step / 60);

test('smoothing keeps a constant, starts at the first value and forgets in about 20 steps', () => {
  for (const { value } of smooth(series(50, () => 0.7))) expect(value).toBeCloseTo(0.7, 12);
  const jump = smooth(series(140, (step) => (step <= 100 ? 0 : 1)));
  expect(jump[0]?.value).toBe(0);
  expect(jump[119]?.value).toBeGreaterThan(0.6);
  expect(jump[119]?.value).toBeLessThan(0.7);
});

test('smoothing leaves out what is not finite', () => {
  const smoothed = smooth([
    { step: 1, value: 2 },
    { step: 2, value: NaN },
    { step: 3, value: 2 },
  ]);
  expect(smoothed.map((point) => point.step)).toEqual([1, 3]);
  expect(smoothed[1]?.value).toBeCloseTo(2, 12);
});

test('thinning keeps both ends, a lone spike, and the order', () => {
  const points = series(5000, (step) => (step === 3217 ? 9 : Math.sin(step / 50)));
  const thinned = thin(points, 400);
  expect(thinned.length).toBeLessThanOrEqual(400);
  expect(thinned.length).toBeGreaterThan(300);
  expect(thinned[0]).toEqual(points[0]);
  expect(thinned.at(-1)).toEqual(points.at(-1));
  expect(thinned).toContainEqual({ step: 3217, value: 9 });
  thinned.slice(1).forEach((point, index) => expect(point.step).toBeGreaterThan(thinned[index]?.step ?? Infinity));
});

test('a short series is not thinned', () => {
  const points = series(100, fallingLoss);
  expect(thin(points, 400)).toBe(points);
});

test('the loss axis holds all of a young run and drops the steep start of an old one', () => {
  expect(lossAxis([series(10, fallingLoss)]).max).toBe(2.5);
  const old = lossAxis([series(4690, fallingLoss), [{ step: 938, value: 0.09 }]]);
  expect(old.min).toBe(0);
  expect(old.max).toBe(0.1);
  expect(old.ticks[0]).toBe(0);
  expect(old.ticks.at(-1)).toBe(old.max);
});

test('the loss axis has no gap: any loss fits under a round top, at most four times as high', () => {
  for (const loss of [0.006, 0.03, 0.11, 0.7, 2.4, 9.8, 47, 3e5]) {
    const { max, ticks } = lossAxis([[{ step: 100, value: loss }]]);
    expect(max).toBeGreaterThan(loss);
    expect(max).toBeLessThan(loss * 4);
    expect(ticks.length).toBeGreaterThanOrEqual(4);
  }
  expect(lossAxis([[{ step: 1, value: NaN }]]).max).toBeGreaterThan(0);
});

test('the accuracy axis starts at 0 while little is learnt and at 80 % when the curve is high', () => {
  expect(accuracyAxis([]).min).toBe(0);
  expect(accuracyAxis([series(10, () => 0.12)])).toMatchObject({ min: 0, max: 1 });
  const high = accuracyAxis([series(4690, (step) => 0.98 - 0.88 * Math.exp(-step / 120))]);
  expect(high).toEqual({ min: 0.8, max: 1, ticks: [0.8, 0.85, 0.9, 0.95, 1] });
});

test('the step axis doubles until it shows the whole run', () => {
  const spans = [1, 117, 118, 900, 939, 3000, 4600, 4690].map((step) => epochAxis(step, 938, 5).max / 938);
  expect(spans).toEqual([0.125, 0.125, 0.25, 1, 2, 4, 5, 5]);
  expect(epochAxis(4690, 938, 5).ticks).toEqual(
    [1, 2, 3, 4, 5].map((epoch) => ({ step: epoch * 938, label: `${epoch}` })),
  );
  expect(epochAxis(400, 938, 5).ticks.map((tick) => tick.label)).toEqual(['0.1', '0.2', '0.3', '0.4', '0.5']);
});

test('the step axis shows a run that goes on beyond the epochs planned, and one step before any', () => {
  expect(epochAxis(6000, 938, 5).max).toBe(7 * 938);
  expect(epochAxis(0, 0, 0).max).toBeGreaterThan(0);
});

test('the point at a step is the last one reported by then', () => {
  const points = [10, 20, 30].map((step) => ({ step, value: step / 10 }));
  expect([5, 10, 19, 20, 99].map((step) => pointAt(points, step)?.value)).toEqual([undefined, 1, 1, 2, 3]);
  expect(pointAt([], 5)).toBeUndefined();
});
