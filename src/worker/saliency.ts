/** Follows the gradient of an answer's score by the chosen image for as long as the page wants it. Knows no page. */
import type { Network } from '../engine/index.ts';
import { imageSizes } from '../engine/shape/cells.ts';
import type { Feature, Surroundings } from './feature.ts';
import { LatestAnswer } from './latest-answer.ts';
import type { Report, Request } from './protocol.ts';
import type { Saliency } from './saliency-messages.ts';
import { UnitGradient } from './unit-gradient.ts';

/** Least time between two questions: while the network trains, they take of its time. */
const restMs = { training: 1000, resting: 100 } as const;

/** Answers for the weights and the image of the moment. Maps are painted when either changes, and never in a hidden page. */
export class SaliencyWatcher implements Feature {
  #gradient: UnitGradient | undefined;
  #wanted: number | undefined;
  #isTraining = false;
  readonly #latest: LatestAnswer;

  constructor(
    private readonly surroundings: Pick<Surroundings, 'engine' | 'network' | 'pixels' | 'report' | 'attempt'>,
  ) {
    this.#latest = new LatestAnswer(
      () => this.#answer(),
      (work) => surroundings.attempt(work),
    );
  }

  perform(request: Request): Promise<void> | undefined {
    if (request.type !== 'traceSaliency') return undefined;
    this.#wanted = request.unit;
    if (this.#wanted === undefined) this.#latest.cancel();
    else this.#latest.now();
    return Promise.resolve();
  }

  show(_network: Network): void {
    this.#gradient?.dispose();
    this.#gradient = undefined;
  }

  follow(report: Report): void {
    if (report.type === 'phase') this.#isTraining = report.phase === 'training';
  }

  painted(): void {
    if (this.#wanted !== undefined) this.#latest.soon(this.#isTraining ? restMs.training : restMs.resting);
  }

  async #answer(): Promise<void> {
    const { engine, network, pixels } = this.surroundings;
    const unit = this.#wanted;
    const last = network?.model.layers.at(-1);
    if (!engine || !network || !pixels || !last || unit === undefined) return;
    if (last.outputShape.length !== 1 || unit >= (last.outputShape[0] ?? 0)) return;
    this.#gradient ??= new UnitGradient(engine, network);
    const gradient = this.#gradient;
    try {
      const cell = { layer: last.name, row: 0, column: 0, channel: unit };
      const { values, gradients } = await gradient.of(cell, pixels, 'sum');
      if (gradient !== this.#gradient) return;
      const planes = saliencyPlanes(pixels, gradients, network.model.inputShape);
      this.surroundings.report({ type: 'saliencyTraced', unit, score: values[0] ?? NaN, ...planes });
    } catch (error) {
      // Of a network that has been replaced meanwhile, nothing is wanted any more.
      if (gradient === this.#gradient) throw error;
    }
  }
}

/** An image and its gradient as planes of one number a pixel. */
export function saliencyPlanes(
  pixels: Float32Array,
  gradients: Float32Array,
  inputShape: readonly number[],
): Omit<Saliency, 'unit' | 'score'> {
  const [height, width, channels] = imageSizes(inputShape);
  const image = new Float32Array(height * width);
  const gradient = new Float32Array(height * width);
  const product = new Float32Array(height * width);
  pixels.forEach((pixel, index) => {
    const place = Math.floor(index / channels);
    const grad = gradients[index] ?? 0;
    image[place] = (image[place] ?? 0) + pixel / channels;
    gradient[place] = (gradient[place] ?? 0) + grad;
    product[place] = (product[place] ?? 0) + pixel * grad;
  });
  return { height, width, image, gradient, product };
}
