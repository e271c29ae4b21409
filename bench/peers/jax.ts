/** jax-js on any of its devices: the whole training step is one compiled function, as its authors advise. */
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { Device } from '@jax-js/jax';
import type { ResolvedModel } from '../../src/engine/model/resolved.ts';
import type { Job, Trainer, Weight } from '../page/trainer.ts';
import { outputsOf, type Arrays, type Pass } from './jax-model.ts';
import { channelsFirst } from './jax-weights.ts';
import { classes, oneHotRows } from './one-hot.ts';

const rmsprop = { learningRate: 0.001, rho: 0.9, epsilon: 1e-7 };

interface State {
  weights: Arrays;
  /** RMSprop's mean squares of the gradients. */
  squares: Arrays;
  moving: Arrays;
}

function logits(model: ResolvedModel, images: np.Array, pass: Pass): np.Array {
  const first = images.transpose([0, 3, 1, 2]);
  return model.layers.reduce((x, layer) => outputsOf(layer, x, pass), first);
}

function mapArrays(arrays: Arrays, change: (array: np.Array, name: string) => np.Array): Arrays {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, change(array, name)]));
}

function named(arrays: Arrays, name: string): np.Array {
  const array = arrays[name];
  if (!array) throw new Error(`jax-js: every weight has a gradient. Received name=${name}.`);
  return array;
}

/** One step; takes and gives the whole state. */
function makeStep(model: ResolvedModel) {
  const lossOf = (weights: Arrays, moving: Arrays, images: np.Array, targets: np.Array): [np.Array, Arrays] => {
    const pass: Pass = { isTraining: true, weights, moving: { ...moving } };
    const chosen = nn.logSoftmax(logits(model, images, pass)).mul(targets);
    return [chosen.sum().mul(-1 / (targets.shape[0] ?? 1)), pass.moving];
  };
  return jit((weights: Arrays, squares: Arrays, moving: Arrays, images: np.Array, targets: np.Array) => {
    const differentiate = valueAndGrad(lossOf, { hasAux: true });
    const [[loss, movedOn], gradients] = differentiate(tree.ref(weights), moving, images, targets);
    const { learningRate, rho, epsilon } = rmsprop;
    const newSquares = mapArrays(squares, (square, name) => {
      return square.mul(rho).add(np.square(named(gradients, name).ref).mul(1 - rho));
    });
    const newWeights = mapArrays(weights, (weight, name) => {
      const scale = np.sqrt(named(newSquares, name).ref.add(epsilon));
      return weight.sub(named(gradients, name).mul(learningRate).div(scale));
    });
    return { loss, state: { weights: newWeights, squares: newSquares, moving: movedOn } };
  });
}

function initialState({ model, weights = [] }: Job): State {
  const isMoving = ({ name }: Weight) => name.includes('/moving_');
  const arrays = (chosen: readonly Weight[]): Arrays =>
    Object.fromEntries(
      chosen.map((weight) => {
        const { name, data, shape } = channelsFirst(model, weight);
        return [name, np.array(data, { shape: [...shape] })];
      }),
    );
  const trained = weights.filter((weight) => !isMoving(weight));
  return {
    weights: arrays(trained),
    squares: Object.fromEntries(trained.map(({ name, shape }) => [name, np.zeros([...channelsFirstShape(shape)])])),
    moving: arrays(weights.filter(isMoving)),
  };
}

/** Of a kernel; every other weight keeps its shape. */
function channelsFirstShape(shape: readonly number[]): readonly number[] {
  const [height, width, inputs, outputs] = shape;
  if (height === undefined || width === undefined || inputs === undefined || outputs === undefined) return shape;
  return [outputs, inputs, height, width];
}

/** The library's own type is of a newer JavaScript than the project's. */
async function numbersOf(array: np.Array): Promise<Float32Array> {
  const data: unknown = await array.data();
  if (!(data instanceof Float32Array)) throw new Error('jax-js: computes in float32. Received another kind of array.');
  return data;
}

/** Opens the network on `device`. */
export async function openJax(device: Device, job: Job): Promise<Trainer> {
  const started = await init(device);
  if (!started.includes(device)) throw new Error(`jax-js: the device can be started here. Received device=${device}.`);
  defaultDevice(device);
  const { model, batchSize, config } = job;
  const imageShape = [...config.inputShape];
  const step = makeStep(model);
  const predict = jit((weights: Arrays, moving: Arrays, images: np.Array) =>
    nn.softmax(logits(model, images, { isTraining: false, weights, moving })),
  );
  let state = initialState(job);
  const kernelName = Object.keys(state.weights)[0] ?? '';
  return {
    notes: [],
    train: async (count) => {
      let loss: np.Array | undefined;
      for (let index = 0; index < count; index++) {
        const batch = job.batch(index);
        const images = np.array(batch.images, { shape: [batchSize, ...imageShape] });
        const targets = np.array(oneHotRows(batch.labels), { shape: [batchSize, classes] });
        loss?.dispose();
        const answer = step(state.weights, state.squares, state.moving, images, targets);
        ({ loss, state } = answer);
      }
      await blockUntilReady(state.weights);
      const [value = NaN] = loss ? await numbersOf(loss) : [];
      return value;
    },
    predict: async (images) => {
      const examples = images.length / imageShape.reduce((product, size) => product * size, 1);
      const inputs = np.array(images, { shape: [examples, ...imageShape] });
      const outputs = predict(tree.ref(state.weights), tree.ref(state.moving), inputs);
      return numbersOf(outputs);
    },
    firstKernel: async () => numbersOf(named(state.weights, kernelName).ref),
  };
}
