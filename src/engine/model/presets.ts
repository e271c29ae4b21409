/** Networks that come with Receptive, as plain configs. */
import type { ModelConfig } from './config.ts';

/** The lecture's network for MNIST: 28→26→13→11→5→3, 93,322 parameters. */
export const lectureModel: ModelConfig = {
  name: 'Lecture CNN',
  inputShape: [28, 28, 1],
  layers: [
    { type: 'conv2d', filters: 32, kernelSize: 3, activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 2 },
    { type: 'conv2d', filters: 64, kernelSize: 3, activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 2 },
    { type: 'conv2d', filters: 64, kernelSize: 3, activation: 'relu' },
    { type: 'flatten' },
    { type: 'dense', units: 64, activation: 'relu' },
    { type: 'dense', units: 10, activation: 'softmax' },
  ],
};
