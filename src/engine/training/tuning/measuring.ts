/** One stretch of measuring, until it is done or called off; rests on the way, and wakes when it is called off. */
import { EngineError } from '../../error.ts';

export class Measuring {
  /** Resolves when the stretch is over, whatever its end. */
  finished: Promise<void> = Promise.resolve();
  #isCancelled = false;
  #wake: () => void = () => undefined;

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  cancel(): void {
    this.#isCancelled = true;
    this.#wake();
  }

  /** @throws EngineError `disposed` once called off. */
  assertAlive(): void {
    if (this.#isCancelled) throw new EngineError('disposed', 'tuning: was called off.');
  }

  /** @throws as `assertAlive`, at the end. */
  async sleep(ms: number): Promise<void> {
    this.assertAlive();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.assertAlive();
  }
}
