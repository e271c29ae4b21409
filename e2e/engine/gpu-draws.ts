/** Runs shaders on their own, on the page's device: random words, and a batch of moved images. Knows no engine. */
import { bindKernel, encodeDispatches } from '../../src/engine/gpu/dispatch.ts';
import { PipelineCache } from '../../src/engine/gpu/pipelines.ts';
import { shaderSource } from '../../src/engine/gpu/shader-sources.ts';
import { specialise } from '../../src/engine/gpu/wgsl/specialise.ts';
import type { Target } from '../../src/engine/layers/op.ts';
import { stepStateBytes } from '../../src/engine/training/step-state.ts';
import { augmentationKernel, type ResolvedAugmentation } from '../../src/engine/training/augmentation.ts';

type Words = Uint32Array<ArrayBuffer>;

/** A buffer with the words given, its size at least `sizeBytes`. */
function bufferOf(device: GPUDevice, words: Words | Int32Array<ArrayBuffer>, usage: number, sizeBytes = 16): GPUBuffer {
  const size = Math.max(sizeBytes, Math.ceil(words.byteLength / 16) * 16);
  const buffer = device.createBuffer({ size, usage: usage | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC });
  device.queue.writeBuffer(buffer, 0, words);
  return buffer;
}

/** What `encode` leaves in `result`. */
async function run(
  device: GPUDevice,
  result: GPUBuffer,
  encode: (pass: GPUComputePassEncoder) => void,
): Promise<ArrayBuffer> {
  const staging = device.createBuffer({ size: result.size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  encode(pass);
  pass.end();
  encoder.copyBufferToBuffer(result, 0, staging, 0, result.size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const copy = staging.getMappedRange().slice(0);
  staging.destroy();
  return copy;
}

const drawEntry = `
@group(0) @binding(0) var<storage, read> counters: array<vec4u>;
@group(0) @binding(1) var<storage, read_write> words: array<vec4u>;
@compute @workgroup_size(16)
fn draw(@builtin(global_invocation_id) id: vec3u) {
  words[id.x] = philox(counters[2u * id.x], counters[2u * id.x + 1u].xy);
}`;

/** The four words of random.wgsl for each eight given: a counter of four, a key of two, two unused. */
export async function philoxWords(device: GPUDevice, counters: Words): Promise<Words> {
  const count = counters.length / 8;
  const code = specialise(`${shaderSource('random')}${drawEntry}`, 'draw', {});
  const compute = { module: device.createShaderModule({ code }), entryPoint: 'draw' };
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute });
  const source = bufferOf(device, counters, GPUBufferUsage.STORAGE);
  const result = bufferOf(device, new Uint32Array(count * 4), GPUBufferUsage.STORAGE);
  const entries = [source, result].map((buffer, binding) => ({ binding, resource: { buffer } }));
  const bindGroup = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  const bytes = await run(device, result, (pass) => {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(Math.ceil(count / 16));
  });
  for (const buffer of [source, result]) buffer.destroy();
  return new Uint32Array(bytes).slice(0, count * 4);
}

/** A batch to be moved. */
export interface BatchToMove {
  /** Bytes of the whole data set. */
  readonly images: Uint8Array<ArrayBuffer>;
  /** `[height, width, channels]`. */
  readonly shape: readonly [number, number, number];
  readonly batchSize: number;
  readonly examples: number;
  readonly seed: number;
  readonly step: number;
  readonly stepInEpoch: number;
  readonly permutation?: Words;
  readonly isSoftware?: boolean;
}

/** `StepState` that begins with these words. */
function stateOf(...words: readonly number[]): Words {
  const state = new Uint32Array(stepStateBytes / 4);
  state.set(words);
  return state;
}

/** What stands in the batch before it is moved: places past the last example must keep it. */
export const untouched = 7;

/** The batch's inputs, `[batchSize, …shape]`, after augmentation.wgsl has run. */
export async function movedBatch(
  device: GPUDevice,
  augmentation: ResolvedAugmentation,
  { images, shape, batchSize, examples, seed, step, stepInEpoch, permutation, isSoftware = true }: BatchToMove,
): Promise<Float32Array> {
  const cells = shape[0] * shape[1] * shape[2];
  const bytes = new Uint8Array(Math.ceil(images.length / 4) * 4);
  bytes.set(images);
  const storage = (words: Words) => bufferOf(device, words, GPUBufferUsage.STORAGE);
  const buffers = {
    batch: bufferOf(device, Int32Array.of(batchSize), GPUBufferUsage.UNIFORM),
    images: storage(new Uint32Array(bytes.buffer)),
    state: storage(stateOf(stepInEpoch, examples, step, seed)),
    inputs: storage(new Uint32Array(new Float32Array(batchSize * cells).fill(untouched).buffer)),
    permutation: storage(permutation ?? Uint32Array.of(0)),
  };
  const slice = (buffer: GPUBuffer) => ({ buffer, offset: 0, size: buffer.size });
  const inputs = { label: 'inputs', sizeBytes: buffers.inputs.size };
  const target: Target = {
    ...{ batchSize, tunedBatchSize: batchSize, element: 'f32', isSoftware },
    ...{ hasQuads: false, choices: new Map() },
  };
  const kernel = augmentationKernel(augmentation, shape, target, {
    batch: slice(buffers.batch),
    images: slice(buffers.images),
    state: slice(buffers.state),
    inputs,
    permutation: permutation && slice(buffers.permutation),
  });
  const compiled = await new PipelineCache(device).compile(kernel);
  const dispatch = bindKernel(device, kernel, compiled, () => slice(buffers.inputs));
  const result = await run(device, buffers.inputs, (pass) => encodeDispatches(pass, [dispatch]));
  for (const buffer of Object.values(buffers)) buffer.destroy();
  return new Float32Array(result).slice(0, batchSize * cells);
}
