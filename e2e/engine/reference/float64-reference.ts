/**
 * A whole network in plain float64: outputs, every layer's activations, the loss and every gradient. The reference
 * where no other exists; proved by finite differences and by TensorFlow.js in its own spec. Uses nothing of the engine.
 */
import type { ModelConfig } from '../../../src/engine/model/config.ts';
import { activate, activateGrad, type ActivationRule } from './float64-activations.ts';
import { float64Layers } from './float64-layers.ts';
import { planReference, type ReferenceLayer } from './reference-plan.ts';

/** Weights by name: `conv2d_1/kernel`. */
export type WeightsByName = ReadonlyMap<string, ArrayLike<number>>;

/** What a reference computes for one batch. */
export interface ReferenceRun {
  /** Activated outputs by layer name, the batch first. */
  readonly activations: ReadonlyMap<string, ArrayLike<number>>;
  /** Mean sparse categorical cross-entropy. */
  readonly loss: number;
  /** Gradient of the loss by every weight, by weight name. */
  readonly weights: WeightsByName;
  readonly inputs: ArrayLike<number>;
}

interface Trace {
  readonly layer: ReferenceLayer;
  readonly rule: ActivationRule;
  readonly inputs: Float64Array;
  readonly weights: readonly Float64Array[];
  /** Before and after the activation. */
  readonly values: Float64Array;
  readonly outputs: Float64Array;
}

function traceForward(config: ModelConfig, weights: WeightsByName, inputs: Float64Array, examples: number): Trace[] {
  const tensors = new Map([['input', inputs]]);
  return planReference(config).map((layer) => {
    const layerInputs = tensors.get(layer.input) ?? new Float64Array();
    const layerWeights = layer.weights.map(({ name }) => {
      const weight = weights.get(name);
      if (!weight) throw new Error(`${name}: the reference needs every weight. Received undefined.`);
      return Float64Array.from(weight);
    });
    const rule = { name: layer.activation, slope: layer.negativeSlope, channels: layer.outputShape.at(-1) ?? 1 };
    const values = float64Layers[layer.config.type].forward(layer, examples, layerInputs, layerWeights);
    const outputs = activate(rule, values);
    tensors.set(layer.name, outputs);
    return { layer, rule, inputs: layerInputs, weights: layerWeights, values, outputs };
  });
}

/** Mean of −ln p[label], and its gradient −1/(n·p) at the labels. */
function crossEntropy(outputs: Float64Array, labels: ArrayLike<number>): { loss: number; grad: Float64Array } {
  const examples = labels.length;
  const classes = outputs.length / examples;
  const grad = new Float64Array(outputs.length);
  let loss = 0;
  for (let example = 0; example < examples; example++) {
    const at = example * classes + labels[example]!;
    loss -= Math.log(outputs[at]!) / examples;
    grad[at] = -1 / (examples * outputs[at]!);
  }
  return { loss, grad };
}

/** Runs a batch of `labels.length` examples forward and backward. */
export function runFloat64(
  config: ModelConfig,
  weights: WeightsByName,
  inputs: ArrayLike<number>,
  labels: ArrayLike<number>,
): ReferenceRun {
  const examples = labels.length;
  const batch = Float64Array.from(inputs);
  const traces = traceForward(config, weights, batch, examples);
  const last = traces.at(-1);
  if (!last) throw new Error('runFloat64: a network has a layer. Received layers=0.');
  const { loss, grad } = crossEntropy(last.outputs, labels);
  const grads = new Map<string, Float64Array>([['input', new Float64Array(batch.length)]]);
  for (const { layer, outputs } of traces) grads.set(layer.name, new Float64Array(outputs.length));
  grads.set(last.layer.name, grad);
  const weightGrads = new Map<string, Float64Array>();
  for (const trace of traces.toReversed()) {
    const outputsGrad = grads.get(trace.layer.name) ?? new Float64Array();
    const valuesGrad = activateGrad(trace.rule, trace.values, trace.outputs, outputsGrad);
    const backward = float64Layers[trace.layer.config.type].backward;
    const layerGrads = backward(trace.layer, examples, trace.inputs, trace.weights, valuesGrad);
    trace.layer.weights.forEach(({ name }, i) => weightGrads.set(name, layerGrads.weights[i]!));
    // Added, not assigned: two layers may read the same one.
    const inputsGrad = grads.get(trace.layer.input);
    layerGrads.inputs.forEach((value, i) => (inputsGrad![i]! += value));
  }
  return {
    activations: new Map(traces.map(({ layer, outputs }) => [layer.name, outputs])),
    loss,
    weights: weightGrads,
    inputs: grads.get('input') ?? [],
  };
}
