/** The loop of a training run: epochs, submits, pauses. It awaits the GPU only to know how far it is, never to go on. */
import type { EpochLogs, FitOptions, FitOutcome, FitRun, StepMetrics } from '../contract.ts';
import type { GpuDataset } from './dataset.ts';
import { EpochMeans } from './epoch-means.ts';
import type { MetricsReader } from './metrics-reader.ts';
import { Pacer } from './pacer.ts';

/** What the loop needs of its network. */
export interface FitHost {
  readonly device: GPUDevice;
  readonly batchSize: number;
  /** Steps since the initial weights. */
  readonly stepCount: number;
  readonly reader: MetricsReader;
  /** Resolves with how many of the epoch's steps were made before. */
  beginEpoch(data: GpuDataset, isShuffled: boolean): Promise<number>;
  /** Encodes and counts `count` steps. */
  encodeSteps(encoder: GPUCommandEncoder, count: number): void;
  /** Resolves when nobody else needs the weights to stand still. */
  whenFree(): Promise<void> | undefined;
  evaluate(data: GpuDataset): Promise<{ loss: number; accuracy: number }>;
}

/** Submits in flight: one runs while the next is ready. */
export const submitsInFlight = 2;

interface Waiter {
  resolve(metrics: StepMetrics | undefined): void;
}

export class TrainingRun implements FitRun {
  readonly finished: Promise<{ readonly outcome: FitOutcome; readonly epochs: readonly EpochLogs[] }>;
  readonly #pacer = new Pacer();
  readonly #inFlight: Promise<void>[] = [];
  readonly #logs: EpochLogs[] = [];
  readonly #means = new EpochMeans();
  #isPaused: boolean;
  #isStopping = false;
  #isNonFinite = false;
  #epoch = 0;
  #submitted = 0;
  #stepWaiters: Waiter[] = [];
  #wake: () => void = () => undefined;

  constructor(
    private readonly host: FitHost,
    private readonly data: GpuDataset,
    private readonly validation: GpuDataset | undefined,
    private readonly options: FitOptions,
  ) {
    this.#isPaused = options.startPaused ?? false;
    options.signal?.addEventListener('abort', () => this.#requestStop());
    if (options.signal?.aborted) this.#isStopping = true;
    this.finished = this.#run().finally(() => this.#answerWaiters(undefined));
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  async pause(): Promise<void> {
    this.#isPaused = true;
    await Promise.all(this.#inFlight);
  }

  resume(): void {
    this.#isPaused = false;
    this.#wake();
  }

  step(): Promise<StepMetrics | undefined> {
    if (!this.#isPaused) void this.pause();
    return new Promise((resolve) => {
      this.#stepWaiters.push({ resolve });
      void this.finished.then(
        () => resolve(undefined),
        () => resolve(undefined),
      );
      this.#wake();
    });
  }

  async stop(): Promise<void> {
    this.#requestStop();
    await this.finished;
  }

  #requestStop(): void {
    this.#isStopping = true;
    this.#wake();
  }

  async #run(): Promise<{ outcome: FitOutcome; epochs: readonly EpochLogs[] }> {
    const stepsPerEpoch = Math.ceil(this.data.size / this.host.batchSize);
    for (this.#epoch = 0; this.#epoch < this.options.epochs && !this.#hasEnded(); this.#epoch++) {
      const stepsDone = await this.host.beginEpoch(this.data, this.options.shuffle ?? true);
      const isWhole = await this.#runEpoch(stepsDone, stepsPerEpoch);
      await this.#drain();
      if (!isWhole || this.#isNonFinite) break;
      await this.#endEpoch();
    }
    await this.#drain();
    const isFinished = this.#logs.length === this.options.epochs;
    return { outcome: this.#isNonFinite ? 'nonFinite' : isFinished ? 'finished' : 'stopped', epochs: this.#logs };
  }

  /** True when every step of the epoch was submitted. */
  async #runEpoch(stepsDone: number, stepsPerEpoch: number): Promise<boolean> {
    let done = stepsDone;
    while (done < stepsPerEpoch) {
      await this.#turn();
      if (this.#hasEnded()) return false;
      const milestone = this.options.milestones?.after(this.host.stepCount) ?? Infinity;
      const untilMilestone = Math.max(1, milestone - this.host.stepCount);
      const allowed = Math.min(this.#pacer.steps, stepsPerEpoch - done, this.#stepsLeft(), untilMilestone);
      const steps = this.#isPaused ? 1 : allowed;
      this.#submit(steps);
      done += steps;
      if (this.host.stepCount === milestone) this.options.milestones?.reached(milestone);
    }
    return true;
  }

  #stepsLeft(): number {
    return (this.options.maxSteps ?? Infinity) - this.#submitted;
  }

  #hasEnded(): boolean {
    return this.#isStopping || this.#isNonFinite || this.#stepsLeft() <= 0;
  }

  /** Waits until a submit may be made: room in flight, not paused (or a step asked for), nobody evaluating. */
  async #turn(): Promise<void> {
    for (;;) {
      if (this.#hasEnded()) return;
      const others = this.host.whenFree();
      if (others) await others;
      else if (this.#inFlight.length >= submitsInFlight) await this.#inFlight[0];
      else if (this.#isPaused && this.#stepWaiters.length === 0) await this.#sleep();
      else return;
    }
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #submit(steps: number): void {
    const { device, reader } = this.host;
    const waiter = this.#isPaused ? this.#stepWaiters.shift() : undefined;
    const encoder = device.createCommandEncoder({ label: 'training steps' });
    const firstStep = this.host.stepCount;
    this.host.encodeSteps(encoder, steps);
    const metrics = reader.encode(encoder, firstStep, steps);
    device.queue.submit([encoder.finish()]);
    this.#submitted += steps;
    const submittedMs = performance.now();
    const epoch = this.#epoch;
    const before = this.#inFlight.at(-1);
    const done = metrics.read().then(async (filed) => {
      // Two reads that are ready at once may come in either order; steps are told of in their own.
      await before;
      this.#pacer.report(steps, submittedMs, performance.now());
      this.#report(filed.map((one) => ({ ...one, epoch })));
      waiter?.resolve({ ...filed[0], epoch } as StepMetrics);
    });
    this.#inFlight.push(done);
    const forget = () => {
      void this.#inFlight.splice(this.#inFlight.indexOf(done), 1);
    };
    done.then(forget, forget);
  }

  #report(steps: readonly StepMetrics[]): void {
    for (const step of steps) {
      this.#means.add(step);
      if (!step.isFinite) this.#isNonFinite = true;
    }
    this.options.callbacks?.onSteps?.(steps);
  }

  async #drain(): Promise<void> {
    await Promise.all(this.#inFlight);
  }

  async #endEpoch(): Promise<void> {
    const means = this.#means.take();
    const validation = this.validation && (await this.host.evaluate(this.validation));
    const logs: EpochLogs = {
      epoch: this.#epoch,
      ...means,
      ...(validation && { valLoss: validation.loss, valAccuracy: validation.accuracy }),
    };
    this.#logs.push(logs);
    await this.options.callbacks?.onEpochEnd?.(logs);
  }

  #answerWaiters(metrics: StepMetrics | undefined): void {
    for (const waiter of this.#stepWaiters) waiter.resolve(metrics);
    this.#stepWaiters = [];
  }
}
