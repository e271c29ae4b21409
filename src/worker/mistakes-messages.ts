/** What the page and the worker say about the answers to single test images: types only. */
import type { ImageShape } from '../data/image-fit.ts';

export type MistakesRequest =
  /** Answers are worked out only while somebody looks at them. */
  | { type: 'watchMistakes'; isWatching: boolean }
  /** The bytes of test images; answered by `exampleImages`. */
  | { type: 'fetchExamples'; indices: readonly number[] };

/** The network's answers to test images `first` … of one measurement; a new `id` begins with the first image. */
export interface AnswersReport {
  readonly type: 'answers';
  readonly id: number;
  /** Of the weights that answered. */
  readonly step: number;
  readonly first: number;
  /** Images that the measurement will take, if nothing comes between. */
  readonly planned: number;
  readonly classes: number;
  readonly labels: Uint8Array<ArrayBuffer>;
  /** The class with the largest output, for each image. */
  readonly answers: Uint8Array<ArrayBuffer>;
  /** That output, for each image. */
  readonly certainties: Float32Array<ArrayBuffer>;
}

export type MistakesReport =
  | AnswersReport
  | {
      type: 'exampleImages';
      indices: readonly number[];
      shape: ImageShape;
      /** Pixels 0…255, image after image. */
      images: Uint8Array<ArrayBuffer>;
    };
