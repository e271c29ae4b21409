/** Answers for images that the page sends along and that no map shows. */
import { fitImage } from '../data/image-fit.ts';
import type { Network } from '../engine/index.ts';
import { cellCount, imageSizes } from '../engine/shape/cells.ts';
import type { Feature, Surroundings } from './feature.ts';
import type { PredictImages } from './input-messages.ts';
import type { Request } from './protocol.ts';

/** Answers `predictImages`; without a network there is no answer, with one there always is. */
export class AskedImages implements Feature {
  constructor(private readonly surroundings: Surroundings) {}

  perform(request: Request): Promise<void> | undefined {
    return request.type === 'predictImages' ? this.#answer(request) : undefined;
  }

  async #answer(request: PredictImages): Promise<void> {
    const { network } = this.surroundings;
    if (!network) return;
    const { id } = request;
    try {
      const outputs = await network.predict(fitted(request, network));
      const count = request.images.length / cellCount(request.shape);
      this.surroundings.report({ type: 'imagesPredicted', id, classes: outputs.length / count, outputs });
    } catch (error) {
      if (network === this.surroundings.network) throw error;
      // Replaced while it was asked: the one that is there now is asked instead.
      await this.#answer(request);
    }
  }
}

function fitted({ images, shape }: PredictImages, network: Network): Float32Array<ArrayBuffer> {
  const cells = cellCount(shape);
  const inputShape = imageSizes(network.model.inputShape);
  const taken = cellCount(inputShape);
  const inputs = new Float32Array((images.length / cells) * taken);
  for (let image = 0; image * cells < images.length; image++) {
    const pixels = images.subarray(image * cells, (image + 1) * cells);
    inputs.set(fitImage(pixels, shape, inputShape), image * taken);
  }
  return inputs;
}
