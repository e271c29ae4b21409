/** What the page and the worker say about images that are not on show: types only. */
import type { ImageShape } from '../data/image-fit.ts';

/** Asks the network on screen about images 0…1, one after another in `shape`; answered by `imagesPredicted`. */
export interface PredictImages {
  readonly type: 'predictImages';
  readonly id: number;
  readonly images: Float32Array<ArrayBuffer>;
  readonly shape: ImageShape;
}

export type InputRequest = PredictImages;

/** Outputs `[n, classes]` for the images asked about under `id`. */
export interface InputReport {
  readonly type: 'imagesPredicted';
  readonly id: number;
  readonly classes: number;
  readonly outputs: Float32Array<ArrayBuffer>;
}
