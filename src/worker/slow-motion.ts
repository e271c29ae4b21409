/** Training at a pace that people can follow: one step at a time, with pauses. Knows neither network nor page. */
import type { FitRun } from '../engine/index.ts';

export class SlowMotion {
  /** Counts drives; of two, the later one steps. */
  #drive = 0;

  /** @param onStep told of every step once it has been computed. */
  constructor(private readonly onStep: () => void) {}

  /** Steps a run, paused or about to be, until it ends or `stop` is called. */
  start(run: Pick<FitRun, 'step'>, stepsPerSecond: number): void {
    this.#drive += 1;
    void this.#stepOn(run, 1000 / stepsPerSecond, this.#drive);
  }

  stop(): void {
    this.#drive += 1;
  }

  async #stepOn(run: Pick<FitRun, 'step'>, intervalMs: number, drive: number): Promise<void> {
    let dueMs = performance.now();
    while (drive === this.#drive) {
      if ((await run.step()) === undefined) return;
      this.onStep();
      // A step that took longer than the pace allows is not made up for.
      dueMs = Math.max(dueMs + intervalMs, performance.now());
      await new Promise((resolve) => setTimeout(resolve, dueMs - performance.now()));
    }
  }
}
