/** Fully bound dispatches: made once, encoded as often as wanted, with nothing to look up. */
import { foldWorkgroups, isSlice, workgroupsOf, type BufferSlice, type Kernel, type PlannedTensor } from './kernel.ts';
import type { CompiledKernel } from './pipelines.ts';

export interface BoundDispatch {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly x: number;
  readonly y: number;
}

/** Binds the kernel's tensors; `place` says where the plan put a tensor. */
export function bindKernel(
  device: GPUDevice,
  kernel: Kernel,
  compiled: CompiledKernel,
  place: (tensor: PlannedTensor) => BufferSlice,
): BoundDispatch {
  const entries = compiled.bindings.map(({ name, binding }) => {
    const resource = kernel.bindings[name];
    if (!resource) throw new Error(`${kernel.label}: every binding must be given. Received ${name}=undefined.`);
    const { buffer, offset, size } = isSlice(resource) ? resource : place(resource);
    return { binding, resource: { buffer, offset, size } };
  });
  const [x, y] = foldWorkgroups(workgroupsOf(kernel));
  return {
    pipeline: compiled.pipeline,
    bindGroup: device.createBindGroup({ label: kernel.label, layout: compiled.layout, entries }),
    x,
    y,
  };
}

/** Encodes the dispatches in order into one pass. */
export function encodeDispatches(pass: GPUComputePassEncoder, dispatches: readonly BoundDispatch[]): void {
  for (const dispatch of dispatches) {
    pass.setPipeline(dispatch.pipeline);
    pass.setBindGroup(0, dispatch.bindGroup);
    pass.dispatchWorkgroups(dispatch.x, dispatch.y);
  }
}
