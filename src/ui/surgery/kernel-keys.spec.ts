/*
 * Plan. Arrow keys stay within the grid; from the last row down lies the bias, and up from it the last row. A nudge is a round
 * twentieth of the largest number, and leaves no tail of binary digits.
 */
import { expect, test } from 'playwright/test';
import { nudged, nudgeStep, placeAfterKey } from './kernel-keys.ts';

const size = { rows: 2, columns: 3, hasBias: true };

test('keys', () => {
  const after = (key: string, place: number, hasBias = true): number | undefined =>
    placeAfterKey(key, place, { ...size, hasBias });
  expect(after('ArrowRight', 0)).toBe(1);
  expect(after('ArrowRight', 2)).toBe(2);
  expect(after('ArrowLeft', 3)).toBe(3);
  expect(after('ArrowDown', 1)).toBe(4);
  expect(after('ArrowDown', 4)).toBe(6);
  expect(after('ArrowDown', 4, false)).toBe(4);
  expect(after('ArrowDown', 6)).toBe(6);
  expect(after('ArrowUp', 6)).toBe(3);
  expect(after('ArrowUp', 1)).toBe(1);
  expect(after('Home', 5)).toBe(0);
  expect(after('End', 0)).toBe(6);
  expect(after('End', 0, false)).toBe(5);
  expect(after('a', 0)).toBeUndefined();
});

test('nudges', () => {
  expect(nudgeStep(0.4)).toBe(0.02);
  expect(nudgeStep(2)).toBe(0.1);
  expect(nudgeStep(30)).toBe(1);
  expect(nudgeStep(0)).toBe(0.01);
  expect(nudged(0.1, 1, 0.2)).toBe(0.3);
  expect(nudged(-0.1234567, -3, 0.02)).toBe(-0.183);
});
