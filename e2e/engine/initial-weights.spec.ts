/**
 * Plan: weights start as Keras 3's initializers say, from the seed alone. For each initializer a kernel of 36,864
 * numbers is read back and its mean, deviation and bounds are held to the formula of its documentation, with five
 * standard errors of room; orthogonal kernels are multiplied out. Equal seeds give equal bits, other seeds and other
 * layers other numbers; biases are zero; `reset` gives the same bits back.
 */
import { expect, test } from 'playwright/test';
import type { InitializerConfig, ModelConfig } from '../../src/engine/model/config.ts';
import { page, useEnginePage } from './file-page.ts';

/** A 3×3 kernel from 64 channels to 64 filters: 36,864 numbers, fan-in and fan-out 576. */
const modelWith = (kernelInitializer?: InitializerConfig): ModelConfig => ({
  inputShape: [5, 5, 64],
  layers: [
    { type: 'conv2d', filters: 64, kernelSize: 3, ...(kernelInitializer && { kernelInitializer }) },
    { type: 'flatten' },
    // Fan-in 576, fan-out 64: not symmetric.
    { type: 'dense', units: 64, ...(kernelInitializer && { kernelInitializer }) },
    { type: 'dense', units: 10, activation: 'softmax' },
  ],
});

useEnginePage();

/** The weights before any step, by name. */
async function weightsOf(config: ModelConfig, seed: number): Promise<Map<string, number[]>> {
  const entries = await page.evaluate(
    async ([config, seed]) => {
      const network = await proof.engine.compile(config, { batchSize: 1, seed, optimizer: { type: 'sgd' } });
      const weights = await network.getWeights();
      network.dispose();
      return weights.map(({ name, data }) => [name, Array.from(data)] as const);
    },
    [config, seed] as const,
  );
  return new Map(entries);
}

function statistics(values: readonly number[]): { mean: number; deviation: number; largest: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance), largest: values.reduce((a, b) => Math.max(a, Math.abs(b)), 0) };
}

interface Expected {
  readonly initializer: InitializerConfig;
  readonly kind: 'uniform' | 'normal' | 'truncated';
  /** Deviation for the layers' fans. */
  readonly deviation: (fanIn: number, fanOut: number) => number;
  readonly mean?: number;
}

/** Deviation of a normal distribution cut at two deviations. */
const cutDeviation = 0.87962566103423978;

const table: readonly Expected[] = [
  { initializer: 'glorotUniform', kind: 'uniform', deviation: (i, o) => Math.sqrt(2 / (i + o)) },
  { initializer: 'glorotNormal', kind: 'truncated', deviation: (i, o) => Math.sqrt(2 / (i + o)) },
  { initializer: 'heUniform', kind: 'uniform', deviation: (i) => Math.sqrt(2 / i) },
  { initializer: 'heNormal', kind: 'truncated', deviation: (i) => Math.sqrt(2 / i) },
  { initializer: 'lecunUniform', kind: 'uniform', deviation: (i) => Math.sqrt(1 / i) },
  { initializer: 'lecunNormal', kind: 'truncated', deviation: (i) => Math.sqrt(1 / i) },
  { initializer: 'randomNormal', kind: 'normal', deviation: () => 0.05 },
  { initializer: 'randomUniform', kind: 'uniform', deviation: () => 0.05 / Math.sqrt(3) },
  { initializer: 'truncatedNormal', kind: 'truncated', deviation: () => 0.05 * cutDeviation },
  { initializer: { type: 'randomNormal', mean: 0.5, stddev: 0.1 }, kind: 'normal', deviation: () => 0.1, mean: 0.5 },
  {
    initializer: { type: 'randomUniform', minval: 0, maxval: 1 },
    kind: 'uniform',
    deviation: () => 1 / Math.sqrt(12),
    mean: 0.5,
  },
  {
    initializer: { type: 'truncatedNormal', mean: -1, stddev: 0.2 },
    kind: 'truncated',
    deviation: () => 0.2 * cutDeviation,
    mean: -1,
  },
  {
    initializer: { type: 'varianceScaling', scale: 3, mode: 'fanOut', distribution: 'untruncatedNormal' },
    kind: 'normal',
    deviation: (_i, o) => Math.sqrt(3 / o),
  },
  {
    initializer: { type: 'varianceScaling', scale: 0.5, mode: 'fanAvg', distribution: 'uniform' },
    kind: 'uniform',
    deviation: (i, o) => Math.sqrt(1 / (i + o)),
  },
];

/** Largest distance from the mean, in deviations: √3 for uniform, 2/0.8796 for a normal cut at two, unbounded else. */
const bounds = { uniform: Math.sqrt(3), truncated: 2 / cutDeviation, normal: Infinity };

/** The fourth moment of each in deviations, for the standard error of a measured deviation. */
const kurtosis = { uniform: 1.8, truncated: 2.4, normal: 3 };

for (const { initializer, kind, deviation, mean = 0 } of table) {
  test(`kernels start as ${JSON.stringify(initializer)}`, async () => {
    const weights = await weightsOf(modelWith(initializer), 21);
    const kernels = { 'conv2d_1/kernel': [576, 576], 'dense_1/kernel': [576, 64] } as const;
    for (const [name, [fanIn, fanOut]] of Object.entries(kernels)) {
      const values = weights.get(name) ?? [];
      expect(values).toHaveLength(36_864);
      const wanted = deviation(fanIn, fanOut);
      const found = statistics(values.map((value) => value - mean));
      expect(Math.abs(found.mean), name).toBeLessThan((5 * wanted) / Math.sqrt(values.length));
      const room = 5 * Math.sqrt((kurtosis[kind] - 1) / 4 / values.length);
      expect(Math.abs(found.deviation / wanted - 1), name).toBeLessThan(room);
      expect(found.largest, name).toBeLessThanOrEqual(bounds[kind] * wanted * (1 + 1e-6));
      // The tails are there: 36,864 numbers reach 99 % of their bound, or 3.5 deviations where there is none.
      expect(found.largest, name).toBeGreaterThan(kind === 'normal' ? 3.5 * wanted : 0.99 * bounds[kind] * wanted);
    }
  });
}

for (const [initializer, value] of [
  ['zeros', 0],
  ['ones', 1],
  [{ type: 'constant', value: -0.25 }, -0.25],
] as const) {
  test(`kernels start as ${JSON.stringify(initializer)}`, async () => {
    const weights = await weightsOf(modelWith(initializer), 1);
    expect(new Set(weights.get('conv2d_1/kernel'))).toEqual(new Set([value]));
  });
}

for (const [initializer, gain] of [
  ['orthogonal', 1],
  [{ type: 'orthogonal', gain: 2 }, 2],
] as const) {
  test(`the columns of ${JSON.stringify(initializer)} are perpendicular and ${gain} long`, async () => {
    const weights = await weightsOf(modelWith(initializer), 4);
    const kernel = weights.get('dense_1/kernel') ?? [];
    const column = (at: number) => kernel.filter((_, i) => i % 64 === at);
    for (const [a, b] of [
      [0, 0],
      [5, 5],
      [63, 63],
      [0, 1],
      [17, 40],
      [62, 63],
    ] as const) {
      const other = column(b);
      const product = column(a).reduce((sum, value, i) => sum + value * other[i]!, 0);
      expect(Math.abs(product - (a === b ? gain ** 2 : 0))).toBeLessThan(1e-5 * gain ** 2);
    }
  });
}

test('the default is glorotUniform with zero biases, and the seed alone decides', async () => {
  const [first, again, other] = [
    await weightsOf(modelWith(), 9),
    await weightsOf(modelWith(), 9),
    await weightsOf(modelWith(), 10),
  ];
  const named = await weightsOf(modelWith('glorotUniform'), 9);
  expect([...again]).toEqual([...first]);
  expect([...named]).toEqual([...first]);
  for (const name of ['conv2d_1/kernel', 'dense_1/kernel', 'dense_2/kernel'])
    expect(other.get(name), name).not.toEqual(first.get(name));
  expect(new Set(first.get('conv2d_1/bias'))).toEqual(new Set([0]));
  expect(new Set(first.get('dense_1/bias'))).toEqual(new Set([0]));
});

test('two layers of one shape and neighbouring seeds share no numbers', async () => {
  const twins: ModelConfig = {
    inputShape: [4, 4, 4],
    layers: [
      { type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same', biasInitializer: 'ones' },
      { type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same' },
      { type: 'flatten' },
      { type: 'dense', units: 3, activation: 'softmax' },
    ],
  };
  const [weights, next] = [await weightsOf(twins, 1), await weightsOf(twins, 2)];
  const kernels = [
    weights.get('conv2d_1/kernel'),
    weights.get('conv2d_2/kernel'),
    next.get('conv2d_1/kernel'),
    next.get('conv2d_2/kernel'),
  ];
  expect(new Set(kernels.flat()).size).toBeGreaterThan(4 * 144 - 3);
  expect(weights.get('conv2d_1/bias')).toEqual([1, 1, 1, 1]);
});
