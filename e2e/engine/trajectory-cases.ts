/** Networks and optimizers whose training is followed step by step. Data only. */
import type { ModelConfig } from '../../src/engine/model/config.ts';
import type { OptimizerConfig } from '../../src/engine/model/training-config.ts';

const inputShape = [8, 7, 2] as const;
const head = { type: 'dense', units: 4, activation: 'softmax' } as const;

/** Smooth networks: a kink that float32 and float64 pass on different sides would part the two for good. */
export const trajectoryModels: Readonly<Record<string, ModelConfig>> = {
  'the lecture in small': {
    inputShape,
    layers: [
      { type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same', activation: 'silu' },
      { type: 'averagePooling2d' },
      { type: 'conv2d', filters: 6, kernelSize: 2, activation: 'softplus' },
      { type: 'flatten' },
      { type: 'dense', units: 8, activation: 'sigmoid' },
      head,
    ],
  },
  'a residual block with batch normalization': {
    inputShape,
    layers: [
      { type: 'conv2d', name: 'stem', filters: 4, kernelSize: 3, padding: 'same', useBias: false },
      { type: 'batchNormalization', name: 'stem_norm', epsilon: 0.01 },
      { type: 'activation', name: 'stem_active', activation: 'gelu' },
      { type: 'conv2d', name: 'inner', filters: 4, kernelSize: 3, padding: 'same', activation: 'silu' },
      { type: 'batchNormalization', name: 'inner_norm', epsilon: 0.01 },
      { type: 'add', name: 'sum', inputs: ['stem_active', 'inner_norm'] },
      { type: 'globalAveragePooling2d' },
      head,
    ],
  },
  'separable convolutions with layer normalization, joined': {
    inputShape,
    layers: [
      { type: 'depthwiseConv2d', name: 'depth', kernelSize: 3, depthMultiplier: 2, activation: 'sigmoid' },
      { type: 'separableConv2d', name: 'wide', filters: 3, kernelSize: 3, padding: 'same', inputs: ['depth'] },
      { type: 'layerNormalization', name: 'norm', epsilon: 0.01 },
      { type: 'concatenate', name: 'both', inputs: ['depth', 'norm'] },
      { type: 'averagePooling2d' },
      { type: 'flatten' },
      head,
    ],
  },
  'an encoder and a decoder': {
    inputShape,
    layers: [
      { type: 'zeroPadding2d' },
      { type: 'conv2d', filters: 4, kernelSize: 3, strides: 2, groups: 2, activation: 'elu' },
      { type: 'conv2dTranspose', filters: 3, kernelSize: 3, strides: 2, activation: 'silu' },
      { type: 'upSampling2d', size: [1, 2], interpolation: 'bilinear' },
      { type: 'conv2d', filters: 2, kernelSize: 3, activation: 'sigmoid' },
      { type: 'flatten' },
      head,
    ],
  },
};

/** Each optimizer, with what sets it apart. */
export const trajectoryOptimizers: readonly OptimizerConfig[] = [
  { type: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: true },
  { type: 'rmsprop', learningRate: 0.003, momentum: 0.5, centered: true, epsilon: 1e-4 },
  { type: 'adam', learningRate: 0.01, epsilon: 1e-4, clipnorm: 1 },
  { type: 'adamw', learningRate: 0.01, epsilon: 1e-4, weightDecay: 0.01 },
  { type: 'adagrad', learningRate: 0.05 },
];
