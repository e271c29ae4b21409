/**
 * The reference that is not ours: the same network built from TensorFlow.js's own layers on its CPU backend. Says which
 * parts of a model it cannot answer for; those are left to the float64 reference.
 */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers as tfLayers } from '@tensorflow/tfjs-layers';
import type { ModelConfig, Pair } from '../../../src/engine/model/config.ts';
import type { ReferenceRun, WeightsByName } from './float64-reference.ts';
import { planReference, type ReferenceLayer } from './reference-plan.ts';

type TfLayer = InstanceType<typeof tfLayers.Layer>;

const tfPair = (pair: Pair): [number, number] => (typeof pair === 'number' ? [pair, pair] : [pair[0], pair[1]]);

const isDilated = ({ config }: ReferenceLayer) =>
  config.type === 'conv2d' && tfPair(config.dilationRate ?? 1).some((rate) => rate > 1);

/** True where TensorFlow.js computes the outputs; it has no replicate padding. */
export function hasTfjsOutputs(config: ModelConfig): boolean {
  return planReference(config).every(({ window }) => !window?.isReplicated);
}

/**
 * True where its gradients exist and are right: it refuses those of dilated convolutions, and that of average pooling
 * with `same` divides by the whole window at the borders, though its forward pass does not.
 */
export function hasTfjsGradients(config: ModelConfig): boolean {
  const isWrong = (layer: ReferenceLayer) =>
    isDilated(layer) || (layer.config.type === 'averagePooling2d' && layer.config.padding === 'same');
  return hasTfjsOutputs(config) && !planReference(config).some(isWrong);
}

/** The layer itself, linear, and before it the padding that Keras has as a layer of its own. */
function tfLayersOf({ config, inputShape }: ReferenceLayer): readonly TfLayer[] {
  switch (config.type) {
    case 'conv2d': {
      const { padding = 'valid', filters, useBias = true } = config;
      const conv2d = tfLayers.conv2d({
        filters,
        useBias,
        kernelSize: tfPair(config.kernelSize),
        strides: tfPair(config.strides ?? 1),
        dilationRate: tfPair(config.dilationRate ?? 1),
        padding: padding === 'same' ? 'same' : 'valid',
      });
      if (typeof padding === 'string') return [conv2d];
      const [[top, bottom], [left, right]] = padding;
      return [
        tfLayers.zeroPadding2d({
          padding: [
            [top, bottom],
            [left, right],
          ],
        }),
        conv2d,
      ];
    }
    case 'maxPooling2d':
    case 'averagePooling2d': {
      const poolSize = tfPair(config.poolSize ?? 2);
      const options = { poolSize, strides: tfPair(config.strides ?? poolSize), padding: config.padding ?? 'valid' };
      return [config.type === 'maxPooling2d' ? tfLayers.maxPooling2d(options) : tfLayers.averagePooling2d(options)];
    }
    case 'dense':
      return [tfLayers.dense({ units: config.units, useBias: config.useBias ?? true })];
    case 'flatten':
      // Keras flattens flat inputs to themselves; TensorFlow.js refuses them.
      return inputShape.length === 1 ? [] : [tfLayers.flatten()];
    case 'activation':
      return [tfLayers.activation({ activation: 'linear', inputShape: [...inputShape] })];
  }
}

function activated(values: tf.Tensor, { activation, negativeSlope }: ReferenceLayer): tf.Tensor {
  switch (activation) {
    case 'linear':
      return values;
    case 'leakyRelu':
      return tf.leakyRelu(values, negativeSlope);
    default:
      return tf[activation](values);
  }
}

interface BuiltLayer {
  readonly plan: ReferenceLayer;
  readonly layers: readonly TfLayer[];
}

function applied(plan: ReferenceLayer, layers: readonly TfLayer[], inputs: tf.Tensor): tf.Tensor {
  return layers.reduce((values, layer) => {
    const outputs = layer.apply(values);
    if (!(outputs instanceof tf.Tensor)) throw new Error(`${plan.name}: one tensor comes out. Received a list.`);
    return outputs;
  }, inputs);
}

function build(config: ModelConfig, weights: WeightsByName): readonly BuiltLayer[] {
  return planReference(config).map((plan) => {
    const layers = tfLayersOf(plan);
    // A layer makes its weights when it is first applied.
    applied(plan, layers, tf.zeros([1, ...plan.inputShape]));
    const values = plan.weights.map(({ name, shape }) => tf.tensor(Array.from(weights.get(name) ?? []), [...shape]));
    layers.at(-1)?.setWeights(values);
    return { plan, layers };
  });
}

function forward(network: readonly BuiltLayer[], inputs: tf.Tensor): Map<string, tf.Tensor> {
  const tensors = new Map<string, tf.Tensor>([['input', inputs]]);
  for (const { plan, layers } of network) {
    const read = tensors.get(plan.input);
    if (read) tensors.set(plan.name, activated(applied(plan, layers, read), plan));
  }
  return tensors;
}

function crossEntropy(outputs: tf.Tensor, labels: ArrayLike<number>): tf.Scalar {
  const targets = tf.oneHot(tf.tensor1d(Array.from(labels), 'int32'), outputs.shape.at(-1) ?? 1);
  return tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.log(outputs)), -1)));
}

/** Activations, loss and, where `hasTfjsGradients`, gradients; without them the gradient maps are empty. */
export async function runTfjs(
  config: ModelConfig,
  weights: WeightsByName,
  inputs: ArrayLike<number>,
  labels: ArrayLike<number>,
): Promise<ReferenceRun> {
  await tf.setBackend('cpu');
  tf.engine().startScope();
  const network = build(config, weights);
  const batch = tf.variable(tf.tensor(Array.from(inputs), [labels.length, ...config.inputShape]));
  const activations = new Map<string, tf.Tensor>();
  const lossOf = () => {
    const tensors = forward(network, batch);
    for (const { plan } of network) activations.set(plan.name, tf.keep(tensors.get(plan.name) ?? tf.scalar(0)));
    return crossEntropy(tensors.get(network.at(-1)?.plan.name ?? '') ?? tf.scalar(0), labels);
  };
  const { value, grads } = hasTfjsGradients(config) ? tf.variableGrads(lossOf) : { value: lossOf(), grads: {} };
  const gradients = new Map(Object.entries(grads));
  const variables = network.flatMap(({ plan, layers }) =>
    plan.weights.map(({ name }, i) => [name, layers.at(-1)?.trainableWeights[i]?.name ?? ''] as const),
  );
  const gradientOf = (id: string) => gradients.get(id)?.dataSync();
  const result: ReferenceRun = {
    activations: new Map([...activations].map(([name, tensor]) => [name, tensor.dataSync()])),
    loss: value.dataSync()[0] ?? NaN,
    weights: new Map(variables.flatMap(([name, id]) => (gradients.has(id) ? [[name, gradientOf(id) ?? []]] : []))),
    inputs: gradientOf(batch.name) ?? [],
  };
  activations.forEach((tensor) => tensor.dispose());
  tf.engine().endScope();
  tf.disposeVariables();
  return result;
}
