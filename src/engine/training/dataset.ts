/** Examples on the GPU as bytes, uploaded once; batches are gathered from them there. */
import type { Dataset, DatasetSource } from '../contract.ts';
import { EngineError } from '../error.ts';
import type { BufferSlice } from '../gpu/kernel.ts';
import { alignUp, type GpuMemory } from '../gpu/memory.ts';
import type { Shape } from '../model/resolved.ts';

const uploadBytes = 2 ** 24;
const maxClasses = 256;

/** The engine's own view of a Dataset. */
export class GpuDataset implements Dataset {
  private constructor(
    readonly images: BufferSlice,
    readonly labels: BufferSlice,
    readonly size: number,
    readonly classes: number,
    readonly exampleShape: Shape,
    private readonly release: () => void,
  ) {}

  /** @throws EngineError `badArgument` for sizes that do not agree, `outOfMemory`. */
  static upload(device: GPUDevice, memory: GpuMemory, source: DatasetSource): GpuDataset {
    checkSource(source);
    const images = uploadArray(device, memory, 'images', source.images);
    const labels = uploadArray(device, memory, 'labels', source.labels);
    const release = () => {
      memory.release(images.buffer);
      memory.release(labels.buffer);
    };
    const [size, ...exampleShape] = source.shape;
    return new GpuDataset(images, labels, size, source.classes, exampleShape, release);
  }

  take(size: number): Dataset {
    if (!Number.isInteger(size) || size < 1 || size > this.size) {
      throw new EngineError('badArgument', `dataset: take must be from 1 to ${this.size}. Received size=${size}.`);
    }
    return new GpuDataset(this.images, this.labels, size, this.classes, this.exampleShape, () => undefined);
  }

  dispose(): void {
    this.release();
  }
}

function checkSource(source: DatasetSource): void {
  const cells = source.shape.reduce((product, size) => product * size, 1);
  const axes: readonly number[] = source.shape;
  const isWhole = axes.length === 4 && axes.every((size) => Number.isInteger(size) && size > 0);
  const refuse = (rule: string) => new EngineError('badArgument', `dataset: ${rule}`);
  if (!isWhole || source.images.length !== cells) {
    throw refuse(
      `images must hold shape's cells. Received shape=[${source.shape.join(', ')}], images.length=${source.images.length}.`,
    );
  }
  if (source.labels.length !== source.shape[0]) {
    throw refuse(`there must be one label per example. Received labels.length=${source.labels.length}.`);
  }
  if (!Number.isInteger(source.classes) || source.classes < 1 || source.classes > maxClasses) {
    throw refuse(`classes must be from 1 to ${maxClasses}. Received classes=${source.classes}.`);
  }
  const tooLarge = source.labels.findIndex((label) => label >= source.classes);
  if (tooLarge >= 0) {
    throw refuse(
      `labels must be below classes=${source.classes}. Received labels[${tooLarge}]=${source.labels[tooLarge]}.`,
    );
  }
}

function uploadArray(device: GPUDevice, memory: GpuMemory, label: string, bytes: Uint8Array<ArrayBuffer>): BufferSlice {
  const buffer = memory.storage(label, bytes.length);
  const whole = bytes.length - (bytes.length % 4);
  for (let offset = 0; offset < whole; offset += uploadBytes) {
    device.queue.writeBuffer(buffer, offset, bytes, offset, Math.min(uploadBytes, whole - offset));
  }
  if (whole < bytes.length) {
    const tail = new Uint8Array(4);
    tail.set(bytes.subarray(whole));
    device.queue.writeBuffer(buffer, whole, tail);
  }
  return { buffer, offset: 0, size: alignUp(buffer.size, 4) };
}
