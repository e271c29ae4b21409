/**
 * Plan: half precision, on the one stack here that has `shader-f16`. A network of every layer gives the loss, outputs and
 * gradients of float32 up to the rounding of 16 bits; 50 steps of four networks stay beside a float64 copy; the same seed
 * gives the same bits twice; gradients that overflow leave a step out, halve the loss scale and do no harm. And the two
 * precisions must differ by roundings that float32 does not make, or it would be float32 in disguise.
 */
import { expect, test } from 'playwright/test';
import type { LayerConfig, ModelConfig } from '../../src/engine/model/config.ts';
import { trajectoryModels, trajectoryOptimizers } from '../engine/trajectory-cases.ts';
import type { FirefoxPage } from '../support/firefox.ts';
import { openFirefoxPage } from './open-firefox-page.ts';

/** Numbers and products are rounded to 2⁻¹¹ = 5e-4; some dozens of roundings lie between the inputs and a gradient. */
const halfLimit = 2e-2;
/** A step's loss after up to fifty such steps, none of which may part further than a gradient does. */
const trajectoryLimit = halfLimit;
/** A tenth of the errors seen, and a hundred times float32's. */
const leastSeen = 1e-5;

let firefox: FirefoxPage;

test.beforeAll(async () => {
  firefox = await openFirefoxPage();
});

test.afterEach(async () => {
  expect(await firefox.page.evaluate(() => proof.gpuErrors.splice(0))).toEqual([]);
});

test.afterAll(() => firefox.close());

const activation = 'sigmoid';
const tail: readonly LayerConfig[] = [{ type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }];
const conv: LayerConfig = { type: 'conv2d', filters: 4, kernelSize: 3, activation };

/** One layer or two of every type, smooth: half a unit on the wrong side of a kink is a wrong gradient. */
const layers: readonly (readonly LayerConfig[])[] = [
  [conv],
  [{ ...conv, groups: 3, filters: 6, padding: 'same' }],
  [{ ...conv, strides: 2, padding: 'replicate', activation: 'gelu' }],
  [{ type: 'depthwiseConv2d', kernelSize: 3, depthMultiplier: 2, activation: 'silu' }],
  [{ type: 'separableConv2d', kernelSize: 3, filters: 5, activation: 'softplus' }],
  [{ type: 'conv2dTranspose', kernelSize: 3, strides: 2, filters: 3, activation: 'tanh' }],
  [conv, { type: 'maxPooling2d' }],
  [conv, { type: 'averagePooling2d', padding: 'same' }],
  [conv, { type: 'globalAveragePooling2d', keepdims: true }],
  [conv, { type: 'globalMaxPooling2d', keepdims: true }],
  [{ type: 'zeroPadding2d' }, conv, { type: 'padding2d', mode: 'reflect' }],
  [conv, { type: 'upSampling2d', interpolation: 'bilinear' }],
  [conv, { type: 'batchNormalization' }],
  [conv, { type: 'layerNormalization' }],
  [conv, { type: 'dropout', rate: 0.4 }, { type: 'activation', activation: 'elu' }],
  [conv, { type: 'spatialDropout2d', rate: 0.4 }, { type: 'reshape', targetShape: [-1] }, { type: 'dense', units: 6 }],
  [
    { ...conv, name: 'a', padding: 'same' },
    { ...conv, name: 'b', padding: 'same' },
    { type: 'add', name: 'sum', inputs: ['a', 'b'] },
    { type: 'concatenate', inputs: ['sum', 'a'] },
  ],
];

for (const [index, some] of layers.entries()) {
  const config: ModelConfig = { inputShape: [7, 9, 3], layers: [...some, ...tail] };
  test(`${index + 1}: half precision is close to float32: ${some.map(({ type }) => type).join(', ')}`, async () => {
    const partings = await firefox.page.evaluate((model) => proof.comparePrecisions(proof.engine, model), config);
    expect(Object.entries(partings).filter(([, parting]) => !(parting < halfLimit))).toEqual([]);
    expect(Math.max(...Object.values(partings))).toBeGreaterThan(leastSeen);
  });
}

for (const [title, model] of Object.entries(trajectoryModels)) {
  test(`fifty steps follow float64: ${title}`, async () => {
    for (const optimizer of trajectoryOptimizers) {
      const { engine, reference } = await firefox.page.evaluate(
        (options) => proof.followTraining(proof.engine, options),
        { model, optimizer, steps: 50, precision: 'mixedFloat16' as const },
      );
      const partings = reference.map((loss, step) => Math.abs((engine[step] ?? NaN) - loss) / loss);
      expect(partings.filter((parting) => !(parting < trajectoryLimit))).toEqual([]);
    }
  });
}

test('the same seed gives the same bits twice', async () => {
  const hashes = await firefox.page.evaluate(async () => {
    const data = proof.uploadDigits(320);
    const found: string[] = [];
    for (const seed of [7, 7, 8]) {
      const optimizer = { type: 'rmsprop' } as const;
      const network = await proof.engine.compile(proof.lectureModel, {
        ...{ batchSize: 32, seed, optimizer },
        precision: 'mixedFloat16',
      });
      await network.fit(data, { epochs: 2, maxSteps: 15 }).finished;
      found.push(await proof.sha256OfWeights(await network.getWeights()));
      network.dispose();
    }
    data.dispose();
    return found;
  });
  expect(hashes[1]).toBe(hashes[0]);
  expect(hashes[2]).not.toBe(hashes[0]);
});

test('a step whose gradients overflow is left out, until the loss scale is small enough', async () => {
  const steps = await firefox.page.evaluate(async () => {
    const network = await proof.engine.compile(
      {
        inputShape: [1, 1, 2],
        layers: [
          { type: 'flatten' },
          { type: 'dense', units: 8, activation: 'linear' },
          { type: 'dense', units: 8, activation: 'linear' },
          { type: 'dense', units: 2, activation: 'softmax' },
        ],
      },
      { batchSize: 2, optimizer: { type: 'sgd', learningRate: 1e-6 }, precision: 'mixedFloat16' },
    );
    // The last layer's gradient times these is far beyond 65,504 at the first scale.
    const large = (await network.getWeights()).map(({ name, shape, data }) => ({
      ...{ name, shape },
      data: data.map((value, index) =>
        name === 'dense_3/kernel' ? (index % 2 ? 30 : -30) : name.endsWith('bias') ? 0 : value,
      ),
    }));
    network.setWeights(large);
    const data = proof.engine.upload({
      images: Uint8Array.of(9, 200, 120, 40),
      labels: Uint8Array.of(0, 1),
      shape: [2, 1, 1, 2],
      classes: 2,
    });
    const run = network.fit(data, { epochs: 40, shuffle: false, startPaused: true });
    const found: { hash: string; isFinite: boolean }[] = [{ hash: await proof.sha256OfWeights(large), isFinite: true }];
    for (let step = 0; step < 12; step++) {
      const metrics = await run.step();
      const hash = await proof.sha256OfWeights(await network.getWeights());
      found.push({ hash, isFinite: metrics?.isFinite ?? false });
    }
    await run.stop();
    network.dispose();
    data.dispose();
    return found;
  });
  expect(steps.every(({ isFinite }) => isFinite)).toBe(true);
  expect(steps[1]?.hash).toBe(steps[0]?.hash);
  expect(steps.at(-1)?.hash).not.toBe(steps[0]?.hash);
});
