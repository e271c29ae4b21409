/** What the device can do at best, measured by loops that do one thing only: the roofline's roofs. */
import { specialise } from '../../src/engine/gpu/wgsl/specialise.ts';
import type { Engine } from '../../src/engine/index.ts';
import {
  fillingInvocations,
  flopsPerTurn,
  multiplyAddWork,
  multiplyAddWorkBytes,
} from '../../src/engine/training/multiply-adds.ts';
import type { DeviceCeilings } from '../results-file.ts';
import copyText from './copy.wgsl?raw';
import emptyText from './empty.wgsl?raw';
import fmaText from '../../shaders/multiply-add.wgsl?raw';
import { roundedSpread } from './spread.ts';
import { openStopwatch, type Encode, type Stopwatch } from './stopwatch.ts';

/** The workgroups of multiply-add.wgsl and copy.wgsl. */
const workgroupSize = 64;
const vectorBytes = 16;
const mebibyte = 2 ** 20;
/** Read and written together, this much stays in the caches of every device there is. */
const cachedBytes = 4 * mebibyte;
const emptyDispatches = 1000;
/** Long enough for the clock to be exact, short enough for no watchdog. */
const passUs = 20_000;
const samples = 3;

/** A loop whose length can be set; `amount` is what its current length does, in operations or bytes. */
interface Loop {
  amount: number;
  setTurns(turns: number): void;
  readonly encode: Encode;
}

/** The roofs, measured again and again: what else a machine does changes from minute to minute. */
export class Ceilings {
  readonly #fma: number[] = [];
  readonly #copy: number[] = [];
  readonly #cached: number[] = [];
  readonly #dispatch: number[] = [];

  private constructor(
    /** Times what is to stand under the roofs, too. */
    readonly stopwatch: Stopwatch,
    private readonly loops: Readonly<Record<'fma' | 'copy' | 'cached', Loop>>,
    private readonly emptyPass: Encode,
    readonly release: () => void,
  ) {}

  /** Compiles the loops and finds out how long they must be. */
  static async open(engine: Engine): Promise<Ceilings> {
    const bench = new LoopBench(engine.device);
    const empty = await bench.empty();
    const stopwatch = await openStopwatch(engine.device, empty(1));
    const { isSoftware } = engine.adapter;
    const invocations = fillingInvocations(isSoftware);
    const loops = {
      fma: await bench.fma(invocations),
      copy: await bench.copy(isSoftware ? 64 * mebibyte : 512 * mebibyte, invocations),
      cached: await bench.copy(cachedBytes, invocations),
    };
    for (const loop of Object.values(loops)) await lengthen(stopwatch, loop);
    return new Ceilings(stopwatch, loops, empty(emptyDispatches), () => bench.release());
  }

  /** Takes samples of every roof. */
  async sample(): Promise<void> {
    const { fma, copy, cached } = this.loops;
    const passes = [fma.encode, copy.encode, cached.encode, this.emptyPass];
    for (let round = 0; round < samples; round++) {
      const [fmaUs = NaN, copyUs = NaN, cachedUs = NaN, emptyUs = NaN] = await this.stopwatch.time(passes);
      // Operations or bytes in a nanosecond are 10⁹ of them in a second.
      this.#fma.push(fma.amount / fmaUs / 1000);
      this.#copy.push(copy.amount / copyUs / 1000);
      this.#cached.push(cached.amount / cachedUs / 1000);
      this.#dispatch.push(emptyUs / emptyDispatches);
    }
  }

  /** Everything sampled so far. */
  get results(): DeviceCeilings {
    return {
      fmaGflops: roundedSpread(this.#fma),
      copyGBps: roundedSpread(this.#copy),
      cachedCopyGBps: roundedSpread(this.#cached),
      cachedCopyBytes: cachedBytes,
      dispatchUs: roundedSpread(this.#dispatch),
    };
  }
}

/** Lengthens the loop until a pass is long enough for the clock. */
async function lengthen(stopwatch: Stopwatch, loop: Loop): Promise<void> {
  const longEnoughUs = Math.max(passUs, stopwatch.shortestUs);
  for (let turns = 1; ;) {
    loop.setTurns(turns);
    const [us = 0] = await stopwatch.time([loop.encode]);
    if (us >= longEnoughUs) return;
    turns = Math.ceil(turns * Math.min(8, Math.max(1.25, (1.1 * longEnoughUs) / Math.max(us, 1))));
  }
}

/** Makes the loops and keeps their memory. */
class LoopBench {
  readonly #buffers: GPUBuffer[] = [];

  constructor(private readonly device: GPUDevice) {}

  release(): void {
    for (const buffer of this.#buffers) buffer.destroy();
  }

  /** Passes of so many empty dispatches. */
  async empty(): Promise<(count: number) => Encode> {
    const run = await this.#bind('empty', emptyText, [this.#buffer(vectorBytes)]);
    return (count) => (pass) => {
      for (let index = 0; index < count; index++) run(pass, 1);
    };
  }

  async fma(invocations: number): Promise<Loop> {
    const work = this.#buffer(multiplyAddWorkBytes);
    const run = await this.#bind('multiplyAdd', fmaText, [work, this.#buffer(invocations * 4)]);
    return this.#loop(work, multiplyAddWork(0), 2, invocations * flopsPerTurn, (pass) =>
      run(pass, invocations / workgroupSize),
    );
  }

  /** Copies between two arrays that have `bytes` together, by at most so many invocations. */
  async copy(bytes: number, mostInvocations: number): Promise<Loop> {
    const { maxStorageBufferBindingSize } = this.device.limits;
    const size = 2 ** Math.floor(Math.log2(Math.min(bytes / 2, maxStorageBufferBindingSize)));
    const work = this.#buffer(vectorBytes);
    const run = await this.#bind('copy', copyText, [work, this.#buffer(size), this.#buffer(size)]);
    const invocations = Math.min(size / vectorBytes, mostInvocations);
    // Past what was copied in this turn, and to where another workgroup was.
    const shift = invocations + 37 * workgroupSize;
    return this.#loop(work, Uint32Array.of(0, shift), 0, 2 * vectorBytes * invocations, (pass) =>
      run(pass, invocations / workgroupSize),
    );
  }

  #loop(work: GPUBuffer, words: Uint32Array<ArrayBuffer>, turnsAt: number, perTurn: number, encode: Encode): Loop {
    const loop: Loop = {
      amount: 0,
      setTurns: (turns) => {
        words[turnsAt] = turns;
        this.device.queue.writeBuffer(work, 0, words);
        loop.amount = turns * perTurn;
      },
      encode,
    };
    return loop;
  }

  #buffer(size: number): GPUBuffer {
    const buffer = this.device.createBuffer({ size, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST });
    this.#buffers.push(buffer);
    return buffer;
  }

  async #bind(entryPoint: string, code: string, buffers: readonly GPUBuffer[]) {
    const pipeline = await this.device.createComputePipelineAsync({
      layout: 'auto',
      compute: { module: this.device.createShaderModule({ code: specialise(code, entryPoint, {}) }), entryPoint },
    });
    const group = this.device.createBindGroup({
      label: entryPoint,
      layout: pipeline.getBindGroupLayout(0),
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    return (pass: GPUComputePassEncoder, workgroups: number): void => {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(workgroups);
    };
  }
}
