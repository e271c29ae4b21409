/**
 * Times every dispatch of a training step by the GPU's own clock, and takes back what the timing changed: weights, slots
 * and the GPU's account of the run are put by before and back behind, in submits that nothing else can come between.
 */
import type { StepProfile } from '../contract.ts';
import { encodeDispatches, type BoundDispatch } from '../gpu/dispatch.ts';
import type { BufferSlice } from '../gpu/kernel.ts';
import { mapForReading } from '../gpu/readback.ts';
import type { GpuDataset } from './dataset.ts';
import { stepGroups } from './step-groups.ts';
import type { StateParts } from './training-state.ts';

const stampBytes = 8;
/** Browsers round the clock to 0.1 ms; a pass twenty times as long is known to a twentieth. */
const shortestMs = 2;
const mostRepeats = 200;

/** @param exclusively keeps training steps away while its task runs. */
export async function profileStep(
  parts: StateParts,
  data: GpuDataset,
  exclusively: <T>(task: () => Promise<T>) => Promise<T>,
): Promise<StepProfile> {
  const { trainer, context } = parts;
  const [feed] = await Promise.all([trainer.feed(data), trainer.prepareTraining()]);
  const stepNow = () => dispatchesOf(parts, feed.ordered);
  if (!context.device.features.has('timestamp-query')) return { dispatches: labelled(stepNow()) };
  return exclusively(async () => {
    const dispatches = stepNow();
    const stamps = new StepStamps(parts, dispatches);
    try {
      const once = await stamps.time(data.size, () => 1);
      const repeats = once.map((ms) => Math.min(mostRepeats, Math.ceil(shortestMs / Math.max(ms, 1e-3))));
      const isLongEnough = repeats.every((count) => count === 1);
      const times = isLongEnough ? once : await stamps.time(data.size, (index) => repeats[index] ?? 1);
      return { dispatches: labelled(dispatches).map((one, index) => ({ ...one, ms: times[index] ?? 0 })) };
    } finally {
      stamps.release();
    }
  });
}

function labelled(dispatches: readonly BoundDispatch[]) {
  return dispatches.map(({ bindGroup }) => ({ label: bindGroup.label }));
}

function dispatchesOf({ trainer }: StateParts, batches: readonly BoundDispatch[]): readonly BoundDispatch[] {
  const { graph, update } = trainer;
  const [before, after] = [stepGroups.beforeUpdate, stepGroups.afterUpdate].map((names) =>
    names.flatMap((name) => graph.group(name)),
  );
  return [...batches, ...(before ?? []), ...update.dispatches, ...(after ?? [])];
}

/** A pair of stamps for every dispatch, and room for all that a step leaves behind. */
class StepStamps {
  readonly #queries: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  readonly #staging: GPUBuffer;
  readonly #kept: readonly { readonly slice: BufferSlice; readonly copy: GPUBuffer }[];

  constructor(
    private readonly parts: StateParts,
    private readonly dispatches: readonly BoundDispatch[],
  ) {
    const { context, store, trainer } = parts;
    const { device, memory } = context;
    const count = 2 * dispatches.length;
    this.#queries = device.createQuerySet({ label: 'step profile', type: 'timestamp', count });
    const { COPY_SRC, COPY_DST, MAP_READ, QUERY_RESOLVE } = GPUBufferUsage;
    this.#resolved = memory.create('profile stamps', count * stampBytes, QUERY_RESOLVE | COPY_SRC);
    this.#staging = memory.create('profile staging', count * stampBytes, COPY_DST | MAP_READ);
    this.#kept = [store.weights, store.slots, trainer.trainState.slice].map((slice) => ({
      slice,
      copy: memory.create('profile copy', slice.size, COPY_SRC | COPY_DST),
    }));
  }

  release(): void {
    const { memory } = this.parts.context;
    this.#queries.destroy();
    for (const buffer of [this.#resolved, this.#staging, ...this.#kept.map(({ copy }) => copy)]) memory.release(buffer);
  }

  /** Milliseconds of one run of each dispatch, out of so many in one pass. */
  async time(exampleCount: number, repeatsOf: (index: number) => number): Promise<number[]> {
    this.#submit(exampleCount, repeatsOf);
    await mapForReading(this.parts.context.device, this.#staging);
    const stamps = new BigUint64Array(this.#staging.getMappedRange().slice(0));
    this.#staging.unmap();
    return this.dispatches.map((_, index) => {
      const ns = (stamps[2 * index + 1] ?? 0n) - (stamps[2 * index] ?? 0n);
      // Some clocks are set back now and then.
      return Math.max(0, Number(ns)) / 1e6 / repeatsOf(index);
    });
  }

  /** All in one go, so that no write to the weights or the state comes between copy and return. */
  #submit(exampleCount: number, repeatsOf: (index: number) => number): void {
    const { context, trainer } = this.parts;
    const { device } = context;
    const keeping = device.createCommandEncoder({ label: 'profile begin' });
    for (const { slice, copy } of this.#kept)
      keeping.copyBufferToBuffer(slice.buffer, slice.offset, copy, 0, slice.size);
    device.queue.submit([keeping.finish()]);
    trainer.trainState.startEpoch(exampleCount);
    const encoder = device.createCommandEncoder({ label: 'step profile' });
    this.dispatches.forEach((dispatch, index) => this.#encode(encoder, dispatch, index, repeatsOf(index)));
    const bytes = 2 * this.dispatches.length * stampBytes;
    encoder.resolveQuerySet(this.#queries, 0, 2 * this.dispatches.length, this.#resolved, 0);
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#staging, 0, bytes);
    for (const { slice, copy } of this.#kept)
      encoder.copyBufferToBuffer(copy, 0, slice.buffer, slice.offset, slice.size);
    device.queue.submit([encoder.finish()]);
  }

  #encode(encoder: GPUCommandEncoder, dispatch: BoundDispatch, index: number, repeats: number): void {
    const pass = encoder.beginComputePass({
      label: dispatch.bindGroup.label,
      timestampWrites: {
        querySet: this.#queries,
        beginningOfPassWriteIndex: 2 * index,
        endOfPassWriteIndex: 2 * index + 1,
      },
    });
    const repeated = Array.from({ length: repeats }, () => dispatch);
    encodeDispatches(pass, repeated);
    pass.end();
  }
}
