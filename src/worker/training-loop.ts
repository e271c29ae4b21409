/** Training as the person drives it: epochs one after another, pause, single steps, validation on the way, tests between. */
import type { FitRun, Milestones, Network, StepMetrics } from '../engine/index.ts';
import type { DataInUse } from './data-room.ts';
import { Measurements, type Measured, type MeasurementListener } from './measurements.ts';
import type { Phase, Place, StepReport } from './protocol.ts';
import { SlowMotion } from './slow-motion.ts';
import { SpeedMeter } from './speed-meter.ts';

const validationsPerEpoch = 8;

/** What the loop tells on its way. */
export interface LoopListener extends MeasurementListener {
  onPhase(phase: Phase): void;
  /** A run begins, or goes on after another, at a step of its own count. */
  onBegin(): void;
  /** Counted like `stepsTaken`. */
  readonly milestones: Milestones;
  /** Least time between two reports at full speed. */
  readonly reportingMs: number;
}

export class TrainingLoop implements Measured {
  #phase: Phase = 'idle';
  #run: FitRun | undefined;
  #epoch = 0;
  #epochs: number;
  /** Steps taken by networks before the present one, whose own count starts at zero. */
  #stepsBefore = 0;
  #stepInEpoch = 0;
  #pending: StepReport[] = [];
  #lastReportMs = 0;
  /** Steps that the epoch to be made next has behind it, when the network has been put back into it. */
  #stepsDone = 0;
  readonly #speed = new SpeedMeter();
  readonly #measurements: Measurements;
  readonly #slowMotion = new SlowMotion(() => this.#flush());

  /** @param stepsPerSecond absent for full speed. */
  constructor(
    public network: Network,
    public data: DataInUse,
    epochs: number,
    private stepsPerSecond: number | undefined,
    private readonly listener: LoopListener,
  ) {
    this.#epochs = epochs;
    this.#measurements = new Measurements(this, listener);
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Over the last few seconds; the steps of a submit come in together. */
  get speed(): { imagesPerSecond: number; msPerStep: number; stepsPerSubmit: number } {
    return { ...this.#speed.read(), stepsPerSubmit: this.#speed.stepsPerReport };
  }

  /** Steps submitted since the initial weights, over all networks. */
  get stepsTaken(): number {
    return this.#stepsBefore + this.network.stepCount;
  }

  /** Of the epoch under way or to come, from 0. */
  get epoch(): number {
    return this.#epoch;
  }

  /** True while people are to follow every step. */
  get isSlow(): boolean {
    return this.stepsPerSecond !== undefined;
  }

  /** Trains on, from where it is; after the last epoch, for as many more. */
  train(): void {
    if (this.#phase === 'training') return;
    this.#measurements.cancelTest();
    if (this.#epoch >= this.#epochs) this.#epochs += this.#epochs;
    this.#setPhase('training');
    this.#speed.restart();
    if (this.#run) this.#goOn(this.#run);
    else void this.#trainEpochs(false);
  }

  /** Resolves when the GPU has finished what was submitted; the test set is then measured. */
  async pause(): Promise<void> {
    if (this.#phase !== 'training') return;
    this.#setPhase('paused');
    this.#slowMotion.stop();
    await this.#run?.pause();
    this.#flush();
    if (this.phase === 'paused') await this.#measurements.test();
  }

  /** One training step, then paused. */
  async step(): Promise<void> {
    this.#measurements.cancelTest();
    this.#slowMotion.stop();
    if (this.#phase !== 'paused') this.#setPhase('paused');
    if (!this.#run) {
      if (this.#epoch >= this.#epochs) this.#epochs += 1;
      void this.#trainEpochs(true);
    }
    await this.#run?.step();
    this.#flush();
  }

  setEpochs(epochs: number): void {
    this.#epochs = Math.max(epochs, this.#epoch);
  }

  /** Full speed without. */
  setPace(stepsPerSecond: number | undefined): void {
    this.stepsPerSecond = stepsPerSecond;
    if (this.#phase === 'training' && this.#run) this.#goOn(this.#run);
    // Whoever draws has more time for it now, or less.
    this.#setPhase(this.#phase);
  }

  /** Ends the run; the loop can go on with another network or other data. */
  async stop(): Promise<void> {
    await this.#end();
    this.#stepInEpoch = 0;
    this.#stepsDone = 0;
  }

  /** Ends the run where it stands, in the middle of an epoch, so that the network can be put back to another place. */
  async suspend(): Promise<void> {
    if (this.#phase === 'training') this.#setPhase('paused');
    await this.#end();
    // The run may have come to the epoch's end by itself just then.
    if (this.#stepInEpoch >= this.#stepsPerEpoch) this.#endEpoch();
  }

  /** The network has been put to this place; `hasSameEpoch`: and will go on within its epoch. */
  moveTo({ step, epoch, stepInEpoch }: Place, hasSameEpoch: boolean): void {
    this.#stepsBefore = step - this.network.stepCount;
    this.#epoch = epoch;
    this.#stepsDone = hasSameEpoch ? stepInEpoch : 0;
    this.#stepInEpoch = this.#stepsDone;
  }

  /** Goes on with other weights or other data; training resumes when it was under way. */
  async replace(network: Network, data: DataInUse): Promise<void> {
    const wasTraining = this.#phase === 'training';
    await this.stop();
    if (network !== this.network) this.#stepsBefore += this.network.stepCount;
    this.network = network;
    this.data = data;
    if (wasTraining) {
      this.#setPhase('paused');
      this.train();
    }
  }

  /** Forgets all progress; the network has been reset. */
  async restart(epochs: number): Promise<void> {
    await this.stop();
    this.#epoch = 0;
    this.#epochs = epochs;
    this.#stepsBefore = 0;
    this.#setPhase('idle');
  }

  async #trainEpochs(startPaused: boolean): Promise<void> {
    let isPaused = startPaused;
    try {
      while (this.#epoch < this.#epochs) {
        const run = this.#begin(isPaused);
        const { outcome } = await run.finished;
        if (this.#run !== run) return;
        if (outcome === 'nonFinite') this.#failNonFinite();
        if (outcome !== 'finished') return;
        this.#flush();
        this.#endEpoch();
        await this.#measurements.test();
        if (this.#run !== run) return;
        isPaused = this.#phase !== 'training';
        if (isPaused) {
          this.#run = undefined;
          return;
        }
      }
      this.#run = undefined;
      this.#setPhase('finished');
    } catch (error) {
      this.#run = undefined;
      this.#setPhase('paused');
      this.listener.onFailure(error);
    }
  }

  /** One epoch, or the rest of it. */
  #begin(isPaused: boolean): FitRun {
    const { milestones } = this.listener;
    this.listener.onBegin();
    const before = this.#stepsBefore;
    const run = this.network.fit(this.data.train, {
      epochs: 1,
      startPaused: isPaused || this.isSlow,
      milestones: {
        after: (step) => milestones.after(before + step) - before,
        reached: (step) => milestones.reached(before + step),
      },
      callbacks: { onSteps: (steps) => this.#take(steps) },
    });
    this.#run = run;
    this.#stepInEpoch = this.#stepsDone;
    this.#stepsDone = 0;
    if (!isPaused && this.isSlow) this.#goOn(run);
    return run;
  }

  #goOn(run: FitRun): void {
    this.#slowMotion.stop();
    if (this.stepsPerSecond === undefined) run.resume();
    else this.#slowMotion.start(run, this.stepsPerSecond);
  }

  async #end(): Promise<void> {
    this.#measurements.cancelTest();
    this.#slowMotion.stop();
    const run = this.#run;
    this.#run = undefined;
    await run?.stop().catch(() => undefined);
    this.#flush();
  }

  #endEpoch(): void {
    this.#epoch++;
    this.#stepInEpoch = 0;
  }

  #failNonFinite(): void {
    this.#run = undefined;
    this.#flush();
    this.#setPhase('paused');
    this.listener.report({
      type: 'failed',
      code: 'nonFinite',
      message:
        'The loss is no longer a number: the weights have grown past what float32 holds, most often because the learning rate is too high. Go back and try a lower rate.',
    });
  }

  #take(steps: readonly StepMetrics[]): void {
    const now = performance.now();
    const images = steps.reduce((sum, step) => sum + step.count, 0);
    this.#speed.add(now, steps.length, images);
    for (const { step, loss, accuracy } of steps) {
      this.#pending.push({ step: this.#stepsBefore + step, epoch: this.#epoch, loss, accuracy });
    }
    this.#stepInEpoch += steps.length;
    if (now - this.#lastReportMs >= this.listener.reportingMs) this.#flush();
    const every = Math.ceil(this.#stepsPerEpoch / validationsPerEpoch);
    const before = this.#stepInEpoch - steps.length;
    if (Math.floor(this.#stepInEpoch / every) > Math.floor(before / every)) void this.#measurements.validate();
  }

  get #stepsPerEpoch(): number {
    return Math.ceil(this.data.train.size / this.network.batchSize);
  }

  #flush(): void {
    if (this.#pending.length === 0) return;
    this.#lastReportMs = performance.now();
    const { imagesPerSecond, msPerStep } = this.#speed.read();
    const stepsPerEpoch = this.#stepsPerEpoch;
    const stepsLeft = (this.#epochs - this.#epoch) * stepsPerEpoch - this.#stepInEpoch;
    this.listener.report({
      type: 'progress',
      steps: this.#pending,
      epoch: Math.min(this.#epoch, this.#epochs - 1),
      epochs: this.#epochs,
      stepInEpoch: this.#stepInEpoch,
      stepsPerEpoch,
      imagesPerSecond,
      msPerStep,
      secondsLeft: Math.max(0, (stepsLeft * msPerStep) / 1000),
    });
    this.#pending = [];
  }

  #setPhase(phase: Phase): void {
    this.#phase = phase;
    this.listener.onPhase(phase);
  }
}
