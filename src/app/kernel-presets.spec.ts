/*
 * Plan. The designs against the numbers that textbooks print: Sobel's 3×3 and 5×5, both Laplacians, Gabor's formula at single
 * cells worked out by hand, the lecture's curve with its six 30s and with the two sums that the lecture takes of it. What
 * must hold at any size: edges and Laplacians answer nothing to a flat picture, Sobel is the transpose of itself in the other direction,
 * Gabor turned by 90° is its own rotation, a resized curve keeps its mean. A size without room for a design has none.
 */
import { expect, test } from 'playwright/test';
import { initialSettings, presetKernel, type KernelPreset } from './kernel-presets.ts';

function kernel(preset: KernelPreset, height: number, width = height, settings = {}): readonly number[] {
  const numbers = presetKernel(preset, height, width, { ...initialSettings, ...settings });
  if (!numbers) throw new Error(`presetKernel: ${preset} fits ${height}×${width}. Received undefined.`);
  return numbers;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);
const transposed = (numbers: readonly number[], size: number): readonly number[] =>
  numbers.map((_, place) => numbers[(place % size) * size + Math.floor(place / size)] ?? NaN);

test('Sobel', () => {
  expect(kernel('sobelAcross', 3)).toEqual([-1, 0, 1, -2, 0, 2, -1, 0, 1]);
  expect(kernel('sobelDown', 3)).toEqual([-1, -2, -1, 0, 0, 0, 1, 2, 1]);
  expect(kernel('sobelAcross', 5).slice(10, 15)).toEqual([-6, -12, 0, 12, 6]);
  expect(kernel('sobelAcross', 2)).toEqual([-1, 1, -1, 1]);
  expect(kernel('sobelAcross', 1, 2)).toEqual([-1, 1]);
  expect(transposed(kernel('sobelAcross', 7), 7)).toEqual(kernel('sobelDown', 7));
});

test('Laplacian', () => {
  expect(kernel('laplacian', 3)).toEqual([0, 1, 0, 1, -4, 1, 0, 1, 0]);
  expect(kernel('laplacian8', 3)).toEqual([-1, -1, -1, -1, 8, -1, -1, -1, -1]);
  expect(kernel('laplacian8', 5)[12]).toBe(24);
  const five = kernel('laplacian', 5);
  expect(five.findIndex((value) => value === Math.min(...five))).toBe(12);
  // Marr and Hildreth's Mexican hat at σ = 1 before it is balanced: the middle is −1, one cell aside −e^(−1/2)/2.
  const [middle = 0, aside = 0, far = 0] = [five[12], five[13], five[14]];
  const hat = (r: number): number => (r / 2 - 1) * Math.exp(-r / 2);
  expect((middle - aside) / (aside - far)).toBeCloseTo((hat(0) - hat(1)) / (hat(1) - hat(4)), 10);
});

test('a flat picture is nothing to edges and Laplacians', () => {
  for (const size of [3, 4, 5, 7, 11]) {
    for (const preset of ['sobelAcross', 'sobelDown', 'laplacian'] as const) {
      expect(Math.abs(sum(kernel(preset, size)))).toBeLessThan(1e-9);
    }
  }
  expect(sum(kernel('laplacian8', 7, 3))).toBe(0);
});

test('Gabor', () => {
  const upright = kernel('gabor', 5, 5, { wavelength: 4 });
  const variance = 2.24 ** 2;
  expect(upright[12]).toBe(1);
  expect(upright[13]).toBeCloseTo(0, 12);
  expect(upright[14]).toBeCloseTo(-Math.exp(-4 / (2 * variance)), 12);
  expect(upright[17]).toBeCloseTo(Math.exp(-0.25 / (2 * variance)), 12);
  const lying = kernel('gabor', 5, 5, { wavelength: 4, angle: 90 });
  transposed(upright, 5).forEach((value, place) => expect(lying[place]).toBeCloseTo(value, 12));
  // At 45° the crest lies along the falling or the rising diagonal: the wave runs to the lower right.
  const slanting = kernel('gabor', 5, 5, { wavelength: 4, angle: 45 });
  expect(slanting[4]).toBeGreaterThan(0.5);
  expect(slanting[0]).toBeLessThan(0);
});

test('the lecture’s curve', () => {
  const curve = kernel('curve', 7);
  expect(curve.flatMap((value, place) => (value === 30 ? [[Math.floor(place / 7), place % 7]] : []))).toEqual([
    [0, 5],
    [1, 4],
    [2, 3],
    [3, 3],
    [4, 3],
    [5, 3],
  ]);
  // The patch that matches: 4·(50·30) + 20·30 = 6600.
  const patch = [
    [0, 0, 0, 0, 0, 0, 30],
    [0, 0, 0, 0, 50, 50, 50],
    [0, 0, 0, 20, 50, 0, 0],
    ...Array.from({ length: 4 }, () => [0, 0, 0, 50, 50, 0, 0]),
  ].flat();
  const response = (numbers: readonly number[]): number =>
    sum(numbers.map((value, place) => value * (patch[place] ?? 0)));
  expect(response(curve)).toBe(6600);
  // Flipped both ways, as a true convolution has it.
  expect(response(curve.toReversed())).toBe(3600);
});

test('a resized curve keeps its mean', () => {
  for (const size of [1, 2, 3, 5, 9, 11]) expect(sum(kernel('curve', size)) / size ** 2).toBeCloseTo(180 / 49, 10);
  const three = kernel('curve', 3);
  expect(three.every((value, place) => (place === 0 || place === 3 ? value < (three[place + 1] ?? 0) : true))).toBe(
    true,
  );
});

test('noise is the same for a seed, normal and another for another', () => {
  const many = kernel('noise', 100);
  expect(kernel('noise', 100)).toEqual(many);
  expect(kernel('noise', 100, 100, { seed: 2 })).not.toEqual(many);
  // 10,000 draws: the mean has a standard deviation of 0.01, the mean square one of 0.014.
  expect(Math.abs(sum(many) / 10_000)).toBeLessThan(0.04);
  expect(Math.abs(sum(many.map((value) => value ** 2)) / 10_000 - 1)).toBeLessThan(0.06);
});

test('a size without room for a design has none', () => {
  expect(presetKernel('sobelAcross', 3, 1, initialSettings)).toBeUndefined();
  expect(presetKernel('sobelDown', 1, 3, initialSettings)).toBeUndefined();
  expect(presetKernel('laplacian', 2, 2, initialSettings)).toBeUndefined();
  expect(presetKernel('laplacian8', 4, 4, initialSettings)).toBeUndefined();
});
