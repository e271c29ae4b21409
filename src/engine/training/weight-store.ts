/** All weights of a network in one GPU array, with the parts of their gradients and the optimizer's slots beside it. */
import { EngineError } from '../error.ts';
import { show } from '../model/field-reader.ts';
import type { NamedTensor, TensorView } from '../contract.ts';
import type { GpuMemory } from '../gpu/memory.ts';
import { elementBytes, type Element } from '../gpu/half.ts';
import { wholeBuffer, type BufferSlice } from '../gpu/kernel.ts';
import { floatBytes } from '../shape/memory.ts';
import { initialWeights } from './initializers.ts';
import type { BufferNeed } from './memory-needs.ts';
import { slotCount } from './optimizers.ts';
import type { WeightLayout } from './weight-layout.ts';
import type { WeightSource } from './weight-source.ts';
import { blockTable, blockWords, sectionTable, sectionWords, unmaskedFlags } from './weight-tables.ts';

/** The buffers a store of this layout makes. */
export function weightNeeds({ count, partsCount }: WeightLayout, element: Element): readonly BufferNeed[] {
  return [
    ...(element === 'f16' ? [{ label: 'weights in half precision', sizeBytes: elementBytes(count, 'f16') }] : []),
    { label: 'weights', sizeBytes: count * floatBytes },
    { label: 'optimizer slots', sizeBytes: count * slotCount * floatBytes },
    { label: 'gradient parts', sizeBytes: partsCount * floatBytes },
    { label: 'gradients', sizeBytes: count * floatBytes },
  ];
}

export class WeightStore implements WeightSource {
  readonly weights: BufferSlice;
  /** The copy in half precision, where that is what is multiplied with. */
  readonly halves: BufferSlice | undefined;
  readonly slots: BufferSlice;
  readonly gradParts: BufferSlice;
  readonly blocks: BufferSlice;
  readonly sections: BufferSlice;
  /** One per filter. */
  readonly flags: BufferSlice;

  constructor(
    private readonly device: GPUDevice,
    private readonly memory: GpuMemory,
    readonly layout: WeightLayout,
    element: Element,
  ) {
    const { count, partsCount, blockCount, flagCount } = layout;
    const create = (label: string, numbers: number): BufferSlice =>
      wholeBuffer(memory.storage(label, Math.max(1, numbers) * floatBytes));
    this.weights = create('weights', count);
    this.halves = element === 'f16' ? create('weights in half precision', count / 2) : undefined;
    this.slots = create('optimizer slots', count * slotCount);
    this.gradParts = create('gradient parts', partsCount);
    this.blocks = create('weight blocks', blockCount * blockWords);
    this.sections = create('weight sections', Math.max(1, layout.sections.size) * sectionWords);
    this.flags = create('filter flags', flagCount);
    device.queue.writeBuffer(this.blocks.buffer, 0, blockTable(layout));
    device.queue.writeBuffer(this.sections.buffer, 0, sectionTable(layout));
    device.queue.writeBuffer(this.flags.buffer, 0, unmaskedFlags(layout));
  }

  /** Numbers in the weights array. */
  get count(): number {
    return this.layout.count;
  }

  /** True when some weights never learn. */
  get hasFrozenWeights(): boolean {
    return [...this.layout.sections.values()].some(({ spec }) => !spec.isTrainable);
  }

  get hasRegularizers(): boolean {
    return [...this.layout.sections.values()].some(({ spec }) => spec.regularizer !== undefined);
  }

  get names(): readonly string[] {
    return this.layout.names;
  }

  /** Bytes of a layer's weights, their slots and the parts of their gradients. */
  bytesOf(weightName: string): number {
    const section = this.layout.section(weightName);
    return section.stride * (1 + slotCount + section.parts) * floatBytes;
  }

  weight(name: string): BufferSlice {
    if (!this.halves) return this.master(name);
    const { offset, length } = this.layout.section(name);
    const [start, size] = [elementBytes(offset, 'f16'), elementBytes(length, 'f16')];
    return { buffer: this.halves.buffer, offset: start, size };
  }

  /** The weight in float32. */
  master(name: string): BufferSlice {
    const { offset, length } = this.layout.section(name);
    return { buffer: this.weights.buffer, offset: offset * floatBytes, size: length * floatBytes };
  }

  /** The same weights for a pass in float32, whatever the network's precision. */
  inFloat32(): WeightSource {
    return {
      weight: (name) => this.master(name),
      master: (name) => this.master(name),
      parts: (name) => this.parts(name),
    };
  }

  view(name: string): TensorView {
    const slice = this.master(name);
    return {
      buffer: slice.buffer,
      offsetBytes: slice.offset,
      sizeBytes: slice.size,
      shape: this.layout.section(name).spec.shape,
    };
  }

  parts(name: string): { readonly slice: BufferSlice; readonly stride: number } {
    const { partsOffset, stride, parts } = this.layout.section(name);
    const slice = {
      buffer: this.gradParts.buffer,
      offset: partsOffset * floatBytes,
      size: stride * parts * floatBytes,
    };
    return { slice, stride };
  }

  /** Writes the seed's initial weights. */
  initialise(seed: number): void {
    const all = new Float32Array(this.count);
    [...this.layout.sections.values()].forEach((section, place) =>
      all.set(initialWeights(section.spec, seed, place), section.offset),
    );
    this.device.queue.writeBuffer(this.weights.buffer, 0, all);
  }

  /** Empties the slots; the first one starts at `firstSlot`. */
  startSlots(firstSlot: number): void {
    const encoder = this.device.createCommandEncoder({ label: 'clear slots' });
    encoder.clearBuffer(this.slots.buffer);
    this.device.queue.submit([encoder.finish()]);
    if (firstSlot === 0) return;
    this.device.queue.writeBuffer(this.slots.buffer, 0, new Float32Array(this.count).fill(firstSlot));
  }

  /** Cuts an array laid out like the weights into named tensors. */
  cut(bytes: ArrayBuffer): NamedTensor[] {
    const all = new Float32Array(bytes);
    return [...this.layout.sections.values()].map(({ spec, offset, length }) => ({
      name: spec.name,
      shape: spec.shape,
      data: all.slice(offset, offset + length),
    }));
  }

  /** Checks all tensors, then writes all. @throws EngineError `badArgument`; nothing is then written. */
  write(tensors: readonly NamedTensor[]): void {
    const sections = tensors.map((tensor) => {
      const section = this.layout.sections.get(tensor.name);
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
    const slices = [this.weights, this.slots, this.gradParts, this.blocks, this.sections, this.flags];
    for (const { buffer } of slices) this.memory.release(buffer);
  }
}
