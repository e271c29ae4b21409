/*
 * Plan. Every move is held against a float64 reference that works the other way about where it can: whole shifts against copied
 * rows, a quarter turn against swapped indices, half a pixel against means, any move against a reference that samples with
 * triangles instead of four corners. Noise has the deviation asked for, is the same for the same seed, and stays within 0…1.
 */
import { expect, test } from 'playwright/test';
import type { ImageShape } from '../data/image-fit.ts';
import { isUnmoved, moveImage, noMoves, type ImageMoves } from './image-moves.ts';

const shape: ImageShape = [28, 28, 1];
const at = (pixels: Float32Array, row: number, column: number): number =>
  row < 0 || row > 27 || column < 0 || column > 27 ? 0 : (pixels[row * 28 + column] ?? 0);
/** Something with no symmetry that a wrong sign could hide behind. */
const blob = Float32Array.from({ length: 784 }, (_, index) => {
  const [x, y] = [index % 28, Math.floor(index / 28)];
  return Math.exp(-((x - 10) ** 2) / 9 - (y - 16) ** 2 / 25) * (x > 8 ? 1 : 0.5);
});
/** Float32 sines and weights. */
const tolerance = 1e-5;

/** Bilinear sampling as a sum over all pixels, each weighted by a triangle of one pixel's reach. */
function reference(pixels: Float32Array, moves: ImageMoves): number[] {
  const angle = (moves.rotation / 180) * Math.PI;
  return Array.from({ length: 784 }, (_, index) => {
    const x = (index % 28) - 13.5 - moves.shiftX;
    const y = Math.floor(index / 28) - 13.5 - moves.shiftY;
    const fromX = (x * Math.cos(angle) + y * Math.sin(angle)) / moves.scale + 13.5;
    const fromY = (y * Math.cos(angle) - x * Math.sin(angle)) / moves.scale + 13.5;
    return pixels.reduce((sum, value, place) => {
      const near = (distance: number): number => Math.max(0, 1 - Math.abs(distance));
      return sum + value * near((place % 28) - fromX) * near(Math.floor(place / 28) - fromY);
    }, 0);
  });
}

test('no move gives the same pixels back', () => {
  expect(isUnmoved(noMoves)).toBe(true);
  expect(moveImage(blob, shape, { ...noMoves, noiseSeed: 9 })).toBe(blob);
});

test('whole shifts copy pixels: right and down are positive, what leaves is lost', () => {
  const moved = moveImage(blob, shape, { ...noMoves, shiftX: 5, shiftY: -3 });
  for (const [row, column] of [
    [13, 15],
    [0, 20],
    [27, 0],
    [10, 27],
  ] as const) {
    expect(at(moved, row, column)).toBe(at(blob, row + 3, column - 5));
  }
  expect(moveImage(blob, shape, { ...noMoves, shiftX: 28 }).every((value) => value === 0)).toBe(true);
});

test('half a pixel is the mean of two', () => {
  const moved = moveImage(blob, shape, { ...noMoves, shiftX: 0.5 });
  expect(at(moved, 16, 10)).toBeCloseTo((at(blob, 16, 9) + at(blob, 16, 10)) / 2, 5);
});

test('a quarter turn clockwise brings the top to the right', () => {
  const moved = moveImage(blob, shape, { ...noMoves, rotation: 90 });
  for (let row = 0; row < 28; row++) {
    for (let column = 0; column < 28; column++) {
      expect(Math.abs(at(moved, row, column) - at(blob, 27 - column, row))).toBeLessThan(tolerance);
    }
  }
});

test('turned, scaled and shifted at once, every pixel is the reference’s', () => {
  for (const moves of [
    { ...noMoves, shiftX: 2, shiftY: 3, rotation: -25, scale: 1.3 },
    { ...noMoves, shiftX: -4, rotation: 140, scale: 0.7 },
  ]) {
    const expected = reference(blob, moves);
    const worst = Math.max(
      ...moveImage(blob, shape, moves).map((value, place) => Math.abs(value - (expected[place] ?? 0))),
    );
    expect(worst).toBeLessThan(tolerance);
  }
});

test('three channels move together and keep their colours', () => {
  const colours = Float32Array.from(
    { length: 784 * 3 },
    (_, index) => (blob[Math.floor(index / 3)] ?? 0) / ((index % 3) + 1),
  );
  const moved = moveImage(colours, [28, 28, 3], { ...noMoves, rotation: 30 });
  const grey = moveImage(blob, shape, { ...noMoves, rotation: 30 });
  for (const place of [300, 450, 500]) {
    for (const channel of [0, 1, 2]) {
      expect(moved[place * 3 + channel]).toBeCloseTo((grey[place] ?? 0) / (channel + 1), 5);
    }
  }
});

test('noise is seeded, as strong as asked, and stays within what a pixel can be', () => {
  const middle = new Float32Array(784).fill(0.5);
  const noisy = (noiseSeed: number): Float32Array => moveImage(middle, shape, { ...noMoves, noise: 0.1, noiseSeed });
  expect(noisy(1)).toEqual(noisy(1));
  expect(noisy(1)).not.toEqual(noisy(2));
  const spread = Math.sqrt(noisy(1).reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / 784);
  // Three standard errors of a deviation measured on 784 numbers.
  expect(Math.abs(spread - 0.1)).toBeLessThan((3 * 0.1) / Math.sqrt(2 * 784));
  const loud = moveImage(blob, shape, { ...noMoves, noise: 3 });
  expect([Math.min(...loud), Math.max(...loud)]).toEqual([0, 1]);
});
