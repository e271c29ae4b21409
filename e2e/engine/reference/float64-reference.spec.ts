/**
 * Plan: the float64 reference is what the engine is measured with where TensorFlow.js has no answer, so it must be
 * right itself. In Node, without a GPU:
 * 1. every gradient it gives agrees with central differences of its own loss, for every layer and option;
 * 2. its outputs, loss and gradients agree with TensorFlow.js on everything TensorFlow.js can do and does right;
 * 3. what neither covers is pinned by hand: the first maximum wins a tie, a border average divides by the cells inside;
 * 4. the fast filter gradient that the lecture's network needs is TensorFlow.js's slow one;
 * 5. the control: a gradient with one wrong value is noticed.
 */
import { expect, test } from 'playwright/test';
import type { LayerConfig, ModelConfig } from '../../../src/engine/model/config.ts';
import { compare } from './compare.ts';
import { runFloat64, type ReferenceRun } from './float64-reference.ts';
import { countOf, planReference } from './reference-plan.ts';
import { randomFloats, seededUniform } from './seeded-random.ts';
import { withComposedFilterGradient } from './tfjs-filter-gradient.ts';
import { hasTfjsGradients, hasTfjsOutputs, runTfjs } from './tfjs-reference.ts';

/** TensorFlow.js computes in float32: √K·2⁻²⁴ for sums of K ≤ 500 products, through three layers. */
const tfjsLimit = 4e-6;
/** A central difference with step h errs by h²·f‴/6 ≈ 1e-10 and by rounding 1e-16/h = 1e-11, relative to f ≈ 1. */
const differenceStep = 1e-5;
const differenceLimit = 1e-8;

const conv = (options: Partial<Extract<LayerConfig, { type: 'conv2d' }>>): LayerConfig => ({
  type: 'conv2d',
  filters: 3,
  kernelSize: 3,
  ...options,
});

const layers: readonly LayerConfig[] = [
  conv({ activation: 'relu' }),
  conv({ strides: 2, padding: 'same', activation: 'tanh' }),
  conv({ kernelSize: [2, 3], strides: [2, 1], activation: 'sigmoid' }),
  conv({ kernelSize: 2, strides: 3, padding: 'same' }),
  conv({ dilationRate: 2, padding: 'same', activation: 'leakyRelu' }),
  conv({ dilationRate: [1, 2] }),
  conv({
    padding: [
      [1, 0],
      [2, 1],
    ],
    activation: 'softmax',
  }),
  conv({ kernelSize: 5, padding: 'replicate', activation: 'tanh' }),
  conv({ kernelSize: 3, strides: 2, padding: 'replicate' }),
  conv({ kernelSize: [5, 7], useBias: false }),
  { type: 'maxPooling2d' },
  { type: 'maxPooling2d', poolSize: 3, strides: 2, padding: 'same' },
  { type: 'maxPooling2d', poolSize: [2, 3], strides: [1, 2] },
  { type: 'averagePooling2d' },
  { type: 'averagePooling2d', poolSize: 3, strides: 2, padding: 'same' },
  { type: 'averagePooling2d', poolSize: [3, 2], strides: 1, padding: 'same' },
  { type: 'activation', activation: 'softmax' },
  { type: 'activation', activation: 'leakyRelu', negativeSlope: 0.05 },
  { type: 'activation', activation: 'tanh' },
];

const inputShape = [5, 7, 2] as const;
const examples = 2;
const labels = [1, 2];

/** The layer between a convolution and a dense layer, so that gradients pass through it on both sides. */
const modelOf = (layer: LayerConfig): ModelConfig => ({
  inputShape,
  layers: [
    { type: 'conv2d', filters: 2, kernelSize: 1, activation: 'tanh' },
    layer,
    { type: 'flatten' },
    { type: 'dense', units: 4, activation: 'sigmoid' },
    { type: 'dense', units: 3, activation: 'softmax' },
  ],
});

function prepared(config: ModelConfig) {
  const next = seededUniform(7);
  const specs = planReference(config).flatMap(({ weights }) => weights);
  const weights = new Map(
    specs.map(({ name, shape }) => [name, Float64Array.from(randomFloats(countOf(shape), next))]),
  );
  const inputs = Float64Array.from(randomFloats(examples * countOf(inputShape), next));
  return { weights, inputs };
}

/** Central differences of the loss by each value of `values`, which is changed and put back. */
function differences(values: Float64Array, lossOf: () => number): Float64Array {
  return values.map((value, i) => {
    values[i] = value + differenceStep;
    const above = lossOf();
    values[i] = value - differenceStep;
    const below = lossOf();
    values[i] = value;
    return (above - below) / (2 * differenceStep);
  });
}

function gradientsOf(run: ReferenceRun): [string, ArrayLike<number>][] {
  return [...run.weights, ['inputs', run.inputs]];
}

for (const layer of layers) {
  const title = JSON.stringify(layer);
  const config = modelOf(layer);

  test(`float64 gradients are the loss's central differences: ${title}`, () => {
    const { weights, inputs } = prepared(config);
    const lossOf = () => runFloat64(config, weights, inputs, labels).loss;
    for (const [name, gradient] of gradientsOf(runFloat64(config, weights, inputs, labels))) {
      const measured = differences(weights.get(name) ?? inputs, lossOf);
      const { worst } = compare(name, gradient, measured);
      expect(worst, name).toBeLessThan(differenceLimit);
    }
  });

  if (!hasTfjsOutputs(config)) continue;
  test(`float64 agrees with TensorFlow.js: ${title}`, async () => {
    const { weights, inputs } = prepared(config);
    const ours = runFloat64(config, weights, inputs, labels);
    const theirs = await runTfjs(config, weights, inputs, labels);
    expect([...theirs.activations.keys()]).toEqual([...ours.activations.keys()]);
    for (const [name, values] of ours.activations)
      expect(compare(name, theirs.activations.get(name) ?? [], values, { limit: tfjsLimit }), name).toMatchObject({
        isClose: true,
      });
    expect(Math.abs(ours.loss - theirs.loss)).toBeLessThan(tfjsLimit);
    expect(theirs.weights.size).toBe(hasTfjsGradients(config) ? ours.weights.size : 0);
    if (!hasTfjsGradients(config)) return;
    const theirGradients = new Map(gradientsOf(theirs));
    for (const [name, values] of gradientsOf(ours))
      expect(compare(name, theirGradients.get(name) ?? [], values, { limit: tfjsLimit }), name).toMatchObject({
        isClose: true,
      });
  });
}

test('the first of equal maxima in row-major order gets the gradient', () => {
  const config: ModelConfig = {
    inputShape: [2, 2, 1],
    layers: [{ type: 'maxPooling2d' }, { type: 'flatten' }, { type: 'dense', units: 2, activation: 'softmax' }],
  };
  const weights = new Map([
    ['dense_1/kernel', [1, -1]],
    ['dense_1/bias', [0, 0]],
  ]);
  const run = runFloat64(config, weights, [1, 3, 3, 3], [0]);
  const slope = 1 / (1 + Math.exp(-6)) - 1;
  expect(Array.from(run.inputs)).toEqual([0, expect.closeTo(2 * slope, 12), 0, 0]);
});

test('an average at the border divides by the cells inside', () => {
  const config: ModelConfig = {
    inputShape: [1, 3, 1],
    layers: [{ type: 'averagePooling2d', poolSize: 2, padding: 'same' }],
  };
  const run = runFloat64(config, new Map(), [1, 2, 8], [0]);
  expect(Array.from(run.activations.get('average_pooling2d_1') ?? [])).toEqual([1.5, 8]);
});

test('the composed filter gradient is TensorFlow.js’s own', async () => {
  const config = modelOf(conv({ kernelSize: [2, 3], activation: 'relu' }));
  const { weights, inputs } = prepared(config);
  const run = () => runTfjs(config, weights, inputs, labels);
  const [own, composed] = [await run(), await withComposedFilterGradient(run)];
  for (const [name, values] of own.weights) {
    const comparison = compare(name, composed.weights.get(name) ?? [], values, { limit: tfjsLimit });
    expect(comparison, name).toMatchObject({ isClose: true });
  }
  expect(await run()).toEqual(own);
});

test('control: one wrong gradient value in a hundred is noticed by both comparisons', () => {
  const { weights, inputs } = prepared(modelOf(conv({ activation: 'relu' })));
  const config = modelOf(conv({ activation: 'relu' }));
  const { inputs: gradient } = runFloat64(config, weights, inputs, labels);
  const wrong = Float64Array.from(gradient);
  wrong[3]! += 1e-4 * Math.max(...Array.from(gradient, Math.abs));
  expect(compare('inputs', wrong, gradient, { limit: tfjsLimit }).isClose).toBe(false);
  expect(compare('inputs', wrong, gradient).worst).toBeGreaterThan(differenceLimit);
});
