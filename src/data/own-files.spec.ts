/*
 * Plan. MNIST's real files, gzipped and plain, under names that say nothing, in any order: each is recognised, the
 * missing ones are counted down, and the four together are the data set, checked against figures known from elsewhere
 * (the first labels, the number of each digit). Between them come wrong files, which must be refused with a sentence
 * that says what was expected and what was found, and must cost nothing that was already there.
 */
import { expect, test } from 'playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { mnistFolder } from '../../e2e/support/mnist.ts';
import { dataFileNames } from './dataset-types.ts';
import type { DataFileName } from './dataset-types.ts';
import { acceptFile, assembleFiles } from './own-files.ts';

const packed = (file: DataFileName): Buffer => readFileSync(join(mnistFolder(), `${file}.gz`));
const asArrayBuffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

test('takes the four files in any order, gzipped or not, and keeps them through wrong ones', async () => {
  const collected = new Map<DataFileName, Uint8Array>();
  const offer = (name: string, bytes: Uint8Array) => acceptFile(collected, name, asArrayBuffer(bytes));

  const first = await offer('a.bin', packed('t10k-labels-idx1-ubyte'));
  expect(first.isAccepted).toBe(true);
  expect(first.message).toContain("a.bin: MNIST's test labels, 10,000 labels.");
  expect(first.missing).toEqual(dataFileNames.slice(0, 3));
  expect((await offer('b', gunzipSync(packed('t10k-images-idx3-ubyte')))).missing).toHaveLength(2);

  const wrong = await offer('notes.txt', new TextEncoder().encode('milk, bread'));
  expect(wrong.isAccepted).toBe(false);
  expect(wrong.message).toMatch(/^notes\.txt: not an IDX file: starts with 6d 69 6c 6b; expected 00 00 08 03/);
  expect(wrong.missing).toEqual(dataFileNames.slice(0, 2));
  expect(assembleFiles(collected)).toBeUndefined();

  expect((await offer('again', packed('t10k-labels-idx1-ubyte'))).isAccepted).toBe(true);
  expect((await offer('c', packed('train-labels-idx1-ubyte'))).missing).toEqual(['train-images-idx3-ubyte']);
  const last = await offer('d', packed('train-images-idx3-ubyte'));
  expect(last.missing).toEqual([]);
  expect(last.message).toContain('All four files are here.');

  const data = assembleFiles(collected);
  expect(data?.rung).toBe('files');
  expect(data?.train.shape).toEqual([60_000, 28, 28, 1]);
  expect(data?.test.shape).toEqual([10_000, 28, 28, 1]);
  expect([...(data?.train.labels.subarray(0, 5) ?? [])]).toEqual([5, 0, 4, 1, 9]);
  expect(data?.train.images.length).toBe(60_000 * 784);
  const counts = new Array<number>(10).fill(0);
  for (const label of data?.test.labels ?? []) counts[label]!++;
  expect(counts).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
});

test('explains an IDX file that is none of the four', async () => {
  const images = gunzipSync(packed('t10k-images-idx3-ubyte')).subarray(0, 16 + 5000 * 784);
  images.writeUInt32BE(5000, 4);
  const { isAccepted, message } = await acceptFile(new Map(), 't10k.gz', asArrayBuffer(gzipSync(images, { level: 1 })));
  expect(isAccepted).toBe(false);
  expect(message).toMatch(
    /^t10k\.gz: inflates to an IDX file of 5,000 images of 28×28, SHA-256 [0-9a-f]{8}…; MNIST's test images are 10,000 images of 28×28, SHA-256 0fa7898d…/,
  );
});

test('explains files that are cut short, empty, archives or too large', async () => {
  const cut = packed('t10k-images-idx3-ubyte').subarray(0, 900_000);
  const huge = new Uint8Array([0, 0, 8, 3, 0, 3, 0xa9, 0x80, 0, 0, 0, 28, 0, 0, 0, 28]);
  const table: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['cut.gz', cut, /cut\.gz: a gzip file that is cut short/],
    ['empty', new Uint8Array(0), /empty: cut short: only 0 bytes/],
    ['archive.zip', new Uint8Array([0x50, 0x4b, 3, 4]), /archive\.zip: .*a zip archive; unpack it/],
    ['emnist', gzipSync(huge), /emnist: an IDX file that announces 240,000 images of 28×28; at most 64 MiB are read/],
  ];
  for (const [name, bytes, expected] of table) {
    const { isAccepted, message, missing } = await acceptFile(new Map(), name, asArrayBuffer(bytes));
    expect(isAccepted, name).toBe(false);
    expect(message).toMatch(expected);
    expect(missing).toHaveLength(4);
  }
});
