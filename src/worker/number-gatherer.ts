/** Reads boxes of numbers out of many tensors in one small copy. Keeps its buffers from read to read; knows no network. */
import { mapForReading, type TensorView } from '../engine/index.ts';
import gatherSource from '../../shaders/gather-numbers.wgsl?raw';
import { floatBytes } from '../engine/shape/memory.ts';
import { boxSize, type Box } from './cell-reads.ts';

const workgroupSize = 64;
/** Alignment of a uniform's offset that every device accepts. */
const slotBytes = 256;

/** One box of one tensor. */
export interface GatherRequest {
  readonly tensor: TensorView;
  readonly box: Box;
}

/** Boxes that are bound once and can be read again and again. */
export interface BoundGather {
  readonly sizes: readonly number[];
  readonly groups: readonly GPUBindGroup[];
}

export class NumberGatherer {
  readonly #pipeline: GPUComputePipeline;
  #slots: GPUBuffer | undefined;
  #gathered: GPUBuffer | undefined;
  #staging: GPUBuffer | undefined;

  constructor(readonly device: GPUDevice) {
    const module = device.createShaderModule({ label: 'gather-numbers', code: gatherSource });
    this.#pipeline = device.createComputePipeline({
      label: 'gather-numbers',
      layout: 'auto',
      compute: { module, entryPoint: 'gatherBox' },
    });
  }

  /** Binds boxes to be read together; what was bound before can be read no more. */
  bind(requests: readonly GatherRequest[]): BoundGather {
    const sizes = requests.map(({ box }) => boxSize(box));
    const { COPY_DST, COPY_SRC, MAP_READ, STORAGE, UNIFORM } = GPUBufferUsage;
    const bytes = floatBytes * sizes.reduce((sum, size) => sum + size, 0);
    this.#slots = this.#atLeast(this.#slots, requests.length * slotBytes, UNIFORM | COPY_DST);
    this.#gathered = this.#atLeast(this.#gathered, bytes, STORAGE | COPY_SRC);
    this.#staging = this.#atLeast(this.#staging, bytes, MAP_READ | COPY_DST);
    const [slots, gathered] = [this.#slots, this.#gathered];
    const layout = this.#pipeline.getBindGroupLayout(0);
    let place = 0;
    const groups = requests.map(({ tensor, box }, index) => {
      const { first, counts, strides } = box;
      this.device.queue.writeBuffer(slots, index * slotBytes, Int32Array.of(first, place, ...counts, ...strides));
      place += boxSize(box);
      return this.device.createBindGroup({
        label: 'gather-numbers',
        layout,
        entries: [
          { binding: 0, resource: { buffer: slots, offset: index * slotBytes, size: 32 } },
          { binding: 1, resource: { buffer: tensor.buffer, offset: tensor.offsetBytes, size: tensor.sizeBytes } },
          { binding: 2, resource: { buffer: gathered } },
        ],
      });
    });
    return { sizes, groups };
  }

  /** The boxes' numbers, as they are right behind what `encodeBefore` encodes. One read at a time. */
  async read(
    { sizes, groups }: BoundGather,
    encodeBefore: (encoder: GPUCommandEncoder) => void,
  ): Promise<readonly Float32Array<ArrayBuffer>[]> {
    const [gathered, staging] = [this.#gathered, this.#staging];
    if (!gathered || !staging) return [];
    const encoder = this.device.createCommandEncoder({ label: 'numbers of a cell' });
    encodeBefore(encoder);
    const pass = encoder.beginComputePass({ label: 'gather numbers' });
    pass.setPipeline(this.#pipeline);
    groups.forEach((group, index) => {
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(Math.ceil((sizes[index] ?? 0) / workgroupSize));
    });
    pass.end();
    const bytes = floatBytes * sizes.reduce((sum, size) => sum + size, 0);
    encoder.copyBufferToBuffer(gathered, 0, staging, 0, bytes);
    this.device.queue.submit([encoder.finish()]);
    await mapForReading(this.device, staging);
    const copy = staging.getMappedRange(0, bytes).slice(0);
    staging.unmap();
    let offset = 0;
    return sizes.map((size) => {
      const numbers = new Float32Array(copy, offset, size);
      offset += size * floatBytes;
      return numbers;
    });
  }

  /** The buffer, or a larger one in its place. */
  #atLeast(buffer: GPUBuffer | undefined, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    if (buffer && buffer.size >= bytes) return buffer;
    buffer?.destroy();
    const size = 2 ** Math.ceil(Math.log2(Math.max(slotBytes, bytes)));
    return this.device.createBuffer({ label: 'numbers of a cell', size, usage });
  }
}
