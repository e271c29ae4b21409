/** Measures what an operation did to the accuracy: before, after, on the same images. Performs no operation. */
import type { DataInUse } from './data-room.ts';
import type { Surroundings } from './feature.ts';
import type { SurgeryEffect, SurgeryReport } from './surgery-messages.ts';

type Part = keyof Pick<DataInUse, 'validation' | 'test'>;

/** Accuracies, 0…1, of one set of weights, as far as they were measured. */
export type KnownAccuracy = Readonly<Partial<Record<Part, number>>>;

/** The whole test set is measured too where that takes no longer than this, judged by its first part. */
const patienceMs = 3000;
/** An operation that takes longer to be seen than this is not done at once. */
const longestWaitMs = 1000;

export class EffectMeter {
  #known: Partial<Record<Part, number>> = {};
  /** Counts the sets of weights there have been. */
  #version = 0;
  #operations = 0;
  #msPerImage = 0;
  #testing: AbortController | undefined;
  #effect: { readonly told: Pick<SurgeryEffect, 'step' | 'isUndone'>; readonly before: KnownAccuracy } | undefined;
  #isMeasuring = false;
  /** The short measurement under way, for whoever else wants to know. */
  #short: { readonly version: number; readonly accuracy: Promise<number | undefined> } | undefined;
  /** An operation was done since the weights were last changed by anything else. */
  #isTouched = false;

  constructor(private readonly surroundings: Pick<Surroundings, 'network' | 'data' | 'loop' | 'report' | 'attempt'>) {}

  /** The weights, or the images, are not those that were measured. */
  forget(): void {
    this.#version++;
    this.#known = {};
    this.#isTouched = false;
  }

  /** Somebody else measured the weights; unless an operation came in between, as they are. */
  learn(part: Part, accuracy: number): void {
    if (!this.#isTouched) this.#known[part] = accuracy;
  }

  /** What an operation did is of no interest any more. */
  abandon(): void {
    this.forget();
    this.#effect = undefined;
    this.giveWay();
  }

  /** Leaves the GPU to what matters more. */
  giveWay(): void {
    this.#testing?.abort();
  }

  /** Finds out what the present weights come to, so that it is known when an operation is done. */
  settle(): void {
    this.surroundings.attempt(async () => {
      for (const part of ['validation', 'test'] as const) {
        const accuracy = await this.#ensure(part);
        const count = this.surroundings.data.inUse?.[part].size ?? 0;
        if (accuracy !== undefined) this.surroundings.report({ type: 'accuracyKnown', accuracy, count });
      }
    });
  }

  /** What is known of the weights before an operation; a short measurement is waited for, but not for long. */
  async before(): Promise<KnownAccuracy> {
    this.giveWay();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const enough = new Promise((resolve) => (timer = setTimeout(resolve, longestWaitMs)));
    await Promise.race([this.#ensure('validation'), enough]);
    clearTimeout(timer);
    return { ...this.#known };
  }

  /** An operation was done: its effect is told as it becomes known. */
  announce(told: Pick<SurgeryEffect, 'step' | 'isUndone'>, before: KnownAccuracy): void {
    this.giveWay();
    this.forget();
    this.#isTouched = true;
    this.#operations++;
    this.#effect = { told, before };
    this.#tell('validation', undefined);
    if (!this.#isMeasuring) this.surroundings.attempt(() => this.#measureEffect());
  }

  async #measureEffect(): Promise<void> {
    this.#isMeasuring = true;
    try {
      let operations: number;
      do {
        operations = this.#operations;
        const after = await this.#measureShort();
        // What was measured before an operation that has come since is not its effect.
        if (after !== undefined && operations === this.#operations) this.#tell('validation', after);
      } while (operations !== this.#operations);
    } finally {
      this.#isMeasuring = false;
    }
    const after = await this.#ensure('test');
    if (after !== undefined) this.#tell('test', after);
  }

  get #isTraining(): boolean {
    return this.surroundings.loop?.phase === 'training';
  }

  /** The short measurement always; the long one while nothing trains and it does not take long. */
  async #ensure(part: Part): Promise<number | undefined> {
    const size = this.surroundings.data.inUse?.test.size ?? 0;
    const isFair = part === 'validation' || (!this.#isTraining && this.#msPerImage * size <= patienceMs);
    const known = this.#known[part];
    if (known !== undefined || !isFair) return known;
    return part === 'validation' ? this.#measureShort() : this.#measure(part);
  }

  /** Of the same weights once only. */
  #measureShort(): Promise<number | undefined> {
    const version = this.#version;
    if (this.#short?.version === version) return this.#short.accuracy;
    const accuracy = this.#measure('validation').finally(() => {
      if (this.#short?.accuracy === accuracy) this.#short = undefined;
    });
    this.#short = { version, accuracy };
    return accuracy;
  }

  async #measure(part: Part): Promise<number | undefined> {
    const { network, data } = this.surroundings;
    const images = data.inUse?.[part];
    if (!network || !images) return undefined;
    const version = this.#version;
    const cancel = new AbortController();
    if (part === 'test') this.#testing = cancel;
    const startMs = performance.now();
    try {
      const { accuracy } = await network.evaluate(images, { signal: cancel.signal });
      if (part === 'validation') this.#msPerImage = (performance.now() - startMs) / images.size;
      if (version === this.#version) this.#known[part] = accuracy;
      return version === this.#version || part === 'validation' ? accuracy : undefined;
    } catch (error) {
      if (cancel.signal.aborted) return undefined;
      throw error;
    }
  }

  #tell(part: Part, after: number | undefined): void {
    if (!this.#effect) return;
    const { told, before } = this.#effect;
    const known = before[part];
    // Without a measurement of the same images before, there is no difference to tell.
    if (part === 'test' && known === undefined) return;
    const report: SurgeryReport = {
      type: 'surgeryEffect',
      effect: {
        ...told,
        ...(known !== undefined && { before: known }),
        ...(after !== undefined && { after }),
        count: this.surroundings.data.inUse?.[part].size ?? 0,
        isTraining: this.#isTraining,
      },
    };
    this.surroundings.report(report);
  }
}
