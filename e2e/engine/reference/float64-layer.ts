/** What every float64 layer gives: its outputs, and how to go back. Knows no particular layer. */
import type { ReferenceLayer } from './reference-plan.ts';

/** True where a number (for spatial dropout: a channel) survives dropout. */
export type KeepMask = (layerName: string, example: number, cell: number) => boolean;

/** What a layer is computed from. */
export interface LayerCall {
  readonly layer: ReferenceLayer;
  readonly examples: number;
  /** One per source, the batch first. */
  readonly inputs: readonly Float64Array[];
  /** By role: `kernel`, `moving_mean`. */
  readonly weights: ReadonlyMap<string, Float64Array>;
  readonly isTraining: boolean;
  readonly keep: KeepMask;
}

export interface LayerGradients {
  /** One per source. */
  readonly inputs: readonly Float64Array[];
  /** By role. */
  readonly weights?: ReadonlyMap<string, Float64Array>;
}

export interface LayerResult {
  /** Before the activation. */
  readonly outputs: Float64Array;
  /** The gradients by the inputs and the weights, from that by `outputs`. */
  backward(outputsGrad: Float64Array): LayerGradients;
  /** By role, what a training step makes of the moving statistics. */
  readonly statistics?: ReadonlyMap<string, Float64Array>;
}

export type Float64Layer = (call: LayerCall) => LayerResult;

/** The only source. */
export function inputOf({ layer, inputs: [first] }: LayerCall): Float64Array {
  if (!first) throw new Error(`${layer.name}: reads something. Received inputs=[].`);
  return first;
}

/** A weight the layer must have. */
export function weightOf({ layer, weights }: LayerCall, role: string): Float64Array {
  const weight = weights.get(role);
  if (!weight) throw new Error(`${layer.name}: has a weight ${role}. Received weights=${[...weights.keys()].join()}.`);
  return weight;
}

/** The settings of a layer of one of `types`. */
export function configOf<Type extends ReferenceLayer['config']['type']>(
  { layer: { name, config } }: LayerCall,
  ...types: readonly Type[]
): Extract<ReferenceLayer['config'], { readonly type: Type }> {
  const isOne = (given: ReferenceLayer['config']): given is Extract<typeof config, { readonly type: Type }> =>
    types.some((type) => type === given.type);
  if (!isOne(config)) throw new Error(`${name}: is one of ${types.join()}. Received type=${config.type}.`);
  return config;
}

/** Adds `bias` (if there is one) to every row of `sums`. */
export function addBias(sums: Float64Array, bias: Float64Array | undefined): Float64Array {
  return bias ? sums.map((sum, i) => sum + bias[i % bias.length]!) : sums;
}

/** What is the same in every row is summed over all of them. */
export function sumOfRows(rows: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(width);
  rows.forEach((value, i) => (sums[i % width]! += value));
  return sums;
}

/** The gradients by the kernels that are given, and by the bias of a layer that has one. */
export function withBiasGradient(
  { weights }: LayerCall,
  outputsGrad: Float64Array,
  kernels: readonly (readonly [role: string, grad: Float64Array])[],
): ReadonlyMap<string, Float64Array> {
  const bias = weights.get('bias');
  return new Map(bias ? [...kernels, ['bias', sumOfRows(outputsGrad, bias.length)] as const] : kernels);
}
