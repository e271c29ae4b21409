/** What the page and the worker say about images that are not on show, or are shifted: types only. */
import type { ImageShape } from '../data/image-fit.ts';

/** Asks the network on screen about images 0…1, one after another in `shape`; answered by `imagesPredicted`. */
export interface PredictImages {
  readonly type: 'predictImages';
  readonly id: number;
  readonly images: Float32Array<ArrayBuffer>;
  readonly shape: ImageShape;
}

/** Wants to know how often the network is right at each of these shifts, in pixels to the right; none ends it. */
export interface WatchShiftAccuracy {
  readonly type: 'watchShiftAccuracy';
  readonly shifts: readonly number[];
}

export type InputRequest = PredictImages | WatchShiftAccuracy;

/** How often one set of weights is right about the same test images at each shift asked for. */
export interface ShiftAccuracyReport {
  readonly type: 'shiftAccuracy';
  /** Test images so far, and when it is finished. */
  readonly count: number;
  readonly planned: number;
  /** 0…1, in the order of the shifts. */
  readonly shares: readonly number[];
}

/** Outputs `[n, classes]` for the images asked about under `id`. */
export interface ImagesPredicted {
  readonly type: 'imagesPredicted';
  readonly id: number;
  readonly classes: number;
  readonly outputs: Float32Array<ArrayBuffer>;
}

export type InputReport = ImagesPredicted | ShiftAccuracyReport;
