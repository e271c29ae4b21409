/** The vocabulary of the data layer: files, rungs of the loading ladder, progress. Types and names only. */

export const dataFileNames = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const;

/** One of MNIST's four files, by its name without `.gz`. */
export type DataFileName = (typeof dataFileNames)[number];

/** The ladder, in the order it is tried; `files` is only entered by the person's own files. */
export type DataRung = 'cache' | 'site' | 'mirror' | 'files' | 'generated';

/** One half of a data set, as the engine's `upload` takes it. */
export interface ImageSet {
  /** Pixels 0…255, channels last. */
  readonly images: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
  /** `[examples, height, width, channels]`. */
  readonly shape: readonly [number, number, number, number];
  readonly classes: number;
}

export interface LoadedData {
  readonly rung: DataRung;
  readonly train: ImageSet;
  readonly test: ImageSet;
}

export interface DataCallbacks {
  /** Bytes over all files of the rung; the total may be corrected once a server shows whether it compresses. */
  onProgress?(progress: { rung: DataRung; file?: DataFileName; loadedBytes: number; totalBytes: number }): void;
  /** A rung that could not be used, and why, in plain words; the next one is tried. */
  onSkipped?(skipped: { rung: DataRung; reason: string }): void;
}
