/*
 * Plan. One inked pixel has a diamond around its middle; ink at the edge is closed there; the line lies where the ink between two
 * pixels is a half; an image without ink has none. Every line of a digit ends where others begin: it is closed.
 */
import { expect, test } from 'playwright/test';
import { firstDigit } from '../../app/first-digit.ts';
import { imageOutline } from './image-outline.ts';

const endsOf = (path: string): readonly string[] =>
  [...path.matchAll(/[ML]([\d.]+ [\d.]+)/g)].map(([, end = '']) => end);

test('one pixel', () => {
  const path = imageOutline(Float32Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0), 3, 3);
  expect(new Set(endsOf(path))).toEqual(new Set(['1.5 1', '1 1.5', '2 1.5', '1.5 2']));
  expect(endsOf(path)).toHaveLength(8);
});

test('the line lies where the ink is a half, and is closed at the edge', () => {
  expect(imageOutline(new Float32Array(4), 2, 2)).toBe('');
  expect(new Set(endsOf(imageOutline(Float32Array.of(0.625), 1, 1)))).toEqual(
    new Set(['0.5 0.3', '0.3 0.5', '0.7 0.5', '0.5 0.7']),
  );
});

test('a digit’s outline is closed', () => {
  const counts = new Map<string, number>();
  for (const end of endsOf(imageOutline(firstDigit(), 28, 28))) counts.set(end, (counts.get(end) ?? 0) + 1);
  expect(counts.size).toBeGreaterThan(40);
  expect([...counts.values()].every((count) => count % 2 === 0)).toBe(true);
});
