/*
 * Plan. For tall, wide, square, convolutional and one-dimensional shapes, the products of all columns (or rows, where there are
 * fewer) are 1 with themselves and 0 with each other, to float32's rounding; entries lie around 0 on both sides. A matrix as long
 * as the largest dense layer must be made too.
 */
import { expect, test } from 'playwright/test';
import { orthogonalMatrix } from './orthogonal.ts';
import { RandomStream } from './random.ts';

/** Each entry is rounded by 2⁻²⁵ of itself, so a product of two unit vectors errs by 2⁻²⁴ at most. */
const limit = 2 ** -24;

const shapes: readonly (readonly number[])[] = [
  [6, 6],
  [50, 7],
  [7, 50],
  [3, 3, 4, 20],
  [3, 3, 2, 40],
  [1, 1],
  [9],
  [1, 5],
  [5, 1],
];
for (const shape of shapes) {
  test(`${shape.join('×')} is orthonormal`, () => {
    const matrix = orthogonalMatrix(shape, new RandomStream(2, 1, 0));
    const columns = shape.at(-1) ?? 1;
    const rows = matrix.length / columns;
    expect(matrix).toHaveLength(shape.reduce((product, size) => product * size, 1));
    const [count, length] = rows >= columns ? [columns, rows] : [rows, columns];
    const at = (vector: number, i: number): number =>
      matrix[rows >= columns ? i * columns + vector : vector * columns + i] ?? NaN;
    for (let a = 0; a < count; a++) {
      for (let b = 0; b <= a; b++) {
        let dot = 0;
        for (let i = 0; i < length; i++) dot += at(a, i) * at(b, i);
        expect(Math.abs(dot - (a === b ? 1 : 0)), `${a}·${b}`).toBeLessThan(limit);
      }
    }
    if (matrix.length > 30) expect(Math.min(...matrix)).toBeLessThan(0);
    expect(Math.max(...matrix, -Math.min(...matrix))).toBeGreaterThan(0);
  });
}

test('a quarter of a million inputs make a unit vector', () => {
  const matrix = orthogonalMatrix([250_000, 1], new RandomStream(1, 1, 0));
  expect(Math.abs(matrix.reduce((sum, value) => sum + value * value, 0) - 1)).toBeLessThan(1e-6);
});
