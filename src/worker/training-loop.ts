/** Training as the person drives it: epochs one after another, pause, single steps, validation on the way, tests between. */
import type { FitRun, Network, StepMetrics } from '../engine/index.ts';
import type { DataInUse } from './data-room.ts';
import type { Phase, Report, StepReport } from './protocol.ts';
import { SpeedMeter } from './speed-meter.ts';

const validationsPerEpoch = 8;
const reportEveryMs = 100;

export class TrainingLoop {
  #phase: Phase = 'idle';
  #run: FitRun | undefined;
  #epoch = 0;
  #epochs: number;
  /** Steps taken by networks before the present one, whose own count starts at zero. */
  #stepsBefore = 0;
  #stepInEpoch = 0;
  #pending: StepReport[] = [];
  #lastReportMs = 0;
  #testing: AbortController | undefined;
  readonly #speed = new SpeedMeter();

  constructor(
    private network: Network,
    private data: DataInUse,
    epochs: number,
    private readonly report: (report: Report) => void,
    private readonly onPhase: (phase: Phase) => void,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.#epochs = epochs;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Trains on, from where it is; after the last epoch, for as many more. */
  train(): void {
    if (this.#phase === 'training') return;
    this.#testing?.abort();
    if (this.#epoch >= this.#epochs) this.#epochs += this.#epochs;
    this.#setPhase('training');
    this.#speed.restart();
    if (this.#run) this.#run.resume();
    else void this.#trainEpochs(false);
  }

  /** Resolves when the GPU has finished what was submitted; the test set is then measured. */
  async pause(): Promise<void> {
    if (this.#phase !== 'training') return;
    this.#setPhase('paused');
    await this.#run?.pause();
    this.#flush();
    if (this.phase === 'paused') await this.#test();
  }

  /** One training step, then paused. */
  async step(): Promise<void> {
    this.#testing?.abort();
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

  /** Ends the run; the loop can go on with another network or other data. */
  async stop(): Promise<void> {
    this.#testing?.abort();
    const run = this.#run;
    this.#run = undefined;
    await run?.stop().catch(() => undefined);
    this.#flush();
    this.#stepInEpoch = 0;
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
        const run = this.network.fit(this.data.train, {
          epochs: 1,
          startPaused: isPaused,
          callbacks: { onSteps: (steps) => this.#take(steps) },
        });
        this.#run = run;
        this.#stepInEpoch = 0;
        const { outcome } = await run.finished;
        if (this.#run !== run) return;
        if (outcome === 'nonFinite') this.#failNonFinite();
        if (outcome !== 'finished') return;
        this.#epoch++;
        this.#flush();
        await this.#test();
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
      this.onFailure(error);
    }
  }

  #failNonFinite(): void {
    this.#run = undefined;
    this.#flush();
    this.#setPhase('paused');
    this.report({
      type: 'failed',
      code: 'nonFinite',
      message:
        'The loss is no longer a number: the weights have grown past what float32 holds, most often because the learning rate is too high. Rewind to the initial weights and try a lower rate.',
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
    if (now - this.#lastReportMs >= reportEveryMs) this.#flush();
    const every = Math.ceil(this.#stepsPerEpoch / validationsPerEpoch);
    const before = this.#stepInEpoch - steps.length;
    if (Math.floor(this.#stepInEpoch / every) > Math.floor(before / every)) void this.#validate();
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
    this.report({
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

  async #validate(): Promise<void> {
    try {
      const { validation } = this.data;
      const { loss, accuracy } = await this.network.evaluate(validation);
      this.#reportEvaluation('validation', loss, accuracy, validation.size);
    } catch (error) {
      this.onFailure(error);
    }
  }

  /** Measures the whole test set; gives way when training goes on. */
  async #test(): Promise<void> {
    this.#testing?.abort();
    const testing = new AbortController();
    this.#testing = testing;
    try {
      const { test } = this.data;
      const { loss, accuracy } = await this.network.evaluate(test, { signal: testing.signal });
      this.#reportEvaluation('test', loss, accuracy, test.size);
    } catch (error) {
      if (!testing.signal.aborted) this.onFailure(error);
    }
  }

  #reportEvaluation(kind: 'validation' | 'test', loss: number, accuracy: number, count: number): void {
    const step = this.#stepsBefore + this.network.stepCount;
    this.report({ type: 'evaluated', kind, step, epoch: this.#epoch, loss, accuracy, count });
  }

  #setPhase(phase: Phase): void {
    this.#phase = phase;
    this.onPhase(phase);
  }
}
