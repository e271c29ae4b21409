/** Finds the fastest of one kernel's ways that gives the default's numbers. Knows nothing of networks, stores or pages. */
import type { BoundDispatch } from '../../gpu/dispatch.ts';
import { waysOf } from '../../gpu/kernel-ways.ts';
import type { Kernel, KernelCandidate } from '../../gpu/kernel.ts';
import { PipelineCache, type CompiledKernel } from '../../gpu/pipelines.ts';
import { KernelTrial, type TrialParts } from './kernel-trial.ts';
import { isFarBehind, isFaster, isHopeless, timingRounds } from './selection.ts';
import type { Stopwatch } from './stopwatch.ts';

export interface RaceParts extends TrialParts {
  readonly stopwatch: Stopwatch;
  /** Runs GPU work while nothing else does; its time is made up for by rest. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** The default's pipeline, which the network has. */
  compileDefault(kernel: Kernel): Promise<CompiledKernel>;
  /** Told how long a compilation took. */
  onCompiled(elapsedMs: number): Promise<void>;
  onRefused(choice: string, reason: string): void;
  onTried(): void;
}

/** Milliseconds of one dispatch each. */
export interface RaceResult {
  readonly choice: string;
  readonly defaultMs: number;
  readonly choiceMs: number;
}

interface Runner {
  readonly choice: string;
  readonly dispatch: BoundDispatch;
  readonly repeats: number;
  readonly ms: number;
}

interface Timing {
  readonly defaultMs: number;
  readonly candidateMs: number;
}

/** Thrown for a kernel about which nothing can be found out now. */
export class NoRaceError extends Error {}

/** @throws NoRaceError when the default's own numbers say nothing; EngineError `outOfMemory`, `deviceLost`. */
export async function raceKernel(parts: RaceParts, kernel: Kernel): Promise<RaceResult> {
  const [first, ...others] = waysOf(kernel);
  if (!first) throw new Error(`${kernel.label}: there must be a default way. Received ways=[].`);
  const compiled = await parts.compileDefault(first.kernel);
  parts.assertAlive();
  const trial = await KernelTrial.open(parts, kernel, compiled);
  try {
    return await new Race(parts, trial, first, compiled).run(others);
  } finally {
    trial.close();
  }
}

class Race {
  /** Of candidates only, so that those not chosen are gone with the race. */
  readonly #pipelines: PipelineCache;

  constructor(
    private readonly parts: RaceParts,
    private readonly trial: KernelTrial,
    private readonly first: KernelCandidate,
    private readonly compiled: CompiledKernel,
  ) {
    this.#pipelines = new PipelineCache(parts.device);
  }

  async run(others: readonly KernelCandidate[]): Promise<RaceResult> {
    const defaultWay = await this.#startDefault();
    const fast: { runner: Runner; timing: Timing }[] = [];
    let leastMs = defaultWay.ms;
    for (const other of others) {
      const runner = await this.#admit(other, defaultWay);
      const timing = runner && (await this.#compare(defaultWay, runner));
      if (timing && isFaster(timing.candidateMs, timing.defaultMs)) fast.push({ runner, timing });
      leastMs = Math.min(leastMs, timing?.defaultMs ?? Infinity);
      this.parts.onTried();
    }
    fast.sort((a, b) => a.timing.candidateMs / a.timing.defaultMs - b.timing.candidateMs / b.timing.defaultMs);
    for (const { runner } of fast) {
      const { defaultMs, candidateMs } = await this.#compare(defaultWay, runner);
      if (isFaster(candidateMs, defaultMs)) return { choice: runner.choice, defaultMs, choiceMs: candidateMs };
    }
    return { choice: this.first.choice, defaultMs: leastMs, choiceMs: leastMs };
  }

  /** Fills the stage and runs the default once; what it writes must be fit to judge others by. */
  async #startDefault(): Promise<Runner> {
    const { parts, trial } = this;
    const dispatch = trial.bindDefault(this.first.kernel, this.compiled);
    const again = trial.bindCandidate(this.first.kernel, this.compiled);
    const ms = await parts.alone(async () => {
      trial.capture();
      await this.#runOnce(dispatch, 'right');
      return this.#runOnce(again, 'judged');
    });
    // Beside itself: whatever is no number here is none by itself.
    const { verdict, reason } = await trial.judge();
    if (verdict !== 'agrees') throw new NoRaceError(reason);
    return this.#warmUp(this.first.choice, dispatch, ms);
  }

  /** A candidate that compiles, gives the default's numbers and is not far behind, otherwise undefined. */
  async #admit({ choice, kernel }: KernelCandidate, beside: Runner): Promise<Runner | undefined> {
    const { parts, trial } = this;
    parts.assertAlive();
    const startMs = performance.now();
    const { compiled, refusal } = await this.#compile(kernel);
    await parts.onCompiled(performance.now() - startMs);
    if (!compiled) {
      parts.onRefused(choice, refusal);
      return undefined;
    }
    parts.assertAlive();
    const dispatch = trial.bindCandidate(kernel, compiled);
    const ms = await parts.alone(() => this.#runOnce(dispatch, 'judged'));
    if (parts.stopwatch.isLongEnough(ms) && isFarBehind(ms, beside.ms)) return undefined;
    const { verdict, reason } = await trial.judge();
    if (verdict === 'agrees') return this.#warmUp(choice, dispatch, ms);
    parts.onRefused(choice, reason);
    return undefined;
  }

  /** Writes the outputs anew; its time. */
  async #runOnce(dispatch: BoundDispatch, outputs: 'right' | 'judged'): Promise<number> {
    const { stopwatch } = this.parts;
    this.trial.clear(outputs);
    await stopwatch.fence();
    return stopwatch.time(dispatch, 1);
  }

  async #warmUp(choice: string, dispatch: BoundDispatch, firstMs: number): Promise<Runner> {
    const { alone, stopwatch } = this.parts;
    return { choice, dispatch, ...(await stopwatch.warmUp(dispatch, firstMs, alone)) };
  }

  /** What a device says against a text is caught here, and is no error of the page's. */
  async #compile(kernel: Kernel): Promise<{ compiled?: CompiledKernel; refusal: string }> {
    const { device } = this.parts;
    device.pushErrorScope('validation');
    const compiling = this.#pipelines.compile(kernel);
    const [outcome, invalid] = await Promise.all([
      compiling.then(
        (compiled) => ({ compiled, refusal: '' }),
        (error: unknown) => ({ refusal: error instanceof Error ? error.message : String(error) }),
      ),
      device.popErrorScope(),
    ]);
    return invalid ? { refusal: invalid.message } : outcome;
  }

  /** Times both in turn, the least of several rounds; one round where the candidate is far behind. */
  async #compare(one: Runner, other: Runner): Promise<Timing> {
    const { alone, stopwatch } = this.parts;
    let [defaultMs, candidateMs] = [Infinity, Infinity];
    for (let round = 0; round < timingRounds && !isHopeless(candidateMs, defaultMs); round++) {
      await alone(async () => {
        defaultMs = Math.min(defaultMs, await stopwatch.time(one.dispatch, one.repeats));
        candidateMs = Math.min(candidateMs, await stopwatch.time(other.dispatch, other.repeats));
      });
    }
    return { defaultMs, candidateMs };
  }
}
