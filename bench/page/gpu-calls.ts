/** Counts what a step asks of WebGPU and WebGL, by listening to the platform's classes while nothing is timed. */
import type { StepCalls } from '../results-file.ts';
import { listen } from './wrap.ts';

type Counter = keyof StepCalls;

/** Only classes that the browser has; a browser without WebGL has no draws. */
function watched(): readonly (readonly [owner: object, name: string, counter: Counter])[] {
  const device = GPUDevice.prototype;
  const queue = GPUQueue.prototype;
  const pass = GPUComputePassEncoder.prototype;
  const gl = WebGL2RenderingContext.prototype;
  return [
    [pass, 'dispatchWorkgroups', 'dispatches'],
    [pass, 'dispatchWorkgroupsIndirect', 'dispatches'],
    [queue, 'submit', 'submits'],
    [queue, 'writeBuffer', 'writeBuffers'],
    [device, 'createBuffer', 'buffers'],
    [device, 'createBindGroup', 'bindGroups'],
    [device, 'createComputePipeline', 'pipelines'],
    [device, 'createComputePipelineAsync', 'pipelines'],
    [gl, 'drawArrays', 'draws'],
    [gl, 'drawElements', 'draws'],
  ];
}

const none: StepCalls = {
  dispatches: 0,
  submits: 0,
  buffers: 0,
  bindGroups: 0,
  pipelines: 0,
  writeBuffers: 0,
  draws: 0,
};

/** The calls that `work` makes. */
export async function countCalls(work: () => Promise<unknown>): Promise<StepCalls> {
  const counts: Record<Counter, number> = { ...none };
  const stops = watched().map(([owner, name, counter]) => listen(owner, name, () => (counts[counter] += 1)));
  try {
    await work();
  } finally {
    for (const stop of stops) stop();
  }
  return counts;
}

/** The calls of each of `steps` steps that `often` has and `once` has not. */
export function perStep(once: StepCalls, often: StepCalls, steps: number): StepCalls {
  const mean = (counter: Counter) => Math.max(0, often[counter] - once[counter]) / steps;
  return {
    dispatches: mean('dispatches'),
    submits: mean('submits'),
    buffers: mean('buffers'),
    bindGroups: mean('bindGroups'),
    pipelines: mean('pipelines'),
    writeBuffers: mean('writeBuffers'),
    draws: mean('draws'),
  };
}
