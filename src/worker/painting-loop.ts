/** When to draw: never while the page is hidden, never two frames at once, and seldom enough to leave training its GPU. */
import type { FrameNumbers, MapPainter } from './map-painter.ts';

/** Least time between two frames, and between two reports of a run under way, in milliseconds. */
export interface FramePace {
  readonly trainingMs: number;
  readonly restingMs: number;
  readonly reportingMs: number;
}

/** On an adapter that computes on the CPU, frames and what the page does with a report cost training what they cost themselves. */
export function paceFor(isSoftware: boolean): FramePace {
  return isSoftware
    ? { trainingMs: 400, restingMs: 30, reportingMs: 400 }
    : { trainingMs: 50, restingMs: 15, reportingMs: 100 };
}

export class PaintingLoop {
  #isWanted = false;
  #isPainting = false;
  #isVisible = true;
  #isTraining = false;
  #lastMs = -Infinity;

  constructor(
    private readonly painter: MapPainter,
    private readonly pace: FramePace,
    private readonly onFrame: (numbers: FrameNumbers) => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Something changed: draw as soon as the pace allows. */
  request(): void {
    this.#isWanted = true;
    this.#next();
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#next();
  }

  setTraining(isTraining: boolean): void {
    this.#isTraining = isTraining;
    this.#next();
  }

  #next(): void {
    if (!this.#isWanted || this.#isPainting || !this.#isVisible) return;
    this.#isPainting = true;
    const restMs = this.#isTraining ? this.pace.trainingMs : this.pace.restingMs;
    const waitMs = Math.max(0, this.#lastMs + restMs - performance.now());
    setTimeout(() => void this.#paint(), waitMs);
  }

  async #paint(): Promise<void> {
    this.#isWanted = false;
    this.#lastMs = performance.now();
    try {
      const numbers = await this.painter.paint();
      if (numbers) this.onFrame(numbers);
    } catch (error) {
      this.onFailure(error);
    } finally {
      this.#isPainting = false;
      this.#next();
    }
  }
}
