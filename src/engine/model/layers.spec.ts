/*
 * Plan. Every layer type and its options in one table: what it makes of an input, its weights by name and shape, its
 * multiplications, all worked out by hand beside the row; the parameters follow from the weights. Then what the table cannot
 * say: fans, defaults, windows, and graphs with several readers and names.
 */
import { expect, test } from 'playwright/test';
import { layerOf, layersOf, resolved, softmax, weightOf } from '../../../e2e/support/resolved-layers.ts';

type Weights = Readonly<Record<string, readonly number[]>>;

interface Row {
  readonly layer: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly inputs?: readonly number[];
  readonly name: string;
  readonly outputs: readonly number[];
  readonly weights?: Weights;
  readonly macs?: number;
}

/** Unless a row says otherwise its input is 9 × 7 with 4 channels. */
const rows: readonly Row[] = [
  {
    layer: { type: 'conv2d', filters: 6, kernelSize: [3, 2], strides: [2, 1] },
    name: 'conv2d_1',
    outputs: [4, 6, 6],
    weights: { kernel: [3, 2, 4, 6], bias: [6] },
    macs: 4 * 6 * (3 * 2 * 4 * 6),
  },
  {
    layer: { type: 'conv2d', filters: 6, kernelSize: 3, groups: 2, padding: 'same', useBias: false },
    name: 'conv2d_1',
    outputs: [9, 7, 6],
    weights: { kernel: [3, 3, 2, 6] },
    macs: 9 * 7 * (3 * 3 * 2 * 6),
  },
  {
    layer: { type: 'depthwiseConv2d', kernelSize: 3, depthMultiplier: 2 },
    name: 'depthwise_conv2d_1',
    outputs: [7, 5, 8],
    weights: { kernel: [3, 3, 4, 2], bias: [8] },
    macs: 7 * 5 * (3 * 3 * 4 * 2),
  },
  {
    layer: { type: 'depthwiseConv2d', kernelSize: 3, dilationRate: [4, 3], padding: 'replicate', useBias: false },
    name: 'depthwise_conv2d_1',
    outputs: [9, 7, 4],
    weights: { kernel: [3, 3, 4, 1] },
    macs: 9 * 7 * (3 * 3 * 4),
  },
  {
    layer: { type: 'separableConv2d', filters: 5, kernelSize: 3, strides: 2, padding: 'same', depthMultiplier: 3 },
    name: 'separable_conv2d_1',
    outputs: [5, 4, 5],
    weights: { depthwise_kernel: [3, 3, 4, 3], pointwise_kernel: [1, 1, 12, 5], bias: [5] },
    macs: 5 * 4 * (3 * 3 * 4 * 3 + 12 * 5),
  },
  {
    // Rows (9 − 1)·2 + 3, columns 7·3 because the window of 2 is below the stride.
    layer: { type: 'conv2dTranspose', filters: 5, kernelSize: [3, 2], strides: [2, 3] },
    name: 'conv2d_transpose_1',
    outputs: [19, 21, 5],
    weights: { kernel: [3, 2, 5, 4], bias: [5] },
    macs: 9 * 7 * (3 * 2 * 5 * 4),
  },
  {
    layer: { type: 'conv2dTranspose', filters: 5, kernelSize: 3, strides: 2, padding: 'same', useBias: false },
    name: 'conv2d_transpose_1',
    outputs: [18, 14, 5],
    weights: { kernel: [3, 3, 5, 4] },
    macs: 9 * 7 * (3 * 3 * 5 * 4),
  },
  {
    layer: { type: 'conv2dTranspose', filters: 1, kernelSize: 3, dilationRate: 2 },
    name: 'conv2d_transpose_1',
    outputs: [13, 11, 1],
    weights: { kernel: [3, 3, 1, 4], bias: [1] },
    macs: 9 * 7 * (3 * 3 * 4),
  },
  { layer: { type: 'maxPooling2d', poolSize: [3, 2] }, name: 'max_pooling2d_1', outputs: [3, 3, 4] },
  {
    layer: { type: 'averagePooling2d', strides: 1, padding: 'same' },
    name: 'average_pooling2d_1',
    outputs: [9, 7, 4],
  },
  { layer: { type: 'globalAveragePooling2d' }, name: 'global_average_pooling2d_1', outputs: [4] },
  { layer: { type: 'globalMaxPooling2d', keepdims: true }, name: 'global_max_pooling2d_1', outputs: [1, 1, 4] },
  { layer: { type: 'zeroPadding2d' }, name: 'zero_padding2d_1', outputs: [11, 9, 4] },
  { layer: { type: 'zeroPadding2d', padding: [2, 0] }, name: 'zero_padding2d_1', outputs: [13, 7, 4] },
  {
    layer: {
      type: 'padding2d',
      mode: 'reflect',
      padding: [
        [8, 1],
        [0, 6],
      ],
    },
    name: 'padding2d_1',
    outputs: [18, 13, 4],
  },
  { layer: { type: 'padding2d', mode: 'replicate', padding: 12 }, name: 'padding2d_1', outputs: [33, 31, 4] },
  { layer: { type: 'upSampling2d' }, name: 'up_sampling2d_1', outputs: [18, 14, 4] },
  {
    layer: { type: 'upSampling2d', size: [1, 3], interpolation: 'bilinear' },
    name: 'up_sampling2d_1',
    outputs: [9, 21, 4],
  },
  { layer: { type: 'flatten' }, name: 'flatten_1', outputs: [252] },
  { layer: { type: 'reshape', targetShape: [3, -1] }, name: 'reshape_1', outputs: [3, 84] },
  { layer: { type: 'reshape', targetShape: [7, 9, 4] }, name: 'reshape_1', outputs: [7, 9, 4] },
  { layer: { type: 'dropout', rate: 0.5 }, name: 'dropout_1', outputs: [9, 7, 4] },
  { layer: { type: 'spatialDropout2d', rate: 0 }, name: 'spatial_dropout2d_1', outputs: [9, 7, 4] },
  {
    layer: { type: 'batchNormalization' },
    name: 'batch_normalization_1',
    outputs: [9, 7, 4],
    weights: { gamma: [4], beta: [4], moving_mean: [4], moving_variance: [4] },
  },
  {
    layer: { type: 'batchNormalization', scale: false, center: false },
    name: 'batch_normalization_1',
    outputs: [9, 7, 4],
    weights: { moving_mean: [4], moving_variance: [4] },
  },
  {
    layer: { type: 'layerNormalization' },
    name: 'layer_normalization_1',
    outputs: [9, 7, 4],
    weights: { gamma: [4], beta: [4] },
  },
  {
    layer: { type: 'layerNormalization', axis: [-1, 1, 2], center: false },
    name: 'layer_normalization_1',
    outputs: [9, 7, 4],
    weights: { gamma: [9, 7, 4] },
  },
  {
    layer: { type: 'layerNormalization', axis: [3, 2], scale: false },
    name: 'layer_normalization_1',
    outputs: [9, 7, 4],
    weights: { beta: [7, 4] },
  },
  { layer: { type: 'activation', activation: 'gelu' }, name: 'activation_1', outputs: [9, 7, 4] },
  { layer: { type: 'add', inputs: ['input', 'input', 'input'] }, name: 'add_1', outputs: [9, 7, 4] },
  { layer: { type: 'concatenate', inputs: ['input', 'input'] }, name: 'concatenate_1', outputs: [9, 7, 8] },
  { layer: { type: 'concatenate', inputs: ['input', 'input'], axis: 1 }, name: 'concatenate_1', outputs: [18, 7, 4] },
  { layer: { type: 'concatenate', inputs: ['input', 'input'], axis: -2 }, name: 'concatenate_1', outputs: [9, 14, 4] },
];

for (const { layer, inputs = [9, 7, 4], name, outputs, weights = {}, macs = 0 } of rows) {
  test(`${inputs.join('×')} through ${JSON.stringify(layer)}`, () => {
    const found = layerOf(inputs, layer);
    expect([found.type, found.name, found.outputShape]).toEqual([layer.type, name, outputs]);
    expect(Object.fromEntries(found.weights.map((spec) => [spec.name, spec.shape]))).toEqual(
      Object.fromEntries(Object.entries(weights).map(([weight, shape]) => [`${name}/${weight}`, shape])),
    );
    expect(found.weights.map((spec) => spec.name.split('/')[1])).toEqual(Object.keys(weights));
    const count = Object.values(weights).reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
    expect([found.params, found.macs]).toEqual([count, macs]);
    const moving = Object.keys(weights).filter((weight) => weight.startsWith('moving'));
    expect(found.trainableParams).toBe(count - 4 * moving.length);
    expect(found.config).toEqual(layer);
    for (const spec of found.weights) expect(spec.isTrainable).toBe(!moving.includes(spec.name.split('/')[1] ?? ''));
  });
}

test('a dense layer behind a reshape of rank 1', () => {
  const [, dense] = layersOf([2, 3, 4], { type: 'reshape', targetShape: [-1] }, { type: 'dense', units: 5 });
  expect(dense).toMatchObject({ outputShape: [5], params: 24 * 5 + 5, macs: 24 * 5 });
});

test('fans are those of the kernel’s shape', () => {
  const fans = (layer: object, weight = 'kernel') => {
    const { fanIn, fanOut } = weightOf(layerOf([9, 7, 4], layer), weight);
    return [fanIn, fanOut];
  };
  expect(fans({ type: 'conv2d', filters: 6, kernelSize: 3, groups: 2 })).toEqual([9 * 2, 9 * 6]);
  expect(fans({ type: 'depthwiseConv2d', kernelSize: 3, depthMultiplier: 2 })).toEqual([9 * 4, 9 * 2]);
  expect(fans({ type: 'conv2dTranspose', filters: 6, kernelSize: 3 })).toEqual([9 * 6, 9 * 4]);
  const separable = { type: 'separableConv2d', filters: 6, kernelSize: 3, depthMultiplier: 2 };
  expect(fans(separable, 'depthwise_kernel')).toEqual([9 * 4, 9 * 2]);
  expect(fans(separable, 'pointwise_kernel')).toEqual([8, 6]);
  expect(fans(separable, 'bias')).toEqual([6, 6]);
});

test('defaults are Keras 3’s', () => {
  expect(layerOf([9, 7, 4], { type: 'batchNormalization' })).toMatchObject({
    epsilon: 0.001,
    momentum: 0.99,
    center: true,
    scale: true,
    weights: [{ initializer: 'ones' }, { initializer: 'zeros' }, { initializer: 'zeros' }, { initializer: 'ones' }],
  });
  expect(layerOf([9, 7, 4], { type: 'layerNormalization' })).toMatchObject({ epsilon: 0.001, rowCells: 4 });
  expect(layerOf([9, 7, 4], { type: 'layerNormalization', axis: [1, 2, 3] })).toMatchObject({ rowCells: 252 });
  expect(layerOf([9, 7, 4], { type: 'upSampling2d' })).toMatchObject({ size: [2, 2], interpolation: 'nearest' });
  const pads = [
    [1, 1],
    [1, 1],
  ];
  expect(layerOf([9, 7, 4], { type: 'zeroPadding2d' })).toMatchObject({ mode: 'zero', pads });
  expect(layerOf([9, 7, 4], { type: 'padding2d', mode: 'reflect' })).toMatchObject({ mode: 'reflect', pads });
  const join = { type: 'concatenate', inputs: ['input', 'input'] };
  expect(layerOf([9, 7, 4], join)).toMatchObject({ axis: 2, inputs: ['input', 'input'] });
  expect(layerOf([9, 7, 4], { type: 'conv2d', filters: 1, kernelSize: 1 })).toMatchObject({ groups: 1 });
  const depthwise = { type: 'depthwiseConv2d', kernelSize: 1 };
  expect(layerOf([9, 7, 4], depthwise)).toMatchObject({ depthMultiplier: 1, padMode: 'zero', useBias: true });
});

test('the window of a transposed convolution is that of the convolution from its outputs to its inputs', () => {
  const layer = { type: 'conv2dTranspose', filters: 1, kernelSize: 3, strides: [2, 1], padding: 'same' };
  expect(layerOf([9, 7, 4], layer)).toMatchObject({
    window: {
      vertical: { size: 18, window: 3, stride: 2, dilation: 1, padBefore: 0, padAfter: 1 },
      horizontal: { size: 7, window: 3, stride: 1, dilation: 1, padBefore: 1, padAfter: 1 },
    },
  });
});

const conv = { type: 'conv2d', filters: 4, kernelSize: 3 };

test('a graph: several readers, several inputs, in the order they are named', () => {
  const model = resolved({
    inputShape: [8, 8, 2],
    layers: [
      { ...conv, name: 'left', filters: 3, padding: 'same' },
      { ...conv, name: 'right', filters: 5, padding: 'same', inputs: ['input'] },
      { type: 'concatenate', name: 'both', inputs: ['right', 'left', 'input'] },
      { type: 'globalAveragePooling2d', name: 'mean', inputs: ['left'] },
      { type: 'globalAveragePooling2d', name: 'all', inputs: ['both'] },
      { type: 'concatenate', inputs: ['mean', 'all'] },
      softmax,
    ],
  });
  expect(model.layers.map(({ name, outputShape }) => `${name} ${outputShape.join('×')}`)).toEqual([
    'left 8×8×3',
    'right 8×8×5',
    'both 8×8×10',
    'mean 3',
    'all 10',
    'concatenate_2 13',
    'dense_1 3',
  ]);
  expect(model.layers[2]?.inputs).toEqual(['right', 'left', 'input']);
  expect(model.layers[2]?.inputShapes).toEqual([
    [8, 8, 5],
    [8, 8, 3],
    [8, 8, 2],
  ]);
});

test('an automatic name gives way to one that is given, wherever that stands', () => {
  const names = resolved({
    inputShape: [8, 8, 1],
    layers: [
      { ...conv, kernelSize: 1 },
      { ...conv, kernelSize: 1, name: 'conv2d_1' },
      { ...conv, kernelSize: 1 },
      { ...conv, kernelSize: 1, name: 'conv2d_5' },
      { ...conv, kernelSize: 1 },
      { type: 'flatten' },
      softmax,
    ],
  }).layers.map(({ name }) => name);
  expect(names).toEqual(['conv2d_2', 'conv2d_1', 'conv2d_4', 'conv2d_5', 'conv2d_6', 'flatten_1', 'dense_1']);
});
