/** The chosen image at every shift sideways, and what a network makes of each. Pure arithmetic. */
import type { ImageShape } from '../data/image-fit.ts';
import { moveImage, type ImageMoves } from './image-moves.ts';

/** Pixels to the right, from one end of the sweep to the other. */
export const sweepShifts: readonly number[] = Array.from({ length: 21 }, (_, place) => place - 10);

/** The image moved as it is, but shifted sideways by each of the sweep's shifts in turn, one after another. */
export function sweptImages(
  original: Float32Array<ArrayBuffer>,
  shape: ImageShape,
  moves: ImageMoves,
): Float32Array<ArrayBuffer> {
  const images = new Float32Array(sweepShifts.length * original.length);
  sweepShifts.forEach((shiftX, place) => {
    images.set(moveImage(original, shape, { ...moves, shiftX }), place * original.length);
  });
  return images;
}

/** The share of one class in each row of `[n, classes]`. */
export function sharesOf(outputs: Float32Array, classes: number, wanted: number): readonly number[] {
  return Array.from({ length: outputs.length / classes }, (_, row) => outputs[row * classes + wanted] ?? 0);
}

/** The class with the largest output in a row. */
export function largestIn(outputs: Float32Array, classes: number, row: number): number {
  const own = outputs.subarray(row * classes, (row + 1) * classes);
  return own.indexOf(Math.max(...own));
}
