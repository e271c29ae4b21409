/** Whether four neighbouring invocations of this device can exchange numbers as quad.wgsl has it; tried, not believed. */
import { wholeBuffer, type Kernel } from './kernel.ts';
import { bindKernel, encodeDispatches } from './dispatch.ts';
import type { GpuMemory } from './memory.ts';
import type { PipelineCache } from './pipelines.ts';
import { readSlices } from './readback.ts';

const invocations = 256;
/** Of the kernels that use quads: on software adapters, and on others. */
const workgroupSizes = [16, 64];
/** What an invocation receives: from the lanes at these distances, then from all four in their order. */
const senders: readonly ((index: number) => number)[] = [
  ...[1, 2, 3].map((distance) => (index: number) => index ^ distance),
  ...[0, 1, 2, 3].map((lane) => (index: number) => index - (index % 4) + lane),
];

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
  const buffer = memory.storage('quad check', invocations * senders.length * 4);
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
    return received.every((number, place) => {
      const index = Math.floor(place / senders.length);
      return number === senders[place % senders.length]?.(index);
    });
  } finally {
    memory.release(buffer);
  }
}
