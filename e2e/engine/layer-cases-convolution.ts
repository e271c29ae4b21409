/** The table's rows of grouped, depthwise, separable and transposed convolutions. Data only. */
import type { ActivationName, LayerConfig, ModelConfig, PaddingConfig, Pair } from '../../src/engine/model/config.ts';
import type { LayerCase, NetworkCase } from './layer-cases.ts';

type InputShape = ModelConfig['inputShape'];
type Of<T extends LayerConfig['type']> = Extract<LayerConfig, { type: T }>;

const grouped = (inputShape: InputShape, groups: number, options: Partial<Of<'conv2d'>> = {}): LayerCase => ({
  layer: { type: 'conv2d', filters: 6, kernelSize: 3, groups, ...options },
  inputShape,
});
const depthwise = (inputShape: InputShape, options: Partial<Of<'depthwiseConv2d'>> = {}): LayerCase => ({
  layer: { type: 'depthwiseConv2d', kernelSize: 3, ...options },
  inputShape,
});
const separable = (inputShape: InputShape, options: Partial<Of<'separableConv2d'>> = {}): LayerCase => ({
  layer: { type: 'separableConv2d', filters: 4, kernelSize: 3, ...options },
  inputShape,
});
const transposed = (inputShape: InputShape, options: Partial<Of<'conv2dTranspose'>> = {}): LayerCase => ({
  layer: { type: 'conv2dTranspose', filters: 4, kernelSize: 3, ...options },
  inputShape,
});

const kernelSizes: readonly Pair[] = [1, 3, 5, [2, 3]];
const explicit: PaddingConfig = [
  [1, 0],
  [2, 1],
];
const paddings: readonly PaddingConfig[] = ['valid', 'same', 'replicate', explicit];
/** Strides and dilations that differ along the axes, and strides larger than the kernel of 3. */
const steps = [
  { strides: 2 },
  { strides: [1, 3] },
  { strides: 4 },
  { dilationRate: 2 },
  { dilationRate: [1, 2] },
] as const satisfies readonly { readonly strides?: Pair; readonly dilationRate?: Pair }[];
/** Strides of more cells than a tile holds. */
const hugeStrides: Pair = [9, 8];
const activations: readonly ActivationName[] = [
  'relu',
  'leakyRelu',
  'sigmoid',
  'tanh',
  'elu',
  'softplus',
  'gelu',
  'softmax',
];

const groups: readonly LayerCase[] = [
  ...([2, 3, 6] as const).flatMap((count) => [
    grouped([7, 11, 6], count, { activation: 'relu' }),
    grouped([5, 7, 6], count, { filters: 18, padding: 'same' }),
  ]),
  ...([3, 5, 15] as const).flatMap((count) => [
    grouped([7, 5, 15], count, { filters: 15, activation: 'relu' }),
    grouped([5, 6, 15], count, { filters: 30, useBias: false, padding: 'same' }),
  ]),
  ...kernelSizes.map((kernelSize) => grouped([7, 11, 6], 3, { kernelSize, filters: 3 })),
  ...paddings.flatMap((padding) => steps.map((step) => grouped([11, 9, 6], 2, { padding, ...step }))),
  grouped([7, 11, 34], 2, { filters: 34 }),
  grouped([1, 1, 6], 2, { kernelSize: 1 }),
  grouped([5, 7, 6], 3, { kernelSize: [5, 7] }),
  grouped([20, 11, 6], 2, { strides: hugeStrides, padding: 'same' }),
  grouped([7, 5, 4], 2, { filters: 4, activation: 'softmax' }),
];

const depthwises: readonly LayerCase[] = [
  ...([1, 3, 5, 17] as const).flatMap((channels) =>
    [1, 2, 3].map((depthMultiplier) => depthwise([7, 11, channels], { depthMultiplier, activation: 'relu' })),
  ),
  ...kernelSizes.map((kernelSize) => depthwise([11, 7, 5], { kernelSize, useBias: false })),
  ...paddings.flatMap((padding) =>
    steps.map((step) => depthwise([11, 13, 3], { padding, depthMultiplier: 2, ...step })),
  ),
  ...activations.map((activation) => depthwise([5, 5, 3], { activation, padding: 'same' })),
  depthwise([1, 1, 17], { kernelSize: 1 }),
  depthwise([1, 1, 2], { padding: 'same', depthMultiplier: 3 }),
  depthwise([5, 7, 3], { kernelSize: [5, 7] }),
  depthwise([13, 13, 1], { kernelSize: 13, depthMultiplier: 3 }),
  depthwise([29, 31, 2], { kernelSize: 11, padding: 'same' }),
  depthwise([20, 11, 3], { strides: hugeStrides, padding: 'same', depthMultiplier: 2 }),
];

const separables: readonly LayerCase[] = [
  ...([1, 3, 5, 17] as const).flatMap((channels) =>
    [1, 2, 3].map((depthMultiplier) => separable([7, 11, channels], { depthMultiplier, activation: 'relu' })),
  ),
  ...kernelSizes.map((kernelSize) => separable([11, 7, 5], { kernelSize, useBias: false, filters: 17 })),
  ...paddings.map((padding) => separable([11, 13, 3], { padding, strides: 2 })),
  ...steps.map((step) => separable([11, 13, 3], { padding: 'replicate', ...step })),
  ...activations.map((activation) => separable([5, 5, 3], { activation, padding: 'same' })),
  separable([1, 1, 5], { kernelSize: 1, filters: 1 }),
  separable([5, 7, 3], { kernelSize: [5, 7], depthMultiplier: 2 }),
];

const transposedSteps = [
  {},
  { strides: 2 },
  { strides: [1, 3] },
  { strides: 5 },
  { dilationRate: 2 },
  { dilationRate: [3, 1] },
] as const;
const transposeds: readonly LayerCase[] = [
  ...(['valid', 'same'] as const).flatMap((padding) =>
    transposedSteps.flatMap((step) => [
      ...kernelSizes.map((kernelSize) => transposed([5, 7, 3], { kernelSize, padding, ...step })),
    ]),
  ),
  ...([1, 3, 5, 17] as const).flatMap((channels) => [
    transposed([7, 5, channels], { filters: 5, strides: 2, activation: 'relu' }),
    transposed([4, 3, channels], { filters: 17, useBias: false, padding: 'same' }),
  ]),
  ...activations.map((activation) => transposed([5, 5, 3], { activation, strides: 2, padding: 'same' })),
  transposed([1, 1, 3], { kernelSize: 5 }),
  transposed([1, 1, 1], { kernelSize: 1, filters: 1 }),
  transposed([1, 1, 5], { kernelSize: [5, 7], strides: 3, padding: 'same' }),
  transposed([3, 2, 3], { strides: hugeStrides, activation: 'relu' }),
  transposed([13, 11, 2], { kernelSize: 7, filters: 3 }),
];

const batches: readonly LayerCase[] = [
  grouped([7, 11, 6], 2, { activation: 'relu' }),
  depthwise([7, 11, 3], { depthMultiplier: 2 }),
  transposed([7, 11, 3], { strides: 2 }),
].flatMap(({ layer, inputShape }): LayerCase[] => [
  { layer, inputShape, options: { examples: 1, batchSize: 1 } },
  { layer, inputShape, options: { examples: 33, batchSize: 64 } },
]);

/** Grouped, depthwise, separable and transposed convolutions. */
export const convolutionCases: readonly LayerCase[] = [
  ...groups,
  ...depthwises,
  ...separables,
  ...transposeds,
  ...batches,
];

const head: readonly LayerConfig[] = [{ type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }];

/** Each of them between layers whose activations it has to undo and pass on. */
export const convolutionNetworkCases: readonly NetworkCase[] = [
  {
    title: 'grouped, depthwise and separable convolutions behind each other',
    config: {
      inputShape: [13, 11, 3],
      layers: [
        { type: 'conv2d', filters: 6, kernelSize: 3, activation: 'tanh' },
        { type: 'conv2d', filters: 4, kernelSize: 3, groups: 2, activation: 'sigmoid' },
        { type: 'depthwiseConv2d', kernelSize: 3, depthMultiplier: 2, padding: 'replicate', activation: 'leakyRelu' },
        { type: 'separableConv2d', filters: 5, kernelSize: 3, padding: 'same', activation: 'elu' },
        ...head,
      ],
    },
  },
  {
    title: 'down by strides and up again by transposed convolutions',
    config: {
      inputShape: [12, 16, 2],
      layers: [
        { type: 'separableConv2d', filters: 4, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' },
        { type: 'depthwiseConv2d', kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' },
        { type: 'conv2dTranspose', filters: 3, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' },
        { type: 'conv2dTranspose', filters: 2, kernelSize: 2, strides: 2, activation: 'tanh' },
        ...head,
      ],
    },
    options: { examples: 5, batchSize: 8 },
  },
  {
    title: 'huge strides over activated inputs',
    config: {
      inputShape: [3, 2, 2],
      layers: [
        { type: 'conv2dTranspose', filters: 4, kernelSize: 3, strides: hugeStrides, activation: 'tanh' },
        { type: 'conv2dTranspose', filters: 4, kernelSize: 1, activation: 'sigmoid' },
        { type: 'conv2d', filters: 4, kernelSize: 3, strides: hugeStrides, groups: 2, activation: 'relu' },
        ...head,
      ],
    },
  },
];
