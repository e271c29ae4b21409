/** How many steps go into one submit: as many as take a few tens of milliseconds, so that pausing is immediate. */

const targetMs = 40;
/** Most steps in one submit; also the size of the staging buffers that bring their metrics back. */
export const maxStepsPerSubmit = 64;

export class Pacer {
  #steps = 1;
  #lastDoneMs = 0;

  get steps(): number {
    return this.#steps;
  }

  /** Learns from a submit of `steps` steps, handed in and finished at these times of `performance.now()`. */
  report(steps: number, submittedMs: number, doneMs: number): void {
    const elapsedMs = doneMs - Math.max(submittedMs, this.#lastDoneMs);
    this.#lastDoneMs = doneMs;
    const fitting = Math.floor((steps * targetMs) / Math.max(elapsedMs, 0.1));
    // At most doubling: one lucky timing must not make a submit that holds the GPU for long.
    this.#steps = Math.max(1, Math.min(maxStepsPerSubmit, this.#steps * 2, fitting));
  }
}
