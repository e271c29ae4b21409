/** Work that must not overtake other work, and what becomes of its failures. Knows no request. */
import { EngineError } from '../engine/index.ts';
import type { Report } from './protocol.ts';

/** One queue; what goes wrong is told to the page, and the next work has its chance. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  constructor(private readonly report: (report: Report) => void) {}

  /** Performs work once all work before has been performed. */
  queue(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(() => this.attempt(work));
    return this.#last;
  }

  /** Performs work now; never rejects. */
  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Tells the page of a failure. */
  fail(error: unknown): void {
    const code = error instanceof EngineError ? error.code : 'internal';
    // A device that is gone fails everything under way; its loss is reported once, by itself.
    if (code === 'deviceLost') return;
    this.report({ type: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  }
}
