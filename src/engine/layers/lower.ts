/** Resolved model → ops in order: what is fused, what becomes an op of its own, what costs nothing. */
import type { Activation, Regularizer, ResolvedLayer, ResolvedModel } from '../model/resolved.ts';
import { addOps } from './add.ts';
import { batchNormalizationOp } from './batch-normalization.ts';
import { concatenateOp } from './concatenate.ts';
import { conv2dTransposeOp } from './conv2d-transpose.ts';
import { conv2dOp } from './conv2d.ts';
import { denseOp } from './dense.ts';
import { depthwiseConv2dOp, separableDepthwiseOp, separablePointwiseOp } from './depthwise-conv2d.ts';
import { dropoutOp } from './dropout.ts';
import { activationOp, pointActivationOp, softmaxOp } from './elementwise.ts';
import { globalPooling2dOp } from './global-pooling2d.ts';
import { layerNormalizationOp } from './layer-normalization.ts';
import { fusablePoolings, fusePooling } from './fuse-pooling.ts';
import { isFusable, plainValue, type Op, type Value } from './op.ts';
import { padding2dOp, replicatePaddingOp } from './padding2d.ts';
import { pooling2dOp } from './pooling2d.ts';
import { upSampling2dOp } from './up-sampling2d.ts';

export interface LoweredModel {
  readonly input: Value;
  /** All but `softmax`. */
  readonly ops: readonly Op[];
  /** The last layer's softmax, when the loss takes the logits before it: training then leaves it out. */
  readonly softmax?: Op;
  /** What the loss reads: logits when it has a softmax of its own, else the model's outputs. */
  readonly head: Value;
  readonly output: Value;
  /** Layers whose activity adds to the loss. */
  readonly penalties: readonly { readonly value: Value; readonly regularizer: Regularizer }[];
  /** Each layer's outputs by its name. */
  readonly values: ReadonlyMap<string, Value>;
  /** True when training computes something else than inference. */
  readonly isModeDependent: boolean;
}

/** What a layer becomes. */
export interface Lowered {
  readonly ops: readonly Op[];
  readonly result: Value;
}

/** As `lowerModel`, the shortest way: convolutions pool what they write, and what is pooled cannot be looked at. */
export function lowerForTraining(model: ResolvedModel, fusesSoftmax: boolean): LoweredModel {
  return lowerModel(model, fusesSoftmax, fusablePoolings(lowerModel(model, fusesSoftmax)));
}

/**
 * @param fusesSoftmax the loss takes logits, so that the last layer's softmax is left to it.
 * @param fusedPoolings layers that become part of the convolution before them.
 * @throws when there is no such softmax; `resolveModel` has refused such a model before.
 */
export function lowerModel(
  model: ResolvedModel,
  fusesSoftmax: boolean,
  fusedPoolings: ReadonlySet<string> = new Set(),
): LoweredModel {
  const input = plainValue('input', model.inputShape);
  const values = new Map<string, Value>([['input', input]]);
  let ops: readonly Op[] = [];
  const penalties: { value: Value; regularizer: Regularizer }[] = [];
  let output = input;
  model.layers.forEach((layer, index) => {
    const sources = layer.inputs.map((name) => values.get(name) ?? input);
    const added = lowerLayer(layer, sources, index);
    const [pool] = added.ops;
    const lowered =
      pool && fusedPoolings.has(layer.name)
        ? fusePooling(ops, pool)
        : { ops: [...ops, ...added.ops], result: added.result };
    ops = lowered.ops;
    output = lowered.result;
    values.set(layer.name, output);
    if ('activityRegularizer' in layer) penalties.push({ value: output, regularizer: layer.activityRegularizer });
  });
  const isModeDependent = ops.some((op) => op.isModeDependent);
  const common = { input, output, penalties, values, isModeDependent };
  if (!fusesSoftmax) return { ...common, ops, head: output };
  const last = model.layers.at(-1);
  const isSoftmax = last !== undefined && 'activation' in last && last.activation.name === 'softmax';
  const softmax = isSoftmax ? ops.at(-1) : undefined;
  const head = softmax?.sources[0];
  if (!softmax || !head) throw new Error('model: its last layer must have softmax.');
  return { ...common, ops: ops.slice(0, -1), softmax, head };
}

/** @param index the layer's place in the model, by which its random numbers are told from others'. */
function lowerLayer(layer: ResolvedLayer, sources: readonly Value[], index: number): Lowered {
  const [source] = sources;
  if (!source) throw new Error(`${layer.name}: must read something.`);
  const plain = (opFor: (result: Value) => Op): Lowered => {
    const result = plainValue(layer.name, layer.outputShape);
    return { ops: [opFor(result)], result };
  };
  switch (layer.type) {
    case 'flatten':
    case 'reshape':
      // Channels last is already the order of a flat row: the same memory under another shape.
      return { ops: [], result: { ...source, shape: layer.outputShape } };
    case 'maxPooling2d':
    case 'averagePooling2d':
      return plain((result) => pooling2dOp(layer, source, result));
    case 'globalAveragePooling2d':
    case 'globalMaxPooling2d':
      return plain((result) => globalPooling2dOp(layer, source, result));
    case 'zeroPadding2d':
    case 'padding2d':
      return plain((result) => padding2dOp(layer, source, result));
    case 'upSampling2d':
      return plain((result) => upSampling2dOp(layer, source, result));
    case 'concatenate':
      return plain((result) => concatenateOp(layer, sources, result));
    case 'add': {
      const result = plainValue(layer.name, layer.outputShape);
      return { ops: addOps(layer.name, sources, result), result };
    }
    case 'dropout':
    case 'spatialDropout2d':
      return plain((result) => dropoutOp(layer, index, source, result));
    case 'batchNormalization':
      return plain((result) => batchNormalizationOp(layer, source, result));
    case 'layerNormalization':
      return plain((result) => layerNormalizationOp(layer, source, result));
    case 'activation':
      return lowerActivation(layer.name, layer.activation, source);
    case 'dense':
      return withActivation(layer, (result) => denseOp(layer, source, result));
    case 'conv2d':
      return padded(layer, source, (from) => withActivation(layer, (result) => conv2dOp(layer, from, result)));
    case 'depthwiseConv2d':
      return padded(layer, source, (from) => withActivation(layer, (result) => depthwiseConv2dOp(layer, from, result)));
    case 'separableConv2d':
      return padded(layer, source, (from) => {
        const depthwise = separableDepthwiseOp(layer, from);
        const pointwise = withActivation(layer, (result) => separablePointwiseOp(layer, depthwise.result, result));
        return { ops: [depthwise, ...pointwise.ops], result: pointwise.result };
      });
    case 'conv2dTranspose':
      return withActivation(layer, (result) => conv2dTransposeOp(layer, source, result));
  }
}

/** A convolution with the op before it that pads by replication, if it wants one. */
function padded(
  layer: Extract<ResolvedLayer, { padMode: string }>,
  source: Value,
  lower: (source: Value) => Lowered,
): Lowered {
  if (layer.padMode === 'zero') return lower(source);
  const padding = replicatePaddingOp(layer.name, layer.window, source);
  const { ops, result } = lower(padding.result);
  return { ops: [padding, ...ops], result };
}

/** The op with its activation fused, or followed by it as an op of its own. */
function withActivation(
  layer: Extract<ResolvedLayer, { activation: Activation }>,
  opFor: (result: Value) => Op,
): Lowered {
  const { name, outputShape, activation } = layer;
  if (isFusable(activation)) {
    const result: Value = { id: name, shape: outputShape, activation };
    return { ops: [opFor(result)], result };
  }
  const sums = plainValue(`${name}/${activation.name === 'softmax' ? 'logits' : 'sums'}`, outputShape);
  const { ops, result } = lowerActivation(name, activation, sums);
  return { ops: [opFor(sums), ...ops], result };
}

function lowerActivation(name: string, activation: Activation, source: Value): Lowered {
  const plain = plainValue(name, source.shape);
  if (activation.name === 'softmax') return { ops: [softmaxOp(name, source, plain)], result: plain };
  if (!isFusable(activation)) return { ops: [pointActivationOp(name, activation, source, plain)], result: plain };
  const result: Value = { ...plain, activation };
  return { ops: [activationOp(name, source, result)], result };
}
