/** The networks that prove the references: every layer, option, activation, loss and regularizer once or more. */
import type { ActivationName, LayerConfig, ModelConfig } from '../../../src/engine/model/config.ts';
import type { LossConfig } from '../../../src/engine/model/training-config.ts';
import type { TargetKind } from './float64-loss.ts';

/** One network and how it is run. */
export interface ReferenceCase {
  readonly title: string;
  readonly config: ModelConfig;
  readonly loss?: LossConfig;
  readonly mode?: 'training' | 'inference';
  readonly targets?: TargetKind;
}

type Configured<Type extends LayerConfig['type']> = Omit<Extract<LayerConfig, { readonly type: Type }>, 'type'>;

export const inputShape = [5, 7, 2] as const;

const conv = (options: Partial<Configured<'conv2d'>>): LayerConfig => ({
  type: 'conv2d',
  filters: 3,
  kernelSize: 3,
  ...options,
});
const depthwise = (options: Partial<Configured<'depthwiseConv2d'>>): LayerConfig => ({
  type: 'depthwiseConv2d',
  kernelSize: 3,
  ...options,
});
const separable = (options: Partial<Configured<'separableConv2d'>>): LayerConfig => ({
  type: 'separableConv2d',
  filters: 3,
  kernelSize: 3,
  ...options,
});
const transposed = (options: Partial<Configured<'conv2dTranspose'>>): LayerConfig => ({
  type: 'conv2dTranspose',
  filters: 3,
  kernelSize: 3,
  ...options,
});

const uneven = [
  [1, 0],
  [2, 1],
] as const;

const convolutions: readonly LayerConfig[] = [
  conv({ activation: 'relu' }),
  conv({ strides: 2, padding: 'same', activation: 'tanh' }),
  conv({ kernelSize: [2, 3], strides: [2, 1], activation: 'sigmoid' }),
  conv({ kernelSize: 2, strides: 3, padding: 'same' }),
  conv({ dilationRate: 2, padding: 'same', activation: 'leakyRelu' }),
  conv({ dilationRate: [1, 2] }),
  conv({ padding: uneven, activation: 'softmax' }),
  conv({ kernelSize: 5, padding: 'replicate', activation: 'tanh' }),
  conv({ kernelSize: 3, strides: 2, padding: 'replicate' }),
  conv({ kernelSize: [5, 7], useBias: false }),
  conv({ filters: 6, groups: 2, activation: 'tanh' }),
  conv({ filters: 4, groups: 2, padding: 'same', strides: 2, useBias: false }),
  depthwise({}),
  depthwise({ depthMultiplier: 3, padding: 'same', strides: 2, activation: 'tanh' }),
  depthwise({ kernelSize: [2, 3], padding: uneven, useBias: false }),
  depthwise({ dilationRate: [2, 1], depthMultiplier: 2 }),
  depthwise({ kernelSize: 3, padding: 'replicate' }),
  separable({}),
  separable({ depthMultiplier: 2, padding: 'same', activation: 'tanh' }),
  separable({ kernelSize: [2, 3], strides: 2, useBias: false }),
  separable({ dilationRate: 2, padding: 'same' }),
  separable({ padding: 'replicate', depthMultiplier: 2 }),
  transposed({}),
  transposed({ strides: 2, activation: 'tanh' }),
  transposed({ strides: [2, 3], padding: 'same', kernelSize: [3, 2] }),
  transposed({ kernelSize: 1, strides: 2, useBias: false }),
  transposed({ kernelSize: [4, 2], strides: [3, 1], padding: 'same' }),
  transposed({ dilationRate: 2 }),
  transposed({ dilationRate: [1, 2], padding: 'same', kernelSize: 2 }),
];

const poolings: readonly LayerConfig[] = [
  { type: 'maxPooling2d' },
  { type: 'maxPooling2d', poolSize: 3, strides: 2, padding: 'same' },
  { type: 'maxPooling2d', poolSize: [2, 3], strides: [1, 2] },
  { type: 'averagePooling2d' },
  { type: 'averagePooling2d', poolSize: 3, strides: 2, padding: 'same' },
  { type: 'averagePooling2d', poolSize: [3, 2], strides: 1, padding: 'same' },
  { type: 'globalAveragePooling2d', keepdims: true },
  { type: 'globalMaxPooling2d', keepdims: true },
  { type: 'globalAveragePooling2d' },
  { type: 'globalMaxPooling2d' },
];

const shapes: readonly LayerConfig[] = [
  { type: 'zeroPadding2d' },
  { type: 'zeroPadding2d', padding: uneven },
  { type: 'zeroPadding2d', padding: [2, 0] },
  {
    type: 'padding2d',
    mode: 'reflect',
    padding: [
      [4, 1],
      [0, 6],
    ],
  },
  {
    type: 'padding2d',
    mode: 'replicate',
    padding: [
      [3, 1],
      [0, 9],
    ],
  },
  { type: 'upSampling2d' },
  { type: 'upSampling2d', size: [1, 3] },
  { type: 'upSampling2d', size: 2, interpolation: 'bilinear' },
  { type: 'upSampling2d', size: [3, 1], interpolation: 'bilinear' },
  { type: 'reshape', targetShape: [7, -1, 1] },
  { type: 'reshape', targetShape: [-1] },
  { type: 'dense', units: 3, activation: 'tanh' },
  { type: 'flatten' },
  { type: 'dropout', rate: 0.3 },
  { type: 'spatialDropout2d', rate: 0.5 },
];

const normalizations: readonly LayerConfig[] = [
  { type: 'batchNormalization' },
  { type: 'batchNormalization', epsilon: 0.1, momentum: 0.5, center: false },
  { type: 'batchNormalization', scale: false },
  { type: 'batchNormalization', scale: false, center: false },
  { type: 'batchNormalization', trainable: false },
  { type: 'layerNormalization' },
  { type: 'layerNormalization', axis: [1, 2, 3], epsilon: 0.1 },
  { type: 'layerNormalization', axis: [-2, -1], scale: false },
  { type: 'layerNormalization', axis: 3, center: false },
];

const activationNames: readonly ActivationName[] = [
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

const activations: readonly LayerConfig[] = [
  ...activationNames.map((activation): LayerConfig => ({ type: 'activation', activation })),
  { type: 'activation', activation: 'leakyRelu', negativeSlope: 0.05 },
];

const regularized: readonly LayerConfig[] = [
  conv({ kernelRegularizer: 'l1', biasRegularizer: 'l2', activityRegularizer: 'l1l2', activation: 'tanh' }),
  conv({ kernelRegularizer: { type: 'l1l2', l1: 0.3, l2: 0.2 }, trainable: false }),
  depthwise({ depthwiseRegularizer: { type: 'l2', l2: 0.4 }, biasRegularizer: { type: 'l1', l1: 0.2 } }),
  separable({
    depthwiseRegularizer: { type: 'l1' },
    pointwiseRegularizer: { type: 'l2' },
    activityRegularizer: { type: 'l2', l2: 0.1 },
  }),
  transposed({ kernelRegularizer: 'l2', activityRegularizer: { type: 'l1l2', l2: 0.5 } }),
  { type: 'batchNormalization', gammaRegularizer: 'l2', betaRegularizer: { type: 'l1', l1: 0.1 } },
  { type: 'layerNormalization', gammaRegularizer: 'l1', betaRegularizer: 'l2' },
  { type: 'activation', activation: 'elu', activityRegularizer: { type: 'l1', l1: 0.3 } },
];

/** The layer between a convolution and dense layers, so that gradients pass through it on both sides. */
export const modelAround = (layer: LayerConfig): ModelConfig => ({
  inputShape,
  layers: [
    { type: 'conv2d', filters: 2, kernelSize: 1, activation: 'tanh' },
    layer,
    { type: 'flatten' },
    { type: 'dense', units: 4, activation: 'sigmoid' },
    { type: 'dense', units: 3, activation: 'softmax' },
  ],
});

const layers = [...convolutions, ...poolings, ...shapes, ...normalizations, ...activations, ...regularized];
const layerCases = layers.map((layer): ReferenceCase => ({ title: JSON.stringify(layer), config: modelAround(layer) }));

const modeCases = [{ type: 'batchNormalization' }, { type: 'dropout', rate: 0.3 }].map((layer): ReferenceCase => ({
  title: `${layer.type} in inference`,
  config: modelAround(layer.type === 'dropout' ? { type: 'dropout', rate: 0.3 } : { type: 'batchNormalization' }),
  mode: 'inference',
}));

const ending = (layers: readonly LayerConfig[]): ModelConfig => ({
  inputShape,
  layers: [{ type: 'conv2d', filters: 2, kernelSize: 2, activation: 'tanh' }, { type: 'flatten' }, ...layers],
});
const probabilities = ending([{ type: 'dense', units: 3, activation: 'softmax' }]);
const scores = ending([{ type: 'dense', units: 3 }]);

const losses: readonly (readonly [LossConfig, ModelConfig])[] = [
  ['sparseCategoricalCrossentropy', probabilities],
  [
    'categoricalCrossentropy',
    ending([
      { type: 'dense', units: 3 },
      { type: 'activation', activation: 'softmax' },
    ]),
  ],
  [{ type: 'categoricalCrossentropy', labelSmoothing: 0.2 }, probabilities],
  [{ type: 'sparseCategoricalCrossentropy', fromLogits: true, labelSmoothing: 0.1 }, scores],
  ['meanSquaredError', ending([{ type: 'dense', units: 3, activation: 'sigmoid' }])],
  ['meanSquaredError', probabilities],
  ['hinge', scores],
  ['categoricalHinge', scores],
];

const lossCases = losses.flatMap(([loss, config]) =>
  (['classes', 'rows'] as const).map((targets): ReferenceCase => ({
    title: `${JSON.stringify(loss)} of ${targets} behind ${JSON.stringify(config.layers.at(-1))}`,
    config,
    loss,
    targets,
  })),
);

const graphs: readonly ReferenceCase[] = [
  {
    title: 'a residual block whose input is read three times',
    config: {
      inputShape,
      layers: [
        conv({ name: 'stem', filters: 2, padding: 'same' }),
        conv({ filters: 2, padding: 'same', activation: 'tanh' }),
        { type: 'batchNormalization' },
        conv({ name: 'projected', inputs: ['stem'], filters: 2, kernelSize: 1 }),
        { type: 'add', inputs: ['batch_normalization_1', 'projected', 'stem'] },
        { type: 'activation', activation: 'elu' },
        { type: 'globalAveragePooling2d' },
        { type: 'dense', units: 3, activation: 'softmax' },
      ],
    },
  },
  {
    title: 'the input read by two branches, joined by channels, rows and flat',
    config: {
      inputShape,
      layers: [
        conv({ name: 'left', padding: 'same', activation: 'tanh' }),
        conv({ name: 'right', inputs: ['input'], filters: 1, padding: 'same', strides: 1 }),
        { type: 'concatenate', name: 'deep', inputs: ['left', 'right', 'input'] },
        { type: 'maxPooling2d', strides: 1, padding: 'same' },
        { type: 'concatenate', axis: 1, inputs: ['deep', 'max_pooling2d_1'] },
        { type: 'flatten', name: 'flat' },
        { type: 'flatten', name: 'flat_input', inputs: ['input'] },
        { type: 'concatenate', inputs: ['flat', 'flat_input'] },
        { type: 'dense', units: 3, activation: 'softmax' },
      ],
    },
  },
  {
    title: 'a layer added to itself, concatenated along the width',
    config: {
      inputShape,
      layers: [
        conv({ name: 'maps', filters: 5 }),
        { type: 'add', inputs: ['maps', 'maps'] },
        { type: 'concatenate', axis: -2, inputs: ['maps', 'add_1'] },
        { type: 'layerNormalization' },
        { type: 'flatten' },
        { type: 'dense', units: 3, activation: 'softmax' },
      ],
    },
  },
];

/** All of them. */
export const referenceCases: readonly ReferenceCase[] = [...layerCases, ...modeCases, ...lossCases, ...graphs];
