/** Reads the digits that the pages train on from MNIST's files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A whole number of the largest batch, small enough for every page to hold them enlarged. */
const examples = 8192;
const imageBytes = 784;
const imageHeaderBytes = 16;
const labelHeaderBytes = 8;

/** What a page fetches. */
export interface DigitFiles {
  readonly images: Buffer;
  readonly labels: Buffer;
}

/** The first training images of MNIST in `folder`. @throws when they are not there. */
export function readDigits(folder: string): DigitFiles {
  const payload = (name: string, header: number, size: number): Buffer =>
    gunzipSync(readFileSync(join(folder, name))).subarray(header, header + size);
  return {
    images: payload('train-images-idx3-ubyte.gz', imageHeaderBytes, examples * imageBytes),
    labels: payload('train-labels-idx1-ubyte.gz', labelHeaderBytes, examples),
  };
}
