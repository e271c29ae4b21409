/** Measures a network's kernels in the background, a little at a time, and makes it go the fastest of their ways. */
import type { NetworkTuning, TunedKernel, TuningChoices, TuningRecord } from '../../contract.ts';
import { EngineError } from '../../error.ts';
import type { Element } from '../../gpu/half.ts';
import type { GpuMemory } from '../../gpu/memory.ts';
import type { GraphContext } from '../graph.ts';
import { NoRaceError, raceKernel, type RaceParts } from './kernel-race.ts';
import { Measuring } from './measuring.ts';
import type { Rehearsal } from './rehearsal.ts';
import { dearestFirst, restMs } from './selection.ts';
import { Stopwatch } from './stopwatch.ts';
import { TunedKernels } from './tuned-kernels.ts';
import type { TuningBook } from './tuning-book.ts';

/** What the tuner needs of its network. */
export interface TuningHost {
  readonly context: GraphContext;
  readonly rehearsal: Rehearsal;
  readonly element: Element;
  /** Compiling, too, takes time from a network that trains on the CPU. */
  readonly isSoftware: boolean;
  /** Training steps are being submitted. */
  isTraining(): boolean;
  /** Bytes of GPU memory that may still be taken. */
  roomBytes(): number;
  /** Runs work while no training step is submitted and the network's tensors are free. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** What compiling takes of a CPU that also trains: one core of at least two. */
const compilationShare = 0.5;

export class Tuner implements NetworkTuning {
  readonly #known: TunedKernels;
  #mode: 'auto' | 'off' | 'fixed';
  #measuring: Measuring | undefined;
  /** The last change of mode has been made. */
  #turn: Promise<void> = Promise.resolve();
  /** Something has been trained. */
  #hasBegun = false;
  #isDisposed = false;

  constructor(
    private readonly host: TuningHost,
    private readonly book: TuningBook,
    tuning: 'auto' | 'off' | TuningChoices,
    onChange: (kernels: readonly TunedKernel[]) => void = () => undefined,
  ) {
    this.#mode = typeof tuning === 'string' ? tuning : 'fixed';
    this.#known = new TunedKernels(host.rehearsal.kernels, (all) => {
      if (!this.#isDisposed) onChange(all);
    });
    if (typeof tuning !== 'string') this.#assertTaken(tuning);
    if (this.#mode === 'auto') for (const key of this.#known.waiting) this.#recall(key);
  }

  get mode(): 'auto' | 'off' | 'fixed' {
    return this.#mode;
  }

  get kernels(): readonly TunedKernel[] {
    return this.#known.all;
  }

  get choices(): TuningChoices {
    return this.#known.choices;
  }

  setMode(mode: 'auto' | 'off'): Promise<void> {
    this.#mode = mode;
    return this.#inTurn(() => (mode === 'off' ? this.#goDefaultWays() : this.#goKnownWays()));
  }

  /** Something is being trained: time to measure. */
  begin(): void {
    this.#hasBegun = true;
    void this.measure();
  }

  measure(): Promise<void> {
    if (this.#measuring) return this.#measuring.finished;
    if (this.#mode !== 'auto' || this.#isDisposed || this.#known.waiting.length === 0) return Promise.resolve();
    const measuring = new Measuring();
    this.#measuring = measuring;
    measuring.finished = this.#measureAll(measuring).finally(() => {
      if (this.#measuring === measuring) this.#measuring = undefined;
    });
    return measuring.finished;
  }

  forget(): Promise<void> {
    return this.#inTurn(async () => {
      await this.book.forget();
      await this.#goDefaultWays();
    });
  }

  /** Ends all measuring before the network's buffers go. */
  dispose(): void {
    this.#isDisposed = true;
    this.#measuring?.cancel();
  }

  /** @throws EngineError `badArgument` unless every kernel goes the way it was told to. */
  #assertTaken(choices: TuningChoices): void {
    for (const { key, labels, ways, choice } of this.kernels) {
      const wanted = choices[key];
      if (wanted === undefined || wanted === choice) continue;
      const rule = `tuning must name one of the ways of ${labels.join(', ')}: ${ways.join('; ')}`;
      throw new EngineError('badArgument', `compile: ${rule}. Received choice=${wanted}.`);
    }
  }

  /** True when another time has found out about the kernel. */
  #recall(key: string): boolean {
    const record = this.book.find(key, this.host.element);
    if (!record || !this.#known.accepts(key, record)) return false;
    this.#known.settle(key, record);
    return true;
  }

  /** Changes the ways while nothing is measured, one change after another; then goes on measuring. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(async () => {
      const measuring = this.#measuring;
      this.#measuring = undefined;
      measuring?.cancel();
      await measuring?.finished;
      await change();
      if (this.#hasBegun) this.begin();
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #goKnownWays(): Promise<void> {
    await this.book.load();
    const known = this.#known.waiting.filter((key) => this.#recall(key));
    for (const key of known) await this.#choose(key, this.#known.state(key).choice);
  }

  async #goDefaultWays(): Promise<void> {
    for (const { key, choice, ways } of this.kernels) {
      this.#known.forget(key);
      if (ways[0] !== undefined && choice !== ways[0]) await this.#choose(key, ways[0]);
    }
  }

  async #choose(key: string, choice: string): Promise<void> {
    if (!this.#isDisposed) await this.host.rehearsal.choose(key, choice);
  }

  async #measureAll(measuring: Measuring): Promise<void> {
    const { device, memory } = this.host.context;
    const stopwatch = new Stopwatch(device, memory, () => measuring.assertAlive());
    try {
      await this.host.rehearsal.prepare();
      const parts = this.#parts(measuring, stopwatch, memory);
      const costs = await this.#costs(parts);
      const worthIt = dearestFirst(costs);
      for (const key of costs.keys()) if (!worthIt.includes(key)) this.#skip(key, 'takes too little time to matter');
      for (const key of worthIt) await this.#measure(key, measuring, parts);
    } catch (error) {
      this.#stopAt(error, measuring);
    } finally {
      stopwatch.dispose();
    }
  }

  /** Time that each kernel not known yet takes of a step, as it goes now. */
  async #costs(parts: RaceParts): Promise<ReadonlyMap<string, number>> {
    const { rehearsal } = this.host;
    await parts.alone(() => parts.stopwatch.calibrate());
    const costs = new Map<string, number>();
    const waiting = new Set(this.#known.waiting);
    for (const [index, kernel] of rehearsal.kernels.entries()) {
      const key = kernel.tuning?.key;
      if (key === undefined || !waiting.has(key)) continue;
      const dispatch = rehearsal.dispatches()[index];
      if (!dispatch) continue;
      const firstMs = await parts.alone(() => parts.stopwatch.time(dispatch, 1));
      const { ms } = await parts.stopwatch.warmUp(dispatch, firstMs, parts.alone);
      costs.set(key, (costs.get(key) ?? 0) + ms);
    }
    return costs;
  }

  async #measure(key: string, measuring: Measuring, parts: RaceParts): Promise<void> {
    const known = this.#known;
    known.change(key, { state: 'measuring', tried: 0, refusals: [] });
    try {
      const result = await raceKernel(
        {
          ...parts,
          roomBytes: this.host.roomBytes(),
          onRefused: (choice, reason) => known.refuse(key, choice, reason),
          onTried: () => known.change(key, { tried: known.state(key).tried + 1 }),
        },
        known.kernel(key),
      );
      measuring.assertAlive();
      await this.#take(key, { ...result, ways: known.state(key).ways });
    } catch (error) {
      known.change(key, { state: 'waiting', tried: 0 });
      const isForNow = error instanceof NoRaceError || (error instanceof EngineError && error.code === 'outOfMemory');
      if (measuring.isCancelled || !isForNow) throw error;
      this.#skip(key, error.message);
    }
  }

  async #take(key: string, record: TuningRecord): Promise<void> {
    const before = this.#known.state(key).choice;
    this.book.keep(key, this.host.element, record);
    this.#known.settle(key, record);
    if (record.choice !== before) await this.#choose(key, record.choice);
  }

  #skip(key: string, reason: string): void {
    this.#known.change(key, { state: 'skipped', reason });
  }

  /** A device that is gone, or a network that is, ends the measuring and is told of by others. */
  #stopAt(error: unknown, measuring: Measuring): void {
    if (measuring.isCancelled) return;
    const isGone = error instanceof EngineError && (error.code === 'deviceLost' || error.code === 'disposed');
    const reason = error instanceof Error ? error.message : String(error);
    if (!isGone) for (const key of this.#known.waiting) this.#skip(key, reason);
  }

  #parts(measuring: Measuring, stopwatch: Stopwatch, memory: GpuMemory): RaceParts {
    const { host } = this;
    const { device, pipelines } = host.context;
    const rest = (workMs: number) => measuring.sleep(restMs(workMs, host.isTraining()));
    return {
      device,
      memory,
      rehearsal: host.rehearsal,
      stopwatch,
      roomBytes: host.roomBytes(),
      assertAlive: () => measuring.assertAlive(),
      compileDefault: (kernel) => pipelines.compile(kernel),
      alone: async (work) => {
        const { value, workMs } = await host.exclusively(async () => {
          measuring.assertAlive();
          // The steps under way come to their end first: that is no work of ours.
          await stopwatch.fence();
          measuring.assertAlive();
          const startMs = performance.now();
          const value = await work();
          return { value, workMs: performance.now() - startMs };
        });
        await rest(workMs);
        return value;
      },
      onCompiled: (elapsedMs) => (host.isSoftware ? rest(elapsedMs * compilationShare) : Promise.resolve()),
      onRefused: () => undefined,
      onTried: () => undefined,
    };
  }
}
