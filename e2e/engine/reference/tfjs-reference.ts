/**
 * The reference that is not ours: the same network in TensorFlow.js's ops, with its gradients, on its CPU backend. Says
 * which parts of a model it cannot answer for; those are left to the float64 reference.
 */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
// Brings the gradients of the ops along.
import '@tensorflow/tfjs-layers';
import type { LayerConfig, ModelConfig } from '../../../src/engine/model/config.ts';
import { isCrossEntropy, lossOf, targetRows } from './float64-loss.ts';
import type { ReferenceOptions, ReferenceRun, WeightsByName } from './float64-reference.ts';
import { countOf, planReference, type ReferenceLayer } from './reference-plan.ts';
import type { ReferenceRegularizer } from './reference-weights.ts';
import { tfjsActivation, tfjsLayer } from './tfjs-layers.ts';

const isDilated = (config: LayerConfig) =>
  'dilationRate' in config && [config.dilationRate ?? 1].flat().some((rate) => rate > 1);

/**
 * True where TensorFlow.js computes the outputs. It has no replicate padding, its convolutions no groups, its transposed
 * ones no dilation; its dropout draws its own numbers, so only that which drops nothing is the same.
 */
export function hasTfjsOutputs(config: ModelConfig): boolean {
  const lacks = ({ config: layer, window }: ReferenceLayer) =>
    window?.isReplicated === true ||
    (layer.type === 'padding2d' && layer.mode === 'replicate') ||
    (layer.type === 'conv2d' && (layer.groups ?? 1) > 1) ||
    (layer.type === 'conv2dTranspose' && isDilated(layer)) ||
    ((layer.type === 'dropout' || layer.type === 'spatialDropout2d') && layer.rate > 0);
  return !planReference(config).some(lacks);
}

/**
 * True where its gradients exist and are right: it refuses those of dilated convolutions and of mirrored padding. That of
 * average pooling with `same` divides by the whole window at the borders; that of bilinear resizing places the cells by
 * their corners, and that of nearest-neighbour resizing reads the wrong rows from the second example on; that of a
 * global maximum is given whole to every one of equal maxima. Their forward passes are right.
 */
export function hasTfjsGradients(config: ModelConfig): boolean {
  const isWrong = ({ config: layer }: ReferenceLayer) =>
    isDilated(layer) ||
    layer.type === 'padding2d' ||
    (layer.type === 'averagePooling2d' && layer.padding === 'same') ||
    layer.type === 'upSampling2d' ||
    layer.type === 'globalMaxPooling2d';
  return hasTfjsOutputs(config) && !planReference(config).some(isWrong);
}

/** A layer's values before and after its activation. */
interface Values {
  readonly sums: tf.Tensor;
  readonly outputs: tf.Tensor;
}

function forward(
  plan: readonly ReferenceLayer[],
  weights: ReadonlyMap<string, tf.Variable>,
  batch: tf.Tensor,
  isTraining: boolean,
): ReadonlyMap<string, Values> {
  const values = new Map<string, Values>([['input', { sums: batch, outputs: batch }]]);
  for (const layer of plan) {
    const inputs = layer.inputs.flatMap((name) => values.get(name)?.outputs ?? []);
    const own = layer.weights.flatMap(({ name, role }) => {
      const weight = weights.get(name);
      return weight ? [[role, weight] as const] : [];
    });
    const sums = tfjsLayer({ layer, inputs, weights: new Map(own), isTraining });
    values.set(layer.name, { sums, outputs: tfjsActivation(layer.activation, sums, layer.negativeSlope) });
  }
  return values;
}

function dataLoss({ sums, outputs }: Values, labels: ArrayLike<number>, options: ReferenceOptions): tf.Tensor {
  const loss = lossOf(options.loss);
  const width = outputs.shape.at(-1) ?? 1;
  const rows = targetRows(labels, outputs.size / width, width, options.targets);
  const targets = tf.tensor(Array.from(rows), outputs.shape);
  if (isCrossEntropy(loss)) {
    const smoothed = tf.add(tf.mul(targets, 1 - loss.labelSmoothing), loss.labelSmoothing / width);
    const logs = tf.logSoftmax(loss.fromLogits ? outputs : sums);
    return tf.neg(tf.mean(tf.sum(tf.mul(smoothed, logs), -1)));
  }
  if (loss.type === 'meanSquaredError') return tf.losses.meanSquaredError(targets, outputs);
  // TensorFlow.js's own takes 0 and 1 only, and Keras's turns them only when there is nothing else.
  const isBinary = rows.every((target) => target === 0 || target === 1);
  const signs = isBinary ? tf.sub(tf.mul(targets, 2), 1) : targets;
  if (loss.type === 'hinge') return tf.mean(tf.relu(tf.sub(1, tf.mul(signs, outputs))));
  const right = tf.sum(tf.mul(targets, outputs), -1);
  const wrong = tf.max(tf.mul(tf.sub(1, targets), outputs), -1);
  return tf.mean(tf.relu(tf.add(tf.sub(wrong, right), 1)));
}

const penalty = ({ l1, l2 }: ReferenceRegularizer, values: tf.Tensor): tf.Tensor =>
  tf.add(tf.mul(tf.sum(tf.abs(values)), l1), tf.mul(tf.sum(tf.square(values)), l2));

function penalties(
  plan: readonly ReferenceLayer[],
  values: ReadonlyMap<string, Values>,
  weights: ReadonlyMap<string, tf.Tensor>,
): readonly tf.Tensor[] {
  return plan.flatMap(({ name, activityRegularizer, weights: specs }) => {
    const outputs = values.get(name)?.outputs;
    const ofWeights = specs.flatMap((spec) => {
      const weight = weights.get(spec.name);
      return spec.regularizer && weight ? [penalty(spec.regularizer, weight)] : [];
    });
    if (!activityRegularizer || !outputs) return ofWeights;
    return [...ofWeights, tf.div(penalty(activityRegularizer, outputs), outputs.shape[0])];
  });
}

function variablesOf(plan: readonly ReferenceLayer[], weights: WeightsByName): ReadonlyMap<string, tf.Variable> {
  const specs = plan.flatMap((layer) => layer.weights);
  return new Map(
    specs.map(({ name, shape, isTrainable }) => {
      const values = tf.tensor(Array.from(weights.get(name) ?? []), [...shape]);
      return [name, tf.variable(values, isTrainable, name)];
    }),
  );
}

/** Activations, loss and, where `hasTfjsGradients`, gradients; without them the gradient maps are empty. */
export async function runTfjs(
  config: ModelConfig,
  weights: WeightsByName,
  inputs: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: ReferenceOptions = {},
): Promise<ReferenceRun> {
  await tf.setBackend('cpu');
  tf.engine().startScope();
  const plan = planReference(config);
  const examples = inputs.length / countOf(config.inputShape);
  const variables = variablesOf(plan, weights);
  const batch = tf.variable(tf.tensor(Array.from(inputs), [examples, ...config.inputShape]), true, 'input');
  const activations = new Map<string, tf.Tensor>();
  const lossOfBatch = (): tf.Scalar => {
    const values = forward(plan, variables, batch, options.mode !== 'inference');
    for (const { name } of plan) activations.set(name, tf.keep(values.get(name)?.outputs ?? tf.scalar(0)));
    const last = values.get(plan.at(-1)?.name ?? 'input') ?? { sums: batch, outputs: batch };
    return tf.reshape<tf.Rank.R0>(
      tf.addN([dataLoss(last, labels, options), ...penalties(plan, values, variables)]),
      [],
    );
  };
  const { value, grads } = hasTfjsGradients(config)
    ? tf.variableGrads(lossOfBatch)
    : { value: lossOfBatch(), grads: {} };
  const gradients = new Map(Object.entries(grads));
  const gradientOf = (name: string) => gradients.get(name)?.dataSync();
  const result: ReferenceRun = {
    activations: new Map([...activations].map(([name, tensor]) => [name, tensor.dataSync()])),
    loss: value.dataSync()[0] ?? NaN,
    weights: new Map(
      [...variables.keys()].flatMap((name) => (gradients.has(name) ? [[name, gradientOf(name) ?? []]] : [])),
    ),
    inputs: gradientOf('input') ?? [],
  };
  activations.forEach((tensor) => tensor.dispose());
  tf.engine().endScope();
  tf.disposeVariables();
  return result;
}
