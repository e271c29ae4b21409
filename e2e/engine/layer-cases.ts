/** The table of layers, options and awkward sizes that every kernel is held to. Data only. */
import type { ActivationName, LayerConfig, ModelConfig, PaddingConfig, Pair } from '../../src/engine/model/config.ts';
import type { CheckOptions } from './check-layer.ts';
import { convolutionCases, convolutionNetworkCases } from './layer-cases-convolution.ts';
import { fusedPoolingCases } from './layer-cases-fused.ts';
import { normalizationLayerCases, normalizationNetworkCases } from './layer-cases-normalization.ts';
import { shapeLayerCases, shapeNetworkCases } from './layer-cases-shapes.ts';

type InputShape = ModelConfig['inputShape'];
type Conv2D = Extract<LayerConfig, { type: 'conv2d' }>;

/** One row of the table. */
export interface LayerCase {
  readonly layer: LayerConfig;
  readonly inputShape: InputShape;
  readonly options?: CheckOptions;
}

/** One network of several layers. */
export interface NetworkCase {
  readonly title: string;
  readonly config: ModelConfig;
  readonly options?: CheckOptions;
}

/** A row in words. */
export function titleOf({ layer: { type, ...rest }, inputShape, options }: LayerCase): string {
  const plain = (value: object) => JSON.stringify(value).replaceAll('"', '');
  return `${type} ${plain(rest)} on ${inputShape.join('×')}${options ? ` with ${plain(options)}` : ''}`;
}

const activations: readonly ActivationName[] = [
  'linear',
  'relu',
  'leakyRelu',
  'elu',
  'selu',
  'gelu',
  'silu',
  'sigmoid',
  'tanh',
  'softplus',
  'softmax',
];
const oddSizes: readonly InputShape[] = [
  [7, 11, 3],
  [13, 13, 5],
  [11, 7, 1],
];

const conv2d = (inputShape: InputShape, options: Partial<Conv2D>): LayerCase => ({
  layer: { type: 'conv2d', filters: 4, kernelSize: 3, ...options },
  inputShape,
});

const kernels: readonly LayerCase[] = ([1, 3, 5, [2, 3], [3, 2], 7] as const).flatMap((kernelSize) =>
  oddSizes.map((inputShape) => conv2d(inputShape, { kernelSize, filters: 5, activation: 'relu' })),
);

const wholeInput: readonly LayerCase[] = [
  conv2d([1, 1, 1], { kernelSize: 1, filters: 1 }),
  conv2d([1, 1, 17], { kernelSize: 1, filters: 3 }),
  conv2d([1, 1, 2], { padding: 'same' }),
  conv2d([5, 7, 3], { kernelSize: [5, 7] }),
  conv2d([13, 13, 1], { kernelSize: 13, filters: 3 }),
  conv2d([1, 13, 3], { kernelSize: [1, 3], filters: 8 }),
  conv2d([13, 1, 3], { kernelSize: [3, 1], filters: 8 }),
];

const widths: readonly LayerCase[] = [1, 3, 4, 5, 8, 17].flatMap((filters) => [
  conv2d([7, 11, 3], { filters }),
  conv2d([5, 6, 17], { filters, padding: 'same', activation: 'relu' }),
]);

const paddings: readonly PaddingConfig[] = [
  'valid',
  'same',
  'replicate',
  [
    [1, 0],
    [2, 1],
  ],
];
const strides: readonly Pair[] = [2, 3, [2, 1], [1, 3]];
const paddedStrides: readonly LayerCase[] = paddings.flatMap((padding) =>
  [...strides, 1].map((stride) => conv2d([7, 11, 3], { padding, strides: stride })),
);

const awkwardWindows: readonly LayerCase[] = [
  conv2d([7, 11, 3], { kernelSize: 2, strides: 3 }),
  conv2d([7, 11, 3], { kernelSize: 1, strides: 2 }),
  conv2d([13, 13, 1], { kernelSize: 1, strides: 3, padding: 'same' }),
  conv2d([13, 13, 1], { kernelSize: [2, 1], strides: [3, 2], padding: 'same' }),
  conv2d([13, 13, 5], { kernelSize: 5, strides: 2, padding: 'same', filters: 8 }),
  conv2d([13, 13, 1], { kernelSize: 7, strides: 3, padding: 'same' }),
  conv2d([20, 11, 3], { kernelSize: 3, strides: 9, padding: 'same' }),
  conv2d([7, 5, 2], {
    strides: 2,
    padding: [
      [21, 20],
      [9, 14],
    ],
  }),
  conv2d([6, 8, 3], { kernelSize: [2, 4], padding: 'same' }),
  conv2d([3, 4, 2], { kernelSize: 7, padding: 'same' }),
  conv2d([3, 4, 2], { kernelSize: 7, padding: 'replicate' }),
  conv2d([1, 1, 3], { kernelSize: 5, padding: 'replicate' }),
  conv2d([5, 5, 2], {
    padding: [
      [0, 3],
      [4, 0],
    ],
  }),
  conv2d([2, 2, 1], {
    kernelSize: 3,
    padding: [
      [3, 3],
      [3, 3],
    ],
  }),
  conv2d([7, 11, 3], { dilationRate: 2 }),
  conv2d([7, 11, 3], { dilationRate: 2, padding: 'same', activation: 'relu' }),
  conv2d([13, 13, 1], { dilationRate: [3, 2], padding: 'same', kernelSize: [2, 3] }),
  conv2d([13, 13, 2], { dilationRate: 2, padding: 'replicate' }),
  conv2d([7, 7, 2], {
    dilationRate: 2,
    padding: [
      [1, 2],
      [3, 0],
    ],
  }),
  conv2d([7, 11, 3], { useBias: false, activation: 'relu' }),
  conv2d([5, 5, 1], { useBias: false, filters: 17, padding: 'same' }),
];

const activatedLayers: readonly LayerCase[] = activations.flatMap((activation) => [
  conv2d([7, 11, 3], { activation, filters: 6 }),
  { layer: { type: 'activation', activation }, inputShape: [7, 11, 5] },
  { layer: { type: 'dense', units: 5, activation }, inputShape: [3, 5, 3] },
]);

const slopes: readonly LayerCase[] = [
  conv2d([5, 5, 2], { activation: 'leakyRelu', negativeSlope: 0.01 }),
  { layer: { type: 'activation', activation: 'leakyRelu', negativeSlope: 0.5 }, inputShape: [3, 3, 1] },
  { layer: { type: 'activation', activation: 'softmax' }, inputShape: [3, 3, 1] },
  { layer: { type: 'dense', units: 17, activation: 'leakyRelu', negativeSlope: 0 }, inputShape: [1, 1, 17] },
];

const poolings: readonly LayerCase[] = (['maxPooling2d', 'averagePooling2d'] as const).flatMap((type): LayerCase[] => [
  { layer: { type }, inputShape: [13, 13, 5] },
  { layer: { type }, inputShape: [7, 11, 17] },
  { layer: { type, padding: 'same' }, inputShape: [7, 11, 3] },
  { layer: { type, poolSize: 3 }, inputShape: [13, 13, 1] },
  { layer: { type, poolSize: 3, strides: 1 }, inputShape: [7, 11, 3] },
  { layer: { type, poolSize: 3, strides: 2, padding: 'same' }, inputShape: [7, 11, 3] },
  { layer: { type, poolSize: [2, 3] }, inputShape: [7, 11, 3] },
  { layer: { type, poolSize: [2, 3], strides: [3, 1], padding: 'same' }, inputShape: [11, 7, 5] },
  { layer: { type, poolSize: 2, strides: 3 }, inputShape: [13, 13, 3] },
  { layer: { type, poolSize: 2, strides: 3, padding: 'same' }, inputShape: [13, 13, 3] },
  { layer: { type, poolSize: 5, strides: 1, padding: 'same' }, inputShape: [3, 4, 2] },
  { layer: { type, poolSize: [5, 7] }, inputShape: [5, 7, 3] },
  { layer: { type, poolSize: 1 }, inputShape: [1, 1, 3] },
]);

/** Inputs of few values, so that windows hold several equal maxima and the first must win. */
const ties: readonly LayerCase[] = [
  { layer: { type: 'maxPooling2d' }, inputShape: [13, 13, 3], options: { inputLevels: 2 } },
  { layer: { type: 'maxPooling2d', poolSize: 3, strides: 1 }, inputShape: [7, 11, 4], options: { inputLevels: 2 } },
  {
    layer: { type: 'maxPooling2d', poolSize: 3, strides: 2, padding: 'same' },
    inputShape: [7, 11, 5],
    options: { inputLevels: 2 },
  },
];

const denses: readonly LayerCase[] = [1, 3, 17, 64].flatMap((units): LayerCase[] => [
  { layer: { type: 'dense', units }, inputShape: [7, 11, 3] },
  { layer: { type: 'dense', units, activation: 'relu', useBias: false }, inputShape: [1, 1, 5] },
]);

const batches: readonly LayerCase[] = [
  conv2d([7, 11, 3], { filters: 5, activation: 'relu' }),
  ...denses.slice(2, 3),
].flatMap(({ layer, inputShape }): LayerCase[] => [
  { layer, inputShape, options: { examples: 1, batchSize: 1 } },
  { layer, inputShape, options: { examples: 5, batchSize: 5 } },
  { layer, inputShape, options: { examples: 1, batchSize: 17 } },
  { layer, inputShape, options: { examples: 33, batchSize: 64 } },
]);

const allRows: readonly LayerCase[] = [
  ...kernels,
  ...wholeInput,
  ...widths,
  ...paddedStrides,
  ...awkwardWindows,
  ...activatedLayers,
  ...slopes,
  ...poolings,
  ...ties,
  ...denses,
  ...batches,
  { layer: { type: 'flatten' }, inputShape: [7, 11, 3] },
  ...shapeLayerCases,
  ...convolutionCases,
  ...normalizationLayerCases,
];

/** Every layer with every option, on sizes that no tile divides; families that draw the same row share it. */
export const layerCases: readonly LayerCase[] = [...new Map(allRows.map((row) => [titleOf(row), row])).values()];

const head: LayerConfig = { type: 'dense', units: 3, activation: 'softmax' };
const flatten: LayerConfig = { type: 'flatten' };
const relu3x3 = (filters: number): LayerConfig => ({ type: 'conv2d', filters, kernelSize: 3, activation: 'relu' });

/** Layers in a row, where an engine may fuse them, share memory or skip a gradient. */
export const networkCases: readonly NetworkCase[] = [
  {
    title: 'convolution, relu and pooling that drops a row, twice',
    config: {
      inputShape: [17, 19, 1],
      layers: [relu3x3(5), { type: 'maxPooling2d' }, relu3x3(7), { type: 'maxPooling2d' }, flatten, head],
    },
  },
  {
    title: 'max pooling behind each activation',
    config: {
      inputShape: [13, 11, 2],
      layers: [
        { type: 'conv2d', filters: 4, kernelSize: 3, activation: 'sigmoid' },
        { type: 'maxPooling2d', poolSize: 2, strides: 1 },
        { type: 'conv2d', filters: 5, kernelSize: 3, activation: 'leakyRelu', negativeSlope: 0.1 },
        { type: 'maxPooling2d', poolSize: 2 },
        { type: 'conv2d', filters: 3, kernelSize: 1, activation: 'softmax' },
        { type: 'maxPooling2d', poolSize: [2, 1] },
        flatten,
        head,
      ],
    },
  },
  {
    title: 'average pooling behind a convolution, then a pooling behind a pooling',
    config: {
      inputShape: [13, 13, 3],
      layers: [
        { type: 'conv2d', filters: 5, kernelSize: 3, activation: 'tanh', padding: 'same' },
        { type: 'averagePooling2d', poolSize: 3, strides: 2, padding: 'same' },
        { type: 'maxPooling2d', poolSize: 2 },
        { type: 'averagePooling2d', poolSize: 2, strides: 1 },
        flatten,
        head,
      ],
    },
  },
  {
    title: 'pooling first, activations alone, softmax alone at the end',
    config: {
      inputShape: [9, 10, 3],
      layers: [
        { type: 'maxPooling2d' },
        { type: 'activation', activation: 'tanh' },
        { type: 'conv2d', filters: 4, kernelSize: 2 },
        { type: 'activation', activation: 'relu' },
        flatten,
        { type: 'dense', units: 5 },
        { type: 'activation', activation: 'sigmoid' },
        { type: 'dense', units: 4 },
        { type: 'activation', activation: 'softmax' },
      ],
    },
  },
  {
    title: 'dense layers only',
    config: {
      inputShape: [5, 7, 3],
      layers: [
        flatten,
        { type: 'dense', units: 33, activation: 'relu' },
        { type: 'dense', units: 17, activation: 'tanh', useBias: false },
        { type: 'dense', units: 10, activation: 'softmax' },
      ],
    },
    options: { examples: 7, batchSize: 8 },
  },
  {
    title: 'strides, dilation, replicate and explicit padding behind each other',
    config: {
      inputShape: [15, 13, 2],
      layers: [
        { type: 'conv2d', filters: 5, kernelSize: 3, strides: 2, padding: 'replicate', activation: 'relu' },
        { type: 'conv2d', filters: 3, kernelSize: 3, dilationRate: 2, padding: 'same', activation: 'leakyRelu' },
        {
          type: 'conv2d',
          filters: 6,
          kernelSize: [2, 3],
          padding: [
            [1, 0],
            [2, 1],
          ],
          activation: 'sigmoid',
        },
        flatten,
        head,
      ],
    },
  },
  {
    title: 'names and inputs given, a softmax of ten and two flattens',
    config: {
      name: 'named',
      inputShape: [6, 6, 1],
      layers: [
        { type: 'conv2d', name: 'edges', inputs: ['input'], filters: 3, kernelSize: 3 },
        { type: 'flatten', name: 'flat', inputs: ['edges'] },
        { type: 'flatten' },
        { type: 'dense', name: 'scores', units: 10, activation: 'softmax' },
      ],
    },
    options: { examples: 4, batchSize: 4 },
  },
  {
    title: 'a convolution over the whole input that ends in a softmax',
    config: {
      inputShape: [5, 5, 2],
      layers: [{ type: 'conv2d', filters: 3, kernelSize: 5 }, flatten, { type: 'activation', activation: 'softmax' }],
    },
  },
  ...shapeNetworkCases,
  ...convolutionNetworkCases,
  ...normalizationNetworkCases,
  ...fusedPoolingCases,
];
