/**
 * Plan: finite differences prove a gradient right for the forward pass there is; that the forward pass is Keras's is
 * proved here, by numbers worked by hand or published. Every case has few enough numbers to be followed with a pencil:
 * sizes, names and weights of layers; groups, transposed windows, padding, resizing; statistics; activations; losses.
 */
import { expect, test } from 'playwright/test';
import type { LayerConfig, ModelConfig } from '../../../src/engine/model/config.ts';
import type { LossConfig } from '../../../src/engine/model/training-config.ts';
import { activate } from './float64-activations.ts';
import { erf } from './float64-erf.ts';
import { runFloat64, type ReferenceOptions } from './float64-reference.ts';
import { longestSum, planReference } from './reference-plan.ts';

type Weights = Readonly<Record<string, readonly number[]>>;

/** Runs the layers with a loss that takes any outputs. */
function run(
  inputShape: ModelConfig['inputShape'],
  layers: readonly LayerConfig[],
  inputs: readonly number[],
  weights: Weights = {},
  options: ReferenceOptions = {},
) {
  const [last] = planReference({ inputShape, layers }).slice(-1);
  const outputs = last?.outputShape.reduce((product, size) => product * size, 1) ?? 1;
  const rows = (inputs.length / inputShape.reduce((product, size) => product * size, 1)) * outputs;
  const targets = new Array<number>(rows).fill(0);
  const given: ReferenceOptions = { loss: 'meanSquaredError', targets: 'rows', ...options };
  return runFloat64({ inputShape, layers }, new Map(Object.entries(weights)), inputs, targets, given);
}

function expectClose(actual: ArrayLike<number> | undefined, expected: readonly number[], digits = 12): void {
  expect(actual?.length).toBe(expected.length);
  expected.forEach((value, i) => expect(actual?.[i], `[${i}]`).toBeCloseTo(value, digits));
}

test('names, shapes, weights and products of every layer that has any', () => {
  const plan = planReference({
    inputShape: [8, 6, 4],
    layers: [
      { type: 'conv2d', filters: 6, kernelSize: 3, groups: 2 },
      { type: 'depthwiseConv2d', kernelSize: [3, 2], depthMultiplier: 2 },
      { type: 'separableConv2d', filters: 5, kernelSize: 2, padding: 'same', depthMultiplier: 3, useBias: false },
      { type: 'conv2dTranspose', filters: 2, kernelSize: 3, strides: 2 },
      { type: 'batchNormalization' },
      { type: 'layerNormalization', axis: [-2, -1], center: false },
      { type: 'upSampling2d', size: [1, 2] },
      { type: 'maxPooling2d', padding: 'same', poolSize: 2, strides: 3 },
      { type: 'globalAveragePooling2d' },
      { type: 'dense', units: 7 },
    ],
  });
  const told = plan.map(({ name, outputShape, macs, weights }) => [
    name,
    outputShape.join('×'),
    macs,
    weights.map((weight) => `${weight.name} ${weight.shape.join('×')}`),
  ]);
  expect(told).toEqual([
    // 6·4 positions × 3·3·2·6 numbers.
    ['conv2d_1', '6×4×6', 2592, ['conv2d_1/kernel 3×3×2×6', 'conv2d_1/bias 6']],
    // 4·3 positions × 3·2·6·2.
    ['depthwise_conv2d_1', '4×3×12', 864, ['depthwise_conv2d_1/kernel 3×2×6×2', 'depthwise_conv2d_1/bias 12']],
    // 12 positions × (2·2·12·3 + 36·5).
    [
      'separable_conv2d_1',
      '4×3×5',
      3888,
      ['separable_conv2d_1/depthwise_kernel 2×2×12×3', 'separable_conv2d_1/pointwise_kernel 1×1×36×5'],
    ],
    // 12 positions of the inputs × 3·3·2·5; (4 − 1)·2 + 3 = 9 rows.
    ['conv2d_transpose_1', '9×7×2', 1080, ['conv2d_transpose_1/kernel 3×3×2×5', 'conv2d_transpose_1/bias 2']],
    [
      'batch_normalization_1',
      '9×7×2',
      0,
      ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((role) => `batch_normalization_1/${role} 2`),
    ],
    ['layer_normalization_1', '9×7×2', 0, ['layer_normalization_1/gamma 7×2']],
    ['up_sampling2d_1', '9×14×2', 0, []],
    ['max_pooling2d_1', '3×5×2', 0, []],
    ['global_average_pooling2d_1', '2', 0, []],
    ['dense_1', '7', 14, ['dense_1/kernel 2×7', 'dense_1/bias 7']],
  ]);
  // 3·3 taps × 6 channels, or 24 positions of 10 examples.
  expect(longestSum(plan[0]!, 1)).toBe(54);
  expect(longestSum(plan[0]!, 10)).toBe(480);
});

test('a number that is given to one layer is not given to another', () => {
  const flatten = { type: 'flatten' } as const;
  const layers: readonly LayerConfig[] = [flatten, { ...flatten, name: 'flatten_2' }, flatten];
  const names = planReference({ inputShape: [1, 1, 1], layers }).map(({ name }) => name);
  expect(new Set(names).size).toBe(3);
  expect(names.slice(0, 2)).toEqual(['flatten_1', 'flatten_2']);
});

test('each group of filters sees its own channels', () => {
  const layer: LayerConfig = { type: 'conv2d', filters: 4, kernelSize: 1, groups: 2, useBias: false };
  // Kernel rows: the group's first channel, its second; columns: filters.
  const { activations } = run([1, 1, 4], [layer], [1, 10, 100, 1000], { 'conv2d_1/kernel': [1, 2, 3, 4, 5, 6, 7, 8] });
  expectClose(activations.get('conv2d_1'), [51, 62, 7300, 8400]);
});

test('filter m of channel c is output channel c · multiplier + m', () => {
  const layer: LayerConfig = { type: 'depthwiseConv2d', kernelSize: 1, depthMultiplier: 2 };
  const weights = { 'depthwise_conv2d_1/kernel': [1, 2, 3, 4], 'depthwise_conv2d_1/bias': [0, 0, 0, 1] };
  expectClose(run([1, 1, 2], [layer], [1, 10], weights).activations.get('depthwise_conv2d_1'), [1, 2, 30, 41]);
});

test('a transposed convolution lays its kernel down at every input, `same` cuts after', () => {
  const layer: LayerConfig = {
    type: 'conv2dTranspose',
    filters: 1,
    kernelSize: [1, 3],
    strides: [1, 2],
    useBias: false,
  };
  const weights = { 'conv2d_transpose_1/kernel': [1, 2, 3] };
  const outputs = (padding: 'valid' | 'same', strides: [number, number] = [1, 2]) =>
    run([1, 2, 1], [{ ...layer, padding, strides }], [1, 10], weights).activations.get('conv2d_transpose_1');
  expectClose(outputs('valid'), [1, 2, 13, 20, 30]);
  // Of five cells four are left: one row of padding, which TensorFlow puts after.
  expectClose(outputs('same'), [1, 2, 13, 20]);
  // Strides beyond the kernel leave gaps, the last one too.
  expectClose(outputs('valid', [1, 4]), [1, 2, 3, 0, 10, 20, 30, 0]);
});

test('the first of equal maxima in row-major order gets the gradient; a global maximum is shared', () => {
  const head: readonly LayerConfig[] = [{ type: 'flatten' }];
  // Squared error to 0 of one number y: gradient 2y = 6.
  const pooled = run([2, 2, 1], [{ type: 'maxPooling2d' }, ...head], [1, 3, 3, 3]);
  expectClose(pooled.inputs, [0, 6, 0, 0]);
  expectClose(run([2, 2, 1], [{ type: 'globalMaxPooling2d' }], [1, 3, 3, 3]).inputs, [0, 2, 2, 2]);
});

test('an average at the border divides by the cells inside', () => {
  const { activations } = run([1, 3, 1], [{ type: 'averagePooling2d', poolSize: 2, padding: 'same' }], [1, 2, 8]);
  expectClose(activations.get('average_pooling2d_1'), [1.5, 8]);
});

const paddings: readonly (readonly [LayerConfig, readonly number[]])[] = [
  [
    {
      type: 'padding2d',
      mode: 'reflect',
      padding: [
        [0, 0],
        [2, 2],
      ],
    },
    [3, 2, 1, 2, 3, 2, 1],
  ],
  [
    {
      type: 'padding2d',
      mode: 'replicate',
      padding: [
        [0, 0],
        [2, 1],
      ],
    },
    [1, 1, 1, 2, 3, 3],
  ],
  [{ type: 'zeroPadding2d', padding: [0, 1] }, [0, 1, 2, 3, 0]],
  [{ type: 'upSampling2d', size: [1, 2] }, [1, 1, 2, 2, 3, 3]],
  // Centres at −¼, ¼, ¾, 1¼, 1¾, 2¼: tf.image.resize([1, 2, 3], 6).
  [{ type: 'upSampling2d', size: [1, 2], interpolation: 'bilinear' }, [1, 1.25, 1.75, 2.25, 2.75, 3]],
];
for (const [layer, expected] of paddings) {
  test(`1, 2, 3 in a row become ${expected.join(', ')}: ${JSON.stringify(layer)}`, () => {
    expectClose([...run([1, 3, 1], [layer], [1, 2, 3]).activations.values()][0], expected);
  });
}

test('concatenation by width takes turns row by row', () => {
  const layers: readonly LayerConfig[] = [
    {
      type: 'zeroPadding2d',
      name: 'wide',
      inputs: ['input'],
      padding: [
        [0, 0],
        [0, 1],
      ],
    },
    { type: 'concatenate', axis: 2, inputs: ['input', 'wide'] },
  ];
  expectClose(run([2, 1, 1], layers, [1, 2]).activations.get('concatenate_1'), [1, 1, 0, 2, 2, 0]);
});

const gamma = { 'batch_normalization_1/gamma': [2], 'batch_normalization_1/beta': [10] };
const moving = { 'batch_normalization_1/moving_mean': [1], 'batch_normalization_1/moving_variance': [4] };
const normalization: LayerConfig = { type: 'batchNormalization', epsilon: 0, momentum: 0.75 };

test('batch normalization: mean 3 and population variance 5 of 0, 2, 4, 6', () => {
  const weights = { ...gamma, ...moving };
  const training = run([1, 2, 1], [normalization], [0, 2, 4, 6], weights);
  const unit = 2 / Math.sqrt(5);
  expectClose(training.activations.get('batch_normalization_1'), [10 - 3 * unit, 10 - unit, 10 + unit, 10 + 3 * unit]);
  expectClose(training.statistics.get('batch_normalization_1/moving_mean'), [1.5]);
  expectClose(training.statistics.get('batch_normalization_1/moving_variance'), [4.25]);
  // (x − 1) / 2 · 2 + 10.
  const frozen = run([1, 2, 1], [{ ...normalization, trainable: false }], [0, 2, 4, 6], weights);
  const inference = run([1, 2, 1], [normalization], [0, 2, 4, 6], weights, { mode: 'inference' });
  for (const { activations, statistics } of [frozen, inference]) {
    expectClose(activations.get('batch_normalization_1'), [9, 11, 13, 15]);
    expectClose(statistics.get('batch_normalization_1/moving_mean'), [1]);
    expectClose(statistics.get('batch_normalization_1/moving_variance'), [4]);
  }
  expect([...frozen.weights.keys()]).toEqual([]);
  expect([...frozen.frozenWeights.keys()]).toEqual(['batch_normalization_1/gamma', 'batch_normalization_1/beta']);
});

test('layer normalization: every example by itself, epsilon under the root', () => {
  const layer: LayerConfig = { type: 'layerNormalization', axis: [1, 2, 3], epsilon: 3 };
  const weights = { 'layer_normalization_1/gamma': [1, 2], 'layer_normalization_1/beta': [0, 5] };
  // Means 1 and 11, variances 1: x̂ = ∓1 / √(1 + 3).
  const { activations } = run([1, 2, 1], [layer], [0, 2, 10, 12], weights);
  expectClose(activations.get('layer_normalization_1'), [-0.5, 6, -0.5, 6]);
});

test('dropout keeps what the mask says and scales it; spatial dropout asks by channel; inference does neither', () => {
  const asked: string[] = [];
  const keep = (name: string, example: number, cell: number) => {
    asked.push(`${name} ${example} ${cell}`);
    return cell !== 1;
  };
  const layer: LayerConfig = { type: 'dropout', rate: 0.75 };
  const options = { keep };
  expectClose(run([1, 3, 1], [layer], [1, 2, 3], {}, options).activations.get('dropout_1'), [4, 0, 12]);
  expect(asked).toEqual(['dropout_1 0 0', 'dropout_1 0 1', 'dropout_1 0 2']);
  const spatial: LayerConfig = { type: 'spatialDropout2d', rate: 0.5 };
  const maps = run([1, 2, 2], [spatial], [1, 2, 3, 4], {}, options);
  expectClose(maps.activations.get('spatial_dropout2d_1'), [2, 0, 6, 0]);
  const inference = run([1, 3, 1], [layer], [1, 2, 3], {}, { keep, mode: 'inference' });
  expectClose(inference.activations.get('dropout_1'), [1, 2, 3]);
});

test('the error function, to the digits of its tables', () => {
  // Abramowitz & Stegun, table 7.1; on both sides of the seam at 2.
  const table = [
    [0, 0],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [2.5, 0.999593047982555],
    [3, 0.9999779095030014],
    [4, 0.9999999845827421],
  ] as const;
  for (const [x, y] of table) {
    expect(erf(x), `erf ${x}`).toBeCloseTo(y, 15);
    expect(erf(-x), `erf −${x}`).toBeCloseTo(-y, 15);
  }
  // The series and the fraction meet: erf changes by erf′(2)·2δ and no more.
  const gap = 1e-9;
  const slope = (2 / Math.sqrt(Math.PI)) * Math.exp(-4);
  expect(erf(2 + gap) - erf(2 - gap)).toBeCloseTo(2 * gap * slope, 15);
});

const pointwise = [
  ['elu', -1, -0.6321205588285577],
  ['selu', 1, 1.0507009873554805],
  ['selu', -1, -1.1113307378125625],
  ['gelu', 1, 0.8413447460685429],
  ['gelu', -2, -0.04550026389635842],
  ['silu', 1, 0.7310585786300049],
  ['softplus', 1, 1.3132616875182228],
  ['softplus', 1000, 1000],
  ['leakyRelu', -1, -0.2],
  ['sigmoid', -1, 0.2689414213699951],
] as const;
for (const [name, x, y] of pointwise) {
  test(`${name}(${x}) is ${y}`, () => {
    expectClose(activate({ name, slope: 0.2, channels: 1 }, Float64Array.of(x)), [y], 15);
  });
}

const losses: readonly (readonly [LossConfig, readonly number[], readonly number[], number])[] = [
  // The examples of Keras's own documentation of each loss, rounded there to three digits.
  [{ type: 'categoricalCrossentropy', fromLogits: true }, [0, 1, 0], [Math.log(0.05), Math.log(0.95), -50], 0.0512933],
  [
    { type: 'sparseCategoricalCrossentropy', fromLogits: true },
    [0, 0, 1],
    [Math.log(0.1), Math.log(0.8), Math.log(0.1)],
    2.3025851,
  ],
  ['meanSquaredError', [0, 1, 0], [1, 1, 0], 1 / 3],
  ['hinge', [0, 1, 0], [0.6, 0.4, -2], (1.6 + 0.6 + 0) / 3],
  // −1, 1, ½ are no pair of classes, and stay.
  ['hinge', [-1, 1, 0.5], [0.6, 0.4, -2], (1.6 + 0.6 + 2) / 3],
  ['categoricalHinge', [0, 1, 0], [0.6, 0.4, 0.1], 1.2],
  ['categoricalHinge', [0, 1, 0], [0.6, 2.4, 0.1], 0],
  // ln 3 whatever the smoothing, where all are equal; else 0.7·0 + 0.3·(2 + 4)/3 beside ln Σ.
  [{ type: 'categoricalCrossentropy', fromLogits: true, labelSmoothing: 0.3 }, [1, 0, 0], [5, 5, 5], Math.log(3)],
  [
    { type: 'categoricalCrossentropy', fromLogits: true, labelSmoothing: 0.3 },
    [1, 0, 0],
    [0, -2, -4],
    Math.log(1 + Math.exp(-2) + Math.exp(-4)) + 0.6,
  ],
];
for (const [loss, targets, outputs, expected] of losses) {
  test(`${JSON.stringify(loss)} of ${outputs.join()} beside ${targets.join()} is ${expected}`, () => {
    const config: ModelConfig = { inputShape: [1, 1, 3], layers: [{ type: 'flatten' }] };
    const result = runFloat64(config, new Map(), outputs, targets, { loss, targets: 'rows' });
    expect(result.loss).toBeCloseTo(expected, 6);
  });
}

test('the cross-entropy of a softmax neither overflows nor underflows', () => {
  const config: ModelConfig = {
    inputShape: [1, 1, 2],
    layers: [{ type: 'flatten' }, { type: 'activation', activation: 'softmax' }],
  };
  const far = runFloat64(config, new Map(), [0, 2000], [0]);
  expect(far.loss).toBe(2000);
  expectClose(far.inputs, [-1, 1]);
});

test('regularizers: of weights once, of outputs over the examples, of frozen weights too', () => {
  const kernelRegularizer = { type: 'l1l2', l1: 0.5, l2: 0.25 } as const;
  const dense: LayerConfig = { type: 'dense', units: 1, useBias: false, kernelRegularizer };
  const weights = { 'dense_1/kernel': [-2] };
  // Outputs 0 and 0: squared error 0. ½·2 + ¼·4 = 2, gradient −½ − 2·¼·2.
  const flat = { type: 'flatten' } as const;
  const plain = run([1, 1, 1], [flat, dense], [0, 0], weights);
  expect(plain.loss).toBe(2);
  expectClose(plain.weights.get('dense_1/kernel'), [-1.5]);
  expect(run([1, 1, 1], [flat, { ...dense, trainable: false }], [0, 0], weights).loss).toBe(2);
  // |1| + |−3| over two examples, beside a mean square of 5.
  const active: LayerConfig = { type: 'activation', activation: 'linear', activityRegularizer: { type: 'l1', l1: 1 } };
  expect(run([1, 1, 1], [active, flat], [1, -3]).loss).toBe(7);
});
