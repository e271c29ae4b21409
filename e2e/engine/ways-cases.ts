/** Networks whose kernels have many ways, on sizes that no tile divides. Data only. */
import type { ModelConfig } from '../../src/engine/model/config.ts';

export const waysCases: readonly { readonly title: string; readonly config: ModelConfig }[] = [
  {
    title: 'fused poolings over channels that fill no quad',
    config: {
      inputShape: [15, 14, 1],
      layers: [
        { type: 'conv2d', filters: 6, kernelSize: 3, activation: 'relu' },
        { type: 'maxPooling2d' },
        { type: 'conv2d', filters: 9, kernelSize: 3, padding: 'same', activation: 'tanh' },
        { type: 'maxPooling2d', poolSize: [3, 2] },
        { type: 'flatten' },
        { type: 'dense', units: 7, activation: 'elu' },
        { type: 'dense', units: 3, activation: 'softmax' },
      ],
    },
  },
  {
    title: 'strides, dilation, groups and large kernels',
    config: {
      inputShape: [9, 11, 5],
      layers: [
        { type: 'conv2d', filters: 6, kernelSize: 5, strides: [2, 1], padding: 'same', activation: 'sigmoid' },
        { type: 'conv2d', filters: 8, kernelSize: 3, dilationRate: 2, padding: 'same', useBias: false },
        { type: 'conv2d', filters: 8, kernelSize: [1, 3], groups: 2, activation: 'leakyRelu' },
        { type: 'conv2dTranspose', filters: 5, kernelSize: 3, strides: 2, activation: 'relu' },
        { type: 'globalAveragePooling2d' },
        { type: 'dense', units: 3, activation: 'softmax' },
      ],
    },
  },
];
