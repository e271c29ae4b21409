/*
 * Plan. Two small networks are computed channels-first by hand in float64 and, converted, by the float64 reference: a chain of
 * conv, pool, flatten and dense, and a graph that joins channels, widths and rows and normalizes images and rows. They agree to
 * 1e-12; as a control, every single weight that was rearranged is put back, and then they differ. TensorFlow.js Layers, which
 * computes channels-first itself, says the same of both kinds of flatten. Then what single fields become, and images.
 * What is refused stands in channels-first-refusals.spec.ts.
 */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-layers';
import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { expect, test } from 'playwright/test';
import * as byHand from '../../e2e/engine/reference/float64-channels-first.ts';
import { runFloat64 } from '../../e2e/engine/reference/float64-reference.ts';
import { randomBytes, randomFloats, seededUniform } from '../../e2e/engine/reference/seeded-random.ts';
import type { NamedTensor } from '../engine/contract.ts';
import { checkModel } from '../engine/model/resolve.ts';
import { fromChannelsFirst, imagesToChannelsLast, type ChannelsFirstImport } from './channels-first.ts';

type Json = Readonly<Record<string, unknown>>;
type Converted = Extract<ChannelsFirstImport, { readonly ok: true }>;
type NumbersOf = (name: string) => Float32Array;

const limit = 1e-12;
const epsilon = 0.001;
const inputShape = [2, 8, 7] as const;
const softmax = { type: 'dense', name: 'classes', units: 4, activation: 'softmax' };
const conv = { type: 'conv2d', filters: 3, kernelSize: 3, activation: 'relu' };

interface Network {
  readonly title: string;
  readonly config: Json;
  /** Channels-first. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Those in another order after the conversion. */
  readonly rearranged: readonly string[];
  readonly compute: (image: byHand.ChannelsFirstImage, numbers: NumbersOf) => Float64Array;
}

const chain: Network = {
  title: 'conv, pool, flatten, dense',
  config: {
    dataFormat: 'channelsFirst',
    inputShape,
    layers: [conv, { type: 'maxPooling2d' }, { type: 'flatten' }, { type: 'dropout', rate: 0.5 }, softmax],
  },
  shapes: { 'conv2d_1/kernel': [3, 3, 2, 3], 'conv2d_1/bias': [3], 'classes/kernel': [18, 4], 'classes/bias': [4] },
  rearranged: ['classes/kernel'],
  compute: (image, numbers) => {
    const maps = byHand.convolveFirst(image, numbers('conv2d_1/kernel'), numbers('conv2d_1/bias'), 3);
    return byHand.denseSoftmax(byHand.maxPoolFirst(maps).cells, numbers('classes/kernel'), numbers('classes/bias'));
  },
};

const rowCells = 5 * 6 * 10 + 5;

const graph: Network = {
  title: 'joined channels, widths and rows, normalized images and rows, a sum',
  config: {
    inputShape,
    layers: [
      { ...conv, name: 'a', dataFormat: 'channelsFirst' },
      { ...conv, name: 'b', dataFormat: 'channelsFirst', filters: 2, inputs: ['input'] },
      { type: 'concatenate', name: 'maps', inputs: ['a', 'b'], axis: 1 },
      { type: 'layerNormalization', name: 'even', axis: [1, 2, 3], epsilon },
      { type: 'concatenate', name: 'wide', inputs: ['maps', 'even'] },
      { type: 'flatten', name: 'row' },
      { type: 'globalAveragePooling2d', name: 'means', inputs: ['maps'], dataFormat: 'channelsFirst' },
      { type: 'concatenate', name: 'both', inputs: ['row', 'means'], axis: 1 },
      { type: 'batchNormalization', name: 'norm', axis: 1, epsilon },
      { type: 'activation', activation: 'linear', name: 'same' },
      { type: 'add', name: 'sum', inputs: ['both', 'same'] },
      softmax,
    ],
  },
  shapes: {
    ...{ 'a/kernel': [3, 3, 2, 3], 'a/bias': [3], 'b/kernel': [3, 3, 2, 2], 'b/bias': [2] },
    ...{ 'even/gamma': [5, 6, 5], 'even/beta': [5, 6, 5], 'norm/gamma': [rowCells], 'norm/beta': [rowCells] },
    ...{ 'norm/moving_mean': [rowCells], 'norm/moving_variance': [rowCells] },
    ...{ 'classes/kernel': [rowCells, 4], 'classes/bias': [4] },
  },
  rearranged: [
    ...['even/gamma', 'even/beta', 'norm/gamma', 'norm/beta', 'norm/moving_mean', 'norm/moving_variance'],
    'classes/kernel',
  ],
  compute: (image, numbers) => {
    const convolved = (name: string) =>
      byHand.convolveFirst(image, numbers(`${name}/kernel`), numbers(`${name}/bias`), 3);
    const maps = byHand.joinChannelsFirst(convolved('a'), convolved('b'));
    const even = byHand.normalizeAll(maps.cells, numbers('even/gamma'), numbers('even/beta'), epsilon);
    const wide = byHand.joinWidthsFirst(maps, { shape: maps.shape, cells: even });
    const both = Float64Array.of(...wide.cells, ...byHand.channelMeans(maps));
    const [gamma, beta] = [numbers('norm/gamma'), numbers('norm/beta')];
    const statistics = { mean: numbers('norm/moving_mean'), variance: numbers('norm/moving_variance') };
    const normalized = byHand.batchNormalizeRow(both, { gamma, beta, ...statistics }, epsilon);
    const sum = both.map((cell, i) => cell + normalized[i]!);
    return byHand.denseSoftmax(sum, numbers('classes/kernel'), numbers('classes/bias'));
  },
};

const cellsOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** Random weights, small enough for a softmax; variances stay well above zero. */
function drawWeights(shapes: Network['shapes'], next: () => number): readonly NamedTensor[] {
  return Object.entries(shapes).map(([name, shape]) => {
    const data = randomFloats(cellsOf(shape), next, 0.4);
    return { name, shape, data: name.endsWith('variance') ? data.map((value) => value + 1) : data };
  });
}

function converted(result: ChannelsFirstImport): Converted {
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join('\n'));
  return result;
}

const messagesOf = (result: ChannelsFirstImport): readonly string[] =>
  result.ok ? [] : result.issues.map(({ message }) => message);

const byName = (weights: readonly NamedTensor[]): Map<string, Float32Array> =>
  new Map(weights.map(({ name, data }) => [name, data]));

/** What the converted model gives for channels-first images. */
function outputsOf({ config }: Converted, weights: readonly NamedTensor[], images: Float32Array): Float64Array {
  const examples = images.length / cellsOf(inputShape);
  const turned = imagesToChannelsLast(images, [examples, ...inputShape]);
  const labels = new Uint8Array(examples);
  const run = runFloat64(config, byName(weights), turned, labels, { mode: 'inference' });
  return run.activations.get('classes') ?? new Float64Array();
}

function largestDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(one.length).toBe(other.length);
  return Math.max(...Array.from(one, (value, i) => Math.abs(value - other[i]!)));
}

for (const { title, config, shapes, rearranged, compute } of [chain, graph]) {
  test(`channels-first by hand is the converted model: ${title}`, () => {
    const next = seededUniform(5);
    const weights = drawWeights(shapes, next);
    const images = randomFloats(3 * cellsOf(inputShape), next);
    const given = byName(weights);
    const numbers: NumbersOf = (name) => given.get(name) ?? new Float32Array();
    const expected = [0, 1, 2].flatMap((example) => {
      const cells = Float64Array.from(images).subarray(
        example * cellsOf(inputShape),
        (example + 1) * cellsOf(inputShape),
      );
      return [...compute({ shape: inputShape, cells }, numbers)];
    });
    const model = converted(fromChannelsFirst({ config, weights }));
    expect(checkModel(model.config)).toEqual([]);
    expect(largestDifference(outputsOf(model, model.weights, images), expected)).toBeLessThan(limit);
    const changed = model.weights.filter(({ name, data }) => given.get(name)?.join() !== data.join());
    expect(changed.map(({ name }) => name)).toEqual(rearranged);
    for (const control of rearranged) {
      const wrong = model.weights.map((tensor) =>
        tensor.name === control ? { ...tensor, data: Float32Array.from(numbers(control)) } : tensor,
      );
      expect(largestDifference(outputsOf(model, wrong, images), expected), control).toBeGreaterThan(1e-4);
    }
  });
}

/** TensorFlow.js and Keras turn the row of a flatten only if its own format says so. */
for (const flattenFormat of [undefined, 'channelsFirst', 'channelsLast'] as const) {
  test(`a flatten of the format ${flattenFormat} is TensorFlow.js Layers'`, () => {
    const next = seededUniform(6);
    const weights = drawWeights(chain.shapes, next);
    const images = randomFloats(2 * cellsOf(inputShape), next);
    const flatten = { type: 'flatten', ...(flattenFormat && { dataFormat: flattenFormat }) };
    const config = { ...chain.config, layers: [conv, { type: 'maxPooling2d' }, flatten, softmax] };
    const model = converted(fromChannelsFirst({ config, weights }));
    const dataFormat = 'channelsFirst';
    const network = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [...inputShape], dataFormat, filters: 3, kernelSize: 3, activation: 'relu' }),
        tf.layers.maxPooling2d({ dataFormat, poolSize: 2 }),
        tf.layers.flatten(flattenFormat ? { dataFormat: flattenFormat } : {}),
        tf.layers.dense({ units: 4, activation: 'softmax' }),
      ],
    });
    network.setWeights(weights.map(({ data, shape }) => tensor(data, [...shape])));
    const expected = (network.predict(tensor(images, [2, ...inputShape])) as Tensor).dataSync();
    expect(largestDifference(outputsOf(model, model.weights, images), expected)).toBeLessThan(1e-6);
  });
}

/** The layers a chain of layers on inputs [2, 8, 7] becomes; behind them stands a dense layer. */
const around = (layers: readonly unknown[], more: Json = {}): Json => ({
  dataFormat: 'channelsFirst',
  inputShape,
  layers: [...layers, { type: 'flatten', name: 'last_row' }, softmax],
  ...more,
});

const join = (axis?: unknown): Json => ({
  type: 'concatenate',
  inputs: ['input', 'input'],
  ...(axis !== undefined && { axis }),
});

const fieldCases: readonly (readonly [given: Json, became: Json])[] = [
  ...([1, -3] as const).map((axis) => [join(axis), { ...join(), axis: -1 }] as const),
  ...([2, -2] as const).map((axis) => [join(axis), { ...join(), axis: 1 }] as const),
  ...([3, -1, undefined] as const).map((axis) => [join(axis), { ...join(), axis: 2 }] as const),
  ...([1, -3, [1]] as const).map(
    (axis) =>
      [
        { type: 'layerNormalization', axis },
        { type: 'layerNormalization', axis: -1 },
      ] as const,
  ),
  [
    { type: 'layerNormalization', axis: [-1, 1], gammaConstraint: 'nonNeg' },
    { type: 'layerNormalization', axis: [2, 3], gammaConstraint: 'nonNeg' },
  ],
  [{ type: 'batchNormalization', axis: 1 }, { type: 'batchNormalization' }],
  [{ type: 'batchNormalization', axis: -3 }, { type: 'batchNormalization' }],
  [
    { type: 'reshape', targetShape: [2, 8, -1] },
    { type: 'reshape', targetShape: [8, -1, 2] },
  ],
  [
    { type: 'upSampling2d', size: [1, 2], dataFormat: 'channelsFirst' },
    { type: 'upSampling2d', size: [1, 2] },
  ],
];

for (const [given, became] of fieldCases) {
  test(`${JSON.stringify(given)} becomes ${JSON.stringify(became)}`, () => {
    const { config } = converted(fromChannelsFirst({ config: around([given]) }));
    expect(config.inputShape).toEqual([8, 7, 2]);
    expect(config.layers[0]).toEqual(became);
    expect(JSON.stringify(config)).not.toContain('dataFormat');
  });
}

test('rows are reshaped as long as the cells stay where they are', () => {
  const back = [
    { type: 'reshape', targetShape: [-1] },
    { type: 'dropout', rate: 0 },
    { type: 'reshape', targetShape: inputShape },
  ];
  expect(converted(fromChannelsFirst({ config: around(back) })).config.layers[2]).toEqual({
    type: 'reshape',
    targetShape: [8, 7, 2],
  });
  const single = around([{ type: 'reshape', targetShape: [7, 8] }], { inputShape: [1, 8, 7] });
  expect(messagesOf(fromChannelsFirst({ config: single }))).toEqual([]);
});

test('images are transposed, bytes and floats', () => {
  const turned = [1, 7, 2, 8, 3, 9, 4, 10, 5, 11, 6, 12];
  const image = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
  expect([...imagesToChannelsLast(Uint8Array.of(...image), [1, 2, 2, 3])]).toEqual(turned);
  const second = image.map((value) => -value);
  const floats = imagesToChannelsLast(Float32Array.of(...image, ...second), [2, 2, 3, 2]);
  expect([...floats]).toEqual([...turned, ...turned.map((value) => -value)]);
  const bytes = randomBytes(30, seededUniform(1));
  expect(imagesToChannelsLast(bytes, [6, 1, 5, 1])).toEqual(bytes);
  for (const shape of [
    [1, 2, 2, 2],
    [2, 2, 2, 1.5],
    [0, 2, 2, 3],
    [-1, -2, 2, 3],
  ] as const) {
    expect(() => imagesToChannelsLast(Uint8Array.of(...image), shape)).toThrow(
      `imagesToChannelsLast: shape must be [examples, channels, height, width] with as many numbers as images. Received shape=[${shape.join()}], images=12.`,
    );
  }
});
