/** Images per second over the last few seconds of steps, as they come in. */

const windowMs = 4000;

interface Sample {
  readonly atMs: number;
  readonly steps: number;
  readonly images: number;
}

export class SpeedMeter {
  #samples: Sample[] = [];

  /** Forgets what was measured, as after a pause. */
  restart(): void {
    this.#samples = [];
  }

  /** @param atMs time of `performance.now()` at which the steps were known to be done. */
  add(atMs: number, steps: number, images: number): void {
    this.#samples.push({ atMs, steps, images });
    while (this.#samples.length > 2 && (this.#samples[0]?.atMs ?? 0) < atMs - windowMs) this.#samples.shift();
  }

  /** Steps that come in at a time; 0 until some have. */
  get stepsPerReport(): number {
    const steps = this.#samples.reduce((sum, sample) => sum + sample.steps, 0);
    return steps / Math.max(1, this.#samples.length);
  }

  /** Zeros until two reports have come in: the first one's time has no beginning. */
  read(): { imagesPerSecond: number; msPerStep: number } {
    const [first, ...rest] = this.#samples;
    const last = rest.at(-1);
    if (!first || !last || last.atMs <= first.atMs) return { imagesPerSecond: 0, msPerStep: 0 };
    const elapsedMs = last.atMs - first.atMs;
    const steps = rest.reduce((sum, sample) => sum + sample.steps, 0);
    const images = rest.reduce((sum, sample) => sum + sample.images, 0);
    return { imagesPerSecond: (images * 1000) / elapsedMs, msPerStep: elapsedMs / steps };
  }
}
