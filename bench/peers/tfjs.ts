/** TensorFlow.js on any of its backends: layers for the network, core's optimizer and tape for the step. */
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { losses, ready, setBackend, softmax, tensor2d, tensor4d, tidy, train } from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Job, Trainer } from '../page/trainer.ts';
import { classes, oneHotRows } from './one-hot.ts';
import { buildModel } from './tfjs-model.ts';

/** One tensor, where the types allow several. */
function only<T extends Tensor>(answer: T | T[]): T {
  const [first] = Array.isArray(answer) ? answer : [answer];
  if (!first) throw new Error('TensorFlow.js: a model has an output. Received [].');
  return first;
}

function shapeOf({ config }: Job, count: number): [number, number, number, number] {
  const [height, width, channels] = config.inputShape;
  return [count, height, width, channels];
}

/** Encodes a whole step; nothing is waited for. */
function step(model: LayersModel, optimizer: ReturnType<typeof train.rmsprop>, job: Job, index: number): Scalar {
  const { images, labels } = job.batch(index);
  return tidy(() => {
    const inputs = tensor4d(images, shapeOf(job, job.batchSize));
    const targets = tensor2d(oneHotRows(labels), [labels.length, classes]);
    const lossOf = () => {
      const logits = only(model.apply(inputs, { training: true }) as Tensor | Tensor[]);
      return losses.softmaxCrossEntropy<Tensor, Scalar>(targets, logits);
    };
    const loss = optimizer.minimize(lossOf, true);
    if (!loss) throw new Error('TensorFlow.js: a step has a loss. Received null.');
    return loss;
  });
}

/** Opens the network on the backend `name`, which must be registered. */
export async function openTfjs(name: string, job: Job): Promise<Trainer> {
  if (!(await setBackend(name))) throw new Error(`TensorFlow.js: the backend ${name} can be started here.`);
  await ready();
  const model = buildModel(job);
  const optimizer = train.rmsprop(0.001, 0.9, 0, 1e-7);
  // The weight that a step writes last; its numbers are there when all the work before them is done.
  const [firstWeight, lastWeight] = [model.trainableWeights.at(0), model.trainableWeights.at(-1)];
  if (!firstWeight || !lastWeight) throw new Error('TensorFlow.js: a network has weights. Received none.');
  return {
    notes: [],
    train: async (count) => {
      let loss: Scalar | undefined;
      for (let index = 0; index < count; index++) {
        loss?.dispose();
        loss = step(model, optimizer, job, index);
      }
      const [value = NaN] = (await loss?.data()) ?? [];
      await lastWeight.read().data();
      loss?.dispose();
      return value;
    },
    predict: async (images) => {
      const count = images.length / job.config.inputShape.reduce((product, size) => product * size, 1);
      const outputs = tidy(() => {
        const inputs = tensor4d(images, shapeOf(job, count));
        return softmax(only(model.apply(inputs, { training: false }) as Tensor | Tensor[]));
      });
      const probabilities = Float32Array.from(await outputs.data());
      outputs.dispose();
      return probabilities;
    },
    firstKernel: async () => Float32Array.from(await firstWeight.read().data()),
  };
}
