/*
 * Plan: whatever the parts, what is shown of them adds up to the sum as it is shown, and no part is shown a whole unit from what
 * it is: thousands of seeded draws at every number of decimals; numbers that are not finite are left alone. Decimals grow as
 * numbers shrink.
 */
import { expect, test } from 'playwright/test';
import { decimalsFor, roundAlone, roundTogether } from './round-together.ts';

/** Numbers in −1…1, the same at every run. */
function* draws(count: number): Generator<number> {
  for (let index = 1; index <= count; index++) yield (((index * 2654435761) % 2 ** 32) / 2 ** 31 - 1) ** 3;
}

test('what is shown adds up, each part within a unit of the truth', () => {
  const numbers = [...draws(4000)];
  // Gathered, because an expectation costs more than a draw.
  const wrong: string[] = [];
  for (let at = 0; at < numbers.length - 12; at += 7) {
    const parts = numbers.slice(at, at + 1 + (at % 12));
    const total = parts.reduce((sum, part) => sum + part, 0);
    for (const decimals of [0, 2, 3, 5]) {
      const shown = roundTogether(parts, total, decimals);
      const sum = shown.reduce((sum, part) => sum + part, 0).toFixed(decimals);
      const isSum = sum === (Math.round(total * 10 ** decimals) / 10 ** decimals + 0).toFixed(decimals);
      const isNear = shown.every((part, i) => Math.abs(part - (parts[i] ?? NaN)) < 10 ** -decimals * (1 + 1e-9));
      if (!isSum || !isNear)
        wrong.push(`${JSON.stringify(parts)} in ${decimals} decimals: ${shown.join(' + ')} = ${sum}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('rounding each part by itself would not add up', () => {
  const parts = [0.0014, 0.0014, 0.0014];
  expect(parts.map((part) => Number(part.toFixed(3))).reduce((sum, part) => sum + part, 0)).not.toBeCloseTo(0.004, 6);
  expect(roundTogether(parts, 0.0042, 3)).toEqual([0.002, 0.001, 0.001]);
});

test('a total that 32 bits have moved is still reached', () => {
  expect(roundTogether([0.5, 0.25], 0.7512, 3).reduce((sum, part) => sum + part, 0)).toBeCloseTo(0.751, 9);
});

test('a total in the middle between two numbers is rounded to the same one, alone and as a sum', () => {
  for (const total of [-0.0495, 0.0495]) {
    const shown = roundTogether([total / 3, total / 3, total / 3], total, 3);
    expect(shown.reduce((sum, part) => sum + part, 0)).toBeCloseTo(roundAlone(total, 3), 9);
  }
});

test('numbers that are not finite are left as they are', () => {
  expect(roundTogether([NaN, 1], NaN, 3)).toEqual([NaN, 1]);
  expect(roundTogether([Infinity, 1], Infinity, 3)).toEqual([Infinity, 1]);
});

test('smaller numbers get more decimals, up to six', () => {
  expect([1234, 123, 12.4, 5, 0.83, 0.04, 0.0000001].map((number) => decimalsFor([number, 0]))).toEqual([
    0, 1, 2, 3, 3, 4, 6,
  ]);
  expect(decimalsFor([0, NaN])).toBe(3);
});
