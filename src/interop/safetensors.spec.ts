/*
 * Plan. What is written is read again, bit for bit, NaN and −0 too; the bytes are those of the format, numbers at a multiple of
 * eight. A table of broken files, each refused with the rule it breaks: lengths no file can have are refused before anything is
 * allocated. Then 2,000 seeded mutations: each gives tensors that fill the file or an Error, quickly; the control shows both.
 */
import { expect, test } from 'playwright/test';
import { seededDraws } from '../../e2e/support/seeded-draws.ts';
import type { NamedTensor } from '../engine/contract.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

const tensors: readonly NamedTensor[] = [
  { name: 'conv2d_1/kernel', shape: [2, 1, 1, 3], data: Float32Array.of(1, -0, NaN, Infinity, 1e-45, 0.1) },
  { name: 'conv2d_1/bias', shape: [3], data: Float32Array.of(7, 8, 9) },
  { name: 'scalar', shape: [], data: Float32Array.of(-1) },
];

const headerOf = (file: Uint8Array<ArrayBuffer>): { length: number; text: string } => {
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  return { length, text: new TextDecoder().decode(file.subarray(8, 8 + length)) };
};

/** A file of any header and `bytes` zeros. */
function made(header: unknown, bytes: number, announced?: bigint): ArrayBuffer {
  const text =
    header instanceof Uint8Array
      ? header
      : new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + text.length + bytes);
  new DataView(file.buffer).setBigUint64(0, announced ?? BigInt(text.length), true);
  file.set(text, 8);
  return file.buffer;
}

const entry = (begin: number, end: number, shape: unknown = [(end - begin) / 4]): object => ({
  dtype: 'F32',
  shape,
  data_offsets: [begin, end],
});

test('round trip, bit for bit', () => {
  const read = readSafetensors(writeSafetensors(tensors, { model: 'Lecture CNN' }).buffer);
  expect(read.map(({ name, shape }) => ({ name, shape }))).toEqual(tensors.map(({ name, shape }) => ({ name, shape })));
  for (const [index, { data }] of read.entries()) {
    expect(new Uint32Array(data.buffer)).toEqual(new Uint32Array(tensors[index]?.data.buffer ?? new ArrayBuffer(0)));
  }
  expect(readSafetensors(writeSafetensors([]).buffer)).toEqual([]);
});

test('writes a part of a larger array', () => {
  const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
  expect([...(readSafetensors(writeSafetensors([{ name: 'a', shape: [2], data }]).buffer)[0]?.data ?? [])]).toEqual([
    1, 2,
  ]);
});

test('the bytes are those of the format', () => {
  const file = writeSafetensors(tensors, { model: 'x' });
  const { length, text } = headerOf(file);
  expect(JSON.parse(text)).toEqual({
    __metadata__: { model: 'x' },
    'conv2d_1/kernel': entry(0, 24, [2, 1, 1, 3]),
    'conv2d_1/bias': entry(24, 36),
    scalar: entry(36, 40, []),
  });
  expect(new DataView(file.buffer).getFloat32(8 + length + 24, true)).toBe(7);
  expect(file.length).toBe(8 + length + 40);
});

test('numbers begin at a multiple of eight, whatever the header holds', () => {
  for (const model of ['', 'a', 'ab', 'abc', 'ä', 'größte Übung', '畳み込み', '🧠']) {
    expect(headerOf(writeSafetensors(tensors, { model })).length % 8, model).toBe(0);
  }
});

test('reads what others write: any order, gaps of space, fields in any order', () => {
  const file = made(
    '{"b":{"shape":[1],"data_offsets":[4,8],"dtype":"F32"},"a":{"data_offsets":[0,4],"dtype":"F32","shape":[1,1]}}  ',
    8,
  );
  expect(readSafetensors(file).map(({ name, shape }) => [name, shape])).toEqual([
    ['b', [1]],
    ['a', [1, 1]],
  ]);
});

const invalidText = Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d);
const broken: readonly (readonly [title: string, file: ArrayBuffer, message: string])[] = [
  ['nothing', new ArrayBuffer(0), 'the file must have a header. Received 0.'],
  ['seven bytes', new ArrayBuffer(7), 'the file must have a header. Received 7.'],
  [
    'a header longer than the file',
    made({}, 0, 3n),
    'the header must fit into the file and into 1048576 bytes. Received 3.',
  ],
  ['a header of 2⁶⁴ − 1 bytes', made({}, 0, 2n ** 64n - 1n), 'Received 18446744073709551615.'],
  [
    'a header past the cap',
    made(' '.repeat(2 ** 20 + 1), 0),
    'the header must fit into the file and into 1048576 bytes. Received 1048577.',
  ],
  ['a header that is no JSON', made('{"a":', 0), 'safetensors: '],
  ['a header that is no text', made(invalidText, 0), 'safetensors: '],
  ['an empty header', made('', 8), 'safetensors: '],
  ['a list', made([], 0), 'the header must be a JSON object. Received [].'],
  ['another type', made({ a: { ...entry(0, 4), dtype: 'F16' } }, 4), 'a must be of dtype F32.'],
  ['no entry', made({ a: null }, 0), 'a must be of dtype F32. Received null.'],
  ['no shape', made({ a: entry(0, 4, null) }, 4), 'a must have a shape and two data_offsets.'],
  ['a negative size', made({ a: entry(0, 4, [-1, -1]) }, 4), 'a must have a shape and two data_offsets.'],
  ['half a size', made({ a: entry(0, 4, [0.5, 2]) }, 4), 'a must have a shape and two data_offsets.'],
  ['nine dimensions', made({ a: entry(0, 4, new Array(9).fill(1)) }, 4), 'a must have a shape and two data_offsets.'],
  [
    'three offsets',
    made({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4, 8] } }, 8),
    'a must have a shape and two data_offsets.',
  ],
  ['more cells than bytes', made({ a: entry(0, 4, [2]) }, 4), 'a must take 8 bytes. Received 4.'],
  ['2⁶⁰ cells', made({ a: entry(0, 4, [2 ** 30, 2 ** 30]) }, 4), 'a must take'],
  ['offsets backwards', made({ a: entry(4, 0, [0]) }, 4), 'a must take 0 bytes. Received -4.'],
  [
    'an overlap',
    made({ a: entry(0, 8), b: entry(4, 12) }, 12),
    'b must begin where the one before ends, at 8. Received 4.',
  ],
  [
    'the same bytes twice',
    made({ a: entry(0, 4), b: entry(0, 4) }, 4),
    'must begin where the one before ends, at 4. Received 0.',
  ],
  ['a gap', made({ a: entry(0, 4), b: entry(8, 12) }, 12), 'b must begin where the one before ends, at 4. Received 8.'],
  ['a late start', made({ a: entry(4, 8) }, 8), 'a must begin where the one before ends, at 0. Received 4.'],
  ['a cut file', made({ a: entry(0, 8) }, 7), 'the last tensor must end where the file ends.'],
  ['bytes to spare', made({ a: entry(0, 8) }, 9), 'the last tensor must end where the file ends.'],
  [
    '5,000 tensors',
    made(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`t${index}`, entry(0, 0)])), 0),
    'there may be at most 4096 tensors. Received 5000.',
  ],
];
for (const [title, file, message] of broken) {
  test(`refuses ${title}`, () => expect(() => readSafetensors(file)).toThrow(message));
}

test('meets 2,000 mutations with tensors or an Error, quickly', () => {
  const original = writeSafetensors(tensors, { model: 'Lecture CNN' });
  const { below, between, pick } = seededDraws(6);
  let [read, refused, wrong] = [0, 0, 0];
  let slowestMs = 0;
  for (let round = 0; round < 2000; round++) {
    let bytes = original.slice();
    for (let change = between(1, 3); change > 0; change--) {
      const at = below(pick([12, bytes.length, bytes.length]));
      const kind = pick(['bit', 'byte', 'digit', 'cut', 'repeat']);
      if (kind === 'bit') bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
      if (kind === 'byte') bytes[at] = below(256);
      if (kind === 'digit') bytes[at] = 0x30 + below(10);
      if (kind === 'cut') bytes = bytes.slice(0, at);
      if (kind === 'repeat') bytes = new Uint8Array([...bytes.slice(0, at), ...bytes.slice(Math.floor(at / 2))]);
    }
    const startMs = performance.now();
    let outcome: unknown;
    try {
      outcome = readSafetensors(bytes.buffer).every(
        ({ shape, data }) => data.length === shape.reduce((product, size) => product * size, 1),
      );
    } catch (error) {
      outcome = error;
    }
    slowestMs = Math.max(slowestMs, performance.now() - startMs);
    if (outcome === true) read++;
    else if (outcome instanceof Error) refused++;
    else wrong++;
  }
  expect(wrong).toBe(0);
  expect(slowestMs).toBeLessThan(500);
  expect(read).toBeGreaterThan(50);
  expect(refused).toBeGreaterThan(1000);
});
