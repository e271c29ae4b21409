/** Asks again whenever the answer may have changed: one question at a time, never two within a rest. Knows no question. */

/** A question that is asked on and on; only its latest answer counts. */
export class LatestAnswer {
  #isAsking = false;
  #isStale = false;
  #lastMs = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly ask: () => Promise<void>,
    private readonly attempt: (work: () => Promise<void>) => void,
  ) {}

  /** Asks as soon as the question before has been answered. */
  now(): void {
    this.#isStale = true;
    if (!this.#isAsking) this.attempt(() => this.#askUntilFresh());
  }

  /** Asks at least `restMs` after the question before was asked. */
  soon(restMs: number): void {
    if (this.#timer !== undefined) return;
    const waitMs = Math.max(0, this.#lastMs + restMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.now();
    }, waitMs);
  }

  /** Forgets what was to be asked soon. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #askUntilFresh(): Promise<void> {
    this.#isAsking = true;
    try {
      while (this.#isStale) {
        this.#isStale = false;
        this.#lastMs = performance.now();
        await this.ask();
      }
    } finally {
      this.#isAsking = false;
    }
  }
}
