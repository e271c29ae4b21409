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
}

export function isSlice(resource: PlannedTensor | BufferSlice): resource is BufferSlice {
  return 'buffer' in resource;
}

/** Workgroups one dimension of a dispatch can have, by WebGPU's default limits. */
export const maxWorkgroupsPerDimension = 65535;

/** `[x, y]` with x·y ≥ the workgroups wanted, folded where one dimension does not hold them; kernels check bounds. */
export function foldWorkgroups(workgroups: number): readonly [x: number, y: number] {
  if (workgroups <= maxWorkgroupsPerDimension) return [workgroups, 1];
  const y = Math.ceil(workgroups / maxWorkgroupsPerDimension);
  return [Math.ceil(workgroups / y), y];
}
