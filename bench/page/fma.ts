/** How many multiply-adds the GPU does in a minute like this one: a loop that touches nothing but registers. */
import type { AdapterFacts } from '../results-file.ts';

const chains = 12;
const unrolled = 8;
const threads = 64;
const groups = 256;
const longEnoughMs = 60;

/** Chains do not wait for each other; `seed` keeps a compiler from working them out. */
function shaderText(): string {
  const names = Array.from({ length: chains }, (_, index) => `a${index}`);
  const step = names.map((name) => `    ${name} = ${name} * factor + ${name};`).join('\n');
  return `
@group(0) @binding(0) var<storage, read_write> result: array<f32>;
override turns: u32;

@compute @workgroup_size(${threads})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let seed = f32(id.x) * 1e-9 + result[id.x] * 1e-30;
  let factor = seed * 1e-6;
${names.map((name, index) => `  var ${name} = seed + ${index}.5;`).join('\n')}
  for (var turn = 0u; turn < turns; turn++) {
${Array.from({ length: unrolled }, () => step).join('\n')}
  }
  result[id.x] = ${names.join(' + ')};
}`;
}

/** One dispatch with `turns` of the loop, fenced by a mapped read of its result, in ms. */
async function timeTurns(device: GPUDevice, module: GPUShaderModule, turns: number): Promise<number> {
  const size = threads * groups * 4;
  const result = device.createBuffer({ size, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC });
  const fence = device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  const compute = { module, entryPoint: 'main', constants: { turns } };
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute });
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 0, resource: { buffer: result } }],
  });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(groups);
  pass.end();
  encoder.copyBufferToBuffer(result, 0, fence, 0, 4);
  const startMs = performance.now();
  device.queue.submit([encoder.finish()]);
  await fence.mapAsync(GPUMapMode.READ);
  const elapsedMs = performance.now() - startMs;
  result.destroy();
  fence.destroy();
  return elapsedMs;
}

interface FmaLoop {
  readonly adapter: GPUAdapter;
  /** GFLOP/s, the best of three. */
  measure(): Promise<number>;
}

/** A device of the benchmark's own, and a loop long enough to be timed on it. */
async function openLoop(): Promise<FmaLoop> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('benchmark: the browser gives a WebGPU adapter. Received adapter=null.');
  const device = await adapter.requestDevice();
  const module = device.createShaderModule({ code: shaderText() });
  let turns = 64;
  while ((await timeTurns(device, module, turns)) < longEnoughMs) turns *= 2;
  const flops = turns * unrolled * chains * 2 * threads * groups;
  return {
    adapter,
    measure: async () => {
      const times = [];
      for (let time = 0; time < 3; time++) times.push(await timeTurns(device, module, turns));
      return flops / Math.min(...times) / 1e6;
    },
  };
}

let loop: Promise<FmaLoop> | undefined;
const theLoop = (): Promise<FmaLoop> => (loop ??= openLoop());

/** GFLOP/s at this moment. */
export async function measureFma(): Promise<number> {
  return (await theLoop()).measure();
}

/** What the adapter says of itself. */
export async function adapterFacts(): Promise<AdapterFacts> {
  const { info, features } = (await theLoop()).adapter;
  const { vendor, architecture, device, description } = info;
  return { vendor, architecture, device, description, features: [...features].sort() };
}
