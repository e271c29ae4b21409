/** The table's rows of batch and layer normalization and of dropout. Data only. */
import type { LayerConfig, ModelConfig } from '../../src/engine/model/config.ts';
import type { LayerCase, NetworkCase } from './layer-cases.ts';

type InputShape = ModelConfig['inputShape'];

const shapes: readonly InputShape[] = [
  [7, 11, 3],
  [13, 5, 1],
  [5, 3, 5],
  [2, 3, 17],
  [1, 1, 3],
  [1, 13, 8],
];

const single = { examples: 1, batchSize: 1 };
const full = { examples: 4, batchSize: 4 };
/** So many rows that sums have several parts. */
const many = { examples: 19, batchSize: 32 };

const batchNormalizations: readonly LayerCase[] = [
  ...shapes.map((inputShape): LayerCase => ({ layer: { type: 'batchNormalization' }, inputShape })),
  ...([true, false] as const).flatMap((center) =>
    ([true, false] as const).flatMap((scale): LayerCase[] => [
      { layer: { type: 'batchNormalization', center, scale }, inputShape: [5, 7, 3], options: full },
      { layer: { type: 'batchNormalization', center, scale, trainable: false }, inputShape: [5, 7, 3] },
    ]),
  ),
  { layer: { type: 'batchNormalization', epsilon: 0.5, momentum: 0.5 }, inputShape: [3, 5, 5] },
  { layer: { type: 'batchNormalization' }, inputShape: [5, 7, 3], options: single },
  { layer: { type: 'batchNormalization' }, inputShape: [1, 1, 5], options: single },
  { layer: { type: 'batchNormalization' }, inputShape: [7, 5, 3], options: many },
  { layer: { type: 'batchNormalization' }, inputShape: [3, 2, 17], options: many },
  // Channels all of whose numbers are equal.
  { layer: { type: 'batchNormalization' }, inputShape: [3, 2, 3], options: { inputLevels: 1 } },
];

const layerNormalizations: readonly LayerCase[] = [
  ...shapes.flatMap((inputShape) =>
    ([-1, [2, 3], [1, 2, 3]] as const).map((axis): LayerCase => ({
      layer: { type: 'layerNormalization', axis },
      inputShape,
    })),
  ),
  ...([true, false] as const).flatMap((center) =>
    ([true, false] as const).map((scale): LayerCase => ({
      layer: { type: 'layerNormalization', axis: [-2, -1], center, scale },
      inputShape: [5, 7, 3],
      options: full,
    })),
  ),
  { layer: { type: 'layerNormalization', epsilon: 0.5, trainable: false }, inputShape: [3, 5, 5] },
  { layer: { type: 'layerNormalization' }, inputShape: [5, 7, 3], options: single },
  { layer: { type: 'layerNormalization', axis: [1, 2, 3] }, inputShape: [7, 5, 3], options: many },
];

const dropouts: readonly LayerCase[] = (['dropout', 'spatialDropout2d'] as const).flatMap((type) => [
  ...[0, 0.25, 0.5, 0.9].map((rate): LayerCase => ({ layer: { type, rate }, inputShape: [7, 11, 3] })),
  ...shapes.map((inputShape): LayerCase => ({ layer: { type, rate: 0.3 }, inputShape })),
  { layer: { type, rate: 0.3 }, inputShape: [5, 7, 5], options: { seed: 0xfffffffe } },
  { layer: { type, rate: 0.3 }, inputShape: [5, 7, 6], options: single },
  { layer: { type, rate: 0.3 }, inputShape: [3, 5, 7], options: many },
]);

export const normalizationLayerCases: readonly LayerCase[] = [
  ...batchNormalizations,
  ...layerNormalizations,
  ...dropouts,
];

const flatten: LayerConfig = { type: 'flatten' };
const head: LayerConfig = { type: 'dense', units: 3, activation: 'softmax' };

const normalizing: readonly LayerConfig[] = [
  { type: 'batchNormalization' },
  { type: 'batchNormalization', trainable: false },
  { type: 'layerNormalization' },
  { type: 'dropout', rate: 0.4 },
];

export const normalizationNetworkCases: readonly NetworkCase[] = [
  ...normalizing.flatMap((layer): NetworkCase[] => [
    {
      title: `${JSON.stringify(layer)} behind fused and before lone activations`,
      config: {
        inputShape: [9, 7, 2],
        layers: [
          { type: 'conv2d', filters: 5, kernelSize: 3, activation: 'relu' },
          layer,
          { type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same', useBias: false },
          layer,
          { type: 'activation', activation: 'elu' },
          flatten,
          head,
        ],
      },
    },
    {
      title: `${JSON.stringify(layer)} of flat numbers`,
      config: {
        inputShape: [3, 5, 2],
        layers: [
          flatten,
          { type: 'dense', units: 17, activation: 'tanh' },
          layer,
          { type: 'dense', units: 5 },
          layer,
          head,
        ],
      },
      options: { examples: 7, batchSize: 8 },
    },
  ]),
  {
    title: 'a residual block: normalized, joined, and read twice',
    config: {
      inputShape: [7, 5, 3],
      layers: [
        { type: 'conv2d', name: 'first', filters: 6, kernelSize: 3, padding: 'same', activation: 'relu' },
        { type: 'batchNormalization', name: 'normal' },
        { type: 'conv2d', name: 'second', filters: 6, kernelSize: 3, padding: 'same', inputs: ['normal'] },
        { type: 'batchNormalization', name: 'again' },
        { type: 'spatialDropout2d', name: 'thinned', rate: 0.3 },
        { type: 'add', name: 'sum', inputs: ['thinned', 'normal'] },
        { type: 'activation', activation: 'relu' },
        { type: 'globalAveragePooling2d' },
        { type: 'layerNormalization' },
        head,
      ],
    },
  },
];
