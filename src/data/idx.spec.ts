/*
 * Plan. A hand-made file of images and one of labels come out as they went in. A table of wrong files, each with the
 * code it must give; sizes near 2⁹⁶ must be refused before anything is allocated. Then a few thousand seeded mutations
 * of an IDX file and of its gzip: each must be read as a consistent file or refused with a DataError, quickly; the
 * control shows that the mutations do reach every kind of outcome.
 */
import { expect, test } from 'playwright/test';
import { gzipSync } from 'node:zlib';
import { DataError } from './data-error.ts';
import { createDraws } from './digits/draws.ts';
import { parseIdx, readIdxHeader } from './idx.ts';
import { openIdxFile } from './open-file.ts';

function idx(dimensions: readonly number[], payload: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 + 4 * dimensions.length + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + dimensions.length);
  dimensions.forEach((size, axis) => view.setUint32(4 + 4 * axis, size));
  bytes.set(payload, 4 + 4 * dimensions.length);
  return bytes;
}

function codeOf(bytes: Uint8Array): string {
  try {
    parseIdx(bytes);
    return 'none';
  } catch (error) {
    if (error instanceof DataError) return error.code;
    throw error;
  }
}

test('reads images and labels, also from the middle of a buffer', () => {
  const images = idx([2, 2, 3], [0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255]);
  const shifted = new Uint8Array([9, 9, 9, ...images]).subarray(3);
  const { header, payload } = parseIdx(shifted);
  expect(header).toEqual({ kind: 'images', dimensions: [2, 2, 3], headerBytes: 16, totalBytes: 28 });
  expect([...payload]).toEqual([0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255]);
  expect([...parseIdx(idx([3], [9, 0, 5])).payload]).toEqual([9, 0, 5]);
});

test('waits for a header that is not yet whole', () => {
  const images = idx([1, 2, 2], [1, 2, 3, 4]);
  for (const length of [0, 3, 4, 15]) expect(readIdxHeader(images.slice(0, length))).toBeUndefined();
  expect(readIdxHeader(images.slice(0, 16))?.totalBytes).toBe(20);
});

const wrongFiles: readonly (readonly [name: string, bytes: Uint8Array, code: string])[] = [
  ['nothing', new Uint8Array(0), 'truncated'],
  ['text', new TextEncoder().encode('label,pixel0,pixel1'), 'notIdx'],
  ['floats instead of bytes', new Uint8Array([0, 0, 0x0d, 3, 0, 0, 0, 1]), 'notIdx'],
  ['two dimensions', idx([2, 2], [1, 2, 3, 4]), 'notIdx'],
  ['half a header', idx([1, 2, 2], []).slice(0, 9), 'truncated'],
  ['a pixel too few', idx([1, 2, 2], [1, 2, 3]), 'truncated'],
  ['a pixel too many', idx([1, 2, 2], [1, 2, 3, 4, 5]), 'wrongLength'],
  ['no images', idx([0, 28, 28], []), 'notIdx'],
  ['dimensions of 2³² − 1', idx([0xffffffff, 0xffffffff, 0xffffffff], [1]), 'tooLarge'],
  ['65 MiB of labels announced', idx([65 * 2 ** 20], [1]), 'tooLarge'],
  ['label 10', idx([3], [1, 10, 2]), 'badLabel'],
];
for (const [name, bytes, code] of wrongFiles) {
  test(`refuses ${name}`, () => expect(codeOf(bytes)).toBe(code));
}

test('says what a file is when it is no IDX file', () => {
  const zip = new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0, 0]);
  expect(() => parseIdx(zip)).toThrow(/starts with 50 4b 03 04 \(a zip archive.*expected 00 00 08 03/);
});

test('meets thousands of mutations with a file or a DataError', async () => {
  const original = idx(
    [40, 6, 5],
    Array.from({ length: 1200 }, (_, i) => (i * 7) % 256),
  );
  const seen = new Map<string, number>();
  let slowestMs = 0;
  for (let round = 0; round < 4000; round++) {
    const draws = createDraws(11, round);
    const isPacked = round % 2 === 0;
    const mutant = mutate(isPacked ? new Uint8Array(gzipSync(original)) : original, draws);
    const startMs = performance.now();
    const outcome = await openIdxFile(mutant).then(
      ({ header, bytes }) => {
        expect(bytes.length).toBe(header.totalBytes);
        return 'read';
      },
      (error: unknown) => {
        if (error instanceof DataError) return error.code;
        throw error;
      },
    );
    slowestMs = Math.max(slowestMs, performance.now() - startMs);
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  }
  expect(slowestMs).toBeLessThan(1000);
  for (const outcome of ['read', 'notIdx', 'truncated', 'tooLarge', 'wrongLength', 'damaged']) {
    expect(seen.get(outcome) ?? 0, outcome).toBeGreaterThan(0);
  }
});

/** One to four changes: a flipped bit, a byte of chance, a cut, a repeated stretch. */
function mutate(original: Uint8Array, draws: ReturnType<typeof createDraws>): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(original);
  for (let change = Math.floor(draws.between(1, 5)); change > 0; change--) {
    // Half of the changes hit the header, where they matter most.
    const reach = draws.uniform() < 0.5 ? Math.min(24, bytes.length) : bytes.length;
    const at = Math.floor(draws.between(0, reach));
    const kind = draws.pick([4, 4, 1, 1]);
    if (kind === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(draws.between(0, 8)));
    if (kind === 1) bytes[at] = Math.floor(draws.between(0, 256));
    if (kind === 2) bytes = bytes.slice(0, at);
    if (kind === 3) bytes = new Uint8Array([...bytes.slice(0, at), ...bytes.slice(Math.floor(at / 2))]);
  }
  return bytes;
}
