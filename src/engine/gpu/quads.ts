/** Whether four neighbouring invocations of this device can exchange numbers as quad.wgsl has it; tried, not believed. */
import { wholeBuffer, type Kernel } from './kernel.ts';
import { bindKernel, encodeDispatches } from './dispatch.ts';
import type { GpuMemory } from './memory.ts';
import type { PipelineCache } from './pipelines.ts';
import { readSlices } from './readback.ts';

const invocations = 256;
/** Of the kernels that use quads: on software adapters, and on others. */
const workgroupSizes = [16, 64];
const exchanges = [1, 2, 3];

/** True when every invocation receives what its three neighbours sent, in every size of workgroup that kernels have. */
export async function hasWorkingQuads(
  device: GPUDevice,
  memory: GpuMemory,
  pipelines: PipelineCache,
): Promise<boolean> {
  if (!device.features.has('subgroups')) return false;
  const answers = workgroupSizes.map((size) => areQuadsInRow(device, memory, pipelines, size));
  // A device that fails here fails again where somebody is told of it.
  return Promise.all(answers).then(
    (found) => !found.includes(false),
    () => false,
  );
}

async function areQuadsInRow(
  device: GPUDevice,
  memory: GpuMemory,
  pipelines: PipelineCache,
  workgroupSize: number,
): Promise<boolean> {
  const buffer = memory.storage('quad check', invocations * exchanges.length * 4);
  const kernel: Kernel = {
    ...{ label: 'quad check', shader: 'quad-check', entryPoint: 'exchange', constants: {}, usesQuads: true },
    ...{ bindings: { received: wholeBuffer(buffer) }, invocations, workgroupSize },
  };
  try {
    const compiled = await pipelines.compile(kernel);
    const bound = bindKernel(device, kernel, compiled, () => wholeBuffer(buffer));
    const encoder = device.createCommandEncoder({ label: kernel.label });
    const pass = encoder.beginComputePass({ label: kernel.label });
    encodeDispatches(pass, [bound]);
    pass.end();
    device.queue.submit([encoder.finish()]);
    const [bytes = new ArrayBuffer(0)] = await readSlices(device, memory, [wholeBuffer(buffer)]);
    const received = new Float32Array(bytes);
    return exchanges.every((distance, place) =>
      Array.from(
        { length: invocations },
        (_, index) => received[index * exchanges.length + place] === (index ^ distance),
      ).every(Boolean),
    );
  } finally {
    memory.release(buffer);
  }
}
