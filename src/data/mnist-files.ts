/** What is known about MNIST's four files: where they are, how large, and their hashes. Fetches nothing. */
import type { DataFileName } from './dataset-types.ts';

/** SHA-256 of the uncompressed bytes, in hexadecimal. */
export const mnistSha256: Readonly<Record<DataFileName, string>> = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

export interface MnistFile {
  /** In a person's words. */
  readonly title: string;
  readonly kind: 'images' | 'labels';
  readonly count: number;
  /** Uncompressed, header included. */
  readonly sizeBytes: number;
  /** As first published; copies compressed again differ a little, so this only estimates progress. */
  readonly gzipBytes: number;
}

/** MNIST's four files by name. */
export const mnistFiles: Readonly<Record<DataFileName, MnistFile>> = {
  'train-images-idx3-ubyte': {
    title: 'training images',
    kind: 'images',
    count: 60_000,
    sizeBytes: 47_040_016,
    gzipBytes: 9_912_422,
  },
  'train-labels-idx1-ubyte': {
    title: 'training labels',
    kind: 'labels',
    count: 60_000,
    sizeBytes: 60_008,
    gzipBytes: 28_881,
  },
  't10k-images-idx3-ubyte': {
    title: 'test images',
    kind: 'images',
    count: 10_000,
    sizeBytes: 7_840_016,
    gzipBytes: 1_648_877,
  },
  't10k-labels-idx1-ubyte': {
    title: 'test labels',
    kind: 'labels',
    count: 10_000,
    sizeBytes: 10_008,
    gzipBytes: 4_542,
  },
};

/** The smallest first, so that a place without the data is found out within a few kilobytes. */
export const downloadOrder: readonly DataFileName[] = [
  't10k-labels-idx1-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  'train-images-idx3-ubyte',
];

/** Where a site that ships the data serves a file. */
export function siteUrl(baseUrl: string, file: DataFileName): string {
  return new URL(`data/mnist/${file}.gz`, baseUrl).href;
}

/** A public copy that answers every origin (CORS). */
export function mirrorUrl(file: DataFileName): string {
  return `https://cdn.jsdelivr.net/gh/fgnt/mnist/${file}.gz`;
}
