/** Examples on the GPU as bytes, uploaded once; batches are gathered from them there. */
import type { Dataset, DatasetSource, TargetSource } from '../contract.ts';
import { EngineError } from '../error.ts';
import type { BufferSlice } from '../gpu/kernel.ts';
import { alignUp, type GpuMemory } from '../gpu/memory.ts';
import type { Shape } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';

const uploadBytes = 2 ** 24;
const maxClasses = 256;

/** The engine's own view of a Dataset. */
export class GpuDataset implements Dataset {
  private constructor(
    readonly images: BufferSlice,
    /** Class indices as bytes; absent where there are rows of targets. */
    readonly labels: BufferSlice | undefined,
    /** `[size, classes]` floats. */
    readonly targetRows: BufferSlice | undefined,
    readonly size: number,
    readonly classes: number,
    readonly exampleShape: Shape,
    private readonly release: () => void,
  ) {}

  /** @throws EngineError `badArgument` for sizes that do not agree, `outOfMemory`. */
  static upload(device: GPUDevice, memory: GpuMemory, source: DatasetSource | TargetSource): GpuDataset {
    checkSource(source);
    const images = uploadArray(device, memory, 'images', source.images);
    const labels = source.labels && uploadArray(device, memory, 'labels', source.labels);
    const targetRows = source.targets && uploadArray(device, memory, 'targets', bytesOf(source.targets));
    const release = () => {
      for (const slice of [images, labels, targetRows]) if (slice) memory.release(slice.buffer);
    };
    const [size, ...exampleShape] = source.shape;
    return new GpuDataset(images, labels, targetRows, size, source.classes, exampleShape, release);
  }

  /** @throws EngineError `badArgument` for a data set that is not the engine's own. */
  static from(data: Dataset): GpuDataset {
    if (data instanceof GpuDataset) return data;
    throw new EngineError('badArgument', 'dataset: must come from engine.upload. Received another object.');
  }

  take(size: number): Dataset {
    if (!Number.isInteger(size) || size < 1 || size > this.size) {
      throw new EngineError('badArgument', `dataset: take must be from 1 to ${this.size}. Received size=${size}.`);
    }
    const { images, labels, targetRows, classes, exampleShape } = this;
    return new GpuDataset(images, labels, targetRows, size, classes, exampleShape, () => undefined);
  }

  dispose(): void {
    this.release();
  }
}

function checkSource(source: DatasetSource | TargetSource): void {
  const cells = cellCount(source.shape);
  const axes: readonly number[] = source.shape;
  const isWhole = axes.length === 4 && axes.every((size) => Number.isInteger(size) && size > 0);
  if (!isWhole || source.images.length !== cells) {
    throw refuse(
      `images must hold shape's cells. Received shape=[${source.shape.join(', ')}], images.length=${source.images.length}.`,
    );
  }
  if (source.targets) checkTargets(source.targets, source.shape[0], source.classes);
  else checkLabels(source.labels, source.shape[0], source.classes);
}

function checkLabels(labels: Uint8Array, size: number, classes: number): void {
  if (labels.length !== size) {
    throw refuse(`there must be one label per example. Received labels.length=${labels.length}.`);
  }
  if (!Number.isInteger(classes) || classes < 1 || classes > maxClasses) {
    throw refuse(`classes must be from 1 to ${maxClasses}. Received classes=${classes}.`);
  }
  const tooLarge = labels.findIndex((label) => label >= classes);
  if (tooLarge >= 0) {
    throw refuse(`labels must be below classes=${classes}. Received labels[${tooLarge}]=${labels[tooLarge]}.`);
  }
}

function checkTargets(targets: Float32Array, size: number, classes: number): void {
  if (!Number.isInteger(classes) || classes < 1 || targets.length !== size * classes) {
    throw refuse(
      `targets must hold classes=${classes} numbers per example. Received targets.length=${targets.length}.`,
    );
  }
  const strange = targets.findIndex((value) => !Number.isFinite(value));
  if (strange >= 0) throw refuse(`targets must be numbers. Received targets[${strange}]=${targets[strange]}.`);
}

function refuse(rule: string): EngineError {
  return new EngineError('badArgument', `dataset: ${rule}`);
}

function bytesOf(floats: Float32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
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
