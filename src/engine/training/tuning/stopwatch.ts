/** Times dispatches by the wall clock, between two fences. Timestamps are too coarse and not everywhere; a mapped read is. */
import { encodeDispatches, type BoundDispatch } from '../../gpu/dispatch.ts';
import type { GpuMemory } from '../../gpu/memory.ts';
import { mapForReading } from '../../gpu/readback.ts';
import { nextRepeats, submitMsFor } from './selection.ts';

const fenceBytes = 4;
const calibrationFences = 5;

export class Stopwatch {
  readonly #mark: GPUBuffer;
  readonly #staging: GPUBuffer;
  /** What learning of an end takes at least; part of every timing, and taken off again. */
  #fenceMs = 0;

  constructor(
    private readonly device: GPUDevice,
    private readonly memory: GpuMemory,
    /** @throws once nothing may be submitted any more. */
    private readonly assertAlive: () => void,
  ) {
    this.#mark = memory.create('tuning mark', fenceBytes, GPUBufferUsage.COPY_SRC);
    this.#staging = memory.create('tuning fence', fenceBytes, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ);
  }

  /** Resolves when everything submitted so far has run. @throws EngineError `deviceLost`. */
  async fence(): Promise<void> {
    await this.#submit(this.device.createCommandEncoder({ label: 'tuning fence' }));
  }

  /** Learns how long a fence takes; nothing else may be running. */
  async calibrate(): Promise<void> {
    let least = Infinity;
    for (let count = 0; count < calibrationFences; count++) {
      const startMs = performance.now();
      await this.fence();
      least = Math.min(least, performance.now() - startMs);
    }
    this.#fenceMs = least;
  }

  /** Milliseconds of one run of the dispatch, out of `repeats` in one submit; nothing else may be running. */
  async time(dispatch: BoundDispatch, repeats: number): Promise<number> {
    this.assertAlive();
    const encoder = this.device.createCommandEncoder({ label: 'tuning' });
    const pass = encoder.beginComputePass({ label: 'tuning' });
    for (let count = 0; count < repeats; count++) encodeDispatches(pass, [dispatch]);
    pass.end();
    const startMs = performance.now();
    await this.#submit(encoder);
    return Math.max(0, performance.now() - startMs - this.#fenceMs) / repeats;
  }

  /** True when one run of `ms` was long enough to be told from noise. */
  isLongEnough(ms: number): boolean {
    return nextRepeats(1, ms, submitMsFor(this.#fenceMs)) === 1;
  }

  /**
   * Finds out how often the dispatch has to be repeated to be timed well, and its time. `firstMs` is that of a first run;
   * nothing else may run while `alone` does.
   */
  async warmUp(
    dispatch: BoundDispatch,
    firstMs: number,
    alone: (work: () => Promise<number>) => Promise<number>,
  ): Promise<{ readonly repeats: number; readonly ms: number }> {
    const submitMs = submitMsFor(this.#fenceMs);
    for (let repeats = 1, ms = firstMs; ;) {
      const next = nextRepeats(repeats, ms, submitMs);
      if (next === repeats) return { repeats, ms };
      repeats = next;
      ms = await alone(() => this.time(dispatch, next));
    }
  }

  dispose(): void {
    this.memory.release(this.#mark);
    this.memory.release(this.#staging);
  }

  async #submit(encoder: GPUCommandEncoder): Promise<void> {
    this.assertAlive();
    encoder.copyBufferToBuffer(this.#mark, 0, this.#staging, 0, fenceBytes);
    this.device.queue.submit([encoder.finish()]);
    await mapForReading(this.device, this.#staging);
    this.#staging.unmap();
  }
}
