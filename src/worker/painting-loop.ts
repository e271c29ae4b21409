/** When to draw: never while the page is hidden, never two frames at once, and seldom enough to leave training its GPU. */
import type { FrameNumbers, MapPainter } from './map-painter.ts';

/** Why there is something to draw: a step of training changed it, or what a person did. */
export type Cause = 'training' | 'person';

/** Least time between two frames, and between two reports of a run under way, in milliseconds. */
export interface FramePace {
  /** At full speed, of what training itself changes. */
  readonly trainingMs: number;
  /** At full speed, of what a person does meanwhile. */
  readonly answeringMs: number;
  readonly restingMs: number;
  readonly reportingMs: number;
}

/**
 * On an adapter that computes on the CPU, frames and what the page does with a report cost training what they cost
 * themselves: a frame of the page takes about 50 ms of its cores.
 */
export function paceFor(isSoftware: boolean): FramePace {
  return isSoftware
    ? { trainingMs: 2000, answeringMs: 200, restingMs: 30, reportingMs: 2000 }
    : { trainingMs: 50, answeringMs: 30, restingMs: 15, reportingMs: 100 };
}

export class PaintingLoop {
  /** The most urgent cause to draw again; absent when nothing has changed. */
  #wanted: Cause | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
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
  request(cause: Cause): void {
    if (this.#wanted !== 'person') this.#wanted = cause;
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

  /** Plans the next frame anew: what was planned may have become more urgent, or no frame be wanted any more. */
  #next(): void {
    clearTimeout(this.#timer);
    if (!this.#wanted || this.#isPainting || !this.#isVisible) return;
    const waitMs = Math.max(0, this.#lastMs + this.#restMs(this.#wanted) - performance.now());
    this.#timer = setTimeout(() => void this.#paint(), waitMs);
  }

  #restMs(cause: Cause): number {
    if (!this.#isTraining) return this.pace.restingMs;
    return cause === 'training' ? this.pace.trainingMs : this.pace.answeringMs;
  }

  async #paint(): Promise<void> {
    this.#isPainting = true;
    this.#wanted = undefined;
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
