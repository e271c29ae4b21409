/** Random matrices with orthonormal rows or columns, for Keras's Orthogonal initializer. */
import type { Shape } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';
import type { RandomStream } from './random.ts';

/**
 * The shape flattened to `[product of the others, last]`; its columns are orthonormal, or its rows where there are fewer
 * of those (Saxe et al. 2013). Gram–Schmidt twice over normal draws, in double precision.
 */
export function orthogonalMatrix(shape: Shape, random: RandomStream): Float32Array<ArrayBuffer> {
  const columns = shape.at(-1) ?? 1;
  const rows = cellCount(shape.slice(0, -1));
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal());
    // Once leaves rounding errors along earlier vectors; the second pass removes them.
    for (let pass = 0; pass < 2; pass++) for (const earlier of vectors) subtractProjection(vector, earlier);
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    if (norm < 1e-6) continue;
    vectors.push(vector.map((value) => value / norm));
  }
  const matrix = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = rows >= columns ? vectors[column]?.[row] : vectors[row]?.[column];
      matrix[row * columns + column] = value ?? 0;
    }
  }
  return matrix;
}

function subtractProjection(vector: Float64Array, unit: Float64Array): void {
  let dot = 0;
  for (let i = 0; i < vector.length; i++) dot += (vector[i] ?? 0) * (unit[i] ?? 0);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) - dot * (unit[i] ?? 0);
}
