/** A network of ours as a function of jax-js, channels first, as its convolutions are. */
import { lax, nn, numpy as np } from '@jax-js/jax';
import type {
  ResolvedBatchNormalization,
  ResolvedConv2D,
  ResolvedLayer,
  Window2D,
} from '../../src/engine/model/resolved.ts';

/** Arrays by the names of our weights. */
export type Arrays = Record<string, np.Array>;

/** The weights, and what a pass in training makes of the moving statistics. */
export interface Pass {
  readonly isTraining: boolean;
  readonly weights: Arrays;
  /** Moving statistics; a training pass replaces them. */
  readonly moving: Arrays;
}

const sides = ({ vertical, horizontal }: Window2D) => [vertical, horizontal] as const;

/** The array of that name, for one more use. */
function take(arrays: Arrays, name: string): np.Array {
  const array = arrays[name];
  if (!array) throw new Error(`jax-js: every weight is given. Received name=${name}.`);
  return array.ref;
}

/** One value for each channel, beside `[examples, channels, height, width]`. */
const perChannel = (values: np.Array): np.Array => values.reshape([1, -1, 1, 1]);

function activated(x: np.Array, name: string): np.Array {
  switch (name) {
    case 'linear':
    case 'softmax':
      return x;
    case 'relu':
      return nn.relu(x);
    case 'tanh':
      return np.tanh(x);
    default:
      throw new Error(`jax-js: the benchmark has no ${name}.`);
  }
}

function convolved(x: np.Array, layer: ResolvedConv2D, { weights }: Pass): np.Array {
  const axes = sides(layer.window);
  const kernel = take(weights, `${layer.name}/kernel`);
  const outputs = lax.convGeneralDilated(
    x,
    kernel,
    axes.map(({ stride }) => stride),
    axes.map(({ padBefore, padAfter }): [number, number] => [padBefore, padAfter]),
    { rhsDilation: axes.map(({ dilation }) => dilation) },
  );
  const biased = layer.useBias ? outputs.add(perChannel(take(weights, `${layer.name}/bias`))) : outputs;
  return activated(biased, layer.activation.name);
}

/** Moves a statistic towards the batch's and leaves it in the pass. */
function move({ moving }: Pass, name: string, batchValue: np.Array, momentum: number): void {
  moving[name] = take(moving, name)
    .mul(momentum)
    .add(lax.stopGradient(batchValue).mul(1 - momentum));
}

function normalized(x: np.Array, layer: ResolvedBatchNormalization, pass: Pass): np.Array {
  const { name, epsilon, momentum } = layer;
  const [meanName, varianceName] = [`${name}/moving_mean`, `${name}/moving_variance`];
  const others = [0, 2, 3];
  const mean = pass.isTraining ? np.mean(x.ref, others) : take(pass.moving, meanName);
  const centred = x.sub(perChannel(mean.ref));
  const variance = pass.isTraining ? np.mean(np.square(centred.ref), others) : take(pass.moving, varianceName);
  if (pass.isTraining) {
    move(pass, meanName, mean.ref, momentum);
    move(pass, varianceName, variance.ref, momentum);
  }
  mean.dispose();
  const scale = take(pass.weights, `${name}/gamma`).div(np.sqrt(variance.add(epsilon)));
  return centred.mul(perChannel(scale)).add(perChannel(take(pass.weights, `${name}/beta`)));
}

function pooled(x: np.Array, window: Window2D, summary: (cells: np.Array) => np.Array): np.Array {
  const axes = sides(window);
  return lax.reduceWindow(
    x,
    summary,
    axes.map((axis) => axis.window),
    axes.map(({ stride }) => stride),
  );
}

/** One layer's outputs. @throws Error for what the benchmark's networks do not have. */
export function outputsOf(layer: ResolvedLayer, x: np.Array, pass: Pass): np.Array {
  switch (layer.type) {
    case 'conv2d':
      return convolved(x, layer, pass);
    case 'maxPooling2d':
      return pooled(x, layer.window, np.max);
    case 'averagePooling2d':
      return pooled(x, layer.window, np.mean);
    case 'batchNormalization':
      return normalized(x, layer, pass);
    case 'activation':
      return activated(x, layer.activation.name);
    case 'flatten':
      return x.reshape([-1, layer.outputShape[0] ?? 0]);
    case 'dense': {
      const product = np.dot(x, take(pass.weights, `${layer.name}/kernel`));
      return activated(product.add(take(pass.weights, `${layer.name}/bias`)), layer.activation.name);
    }
    default:
      throw new Error(`jax-js: the benchmark has no ${layer.type}.`);
  }
}
