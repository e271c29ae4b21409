/*
 * Plan. One power of ten for many numbers: plain where two decimals suffice, else that of the largest. Single figures in few
 * digits. Ridges: the axis ends at the largest limit, a flat histogram of a narrower limit keeps its place on it, the newest
 * stands on the ground, and nothing but the ground is drawn where no value lies.
 */
import { expect, test } from 'playwright/test';
import type { Histogram } from '../../worker/protocol.ts';
import { formatFigure, unitFor } from './figures.ts';
import { ridgeLines } from './ridge-lines.ts';

for (const [limit, text] of [
  [0, ''],
  [0.38, ''],
  [0.1, ''],
  [250, ''],
  [0.0421, '10⁻²'],
  [3.2e-12, '10⁻¹²'],
  [4200, '10³'],
] as const) {
  test(`numbers up to ${limit} are written in units of ${text || 'one'}`, () => {
    const unit = unitFor(limit);
    expect(unit.text).toBe(text);
    if (text !== '') expect(limit / unit.factor).toBeGreaterThanOrEqual(1);
    if (text !== '') expect(limit / unit.factor).toBeLessThan(10);
  });
}

test('single figures stay short', () => {
  expect([0, 0.0432, -1.234, 512.3, 0.00003217, -2e-9].map(formatFigure)).toEqual([
    '0.000',
    '0.043',
    '−1.23',
    '512',
    '3.2e−5',
    '−2e−9',
  ]);
});

const histogram = (limit: number, bins: readonly number[]): Histogram => {
  const count = bins.reduce((sum, bin) => sum + bin, 0);
  return { limit, bins, count, zeros: 0, largest: limit, mean: 0, spread: 0 };
};

test('ridges share an axis, and the newest stands on the ground', () => {
  const { limit, paths } = ridgeLines([histogram(1, [1, 1]), histogram(2, [1, 0, 0, 1])], 400, 100);
  expect(limit).toBe(2);
  // From −1 to 1 of −2…2: the middle half; one step, as both bins are alike.
  expect(paths[0]).toMatch(/^M0 62H100V[\d.]+H200V[\d.]+H300V62H400$/);
  expect(paths[1]).toMatch(/^M0 100H0V[\d.]+H100V100H200V100H300V[\d.]+H400V100H400$/);
});

test('half the values in a half as wide place are drawn as high', () => {
  const heights = ridgeLines([histogram(2, [2, 2]), histogram(1, [4])], 400, 100).paths.map((path) =>
    Math.min(...[...path.matchAll(/V([\d.]+)/g)].map(([, y]) => Number(y))),
  );
  const [wide = 0, narrow = 0] = heights;
  expect((100 - narrow) / (62 - wide)).toBeCloseTo(2, 1);
});

test('zeros alone make no ridge', () => {
  expect(ridgeLines([histogram(0, [0, 0])], 400, 100)).toEqual({ limit: 1, paths: [''] });
});
