/** What a layer's numbers take in memory, counted as the lecture counts: for one image, nothing shared or used again. */

/** Bytes of one float32 number. */
export const floatBytes = 4;

/** Bytes of a layer's outputs for one image. */
export function outputBytes(outputShape: readonly number[]): number {
  return floatBytes * outputShape.reduce((product, size) => product * size, 1);
}

/** Bytes of a layer's parameters. */
export function parameterBytes(params: number): number {
  return floatBytes * params;
}
