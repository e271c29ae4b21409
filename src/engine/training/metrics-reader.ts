/** Brings the metrics of submitted steps back through a ring of staging buffers; a finished read also says the work is done. */
import type { StepMetrics } from '../contract.ts';
import type { BufferSlice } from '../gpu/kernel.ts';
import type { GpuMemory } from '../gpu/memory.ts';
import { mapForReading } from '../gpu/readback.ts';
import { maxStepsPerSubmit } from './pacer.ts';
import { ringSlotBytes, ringSlots } from './step-kernels.ts';

/** One step as the GPU filed it. */
export type FiledMetrics = Omit<StepMetrics, 'epoch'>;

export class MetricsReader {
  readonly #free: GPUBuffer[] = [];
  readonly #all: GPUBuffer[] = [];

  /** @param depth reads that can be under way at once. */
  constructor(
    private readonly device: GPUDevice,
    private readonly memory: GpuMemory,
    private readonly ring: BufferSlice,
    depth: number,
  ) {
    for (let index = 0; index < depth; index++) {
      const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
      this.#all.push(memory.create(`metrics staging ${index}`, maxStepsPerSubmit * ringSlotBytes, usage));
    }
    this.#free.push(...this.#all);
  }

  /** Encodes the copy of `count` steps' metrics, `firstStep` counted from 0; call `read` after the submit. */
  encode(encoder: GPUCommandEncoder, firstStep: number, count: number): { read(): Promise<FiledMetrics[]> } {
    const staging = this.#free.pop();
    if (!staging) throw new Error('metrics: a read must finish before another begins.');
    const slot = firstStep % ringSlots;
    const untilEnd = Math.min(count, ringSlots - slot);
    const copy = (from: number, to: number, steps: number) => {
      if (steps === 0) return;
      encoder.copyBufferToBuffer(
        this.ring.buffer,
        from * ringSlotBytes,
        staging,
        to * ringSlotBytes,
        steps * ringSlotBytes,
      );
    };
    copy(slot, 0, untilEnd);
    copy(0, untilEnd, count - untilEnd);
    return { read: () => this.#read(staging, firstStep, count) };
  }

  dispose(): void {
    for (const staging of this.#all) this.memory.release(staging);
  }

  async #read(staging: GPUBuffer, firstStep: number, count: number): Promise<FiledMetrics[]> {
    await mapForReading(this.device, staging);
    const numbers = new Float32Array(staging.getMappedRange(0, count * ringSlotBytes).slice(0));
    staging.unmap();
    this.#free.push(staging);
    return Array.from({ length: count }, (_, index) => {
      const [lossSum = 0, correctSum = 0, examples = 0, isFinite = 0] = numbers.subarray(index * 4, index * 4 + 4);
      return {
        step: firstStep + index + 1,
        count: examples,
        loss: lossSum / examples,
        accuracy: correctSum / examples,
        isFinite: isFinite === 1,
      };
    });
  }
}
