/** The first 640 training images of MNIST, in their own order, from the folder the specs are given. Runs in Node. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { mnistFolder } from '../support/mnist.ts';

const count = 640;
const imageBytes = 784;
/** IDX headers: a magic number and one 32-bit size per dimension. */
const imageHeaderBytes = 16;
const labelHeaderBytes = 8;

const payload = (file: string, headerBytes: number, size: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(gunzipSync(readFileSync(join(mnistFolder(), file))).subarray(headerBytes, headerBytes + size));

/** Pixels 0…255 of 640 images of 28×28, and their labels. @throws when there is no MNIST. */
export function readDigits(): { readonly images: Uint8Array<ArrayBuffer>; readonly labels: Uint8Array<ArrayBuffer> } {
  return {
    images: payload('train-images-idx3-ubyte.gz', imageHeaderBytes, count * imageBytes),
    labels: payload('train-labels-idx1-ubyte.gz', labelHeaderBytes, count),
  };
}
