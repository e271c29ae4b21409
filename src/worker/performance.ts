/** How fast the network trains and where a step's time goes, while somebody looks. Judges none of it. */
import { EngineError, type Network } from '../engine/index.ts';
import type { Feature, Surroundings } from './feature.ts';
import type { Report, Request } from './protocol.ts';

const sampleEveryMs = 500;

/** After these the network on screen is another one, or can be profiled at last. */
const newBeginnings: ReadonlySet<Report['type']> = new Set(['built', 'dataReady']);

/** Measures while watched: a step's dispatches once for every network, the device's peak once. */
export class PerformanceWatcher implements Feature {
  #isWatching = false;
  #isVisible = true;
  #isMeasuring = false;
  #lastSampleMs = -Infinity;
  #profiled: Network | undefined;
  #hasPeak = false;

  constructor(private readonly surroundings: Surroundings) {}

  perform(request: Request): Promise<void> | undefined {
    switch (request.type) {
      case 'watchPerformance':
        this.#isWatching = request.isWatching;
        if (request.isWatching) this.#sample(performance.now());
        return this.#measure();
      case 'measurePerformance':
        this.#profiled = undefined;
        this.#hasPeak = false;
        return this.#measure();
      case 'setVisible':
        this.#isVisible = request.isVisible;
        this.surroundings.attempt(() => this.#measure());
        return undefined;
      default:
        return undefined;
    }
  }

  follow(report: Report): void {
    if (!this.#isWatching || !this.#isVisible) return;
    const nowMs = performance.now();
    if (report.type === 'progress' && nowMs - this.#lastSampleMs >= sampleEveryMs) this.#sample(nowMs);
    if (!newBeginnings.has(report.type)) return;
    this.#sample(nowMs);
    this.surroundings.attempt(() => this.#measure());
  }

  #sample(atMs: number): void {
    const { engine, loop } = this.surroundings;
    if (!engine) return;
    this.#lastSampleMs = atMs;
    const { bytes: memoryBytes, buffers: bufferCount } = engine.ledger;
    const isTraining = loop?.phase === 'training';
    const speed = isTraining ? loop.speed : { msPerStep: 0, imagesPerSecond: 0, stepsPerSubmit: 0 };
    this.surroundings.report({ type: 'performance', sample: { atMs, ...speed, memoryBytes, bufferCount } });
  }

  /** What is not known yet of the network on screen; whatever changes meanwhile is measured afterwards. */
  async #measure(): Promise<void> {
    if (this.#isMeasuring || !this.#isMissing()) return;
    this.#isMeasuring = true;
    this.surroundings.report({ type: 'measuring', isMeasuring: true });
    try {
      while (this.#isMissing()) {
        await this.#profile();
        await this.#measurePeak();
      }
    } finally {
      this.#isMeasuring = false;
      this.surroundings.report({ type: 'measuring', isMeasuring: false });
    }
  }

  #isMissing(): boolean {
    const { network, engine, data } = this.surroundings;
    if (!this.#isWatching || !this.#isVisible || !network || !engine || !data.inUse) return false;
    return this.#profiled !== network || !this.#hasPeak;
  }

  async #profile(): Promise<void> {
    const { network, data } = this.surroundings;
    if (!network || !data.inUse || this.#profiled === network) return;
    this.#profiled = network;
    try {
      const { dispatches } = await network.profile(data.inUse.train);
      if (network !== this.surroundings.network) return;
      this.surroundings.report({ type: 'stepProfile', batchSize: network.batchSize, dispatches });
    } catch (error) {
      // Of a network or data that were replaced meanwhile nobody wants to know.
      if (network !== this.surroundings.network || isAboutShape(error)) return;
      throw error;
    }
  }

  async #measurePeak(): Promise<void> {
    const { engine } = this.surroundings;
    if (!engine || this.#hasPeak) return;
    this.#hasPeak = true;
    this.surroundings.report({ type: 'peakMeasured', gflops: await engine.measurePeak() });
  }
}

/** The images do not fit the network: a sentence about that stands elsewhere. */
function isAboutShape(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'badArgument';
}
