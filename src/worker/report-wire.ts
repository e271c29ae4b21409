/**
 * Reports on their way to the page. On an adapter that computes on the CPU every frame of the page is drawn by the cores that
 * train; there reports that come within a moment go in one message, and make one frame, unless a person awaits them.
 */
import type { Report, Request } from './protocol.ts';

/** In milliseconds. */
export interface WireTimes {
  /** From the first report of a message to the message: a frame's numbers come after those of the steps before it. */
  readonly bundleMs: number;
  /** So long after a person's last act reports may answer it. */
  readonly answerMs: number;
}

const usualTimes: WireTimes = { bundleMs: 700, answerMs: 1500 };

export class ReportWire {
  #held: Report[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSoftware = false;
  #isTraining = false;
  #isSlow = false;
  #askedMs = -Infinity;

  /** @param send puts reports through, in their order, to be taken as one. */
  constructor(
    private readonly send: (reports: readonly Report[]) => void,
    private readonly times: WireTimes = usualTimes,
  ) {}

  /** What the page asks; whatever is held goes before its answer. */
  follow(request: Request): void {
    if (request.type === 'setPace') this.#isSlow = request.stepsPerSecond !== undefined;
    this.#askedMs = performance.now();
    this.#flush();
  }

  post(report: Report): void {
    if (report.type === 'ready') this.#isSoftware = report.adapter.isSoftware;
    if (report.type === 'phase') this.#isTraining = report.phase === 'training';
    this.#held.push(report);
    if (this.#mayWait) this.#timer ??= setTimeout(() => this.#flush(), this.times.bundleMs);
    else this.#flush();
  }

  get #mayWait(): boolean {
    const isAwaited = performance.now() - this.#askedMs < this.times.answerMs;
    return this.#isSoftware && this.#isTraining && !this.#isSlow && !isAwaited;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#held.length === 0) return;
    const reports = this.#held;
    this.#held = [];
    this.send(reports);
  }
}
