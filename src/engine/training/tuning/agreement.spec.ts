/*
 * Plan. The same numbers agree, and so do numbers that differ by rounding beside the largest; a difference beyond it, a number left
 * unwritten and a number that is none differ, wherever the chunk ends. Zeros only, or no numbers in what is right, say nothing.
 * Half precision allows more. Places may differ in a thousandth, where values tie. What nobody writes is no difference. What a
 * tensor holds is read from its declaration.
 */
import { expect, test } from 'playwright/test';
import { encodeElements } from '../../gpu/half.ts';
import { Agreement, formatOf, unwrittenByte, type NumberFormat } from './agreement.ts';

const numbers = Array.from({ length: 100 }, (_, index) => Math.sin(index));

function bytesOf(values: readonly number[], format: NumberFormat = 'f32'): ArrayBuffer {
  if (format === 'u32') return Uint8Array.from(values).buffer;
  const bytes = encodeElements(Float32Array.from(values), format);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

function compared(right: readonly number[], judged: readonly number[], format: NumberFormat = 'f32'): Agreement {
  const agreement = new Agreement(format);
  const half = right.length / 2;
  agreement.add(bytesOf(right.slice(0, half), format), bytesOf(judged.slice(0, half), format));
  agreement.add(bytesOf(right.slice(half), format), bytesOf(judged.slice(half), format));
  return agreement;
}

/** The numbers with one of them changed. */
const changed = (index: number, change: (value: number) => number) =>
  numbers.map((value, at) => (at === index ? change(value) : value));

test('the same numbers agree, and say nothing against themselves', () => {
  expect(compared(numbers, numbers)).toMatchObject({ verdict: 'agrees', reason: '' });
});

for (const index of [0, 49, 50, 99]) {
  test(`rounding agrees, more differs, at number ${index}`, () => {
    expect(
      compared(
        numbers,
        changed(index, (value) => value + 0.9e-4),
      ).verdict,
    ).toBe('agrees');
    expect(
      compared(
        numbers,
        changed(index, (value) => value - 1.2e-4),
      ),
    ).toMatchObject({
      verdict: 'differs',
      reason: 'differs by 1.2e-4 where the largest number is 1.0e+0',
    });
  });

  test(`no number differs, at number ${index}`, () => {
    for (const value of [NaN, Infinity]) {
      expect(
        compared(
          numbers,
          changed(index, () => value),
        ),
      ).toMatchObject({
        verdict: 'differs',
        reason: 'writes no number where there should be one',
      });
    }
  });

  test(`nothing can be said when number ${index} is none to begin with`, () => {
    expect(
      compared(
        changed(index, () => NaN),
        numbers,
      ),
    ).toMatchObject({
      verdict: 'unknown',
      reason: 'its outputs are no numbers',
    });
  });
}

test('zeros say nothing, unless something else is written', () => {
  const zeros = numbers.map(() => 0);
  expect(compared(zeros, zeros)).toMatchObject({ verdict: 'unknown', reason: 'all its outputs are zero' });
  expect(
    compared(
      zeros,
      changed(3, () => 1e-9).map((value, at) => (at === 3 ? value : 0)),
    ).verdict,
  ).toBe('differs');
});

test('what neither writes is no difference, what one of them leaves out is', () => {
  const unwritten = (count: number) => new Uint8Array(count * 4).fill(unwrittenByte).buffer;
  const agreement = new Agreement('f32');
  agreement.add(bytesOf(numbers), bytesOf(numbers));
  agreement.add(unwritten(3), unwritten(3));
  expect(agreement.verdict).toBe('agrees');
  agreement.add(bytesOf(numbers), unwritten(100));
  expect(agreement.verdict).toBe('differs');
});

test('a declaration says what it holds', () => {
  expect(formatOf('array<f32>', 'f16')).toBe('f32');
  expect(formatOf('array<vec4f>', 'f16')).toBe('f32');
  for (const declared of ['array<element>', 'array<vec4<element>>']) {
    expect(formatOf(declared)).toBe('f32');
    expect(formatOf(declared, 'f16')).toBe('f16');
  }
  for (const declared of ['array<u32>', 'array<i32, 64>', 'array<vec2u>', 'u32'])
    expect(formatOf(declared)).toBe('u32');
});

test('half precision rounds more', () => {
  expect(
    compared(
      numbers,
      changed(10, (value) => value + 3e-3),
      'f16',
    ).verdict,
  ).toBe('agrees');
  expect(
    compared(
      numbers,
      changed(10, (value) => value + 8e-3),
      'f16',
    ).verdict,
  ).toBe('differs');
  expect(
    compared(
      numbers,
      changed(10, () => NaN),
      'f16',
    ).verdict,
  ).toBe('differs');
});

test('places may differ in a thousandth', () => {
  const places = Array.from({ length: 4000 }, (_, index) => index % 4);
  const others = (count: number) => places.map((place, index) => (index < count ? 3 - place : place));
  expect(compared(places, others(4), 'u32').verdict).toBe('agrees');
  expect(compared(places, others(5), 'u32')).toMatchObject({
    verdict: 'differs',
    reason: '5 of 4000 places differ',
  });
  const zeros = places.map(() => 0);
  expect(compared(zeros, zeros, 'u32').verdict).toBe('agrees');
});
