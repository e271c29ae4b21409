/** Networks in which a pooling may be part of the convolution before it. Data only. */
import type { LayerConfig } from '../../src/engine/model/config.ts';
import type { NetworkCase } from './layer-cases.ts';

const head: LayerConfig = { type: 'dense', units: 3, activation: 'softmax' };
const flatten: LayerConfig = { type: 'flatten' };

/** Poolings that are part of the convolution before them, and those that cannot be; gradients that somebody else gives back to the winners. */
export const fusedPoolingCases: readonly NetworkCase[] = [
  {
    title: 'a fused pooling read by a strided convolution whose channels fill no quad, then by dense',
    config: {
      inputShape: [15, 14, 2],
      layers: [
        { type: 'conv2d', filters: 9, kernelSize: [2, 3], activation: 'elu' },
        { type: 'maxPooling2d', poolSize: [2, 3] },
        { type: 'conv2d', filters: 6, kernelSize: 2, strides: 2, padding: 'same', activation: 'sigmoid' },
        { type: 'maxPooling2d', poolSize: [2, 1] },
        flatten,
        head,
      ],
    },
  },
  {
    title: 'fused poolings read by two layers, and by one that cannot give back to the winners',
    config: {
      inputShape: [12, 13, 3],
      layers: [
        { type: 'conv2d', filters: 10, kernelSize: 3, activation: 'relu', padding: 'same' },
        { type: 'maxPooling2d', name: 'pooled' },
        { type: 'conv2d', name: 'left', filters: 5, kernelSize: 1, activation: 'tanh' },
        { type: 'conv2d', name: 'right', filters: 5, kernelSize: 3, padding: 'same', inputs: ['pooled'] },
        { type: 'add', inputs: ['left', 'right'] },
        { type: 'conv2d', filters: 3, kernelSize: 3, dilationRate: 2, padding: 'same', activation: 'selu' },
        { type: 'maxPooling2d', poolSize: 3 },
        { type: 'batchNormalization' },
        flatten,
        head,
      ],
    },
  },
  {
    title: 'poolings that stay alone: a convolution read twice, one in groups, one with a penalty',
    config: {
      inputShape: [12, 12, 2],
      layers: [
        { type: 'conv2d', name: 'seen', filters: 4, kernelSize: 3, activation: 'relu', padding: 'same' },
        { type: 'maxPooling2d', name: 'half' },
        { type: 'maxPooling2d', name: 'again', inputs: ['seen'] },
        { type: 'concatenate', inputs: ['half', 'again'] },
        { type: 'conv2d', filters: 6, kernelSize: 1, groups: 2, activation: 'relu' },
        { type: 'maxPooling2d' },
        { type: 'conv2d', filters: 3, kernelSize: 2, activation: 'tanh', activityRegularizer: { type: 'l2', l2: 0.1 } },
        { type: 'maxPooling2d' },
        flatten,
        head,
      ],
    },
  },
];
