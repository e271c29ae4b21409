/** Follows the gradient of one cell by the chosen image for as long as the page wants it. Knows no page. */
import type { Network } from '../engine/index.ts';
import type { CellAddress } from '../engine/model/cell-address.ts';
import type { Feature, Surroundings } from './feature.ts';
import type { CellGradient } from './field-messages.ts';
import { LatestAnswer } from './latest-answer.ts';
import type { Request } from './protocol.ts';
import { UnitGradient } from './unit-gradient.ts';

/** A gradient costs several times what a frame does. */
const leastRestMs = 300;

export class EffectiveField implements Feature {
  #unit: UnitGradient | undefined;
  #cell: CellAddress | undefined;
  readonly #latest: LatestAnswer;

  constructor(private readonly surroundings: Surroundings) {
    this.#latest = new LatestAnswer(
      () => this.#answer(),
      (work) => surroundings.attempt(work),
    );
  }

  perform(request: Request): Promise<void> | undefined {
    if (request.type !== 'traceGradient') return undefined;
    this.#cell = request.cell;
    // A cell that somebody points at does not wait as changing weights do.
    this.#latest.now();
    return Promise.resolve();
  }

  show(_network: Network): void {
    this.#unit?.dispose();
    this.#unit = undefined;
  }

  painted(): void {
    if (this.#cell) this.#latest.soon(leastRestMs);
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

function magnitudesOf(cell: CellAddress, gradients: Float32Array, { model }: Network): CellGradient {
  const [height = 1, width = 1, channels = 1] = model.inputShape;
  const magnitudes = new Float32Array(height * width);
  gradients.forEach((grad, index) => {
    const pixel = Math.floor(index / channels);
    magnitudes[pixel] = (magnitudes[pixel] ?? 0) + Math.abs(grad);
  });
  return { cell, magnitudes, peak: magnitudes.reduce((most, value) => Math.max(most, value), 0) };
}
