/** Follows the gradient of one cell by the chosen image for as long as the page wants it. Knows no page. */
import type { Network } from '../engine/index.ts';
import type { Feature, Surroundings } from './feature.ts';
import type { CellGradient } from './field-messages.ts';
import type { Request } from './protocol.ts';
import { UnitGradient, type UnitAddress } from './unit-gradient.ts';

/** A gradient costs several times what a frame does. */
const leastRestMs = 300;

export class EffectiveField implements Feature {
  #unit: UnitGradient | undefined;
  #cell: UnitAddress | undefined;
  #isAsking = false;
  #isStale = false;
  #lastMs = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly surroundings: Surroundings) {}

  perform(request: Request): Promise<void> | undefined {
    if (request.type !== 'traceGradient') return undefined;
    this.#cell = request.cell;
    // A cell that somebody points at does not wait as changing weights do.
    this.#ask();
    return Promise.resolve();
  }

  show(_network: Network): void {
    this.#unit?.dispose();
    this.#unit = undefined;
  }

  painted(): void {
    if (!this.#cell || this.#timer !== undefined) return;
    const waitMs = Math.max(0, this.#lastMs + leastRestMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#ask();
    }, waitMs);
  }

  /** Once the question before has been answered; only the last cell counts. */
  #ask(): void {
    this.#isStale = true;
    if (!this.#isAsking) this.surroundings.attempt(() => this.#answerAll());
  }

  async #answerAll(): Promise<void> {
    this.#isAsking = true;
    try {
      while (this.#isStale) {
        this.#isStale = false;
        this.#lastMs = performance.now();
        await this.#answer();
      }
    } finally {
      this.#isAsking = false;
    }
  }

  async #answer(): Promise<void> {
    const cell = this.#cell;
    const { engine, network, pixels } = this.surroundings;
    const hasLayer = network?.model.layers.some(({ name }) => name === cell?.layer);
    if (!cell || !engine || !network || !pixels || !hasLayer) return;
    this.#unit ??= new UnitGradient(engine, network);
    const unit = this.#unit;
    try {
      const { gradients } = await unit.of(cell, pixels, 'sum');
      if (unit !== this.#unit) return;
      this.surroundings.report({ type: 'gradientTraced', ...magnitudesOf(cell, gradients, network) });
    } catch (error) {
      // Of a network that has been replaced meanwhile, nothing is wanted any more.
      if (unit === this.#unit) throw error;
    }
  }
}

function magnitudesOf(cell: UnitAddress, gradients: Float32Array, { model }: Network): CellGradient {
  const [height = 1, width = 1, channels = 1] = model.inputShape;
  const magnitudes = new Float32Array(height * width);
  gradients.forEach((grad, index) => {
    const pixel = Math.floor(index / channels);
    magnitudes[pixel] = (magnitudes[pixel] ?? 0) + Math.abs(grad);
  });
  return { cell, magnitudes, peak: magnitudes.reduce((most, value) => Math.max(most, value), 0) };
}
