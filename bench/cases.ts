/** What is benchmarked: networks, batches and the suites they belong to, as plain data. It knows no peer. */
import type { LayerConfig, ModelConfig } from '../src/engine/model/config.ts';
import { leNet5Model, lectureModel, smallVggModel } from '../src/engine/model/presets.ts';
import type { CaseSuite } from './results-file.ts';

/** One network to be trained with one batch size. */
export interface BenchCase {
  readonly suite: CaseSuite;
  /** Unique together with the batch size. */
  readonly network: string;
  readonly model: ModelConfig;
  readonly batchSize: number;
}

const lectureBatch = 64;

/** The lecture's pattern with other convolutions: a filter of `kernelSize`, then a head for the ten digits. */
function variant(name: string, layers: readonly LayerConfig[]): ModelConfig {
  return {
    name,
    inputShape: [28, 28, 1],
    layers: [
      ...layers,
      { type: 'flatten' },
      { type: 'dense', units: 64, activation: 'relu' },
      { type: 'dense', units: 10, activation: 'softmax' },
    ],
  };
}

const fiveByFive = variant('5×5 convolutions', [
  { type: 'conv2d', filters: 32, kernelSize: 5, padding: 'same', activation: 'relu' },
  { type: 'maxPooling2d', poolSize: 2 },
  { type: 'conv2d', filters: 64, kernelSize: 5, padding: 'same', activation: 'relu' },
  { type: 'maxPooling2d', poolSize: 2 },
]);

const strided = variant('Strided convolutions', [
  { type: 'conv2d', filters: 32, kernelSize: 3, strides: 2, activation: 'relu' },
  { type: 'conv2d', filters: 64, kernelSize: 3, strides: 2, activation: 'relu' },
  { type: 'conv2d', filters: 64, kernelSize: 3, activation: 'relu' },
]);

const dilated = variant('Dilated convolutions', [
  { type: 'conv2d', filters: 32, kernelSize: 3, activation: 'relu' },
  { type: 'maxPooling2d', poolSize: 2 },
  { type: 'conv2d', filters: 64, kernelSize: 3, dilationRate: 2, activation: 'relu' },
  { type: 'conv2d', filters: 64, kernelSize: 3, dilationRate: 2, activation: 'relu' },
]);

const normalized = variant(
  'Batch normalization',
  [32, 64, 64].flatMap((filters, index): readonly LayerConfig[] => [
    { type: 'conv2d', filters, kernelSize: 3, useBias: false },
    { type: 'batchNormalization' },
    { type: 'activation', activation: 'relu' },
    ...(index < 2 ? ([{ type: 'maxPooling2d', poolSize: 2 }] as const) : []),
  ]),
);

const otherNetworks: readonly (readonly [network: string, model: ModelConfig])[] = [
  ['smallVgg', smallVggModel],
  ['leNet5', leNet5Model],
  ['fiveByFive', fiveByFive],
  ['strided', strided],
  ['dilated', dilated],
  ['batchNorm', normalized],
];

/** The lecture's network with `factor` times its filters. */
function withFilters(factor: number): ModelConfig {
  return {
    ...lectureModel,
    name: `Lecture CNN, filters ×${factor}`,
    layers: lectureModel.layers.map((layer) =>
      layer.type === 'conv2d' ? { ...layer, filters: layer.filters * factor } : layer,
    ),
  };
}

/** Every case of every suite; the lecture's own stands at the head of the sweeps too, so that they are complete. */
export const benchCases: readonly BenchCase[] = [
  { suite: 'lecture', network: 'lecture', model: lectureModel, batchSize: lectureBatch },
  ...[16, 32, 128, 256, 512].map((batchSize): BenchCase => ({
    suite: 'batches',
    network: 'lecture',
    model: lectureModel,
    batchSize,
  })),
  ...otherNetworks.map(([network, model]): BenchCase => ({
    suite: 'networks',
    network,
    model,
    batchSize: lectureBatch,
  })),
  ...[0.25, 0.5, 2, 4].map((factor): BenchCase => ({
    suite: 'filters',
    network: `lecture ×${factor}`,
    model: withFilters(factor),
    batchSize: lectureBatch,
  })),
];
