/** What a layer asks of the GPU: one dispatch, with its shader, constants and tensors by name. Plain data. */
import type { Element } from './half.ts';
import type { ShaderConstants } from './wgsl/specialise.ts';

/** A part of a buffer; `offset` is a multiple of 256. Both in bytes. */
export interface BufferSlice {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly size: number;
}

/** The buffer from its first byte to its last. */
export function wholeBuffer(buffer: GPUBuffer): BufferSlice {
  return { buffer, offset: 0, size: buffer.size };
}

/** A tensor whose memory the plan decides on; what is never needed at the same time may share it. */
export interface PlannedTensor {
  readonly label: string;
  readonly sizeBytes: number;
}

export interface Kernel {
  readonly label: string;
  /** File under `shaders/`, without `.wgsl`. */
  readonly shader: string;
  readonly entryPoint: string;
  readonly constants: ShaderConstants;
  readonly bindings: Readonly<Record<string, PlannedTensor | BufferSlice>>;
  /** Invocations wanted; the grid is rounded up to whole workgroups. */
  readonly invocations: number;
  readonly workgroupSize: number;
  /** The shader's `element`; float32 when not given. */
  readonly element?: Element;
  /** Four neighbouring invocations exchange what they have loaded (quad.wgsl); needs the device's `subgroups`. */
  readonly usesQuads?: boolean;
  /** There where the same numbers can be computed in other ways. */
  readonly tuning?: KernelTuning;
  /** The kernels that run in this one dispatch, a range of workgroups each; it then has no shader of its own. */
  readonly parts?: readonly KernelPart[];
}

/** A kernel among others in one dispatch. */
export interface KernelPart {
  readonly kernel: Kernel;
  /** The names of its bindings among those of the dispatch. */
  readonly names: Readonly<Record<string, string>>;
}

/** The ways to compute what a kernel computes. All read and write the same bindings; sums may be added in other orders. */
export interface KernelTuning {
  /** The same for kernels that do the same work on the same shapes, whatever network they belong to. */
  readonly key: string;
  /** The name of the way this kernel goes. */
  readonly choice: string;
  /** All ways, the default one first; made when they are asked for. */
  candidates(): readonly KernelCandidate[];
}

export interface KernelCandidate {
  readonly choice: string;
  readonly kernel: Kernel;
}

export function isSlice(resource: PlannedTensor | BufferSlice): resource is BufferSlice {
  return 'buffer' in resource;
}

/** Workgroups the kernel is dispatched with. */
export function workgroupsOf({ invocations, workgroupSize }: Kernel): number {
  return Math.ceil(invocations / workgroupSize);
}

/** Workgroups one dimension of a dispatch can have, by WebGPU's default limits. */
export const maxWorkgroupsPerDimension = 65535;

/** `[x, y]` with x·y ≥ the workgroups wanted, folded where one dimension does not hold them; kernels check bounds. */
export function foldWorkgroups(workgroups: number): readonly [x: number, y: number] {
  if (workgroups <= maxWorkgroupsPerDimension) return [workgroups, 1];
  const y = Math.ceil(workgroups / maxWorkgroupsPerDimension);
  return [Math.ceil(workgroups / y), y];
}
