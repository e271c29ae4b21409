/** A network for real digits that trains in milliseconds, for specs about training rather than about kernels. */
import type { ModelConfig } from '../../src/engine/model/config.ts';

/** 28×28 → 13×13×4 → 6×6×4 → 10, 1,490 parameters. */
export const smallModel: ModelConfig = {
  inputShape: [28, 28, 1],
  layers: [
    { type: 'conv2d', filters: 4, kernelSize: 3, strides: 2, activation: 'relu' },
    { type: 'maxPooling2d' },
    { type: 'flatten' },
    { type: 'dense', units: 10, activation: 'softmax' },
  ],
};
