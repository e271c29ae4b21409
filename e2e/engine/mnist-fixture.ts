/**
 * The first 640 training images of MNIST (LeCun, Cortes & Burges; CC BY-SA 3.0), in their own order, so that the proof
 * needs no download. Runs in Node.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** IDX headers: a magic number and one 32-bit size per dimension. */
const imageHeaderBytes = 16;
const labelHeaderBytes = 8;

const payload = (file: string, headerBytes: number): Buffer =>
  gunzipSync(readFileSync(new URL(`./fixtures/${file}`, import.meta.url))).subarray(headerBytes);

/** Pixels 0…255 of 640 images of 28×28, and their labels. */
export function readDigits(): { readonly images: Uint8Array<ArrayBuffer>; readonly labels: Uint8Array<ArrayBuffer> } {
  return {
    images: Uint8Array.from(payload('mnist-640-images-idx3-ubyte.gz', imageHeaderBytes)),
    labels: Uint8Array.from(payload('mnist-640-labels-idx1-ubyte.gz', labelHeaderBytes)),
  };
}
