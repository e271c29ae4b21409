/**
 * Every layer type in TensorFlow.js's own ops, which bring their own gradients. Knows no losses, and nothing of which of
 * those gradients are right.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName, LayerConfig, Pair, PaddingConfig } from '../../../src/engine/model/config.ts';
import { concatenatedAxis, padsOf, type ReferenceLayer } from './reference-plan.ts';
import { normalizedAxes } from './reference-weights.ts';

/** What a layer is computed from. */
export interface TfjsCall {
  readonly layer: ReferenceLayer;
  readonly inputs: readonly tf.Tensor[];
  /** By role: `kernel`. */
  readonly weights: ReadonlyMap<string, tf.Tensor>;
  readonly isTraining: boolean;
}

type Configured<Type extends LayerConfig['type']> = Extract<LayerConfig, { readonly type: Type }>;

const bothOf = (pair: Pair): [number, number] => (typeof pair === 'number' ? [pair, pair] : [pair[0], pair[1]]);

const image = (values: tf.Tensor): tf.Tensor4D => tf.reshape<tf.Rank.R4>(values, shape4(values.shape));

function shape4([batch = 1, height = 1, width = 1, channels = 1]: readonly number[]): [number, number, number, number] {
  return [batch, height, width, channels];
}

const inputOf = ({ inputs: [first], layer }: TfjsCall): tf.Tensor => {
  if (!first) throw new Error(`${layer.name}: reads something. Received inputs=[].`);
  return first;
};

const kernelOf = ({ weights, layer }: TfjsCall, role: string): tf.Tensor4D => {
  const weight = weights.get(role);
  if (!weight) throw new Error(`${layer.name}: has a weight ${role}. Received weights=${[...weights.keys()].join()}.`);
  return image(weight);
};

const biased = (sums: tf.Tensor, bias: tf.Tensor | undefined): tf.Tensor => (bias ? tf.add(sums, bias) : sums);

/** Explicit padding is a step of its own; what is left is TensorFlow's `same` or `valid`. */
function padded(values: tf.Tensor, padding: PaddingConfig = 'valid'): { x: tf.Tensor4D; pad: 'same' | 'valid' } {
  if (typeof padding === 'string') return { x: image(values), pad: padding === 'same' ? 'same' : 'valid' };
  const [[top, bottom], [left, right]] = padding;
  return {
    x: tf.pad4d(image(values), [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]),
    pad: 'valid',
  };
}

function convolved(call: TfjsCall, config: Configured<'conv2d' | 'depthwiseConv2d' | 'separableConv2d'>): tf.Tensor {
  const { x, pad } = padded(inputOf(call), config.padding);
  const [strides, dilations] = [bothOf(config.strides ?? 1), bothOf(config.dilationRate ?? 1)];
  const bias = call.weights.get('bias');
  switch (config.type) {
    case 'conv2d':
      return biased(tf.conv2d(x, kernelOf(call, 'kernel'), strides, pad, 'NHWC', dilations), bias);
    case 'depthwiseConv2d':
      return biased(tf.depthwiseConv2d(x, kernelOf(call, 'kernel'), strides, pad, 'NHWC', dilations), bias);
    case 'separableConv2d': {
      const [depthwise, pointwise] = [kernelOf(call, 'depthwise_kernel'), kernelOf(call, 'pointwise_kernel')];
      return biased(tf.separableConv2d(x, depthwise, pointwise, strides, pad, dilations), bias);
    }
  }
}

function transposed(call: TfjsCall, { strides = 1, padding = 'valid' }: Configured<'conv2dTranspose'>): tf.Tensor {
  const x = image(inputOf(call));
  const shape = shape4([x.shape[0], ...call.layer.outputShape]);
  const sums = tf.conv2dTranspose(x, kernelOf(call, 'kernel'), shape, bothOf(strides), padding);
  return biased(sums, call.weights.get('bias'));
}

function pooled(call: TfjsCall, config: Configured<'maxPooling2d' | 'averagePooling2d'>): tf.Tensor {
  const poolSize = bothOf(config.poolSize ?? 2);
  const pool = config.type === 'maxPooling2d' ? tf.maxPool : tf.avgPool;
  return pool(image(inputOf(call)), poolSize, bothOf(config.strides ?? poolSize), config.padding ?? 'valid');
}

function globallyPooled(call: TfjsCall, config: Configured<'globalMaxPooling2d' | 'globalAveragePooling2d'>) {
  const reduce = config.type === 'globalMaxPooling2d' ? tf.max : tf.mean;
  return reduce(inputOf(call), [1, 2], config.keepdims ?? false);
}

function enlarged(call: TfjsCall, { size = 2, interpolation = 'nearest' }: Configured<'upSampling2d'>): tf.Tensor {
  const x = image(inputOf(call));
  const [vertical, horizontal] = bothOf(size);
  const target: [number, number] = [x.shape[1] * vertical, x.shape[2] * horizontal];
  if (interpolation === 'bilinear') return tf.image.resizeBilinear(x, target, false, true);
  return tf.image.resizeNearestNeighbor(x, target);
}

function dense(call: TfjsCall): tf.Tensor {
  const { inputShape, outputShape } = call.layer;
  const rows = tf.reshape<tf.Rank.R2>(inputOf(call), [-1, inputShape.at(-1) ?? 1]);
  const kernel = call.weights.get('kernel') ?? tf.scalar(0);
  return tf.reshape(biased(tf.matMul(rows, kernel), call.weights.get('bias')), [-1, ...outputShape]);
}

type Normalization = Configured<'batchNormalization' | 'layerNormalization'>;

function normalized(call: TfjsCall, config: Normalization): tf.Tensor {
  const [x, { weights }] = [inputOf(call), call];
  const own = new Set(normalizedAxes(config, x.rank - 1).map((axis) => axis + 1));
  const isBatch = config.type === 'batchNormalization';
  const axes = x.shape.map((_, axis) => axis).filter((axis) => (isBatch ? !own.has(axis) : own.has(axis)));
  const isMoving = isBatch && (!call.isTraining || config.trainable === false);
  const now = tf.moments(x, axes, true);
  const mean = isMoving ? (weights.get('moving_mean') ?? now.mean) : now.mean;
  const variance = isMoving ? (weights.get('moving_variance') ?? now.variance) : now.variance;
  const spread = tf.sqrt(tf.add(variance, config.epsilon ?? 0.001));
  const centred = tf.div(tf.sub(x, mean), spread);
  const scaled = tf.mul(centred, weights.get('gamma') ?? 1);
  return tf.add(scaled, weights.get('beta') ?? 0);
}

function padding(call: TfjsCall, config: Configured<'zeroPadding2d' | 'padding2d'>): tf.Tensor {
  const [[top, bottom], [left, right]] = padsOf(config);
  const pads: [number, number][] = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return config.type === 'zeroPadding2d' ? tf.pad(inputOf(call), pads) : tf.mirrorPad(inputOf(call), pads, 'reflect');
}

/** The layer before its activation. */
export function tfjsLayer(call: TfjsCall): tf.Tensor {
  const { layer, inputs } = call;
  const { config, outputShape } = layer;
  switch (config.type) {
    case 'conv2d':
    case 'depthwiseConv2d':
    case 'separableConv2d':
      return convolved(call, config);
    case 'conv2dTranspose':
      return transposed(call, config);
    case 'maxPooling2d':
    case 'averagePooling2d':
      return pooled(call, config);
    case 'globalMaxPooling2d':
    case 'globalAveragePooling2d':
      return globallyPooled(call, config);
    case 'zeroPadding2d':
    case 'padding2d':
      return padding(call, config);
    case 'upSampling2d':
      return enlarged(call, config);
    case 'flatten':
    case 'reshape':
      return tf.reshape(inputOf(call), [-1, ...outputShape]);
    case 'dense':
      return dense(call);
    case 'batchNormalization':
    case 'layerNormalization':
      return normalized(call, config);
    case 'add':
      return tf.addN([...inputs]);
    case 'concatenate':
      return tf.concat([...inputs], 1 + concatenatedAxis(config.axis, outputShape.length));
    case 'dropout':
    case 'spatialDropout2d':
    case 'activation':
      return inputOf(call);
  }
}

/** gelu and silu have no op of their own. */
export function tfjsActivation(name: ActivationName, values: tf.Tensor, negativeSlope: number): tf.Tensor {
  switch (name) {
    case 'linear':
      return values;
    case 'leakyRelu':
      return tf.leakyRelu(values, negativeSlope);
    case 'gelu':
      return tf.mul(tf.mul(values, 0.5), tf.add(tf.erf(tf.mul(values, Math.SQRT1_2)), 1));
    case 'silu':
      return tf.mul(values, tf.sigmoid(values));
    default:
      return tf[name](values);
  }
}
