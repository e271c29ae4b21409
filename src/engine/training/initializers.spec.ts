/*
 * Plan. Every initializer over a weight of many numbers: its limits, mean and standard deviation against Keras 3's formulas, with
 * fans that differ so that a wrong mode is seen; a normal that is cut must be cut and one that is not must reach further. Then
 * constants; and the seed: the same numbers for the same seed and place, others for another. Bounds are five standard deviations
 * of the statistic, seeds fixed.
 */
import { expect, test } from 'playwright/test';
import type { InitializerConfig } from '../model/config.ts';
import type { WeightSpec } from '../model/resolved.ts';
import { initialWeights } from './initializers.ts';

const [fanIn, fanOut] = [90, 360];
const shape = [3, 3, 10, 640];
const count = 3 * 3 * 10 * 640;

const specOf = (initializer: InitializerConfig): WeightSpec => ({
  name: 'w',
  shape,
  initializer,
  fanIn,
  fanOut,
  isTrainable: true,
});
const draw = (initializer: InitializerConfig, seed = 1, place = 0): Float32Array =>
  initialWeights(specOf(initializer), seed, place);

const uniform = (variance: number): Expected => ({
  mean: 0,
  stddev: Math.sqrt(variance),
  limit: Math.sqrt(3 * variance),
  kurtosis: 1.8,
});
/** Keras keeps the variance of a normal cut at two of its own standard deviations, which is 0.8796… of the uncut one's. */
const cut = (stddev: number, mean = 0): Expected => ({
  mean,
  stddev,
  limit: (2 * stddev) / 0.87962566103423978,
  kurtosis: 2.37,
});
const normal = (stddev: number, mean = 0): Expected => ({ mean, stddev, limit: Infinity, kurtosis: 3 });

interface Expected {
  readonly mean: number;
  readonly stddev: number;
  /** Farthest from the mean. */
  readonly limit: number;
  /** Fourth moment over the squared second: 1.8 of a uniform, 3 of a normal, 2.37 of one cut at ±2. */
  readonly kurtosis: number;
}

const average = (fanIn + fanOut) / 2;
const rows: readonly (readonly [initializer: InitializerConfig, expected: Expected])[] = [
  ['glorotUniform', uniform(1 / average)],
  ['glorotNormal', cut(Math.sqrt(1 / average))],
  ['heUniform', uniform(2 / fanIn)],
  ['heNormal', cut(Math.sqrt(2 / fanIn))],
  ['lecunUniform', uniform(1 / fanIn)],
  ['lecunNormal', cut(Math.sqrt(1 / fanIn))],
  ['randomNormal', normal(0.05)],
  ['randomUniform', { ...uniform(0.05 ** 2 / 3), limit: 0.05 }],
  ['truncatedNormal', { ...cut(0.05 * 0.87962566103423978), limit: 0.1 }],
  [{ type: 'randomNormal', mean: 2, stddev: 3 }, normal(3, 2)],
  [
    { type: 'truncatedNormal', mean: -1, stddev: 0.5 },
    { ...cut(0.5 * 0.87962566103423978, -1), limit: 1 },
  ],
  [
    { type: 'randomUniform', minval: 1, maxval: 3 },
    { mean: 2, stddev: 1 / Math.sqrt(3), limit: 1, kurtosis: 1.8 },
  ],
  [{ type: 'varianceScaling' }, cut(Math.sqrt(1 / fanIn))],
  [{ type: 'varianceScaling', scale: 4, mode: 'fanOut', distribution: 'uniform' }, uniform(4 / fanOut)],
  [
    { type: 'varianceScaling', scale: 3, mode: 'fanAvg', distribution: 'untruncatedNormal' },
    normal(Math.sqrt(3 / average)),
  ],
];

for (const [initializer, { mean, stddev, limit, kurtosis }] of rows) {
  test(`${JSON.stringify(initializer)} has Keras's limits and moments`, () => {
    const values = [...draw(initializer)].map((value) => value - mean);
    expect(values).toHaveLength(count);
    const moment = (power: number): number => values.reduce((sum, value) => sum + value ** power, 0) / count;
    expect(Math.abs(moment(1)) / stddev).toBeLessThan(5 / Math.sqrt(count));
    expect(Math.abs(Math.sqrt(moment(2)) / stddev - 1)).toBeLessThan(
      (5 * Math.sqrt((kurtosis - 1) / 4)) / Math.sqrt(count),
    );
    expect(Math.abs(moment(4) / moment(2) ** 2 - kurtosis)).toBeLessThan((5 * Math.sqrt(24)) / Math.sqrt(count));
    const farthest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    // Float32 may round a number up to the limit, and a draw of thousands comes close to it.
    expect(farthest).toBeLessThanOrEqual(limit * (1 + 1e-6));
    expect(farthest).toBeGreaterThan(Math.min(0.99 * limit, 3 * stddev));
  });
}

const constants: readonly (readonly [initializer: InitializerConfig, value: number])[] = [
  ['zeros', 0],
  ['ones', 1],
  [{ type: 'constant', value: -0.5 }, -0.5],
  [{ type: 'randomNormal', mean: 0.25, stddev: 0 }, 0.25],
  [{ type: 'randomUniform', minval: 2, maxval: 2 }, 2],
];
for (const [initializer, value] of constants) {
  test(`${JSON.stringify(initializer)} is ${value} throughout`, () =>
    expect(new Set(draw(initializer))).toEqual(new Set([value])));
}

test('numbers follow from seed and place', () => {
  for (const initializer of ['glorotUniform', 'heNormal', 'orthogonal'] as const) {
    const of = (seed: number, place: number): string =>
      String(initialWeights({ ...specOf(initializer), shape: [3, 8] }, seed, place));
    expect(of(1, 0)).toBe(of(1, 0));
    expect(new Set([of(1, 0), of(2, 0), of(1, 1)]).size).toBe(3);
  }
});

test('gain stretches an orthogonal matrix', () => {
  const plain = draw('orthogonal');
  const stretched = draw({ type: 'orthogonal', gain: 2.5 });
  expect(stretched).toEqual(plain.map((value) => value * 2.5));
  expect(draw({ type: 'orthogonal' })).toEqual(plain);
});
