/** All weights of a network in one GPU array, with the parts of their gradients and the optimizer's slots beside it. */
import { EngineError } from '../error.ts';
import { show } from '../model/field-reader.ts';
import type { NamedTensor, TensorView } from '../contract.ts';
import type { GpuMemory } from '../gpu/memory.ts';
import type { BufferSlice } from '../gpu/kernel.ts';
import type { ResolvedModel, WeightSpec } from '../model/resolved.ts';
import { initialWeights } from './initializers.ts';
import { slotCount } from './optimizers.ts';

/** Weights per block of weight-gradient.wgsl; 64 floats are 256 bytes, so every section can be bound on its own. */
const blockSize = 64;
const floatBytes = 4;
const blockWords = 4;

interface Section {
  readonly spec: WeightSpec;
  /** First number in the weights array; a multiple of 64. */
  readonly offset: number;
  readonly length: number;
  /** Length rounded up to whole blocks: also the distance between two parts of the gradient. */
  readonly stride: number;
  readonly parts: number;
  /** First number in the gradient parts array. */
  readonly partsOffset: number;
}

export class WeightStore {
  readonly weights: BufferSlice;
  readonly slots: BufferSlice;
  readonly gradParts: BufferSlice;
  readonly blocks: BufferSlice;
  /** Numbers in the weights array, the gaps between sections included. */
  readonly count: number;
  readonly #sections = new Map<string, Section>();

  /** @param partsOf in how many parts the gradient of a layer's weights is summed. */
  constructor(
    private readonly device: GPUDevice,
    private readonly memory: GpuMemory,
    model: ResolvedModel,
    partsOf: (layer: string) => number,
  ) {
    let offset = 0;
    let partsOffset = 0;
    for (const layer of model.layers) {
      for (const spec of layer.weights) {
        const length = spec.shape.reduce((product, size) => product * size, 1);
        const stride = Math.ceil(length / blockSize) * blockSize;
        const parts = partsOf(layer.name);
        this.#sections.set(spec.name, { spec, offset, length, stride, parts, partsOffset });
        offset += stride;
        partsOffset += stride * parts;
      }
    }
    this.count = offset;
    const create = (label: string, numbers: number): BufferSlice => {
      const buffer = memory.storage(label, Math.max(1, numbers) * floatBytes);
      return { buffer, offset: 0, size: buffer.size };
    };
    this.weights = create('weights', offset);
    this.slots = create('optimizer slots', offset * slotCount);
    this.gradParts = create('gradient parts', partsOffset);
    this.blocks = create('gradient blocks', (offset / blockSize) * blockWords);
    device.queue.writeBuffer(this.blocks.buffer, 0, this.#blockTable());
  }

  get names(): readonly string[] {
    return [...this.#sections.keys()];
  }

  /** Bytes of a layer's weights, their slots and the parts of their gradients. */
  bytesOf(weightName: string): number {
    const section = this.#section(weightName);
    return section.stride * (1 + slotCount + section.parts) * floatBytes;
  }

  weight(name: string): BufferSlice {
    const { offset, length } = this.#section(name);
    return { buffer: this.weights.buffer, offset: offset * floatBytes, size: length * floatBytes };
  }

  view(name: string): TensorView {
    const slice = this.weight(name);
    return {
      buffer: slice.buffer,
      offsetBytes: slice.offset,
      sizeBytes: slice.size,
      shape: this.#section(name).spec.shape,
    };
  }

  parts(name: string): { readonly slice: BufferSlice; readonly stride: number } {
    const { partsOffset, stride, parts } = this.#section(name);
    const slice = {
      buffer: this.gradParts.buffer,
      offset: partsOffset * floatBytes,
      size: stride * parts * floatBytes,
    };
    return { slice, stride };
  }

  /** Writes the seed's initial weights and empties the slots. */
  initialise(seed: number): void {
    const all = new Float32Array(this.count);
    [...this.#sections.values()].forEach((section, place) =>
      all.set(initialWeights(section.spec, seed, place), section.offset),
    );
    this.device.queue.writeBuffer(this.weights.buffer, 0, all);
    this.clearSlots();
  }

  clearSlots(): void {
    const encoder = this.device.createCommandEncoder({ label: 'clear slots' });
    encoder.clearBuffer(this.slots.buffer);
    this.device.queue.submit([encoder.finish()]);
  }

  /** Cuts an array laid out like the weights into named tensors. */
  cut(bytes: ArrayBuffer): NamedTensor[] {
    const all = new Float32Array(bytes);
    return [...this.#sections.values()].map(({ spec, offset, length }) => ({
      name: spec.name,
      shape: spec.shape,
      data: all.slice(offset, offset + length),
    }));
  }

  /** Checks all tensors, then writes all. @throws EngineError `badArgument`; nothing is then written. */
  write(tensors: readonly NamedTensor[]): void {
    const sections = tensors.map((tensor) => {
      const section = this.#sections.get(tensor.name);
      if (!section) {
        throw new EngineError(
          'badArgument',
          `setWeights: name must be one of ${this.names.join(', ')}. Received name=${show(tensor.name)}.`,
        );
      }
      const { shape } = section.spec;
      const isSameShape =
        tensor.shape.length === shape.length && shape.every((size, axis) => tensor.shape[axis] === size);
      if (!isSameShape || tensor.data.length !== section.length) {
        throw new EngineError(
          'badArgument',
          `${tensor.name}: shape must be [${shape.join(', ')}], ${section.length} numbers. Received shape=[${tensor.shape.join(', ')}], ${tensor.data.length} numbers.`,
        );
      }
      return section;
    });
    tensors.forEach((tensor, index) => {
      const offset = (sections[index]?.offset ?? 0) * floatBytes;
      this.device.queue.writeBuffer(this.weights.buffer, offset, tensor.data);
    });
  }

  dispose(): void {
    for (const { buffer } of [this.weights, this.slots, this.gradParts, this.blocks]) this.memory.release(buffer);
  }

  #section(name: string): Section {
    const section = this.#sections.get(name);
    if (!section) {
      throw new EngineError(
        'badArgument',
        `weights: name must be one of ${this.names.join(', ')}. Received name=${show(name)}.`,
      );
    }
    return section;
  }

  #blockTable(): Int32Array<ArrayBuffer> {
    const table = new Int32Array(Math.max(4, (this.count / blockSize) * blockWords));
    for (const { offset, stride, parts, partsOffset } of this.#sections.values()) {
      for (let block = 0; block < stride / blockSize; block++) {
        table.set([partsOffset + block * blockSize, stride, parts, 0], (offset / blockSize + block) * blockWords);
      }
    }
    return table;
  }
}
