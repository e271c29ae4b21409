/** The table's rows of global pooling, padding, upsampling, joining and reshaping. Data only. */
import type { ExplicitPadding, LayerConfig, ModelConfig, Pair } from '../../src/engine/model/config.ts';
import type { LayerCase, NetworkCase } from './layer-cases.ts';

type InputShape = ModelConfig['inputShape'];

const globalPoolings: readonly LayerCase[] = (['globalAveragePooling2d', 'globalMaxPooling2d'] as const).flatMap(
  (type): LayerCase[] => [
    { layer: { type }, inputShape: [7, 11, 3] },
    { layer: { type }, inputShape: [13, 1, 17] },
    { layer: { type }, inputShape: [1, 1, 5] },
    { layer: { type, keepdims: true }, inputShape: [5, 7, 5] },
    { layer: { type, keepdims: true }, inputShape: [1, 1, 1] },
    // So large that a plane is shared out, the last part short.
    { layer: { type }, inputShape: [17, 19, 3] },
    { layer: { type }, inputShape: [29, 37, 1] },
    // Equal maxima share the gradient.
    { layer: { type }, inputShape: [7, 5, 3], options: { inputLevels: 2 } },
    { layer: { type, keepdims: true }, inputShape: [17, 19, 3], options: { inputLevels: 2 } },
    { layer: { type }, inputShape: [5, 7, 5], options: { examples: 1, batchSize: 1 } },
  ],
);

const paddings: readonly (Pair | ExplicitPadding)[] = [
  0,
  1,
  [2, 1],
  [
    [1, 0],
    [2, 3],
  ],
  [
    [0, 4],
    [3, 0],
  ],
];

const paddedLayers: readonly LayerCase[] = (
  [{ type: 'zeroPadding2d' }, { type: 'padding2d', mode: 'reflect' }, { type: 'padding2d', mode: 'replicate' }] as const
).flatMap((layer): LayerCase[] => [
  { layer, inputShape: [7, 11, 3] },
  ...paddings.map((padding): LayerCase => ({ layer: { ...layer, padding }, inputShape: [5, 7, 3] })),
  ...[1, 5, 17].map((channels): LayerCase => ({ layer: { ...layer, padding: [2, 1] }, inputShape: [5, 3, channels] })),
  // The most a reflection can give: size − 1 on every side.
  { layer: { ...layer, padding: [4, 2] }, inputShape: [5, 3, 2] },
  { layer: { ...layer, padding: [1, 12] }, inputShape: [2, 13, 1] },
  { layer: { ...layer, padding: 0 }, inputShape: [1, 1, 3] },
  { layer: { ...layer, padding: [0, 2] }, inputShape: [1, 5, 5] },
]);

/** Wider than the input, which only zeros and the border can fill. */
const widePaddings: readonly LayerCase[] = [
  { layer: { type: 'zeroPadding2d', padding: 3 }, inputShape: [1, 1, 3] },
  { layer: { type: 'padding2d', mode: 'replicate', padding: 3 }, inputShape: [1, 1, 3] },
  { layer: { type: 'padding2d', mode: 'replicate', padding: [4, 5] }, inputShape: [2, 3, 5] },
];

const scaledInputs: readonly InputShape[] = [
  [5, 7, 3],
  [1, 1, 5],
  [3, 1, 1],
  [2, 3, 17],
];

const upSamplings: readonly LayerCase[] = (['nearest', 'bilinear'] as const).flatMap((interpolation) => [
  ...scaledInputs.flatMap((inputShape) =>
    ([1, 2, 3, [2, 3], [5, 1]] as const).map((size): LayerCase => ({
      layer: { type: 'upSampling2d', interpolation, size },
      inputShape,
    })),
  ),
  { layer: { type: 'upSampling2d', interpolation }, inputShape: [7, 11, 5], options: { examples: 1, batchSize: 1 } },
]);

const reshapes: readonly LayerCase[] = [[-1], [11, 7, 3], [21, -1], [3, 77], [-1, 1, 7]].map((targetShape) => ({
  layer: { type: 'reshape', targetShape },
  inputShape: [7, 11, 3],
}));

/** Rows of single layers. */
export const shapeLayerCases: readonly LayerCase[] = [
  ...globalPoolings,
  ...paddedLayers,
  ...widePaddings,
  ...upSamplings,
  ...reshapes,
];

const tail: readonly LayerConfig[] = [{ type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }];

/** A convolution over the model's input, by name. */
const branch = (name: string, filters: number, kernelSize: Pair, padding: 'valid' | 'same' = 'valid'): LayerConfig => ({
  type: 'conv2d',
  name,
  inputs: ['input'],
  filters,
  kernelSize,
  padding,
  activation: 'relu',
});

/** So many branches, of which each is `step` larger along `axis` (the batch is 0), joined along it. */
function concatenated(count: number, axis: number): NetworkCase {
  const branches = Array.from({ length: count }, (_, index) =>
    branch(`branch${index}`, axis === 3 ? 1 + 2 * index : 3, [
      axis === 1 ? 1 + (index % 5) : 3,
      axis === 2 ? 1 + (index % 5) : 2,
    ]),
  );
  const inputs = branches.map((_, index) => `branch${index}`);
  return {
    title: `concatenate: ${count} sources of different size along axis ${axis}`,
    config: { inputShape: [7, 8, 2], layers: [...branches, { type: 'concatenate', axis, inputs }, ...tail] },
  };
}

function added(count: number): NetworkCase {
  const branches = Array.from({ length: count }, (_, index) => branch(`branch${index}`, 3, [3, 2]));
  const inputs = branches.map((_, index) => `branch${index}`);
  return {
    title: `add: ${count} sources`,
    config: { inputShape: [7, 5, 2], layers: [...branches, { type: 'add', inputs }, ...tail] },
  };
}

/** Networks in which values are joined, read twice, or padded, pooled and scaled behind a fused activation. */
export const shapeNetworkCases: readonly NetworkCase[] = [
  ...[1, 2, 3].flatMap((axis) => [2, 3, 5].map((count) => concatenated(count, axis))),
  ...[2, 3, 7].map(added),
  {
    title: 'concatenate: flat rows of different length, and the default axis',
    config: {
      inputShape: [5, 3, 2],
      layers: [
        { type: 'flatten', name: 'flat' },
        { type: 'dense', name: 'narrow', inputs: ['flat'], units: 1, activation: 'tanh' },
        { type: 'dense', name: 'wide', inputs: ['flat'], units: 17, activation: 'relu' },
        { type: 'concatenate', inputs: ['narrow', 'flat', 'wide'] },
        { type: 'dense', units: 3, activation: 'softmax' },
      ],
    },
  },
  {
    title: 'concatenate and add: the same layer twice, and the model’s input',
    config: {
      inputShape: [5, 7, 3],
      layers: [
        branch('maps', 3, 3, 'same'),
        { type: 'concatenate', name: 'joined', inputs: ['maps', 'input', 'maps'] },
        { type: 'conv2d', name: 'narrowed', filters: 3, kernelSize: 1, activation: 'tanh' },
        { type: 'add', inputs: ['narrowed', 'narrowed', 'maps', 'input'] },
        ...tail,
      ],
    },
  },
  {
    title: 'add: seven sources of which one comes three times, behind different activations',
    config: {
      inputShape: [4, 5, 2],
      layers: [
        branch('relu', 3, 2),
        { type: 'conv2d', name: 'sigmoid', inputs: ['input'], filters: 3, kernelSize: 2, activation: 'sigmoid' },
        { type: 'conv2d', name: 'plain', inputs: ['input'], filters: 3, kernelSize: 2 },
        { type: 'activation', name: 'tanh', inputs: ['plain'], activation: 'tanh' },
        { type: 'add', inputs: ['relu', 'sigmoid', 'relu', 'plain', 'tanh', 'sigmoid', 'relu'] },
        ...tail,
      ],
    },
  },
  {
    title: 'padding, upsampling and global pooling, each behind a fused activation',
    config: {
      inputShape: [7, 6, 2],
      layers: [
        { type: 'conv2d', filters: 5, kernelSize: 3, activation: 'relu' },
        { type: 'padding2d', mode: 'reflect', padding: [2, 1] },
        { type: 'conv2d', filters: 3, kernelSize: 2, activation: 'tanh' },
        { type: 'upSampling2d', size: [2, 1], interpolation: 'bilinear' },
        { type: 'conv2d', filters: 4, kernelSize: 3, strides: 2, activation: 'sigmoid' },
        { type: 'padding2d', mode: 'replicate', padding: 1 },
        { type: 'conv2d', filters: 17, kernelSize: 3, activation: 'leakyRelu' },
        { type: 'upSampling2d' },
        { type: 'conv2d', filters: 5, kernelSize: 1, activation: 'elu' },
        { type: 'zeroPadding2d' },
        { type: 'conv2d', name: 'last', filters: 6, kernelSize: 3, activation: 'relu' },
        { type: 'globalAveragePooling2d', name: 'mean', inputs: ['last'] },
        { type: 'globalMaxPooling2d', name: 'peak', inputs: ['last'] },
        { type: 'concatenate', inputs: ['mean', 'peak'] },
        { type: 'dense', units: 3, activation: 'softmax' },
      ],
    },
  },
  ...(['globalAveragePooling2d', 'globalMaxPooling2d'] as const).map((type): NetworkCase => ({
    title: `${type} alone behind a fused activation`,
    config: {
      inputShape: [19, 18, 1],
      layers: [
        { type: 'conv2d', filters: 5, kernelSize: 2, activation: 'sigmoid' },
        { type, keepdims: true },
        { type: 'conv2d', filters: 7, kernelSize: 1, activation: 'relu' },
        { type },
        { type: 'dense', units: 3, activation: 'softmax' },
      ],
    },
  })),
  {
    title: 'an encoder and a decoder with a skip, and a reshape between',
    config: {
      inputShape: [6, 8, 1],
      layers: [
        { type: 'conv2d', name: 'fine', filters: 3, kernelSize: 3, padding: 'same', activation: 'relu' },
        { type: 'maxPooling2d' },
        { type: 'conv2d', filters: 5, kernelSize: 3, padding: 'same', activation: 'relu' },
        { type: 'upSampling2d', name: 'coarse', interpolation: 'bilinear' },
        { type: 'concatenate', inputs: ['coarse', 'fine'] },
        { type: 'reshape', targetShape: [12, 4, -1] },
        { type: 'conv2d', filters: 4, kernelSize: [3, 1], activation: 'relu' },
        { type: 'globalAveragePooling2d', keepdims: true },
        { type: 'upSampling2d', size: 3 },
        ...tail,
      ],
    },
  },
];
