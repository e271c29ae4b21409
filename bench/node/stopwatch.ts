/** Times compute passes on the GPU: by its own clock where that is fine enough, else by the wall's around a fence. */

/** Puts work into a pass. */
export type Encode = (pass: GPUComputePassEncoder) => void;

/** Passes timed in one submit. */
const capacity = 256;
const stampBytes = 8;
/** Clocks that only tell multiples of one of these are not used: Dawn's, unless told otherwise, and 10 µs and more. */
const coarseTicksNs = [65_536n, 10_000n];
const probes = 24;

/** Times in microseconds. */
export interface Stopwatch {
  /** How long a pass must be for its time to be trusted, in microseconds. */
  readonly shortestUs: number;
  /** Each pass's time; they run in the order given. */
  time(passes: readonly Encode[]): Promise<number[]>;
}

/** The finest clock that the device has. */
export async function openStopwatch(device: GPUDevice, probe: Encode): Promise<Stopwatch> {
  const wall = new WallStopwatch(device);
  if (!device.features.has('timestamp-query')) return wall;
  const stamps = new StampStopwatch(device);
  return (await stamps.isFine(probe)) ? stamps : wall;
}

class StampStopwatch implements Stopwatch {
  // A stamp is taken after what came before has ended, so a pass's time holds a microsecond or two of beginning and ending.
  readonly shortestUs = 500;
  readonly #queries: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  readonly #staging: GPUBuffer;

  constructor(private readonly device: GPUDevice) {
    const size = 2 * capacity * stampBytes;
    this.#queries = device.createQuerySet({ label: 'stopwatch', type: 'timestamp', count: 2 * capacity });
    this.#resolved = device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
    this.#staging = device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  }

  /** Whether stamps fall between the coarse ticks. */
  async isFine(probe: Encode): Promise<boolean> {
    const stamps = await this.#stamps(Array.from({ length: probes }, () => probe));
    return coarseTicksNs.every((tick) => stamps.some((stamp) => stamp % tick !== 0n));
  }

  async time(passes: readonly Encode[]): Promise<number[]> {
    const times: number[] = [];
    for (let first = 0; first < passes.length; first += capacity) {
      const part = passes.slice(first, first + capacity);
      const stamps = await this.#stamps(part);
      times.push(...part.map((_, index) => Number((stamps[2 * index + 1] ?? 0n) - (stamps[2 * index] ?? 0n)) / 1000));
    }
    return times;
  }

  async #stamps(passes: readonly Encode[]): Promise<BigUint64Array> {
    const encoder = this.device.createCommandEncoder({ label: 'stopwatch' });
    passes.forEach((encode, index) => {
      const pass = encoder.beginComputePass({
        timestampWrites: {
          querySet: this.#queries,
          beginningOfPassWriteIndex: 2 * index,
          endOfPassWriteIndex: 2 * index + 1,
        },
      });
      encode(pass);
      pass.end();
    });
    encoder.resolveQuerySet(this.#queries, 0, 2 * passes.length, this.#resolved, 0);
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#staging, 0, 2 * passes.length * stampBytes);
    this.device.queue.submit([encoder.finish()]);
    await this.#staging.mapAsync(GPUMapMode.READ);
    const stamps = new BigUint64Array(this.#staging.getMappedRange().slice(0));
    this.#staging.unmap();
    return stamps;
  }
}

class WallStopwatch implements Stopwatch {
  // A fence takes up to a tenth of a millisecond.
  readonly shortestUs = 10_000;
  readonly #source: GPUBuffer;
  readonly #fence: GPUBuffer;

  constructor(private readonly device: GPUDevice) {
    this.#source = device.createBuffer({ size: 4, usage: GPUBufferUsage.COPY_SRC });
    this.#fence = device.createBuffer({ size: 4, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  }

  async time(passes: readonly Encode[]): Promise<number[]> {
    const times: number[] = [];
    for (const encode of passes) {
      const startMs = performance.now();
      await this.#run(encode);
      times.push((performance.now() - startMs) * 1000);
    }
    return times;
  }

  async #run(encode: Encode): Promise<void> {
    const encoder = this.device.createCommandEncoder({ label: 'stopwatch' });
    const pass = encoder.beginComputePass();
    encode(pass);
    pass.end();
    encoder.copyBufferToBuffer(this.#source, 0, this.#fence, 0, 4);
    this.device.queue.submit([encoder.finish()]);
    await this.#fence.mapAsync(GPUMapMode.READ);
    this.#fence.unmap();
  }
}
