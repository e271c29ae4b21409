/** What a device's arithmetic reaches at best: chains of multiply-adds that never leave the registers, timed. */
import { bindKernel } from '../gpu/dispatch.ts';
import { wholeBuffer, type Kernel } from '../gpu/kernel.ts';
import type { GraphContext } from './graph.ts';
import { Stopwatch } from './tuning/stopwatch.ts';

/** One invocation's turn in multiply-add.wgsl: chains and parts, two operations each. */
export const flopsPerTurn = 8 * 32 * 2;
/** Bytes of its struct `Work`, rounded up as its buffer is. */
export const multiplyAddWorkBytes = 16;

const workgroupSize = 64;
/** Enough for a fast GPU to have something to do, little enough for a slow one not to be missed. */
const turns = 64;
const samples = 3;

/** Invocations that fill a device: a GPU takes hundreds of thousands, two cores a few. */
export function fillingInvocations(isSoftware: boolean): number {
  return isSoftware ? 2 ** 12 : 2 ** 19;
}

/** Factor, term and turns. Contracting, so that the numbers stay ordinary however long the loop is. */
export function multiplyAddWork(turnCount: number): Uint32Array<ArrayBuffer> {
  const words = new ArrayBuffer(multiplyAddWorkBytes);
  new Float32Array(words).set([0.999, 0.001]);
  const work = new Uint32Array(words);
  work[2] = turnCount;
  return work;
}

/** GFLOP/s, the best of some samples of a few tens of milliseconds; nothing else may use the GPU meanwhile. */
export async function measureMultiplyAdds(context: GraphContext, isSoftware: boolean): Promise<number> {
  const { device, pipelines } = context;
  const memory = context.memory.part();
  const stopwatch = new Stopwatch(device, memory, () => undefined);
  try {
    const work = memory.storage('multiply-add work', multiplyAddWorkBytes);
    const invocations = fillingInvocations(isSoftware);
    const results = memory.storage('multiply-add results', invocations * 4);
    device.queue.writeBuffer(work, 0, multiplyAddWork(turns));
    const kernel: Kernel = {
      ...{ label: 'multiply-add', shader: 'multiply-add', entryPoint: 'multiplyAdd', constants: {} },
      bindings: { work: wholeBuffer(work), results: wholeBuffer(results) },
      ...{ invocations, workgroupSize },
    };
    const dispatch = bindKernel(device, kernel, await pipelines.compile(kernel), ({ label }) => {
      throw new Error(`multiply-add: binds no planned tensor. Received ${label}.`);
    });
    await stopwatch.fence();
    await stopwatch.calibrate();
    const { repeats, ms } = await stopwatch.warmUp(dispatch, await stopwatch.time(dispatch, 1), (run) => run());
    let least = ms;
    for (let sample = 0; sample < samples; sample++) least = Math.min(least, await stopwatch.time(dispatch, repeats));
    return (invocations * turns * flopsPerTurn) / least / 1e6;
  } finally {
    memory.releaseAll();
  }
}
