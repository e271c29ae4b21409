/** Buffers with a ledger: every byte the engine holds on the GPU is counted in and out here, and nowhere else. */
import type { Ledger } from '../contract.ts';
import { EngineError } from '../error.ts';

/** Alignment of a binding's offset that every device accepts, in bytes. */
export const bindingAlignment = 256;

export function alignUp(sizeBytes: number, alignment: number): number {
  return Math.ceil(sizeBytes / alignment) * alignment;
}

export class GpuMemory {
  readonly #sizes = new Map<GPUBuffer, number>();
  readonly #parts = new Set<GpuMemory>();
  #bytes = 0;

  constructor(private readonly device: GPUDevice) {}

  get ledger(): Ledger {
    let [bytes, buffers] = [this.#bytes, this.#sizes.size];
    for (const part of this.#parts) {
      bytes += part.ledger.bytes;
      buffers += part.ledger.buffers;
    }
    return { bytes, buffers };
  }

  /** A ledger of its own inside this one, so that one owner's buffers can be released together. */
  part(): GpuMemory {
    const part = new GpuMemory(this.device);
    this.#parts.add(part);
    return part;
  }

  /** A zeroed buffer, its size rounded up to 16 bytes. @throws EngineError `outOfMemory` above the device's limits. */
  create(label: string, sizeBytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const size = Math.max(16, alignUp(sizeBytes, 16));
    const isStorage = (usage & GPUBufferUsage.STORAGE) !== 0;
    const { maxBufferSize, maxStorageBufferBindingSize } = this.device.limits;
    const limit = isStorage ? Math.min(maxBufferSize, maxStorageBufferBindingSize) : maxBufferSize;
    if (size > limit) {
      throw new EngineError(
        'outOfMemory',
        `${label}: a buffer may have at most ${limit} bytes on this device; use smaller batches, larger strides or fewer filters. Received size=${size}.`,
      );
    }
    const buffer = this.device.createBuffer({ label, size, usage });
    this.#sizes.set(buffer, size);
    this.#bytes += size;
    return buffer;
  }

  /** A storage buffer that can be read back and written. */
  storage(label: string, sizeBytes: number): GPUBuffer {
    return this.create(label, sizeBytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST);
  }

  uniform(label: string, sizeBytes: number): GPUBuffer {
    return this.create(label, sizeBytes, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
  }

  /** Destroys the buffer; a second time does nothing. */
  release(buffer: GPUBuffer): void {
    const size = this.#sizes.get(buffer);
    if (size === undefined) return;
    this.#sizes.delete(buffer);
    this.#bytes -= size;
    buffer.destroy();
  }

  /** Destroys all buffers, those of the parts too. */
  releaseAll(): void {
    for (const part of this.#parts) part.releaseAll();
    this.#parts.clear();
    for (const buffer of [...this.#sizes.keys()]) this.release(buffer);
  }
}
