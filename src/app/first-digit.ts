/** A hand-sketched 7, so that every map shows something before any data set has come. Pure arithmetic, no canvas. */

/** Corners of the stroke as `[column, row]` in the 28 × 28 image. */
const stroke: readonly (readonly [number, number])[] = [
  [6, 7.5],
  [20.5, 7],
  [16, 14.5],
  [12.5, 23],
];
const imageSize = 28;
const penRadius = 1.1;
const softness = 1.1;

function distanceToSegment(
  [x, y]: readonly [number, number],
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): number {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

/** The pixels, 0…1, white ink on black as MNIST has them. */
export function firstDigit(): Float32Array<ArrayBuffer> {
  const pixels = new Float32Array(imageSize * imageSize);
  for (let index = 0; index < pixels.length; index++) {
    const point = [index % imageSize, Math.floor(index / imageSize)] as const;
    let distance = Infinity;
    for (let i = 1; i < stroke.length; i++) {
      const from = stroke[i - 1];
      const to = stroke[i];
      if (from && to) distance = Math.min(distance, distanceToSegment(point, from, to));
    }
    pixels[index] = Math.min(1, Math.max(0, 1 - (distance - penRadius) / softness));
  }
  return pixels;
}
