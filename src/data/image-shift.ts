/** An image moved sideways by whole pixels. Pure arithmetic; knows no sliders and no networks. */
import type { ImageShape } from './image-fit.ts';

/** The image `columns` pixels further right, left where negative; what comes in from beyond the edge is zero. */
export function shiftImage(pixels: Float32Array, shape: ImageShape, columns: number): Float32Array<ArrayBuffer> {
  const [height, width, channels] = shape;
  const shifted = new Float32Array(pixels.length);
  const kept = width - Math.abs(columns);
  if (kept <= 0) return shifted;
  for (let row = 0; row < height; row++) {
    const from = (row * width + Math.max(0, -columns)) * channels;
    const to = (row * width + Math.max(0, columns)) * channels;
    shifted.set(pixels.subarray(from, from + kept * channels), to);
  }
  return shifted;
}
