/** What every layer file gives the plan: kernels for its passes, and what it takes to make them. */
import type { Element } from '../gpu/half.ts';
import type { BufferSlice, Kernel, PlannedTensor } from '../gpu/kernel.ts';
import type { Activation, Shape } from '../model/resolved.ts';

/** A tensor between layers. Its gradient is by the sums before `activation`, which was fused into its producer. */
export interface Value {
  readonly id: string;
  readonly shape: Shape;
  readonly activation: Activation;
  /** Set where its producer has pooled it: its gradient is by the sums of all cells of the windows. */
  readonly pooling?: FusedPooling;
}

/** Max pooling by whole windows, side by side. */
export interface Pooling {
  readonly poolHeight: number;
  readonly poolWidth: number;
}

/** A pooling that the value's producer has done. */
export interface FusedPooling extends Pooling {
  /** Words of `winners` for one example. */
  readonly winnerWords: number;
}

/** What the numbers of a kernel's tile are chosen for. */
export interface Target {
  /** Examples in the pass. */
  readonly batchSize: number;
  /** Examples the tiles are chosen for: the training batch, so that a pass of one example shares its pipelines. */
  readonly tunedBatchSize: number;
  /** The type of activations and products. */
  readonly element: Element;
  /** An adapter that computes on the CPU: few threads, cheap registers, dear loads. */
  readonly isSoftware: boolean;
  /** Four neighbouring invocations can exchange numbers (quad.wgsl). */
  readonly hasQuads: boolean;
  /** The ways chosen for kernels that can go several, by `KernelTuning.key`; the default way where nothing is chosen. */
  readonly choices: ReadonlyMap<string, string>;
}

/** Some layers compute something else while the network learns: dropout, batch normalization. */
export type Mode = 'training' | 'inference';

/** The memory an op's kernels are bound to, in one pass. */
export interface OpMemory {
  readonly target: Target;
  readonly mode: Mode;
  /** The uniform that holds the batch size. */
  readonly batch: BufferSlice;
  /** Where the pass stands (step-state.wgsl): how many of the batch's examples count, which step it is. */
  readonly state: BufferSlice;
  /** The first source. */
  readonly inputs: PlannedTensor;
  /** Source `index`. */
  input(index: number): PlannedTensor;
  readonly outputs: PlannedTensor;
  /** Where the result is pooled: the places of the winners in their windows, one byte each, four channels to a word. */
  readonly winners: PlannedTensor | undefined;
  /** A 32-bit tensor of the op's own that its backward pass reads again; the same one for the same label. */
  scratch(label: string, cellsPerExample: number): PlannedTensor;
  /** As `scratch`, but of so many numbers whatever the batch. */
  table(label: string, numbers: number): PlannedTensor;
  /** A weight to be multiplied with, of the shader's `element`. */
  weight(name: string): BufferSlice;
  /** A weight in float32: biases, statistics, everything that is added. */
  master(name: string): BufferSlice;
}

export interface BackwardMemory extends OpMemory {
  /** By the sums before the result's activation. */
  readonly outputsGrad: PlannedTensor;
}

export interface InputGradientMemory extends BackwardMemory {
  /** Gradient by source `index`, to be written whole. */
  readonly inputsGrad: PlannedTensor;
  /** What to undo in it: `inputsGrad = … · activationGrad(input)`; linear where somebody else does. */
  readonly inputActivation: Activation;
  /** The pooling to undo in it, given only to ops that say `unpoolsGradient`. */
  readonly inputPooling?: Pooling & { readonly winners: PlannedTensor };
}

export interface WeightGradientMemory extends BackwardMemory {
  /** The section of the gradient's parts that belongs to a weight, and the numbers between two parts. */
  gradParts(name: string): { readonly slice: BufferSlice; readonly stride: number };
}

export interface Op {
  /** The layer it belongs to. */
  readonly layer: string;
  readonly sources: readonly Value[];
  readonly result: Value;
  /** True when training computes something else than inference. */
  readonly isModeDependent?: boolean;
  /** True when every source's gradient is `outputsGrad` as it is; `inputGradient` is then never called. */
  readonly passesGradient?: boolean;
  /** True when `inputGradient` never undoes the source's activation; the pass then does it afterwards. */
  readonly leavesActivation?: boolean;
  /** True when `inputGradient` can give a pooled source's gradient back to the winners; the pass does it for others. */
  readonly unpoolsGradient?: boolean;
  /** Of a max pooling by whole windows. */
  readonly pooling?: Pooling;
  /** This op with such a pooling behind it, in one. */
  withPooling?(result: Value, pooling: Pooling): Op;
  forward(memory: OpMemory): readonly Kernel[];
  /** What a training step changes besides the weights: moving statistics. */
  updateState?(memory: OpMemory): readonly Kernel[];
  /** Runs before both gradients, for what they share. */
  reduceGradient?(memory: BackwardMemory): readonly Kernel[];
  /** Absent for ops without weights. */
  readonly weightGradient?: {
    /** The weights whose gradients it writes. */
    readonly names: readonly string[];
    /** In how many parts the batch is summed. */
    parts(target: Target): number;
    kernels(memory: WeightGradientMemory): readonly Kernel[];
  };
  inputGradient(memory: InputGradientMemory, index: number): readonly Kernel[];
}

/** Words of `winners` for one example of a pooled value `[rows, columns, channels]`. */
export function winnerWords([rows = 1, columns = 1, channels = 1]: Shape): number {
  return rows * columns * Math.ceil(channels / 4);
}

/** Nothing. */
export const linearActivation: Activation = { name: 'linear', negativeSlope: 0 };

/** A value nothing is fused into. */
export function plainValue(id: string, shape: Shape): Value {
  return { id, shape, activation: linearActivation };
}

const activationCodes = {
  linear: 0,
  relu: 1,
  leakyRelu: 2,
  sigmoid: 3,
  tanh: 4,
  elu: 5,
  selu: 6,
  softplus: 7,
  gelu: 8,
  silu: 9,
} as const;

/**
 * True for activations whose derivative activation.wgsl writes with the output. gelu and silu are not monotone, so their
 * inputs must be kept; softmax mixes a row: these are ops of their own.
 */
export function isFusable(activation: Activation): boolean {
  return !['softmax', 'gelu', 'silu'].includes(activation.name);
}

/** The constants of activation.wgsl. */
export function activationConstants(activation: Activation) {
  if (activation.name === 'softmax')
    throw new Error('activation: softmax cannot be fused. Received activation=softmax.');
  return { activation: activationCodes[activation.name], negativeSlope: activation.negativeSlope };
}

/** The constants of shaders that give a gradient back to the winners. */
export function unpoolingConstants(pooling: Pooling | undefined) {
  return pooling ? { inputPoolHeight: pooling.poolHeight, inputPoolWidth: pooling.poolWidth } : {};
}

/** Invocations per workgroup: software adapters share work out by workgroups, so theirs are small. */
export function workgroupSizeFor(target: Target): number {
  return target.isSoftware ? 16 : 64;
}
