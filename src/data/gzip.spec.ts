/*
 * Plan. What is inflated must equal what was deflated, in sizes below, at and above one slice, also when the header
 * comes out in pieces. A file that is cut, that has a wrong checksum or damage inside, or that goes on behind
 * its end is refused, and named by what is known of it. A bomb must stop after a few slices of input, whatever it would have grown to. Cancelling
 * rejects with AbortError.
 */
import { expect, test } from 'playwright/test';
import { gzipSync } from 'node:zlib';
import { DataError } from './data-error.ts';
import type { DataErrorCode } from './data-error.ts';
import { createDraws } from './digits/draws.ts';
import { inflateGzip } from './gzip.ts';
import type { Measure } from './gzip.ts';

/** Four bytes of length, then noise that gzip cannot shrink. */
function sampleOf(sizeBytes: number): Uint8Array<ArrayBuffer> {
  const draws = createDraws(3, sizeBytes);
  const bytes = Uint8Array.from({ length: sizeBytes }, () => Math.floor(draws.between(0, 256)));
  new DataView(bytes.buffer).setUint32(0, sizeBytes);
  return bytes;
}

const measure: Measure = (head) =>
  head.length < 4 ? undefined : new DataView(head.buffer, head.byteOffset, 4).getUint32(0);

const gzip = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(bytes));

async function codeOf(promise: Promise<unknown>): Promise<DataErrorCode | 'none'> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    if (error instanceof DataError) return error.code;
    throw error;
  }
}

for (const sizeBytes of [4, 5, 4095, 4096, 4097, 300_000]) {
  test(`inflates ${sizeBytes} bytes`, async () => {
    const sample = sampleOf(sizeBytes);
    expect(Buffer.compare(await inflateGzip(gzip(sample), measure), sample)).toBe(0);
  });
}

test('says that a file is cut short', async () => {
  const whole = gzip(sampleOf(100_000));
  for (const length of [20_000, 50_000, whole.length - 200, whole.length - 1]) {
    expect(await codeOf(inflateGzip(whole.slice(0, length), measure)), `cut at ${length}`).toBe('truncated');
  }
  for (const length of [2, 9, 12]) {
    expect(await codeOf(inflateGzip(whole.slice(0, length), measure)), `cut at ${length}`).toBe('damaged');
  }
});

test('says that a checksum or the content is wrong', async () => {
  const wrongSum = gzip(sampleOf(100_000));
  wrongSum[wrongSum.length - 6]! ^= 0x10;
  expect(await codeOf(inflateGzip(wrongSum, measure))).toBe('damaged');
  const text = new TextEncoder().encode(`\0\0\x27\x10${'seven eight nine '.repeat(600)}`).slice(0, 10_000);
  const damaged = gzip(text);
  damaged.fill(0xff, 30, 40);
  expect(await codeOf(inflateGzip(damaged, measure))).toBe('damaged');
});

test('refuses what follows the end, a second member too', async () => {
  const one = gzip(sampleOf(500));
  expect(['truncated', 'damaged']).toContain(
    await codeOf(inflateGzip(new Uint8Array([...one, 1, 2, 3, 4, 5]), measure)),
  );
  const two = new Uint8Array([...one, ...gzip(new Uint8Array(7))]);
  expect(['truncated', 'damaged', 'tooLarge']).toContain(await codeOf(inflateGzip(two, measure)));
});

test('stops a bomb after a few slices of its input', async () => {
  const bomb = new Uint8Array(256 * 2 ** 20);
  new DataView(bomb.buffer).setUint32(0, 1000);
  const packed = gzip(bomb);
  expect(packed.length).toBeGreaterThan(200_000);
  let fedBytes = 0;
  const plain = globalThis.DecompressionStream;
  class CountingStream extends plain {
    override get writable(): WritableStream<BufferSource> {
      const inner = super.writable.getWriter();
      return new WritableStream({
        write: (slice) => {
          fedBytes += slice.byteLength;
          return inner.write(slice);
        },
        close: () => inner.close(),
        abort: (reason) => inner.abort(reason),
      });
    }
  }
  globalThis.DecompressionStream = CountingStream;
  try {
    expect(await codeOf(inflateGzip(packed, measure))).toBe('tooLarge');
  } finally {
    globalThis.DecompressionStream = plain;
  }
  expect(fedBytes).toBeGreaterThan(0);
  expect(fedBytes).toBeLessThanOrEqual(16 * 4096);
});

test('passes on what the measure throws, and stops when cancelled', async () => {
  const refuse: Measure = () => {
    throw new DataError('notIdx', 'no');
  };
  expect(await codeOf(inflateGzip(gzip(sampleOf(50)), refuse))).toBe('notIdx');
  const stopped = inflateGzip(gzip(sampleOf(300_000)), measure, AbortSignal.abort());
  await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
});
