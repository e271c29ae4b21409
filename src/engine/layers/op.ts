/** What every layer file gives the plan: kernels for its passes, and what it takes to make them. */
import type { BufferSlice, Kernel, PlannedTensor } from '../gpu/kernel.ts';
import type { Activation, Shape } from '../model/resolved.ts';

/** A tensor between layers. Its gradient is by the sums before `activation`, which was fused into its producer. */
export interface Value {
  readonly id: string;
  readonly shape: Shape;
  readonly activation: Activation;
}

/** What the numbers of a kernel's tile are chosen for. */
export interface Target {
  /** Examples in the pass. */
  readonly batchSize: number;
  /** Examples the tiles are chosen for: the training batch, so that a pass of one example shares its pipelines. */
  readonly tunedBatchSize: number;
  /** An adapter that computes on the CPU: few threads, cheap registers, dear loads. */
  readonly isSoftware: boolean;
}

/** The memory an op's kernels are bound to, in one pass. */
export interface OpMemory {
  readonly target: Target;
  /** The uniform that holds the batch size. */
  readonly batch: BufferSlice;
  readonly inputs: PlannedTensor;
  readonly outputs: PlannedTensor;
  /** A tensor of the op's own that its backward pass reads again; the same one for the same label. */
  scratch(label: string, cellsPerExample: number): PlannedTensor;
  weight(name: string): BufferSlice;
}

export interface BackwardMemory extends OpMemory {
  readonly outputsGrad: PlannedTensor;
  readonly inputsGrad: PlannedTensor;
  /** The section of the gradient's parts that belongs to a weight, and the numbers between two parts. */
  gradParts(name: string): { readonly slice: BufferSlice; readonly stride: number };
}

export interface Op {
  /** The layer it belongs to. */
  readonly layer: string;
  readonly source: Value;
  readonly result: Value;
  forward(memory: OpMemory): readonly Kernel[];
  /** Absent for layers without weights. */
  readonly weightGradient?: {
    /** In how many parts the batch is summed. */
    parts(target: Target): number;
    kernels(memory: BackwardMemory): readonly Kernel[];
  };
  inputGradient(memory: BackwardMemory): readonly Kernel[];
}

/** Numbers in one example of the value. */
export function cellsOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

const linearActivation: Activation = { name: 'linear', negativeSlope: 0 };

/** A value nothing is fused into. */
export function plainValue(id: string, shape: Shape): Value {
  return { id, shape, activation: linearActivation };
}

const activationCodes = { linear: 0, relu: 1, leakyRelu: 2, sigmoid: 3, tanh: 4 } as const;

/** True for activations whose derivative activation.wgsl writes with the output; softmax mixes a row and is an op. */
export function isFusable(activation: Activation): boolean {
  return activation.name !== 'softmax';
}

/** The constants of activation.wgsl. */
export function activationConstants(activation: Activation) {
  if (activation.name === 'softmax')
    throw new Error('activation: softmax cannot be fused. Received activation=softmax.');
  return { activation: activationCodes[activation.name], negativeSlope: activation.negativeSlope };
}

/** Invocations per workgroup: software adapters share work out by workgroups, so theirs are small. */
export function workgroupSizeFor(target: Target): number {
  return target.isSoftware ? 16 : 64;
}
