/** What a layer's numbers take in memory, counted as the lecture counts: for one image, nothing shared or used again. */
import { cellCount } from './cells.ts';

/** Bytes of one float32 number. */
export const floatBytes = 4;

/** Bytes of a layer's outputs for one image. */
export function outputBytes(outputShape: readonly number[]): number {
  return floatBytes * cellCount(outputShape);
}

/** Bytes of a layer's parameters. */
export function parameterBytes(params: number): number {
  return floatBytes * params;
}
