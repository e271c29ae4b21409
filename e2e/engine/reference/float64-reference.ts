/**
 * A whole network in plain float64: outputs, every layer's activations, the loss and every gradient. The reference
 * where no other exists; proved by finite differences and by TensorFlow.js in its own spec. Uses nothing of the engine.
 */
import type { ModelConfig } from '../../../src/engine/model/config.ts';
import type { LossConfig } from '../../../src/engine/model/training-config.ts';
import { activate, activateGrad, type ActivationRule } from './float64-activations.ts';
import type { KeepMask, LayerResult } from './float64-layer.ts';
import { float64Layers } from './float64-layers.ts';
import { isCrossEntropy, lossOf, meanLoss, penalty, targetRows, type TargetKind } from './float64-loss.ts';
import { countOf, planReference, type ReferenceLayer } from './reference-plan.ts';
import { isStatistic } from './reference-weights.ts';

/** Weights by name: `conv2d_1/kernel`. */
export type WeightsByName = ReadonlyMap<string, ArrayLike<number>>;

/** What a reference computes for one batch. */
export interface ReferenceRun {
  /** Activated outputs by layer name, the batch first. */
  readonly activations: ReadonlyMap<string, ArrayLike<number>>;
  /** Mean over the examples, and what regularizers add. */
  readonly loss: number;
  /** Gradient of the loss by every trainable weight, by weight name. */
  readonly weights: WeightsByName;
  readonly inputs: ArrayLike<number>;
}

/** What the float64 reference knows besides. */
export interface Float64Run extends ReferenceRun {
  readonly inputs: Float64Array;
  readonly activations: ReadonlyMap<string, Float64Array>;
  readonly weights: ReadonlyMap<string, Float64Array>;
  /** As `weights`, by those of frozen layers; the moving statistics have none. */
  readonly frozenWeights: ReadonlyMap<string, Float64Array>;
  /** The moving statistics after the step, by weight name; in inference and where frozen, as before. */
  readonly statistics: ReadonlyMap<string, Float64Array>;
}

export interface ReferenceOptions {
  /** Default: sparse categorical cross-entropy. */
  readonly loss?: LossConfig;
  /** Default training: statistics of the batch, dropout. */
  readonly mode?: 'training' | 'inference';
  /** What `labels` are; by default class indices where there is one per row of outputs. */
  readonly targets?: TargetKind;
  /** What dropout keeps in training; by default everything, scaled all the same. */
  readonly keep?: KeepMask;
}

interface Trace {
  readonly layer: ReferenceLayer;
  readonly rule: ActivationRule;
  readonly weights: ReadonlyMap<string, Float64Array>;
  readonly result: LayerResult;
  /** After the activation. */
  readonly outputs: Float64Array;
}

function layerWeights(layer: ReferenceLayer, weights: WeightsByName): ReadonlyMap<string, Float64Array> {
  return new Map(
    layer.weights.map(({ name, role }) => {
      const weight = weights.get(name);
      if (!weight) throw new Error(`${name}: the reference needs every weight. Received undefined.`);
      return [role, Float64Array.from(weight)];
    }),
  );
}

function traceForward(
  config: ModelConfig,
  weights: WeightsByName,
  batch: Float64Array,
  { mode = 'training', keep = () => true }: ReferenceOptions,
): readonly Trace[] {
  const tensors = new Map([['input', batch]]);
  const examples = batch.length / countOf(config.inputShape);
  return planReference(config).map((layer) => {
    const own = layerWeights(layer, weights);
    const inputs = layer.inputs.map((name) => tensors.get(name) ?? new Float64Array());
    const call = { layer, examples, inputs, weights: own, isTraining: mode === 'training', keep };
    const result = float64Layers[layer.config.type](call);
    const rule = { name: layer.activation, slope: layer.negativeSlope, channels: layer.outputShape.at(-1) ?? 1 };
    const outputs = activate(rule, result.outputs);
    tensors.set(layer.name, outputs);
    return { layer, rule, weights: own, result, outputs };
  });
}

/** The sums of gradients so far, by the outputs and by the values before the activation of every layer. */
class Gradients {
  readonly #sums = new Map<string, Float64Array>();

  /** Added, not assigned: several layers may read the same one. */
  add(key: string, grad: Float64Array): void {
    const sum = this.#sums.get(key);
    this.#sums.set(key, sum ? sum.map((value, i) => value + grad[i]!) : grad);
  }

  get(key: string, length: number): Float64Array {
    return this.#sums.get(key) ?? new Float64Array(length);
  }
}

/** By the values before the activation; the outputs' own gradients have the layer's name. */
const beforeActivation = (name: string): string => `${name} before its activation`;

/** The loss proper; a softmax and the cross-entropy behind it are one, so that neither overflows. */
function dataLoss(last: Trace, labels: ArrayLike<number>, options: ReferenceOptions, gradients: Gradients): number {
  const { layer, rule, result, outputs } = last;
  const loss = lossOf(options.loss);
  const targets = targetRows(labels, outputs.length / rule.channels, rule.channels, options.targets);
  const skipsSoftmax = isCrossEntropy(loss) && !loss.fromLogits;
  if (skipsSoftmax && rule.name !== 'softmax')
    throw new Error(`${layer.name}: cross-entropy needs a softmax. Received activation=${rule.name}.`);
  const mean = meanLoss(loss, skipsSoftmax ? result.outputs : outputs, targets, rule.channels);
  gradients.add(skipsSoftmax ? beforeActivation(layer.name) : layer.name, mean.grad);
  return mean.loss;
}

/** What the regularizers of weights and of outputs add to the loss. */
function penalties(traces: readonly Trace[], examples: number, gradients: Gradients): number {
  let sum = 0;
  const add = (key: string, { loss, grad }: ReturnType<typeof penalty>) => {
    sum += loss;
    gradients.add(key, grad);
  };
  for (const { layer, weights, outputs } of traces) {
    if (layer.activityRegularizer) add(layer.name, penalty(layer.activityRegularizer, outputs, examples));
    for (const { name, role, regularizer } of layer.weights)
      if (regularizer) add(name, penalty(regularizer, weights.get(role) ?? new Float64Array()));
  }
  return sum;
}

function traceBackward({ layer, rule, result, outputs }: Trace, gradients: Gradients): void {
  const outputsGrad = gradients.get(layer.name, outputs.length);
  const valuesGrad = activateGrad(rule, result.outputs, outputs, outputsGrad);
  gradients.add(beforeActivation(layer.name), valuesGrad);
  const grads = result.backward(gradients.get(beforeActivation(layer.name), outputs.length));
  layer.inputs.forEach((name, i) => gradients.add(name, grads.inputs[i] ?? new Float64Array()));
  for (const { name, role } of layer.weights) {
    const grad = grads.weights?.get(role);
    if (grad) gradients.add(name, grad);
  }
}

function statisticsAfter(traces: readonly Trace[]): ReadonlyMap<string, Float64Array> {
  return new Map(
    traces.flatMap(({ layer, result }) =>
      [...(result.statistics ?? [])].map(([role, values]) => [`${layer.name}/${role}`, values] as const),
    ),
  );
}

/** Runs a batch forward and backward; `labels` are class indices or rows of targets. */
export function runFloat64(
  config: ModelConfig,
  weights: WeightsByName,
  inputs: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: ReferenceOptions = {},
): Float64Run {
  const batch = Float64Array.from(inputs);
  const traces = traceForward(config, weights, batch, options);
  const last = traces.at(-1);
  if (!last) throw new Error('runFloat64: a network has a layer. Received layers=0.');
  const gradients = new Gradients();
  const loss =
    dataLoss(last, labels, options, gradients) +
    penalties(traces, batch.length / countOf(config.inputShape), gradients);
  for (const trace of traces.toReversed()) traceBackward(trace, gradients);
  const gradientsOf = (isTrainable: boolean) => {
    const specs = traces.flatMap(({ layer }) => layer.weights.filter((weight) => !isStatistic(weight)));
    const chosen = specs.filter((weight) => weight.isTrainable === isTrainable);
    return new Map(chosen.map(({ name, shape }) => [name, gradients.get(name, countOf(shape))]));
  };
  return {
    activations: new Map(traces.map(({ layer, outputs }) => [layer.name, outputs])),
    loss,
    weights: gradientsOf(true),
    frozenWeights: gradientsOf(false),
    inputs: gradients.get('input', batch.length),
    statistics: statisticsAfter(traces),
  };
}
