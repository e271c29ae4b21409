/** Resolved model → ops in order: what is fused, what becomes an op of its own, what costs nothing. */
import type { Activation, ResolvedLayer, ResolvedModel } from '../model/resolved.ts';
import { conv2dOp } from './conv2d.ts';
import { denseOp } from './dense.ts';
import { activationOp, softmaxOp } from './elementwise.ts';
import { isFusable, plainValue, type Op, type Value } from './op.ts';
import { replicatePaddingOp } from './padding2d.ts';
import { pooling2dOp } from './pooling2d.ts';

export interface LoweredModel {
  readonly input: Value;
  readonly ops: readonly Op[];
  /** What the loss reads: the last layer before its softmax. */
  readonly logits: Value;
  /** The last op, which turns logits into probabilities; training leaves it out, the loss has its own. */
  readonly output: Op;
  /** Each layer's outputs by its name. */
  readonly values: ReadonlyMap<string, Value>;
}

/** @throws when the last layer has no softmax; `resolveModel` has refused such a model before. */
export function lowerModel(model: ResolvedModel): LoweredModel {
  const input = plainValue('input', model.inputShape);
  const values = new Map<string, Value>([['input', input]]);
  const ops: Op[] = [];
  for (const layer of model.layers) {
    const source = values.get(layer.inputs[0] ?? 'input') ?? input;
    const added = lowerLayer(layer, source);
    ops.push(...added.ops);
    values.set(layer.name, added.result);
  }
  const output = ops.pop();
  if (!output || isFusable(lastActivation(model))) throw new Error('model: its last layer must have softmax.');
  return { input, ops, logits: output.source, output, values };
}

function lastActivation(model: ResolvedModel): Activation {
  const last = model.layers.at(-1);
  return last && 'activation' in last ? last.activation : { name: 'linear', negativeSlope: 0 };
}

function lowerLayer(layer: ResolvedLayer, source: Value): { ops: Op[]; result: Value } {
  switch (layer.type) {
    case 'flatten':
      // Channels last is already the order of a flat row: the same memory under another shape.
      return { ops: [], result: { ...source, shape: layer.outputShape } };
    case 'maxPooling2d':
    case 'averagePooling2d': {
      const result = plainValue(layer.name, layer.outputShape);
      return { ops: [pooling2dOp(layer, source, result)], result };
    }
    case 'activation':
      return withActivation(layer, layer.activation, (result) => activationOp(layer.name, source, result), source);
    case 'dense':
      return withActivation(layer, layer.activation, (result) => denseOp(layer, source, result));
    case 'conv2d': {
      if (layer.padMode === 'zero')
        return withActivation(layer, layer.activation, (result) => conv2dOp(layer, source, result));
      const padding = replicatePaddingOp(layer.name, layer.window, source);
      const rest = withActivation(layer, layer.activation, (result) => conv2dOp(layer, padding.result, result));
      return { ops: [padding, ...rest.ops], result: rest.result };
    }
  }
}

/** The op with its activation fused, or followed by a softmax, which reads `alone` when it is a layer of its own. */
function withActivation(
  layer: ResolvedLayer,
  activation: Activation,
  opFor: (result: Value) => Op,
  alone?: Value,
): { ops: Op[]; result: Value } {
  if (isFusable(activation)) {
    const result: Value = { id: layer.name, shape: layer.outputShape, activation };
    return { ops: [opFor(result)], result };
  }
  const sums = alone ?? plainValue(`${layer.name}/logits`, layer.outputShape);
  const result = plainValue(layer.name, layer.outputShape);
  const softmax = softmaxOp(layer.name, sums, result);
  return { ops: alone ? [softmax] : [opFor(sums), softmax], result };
}
