/** One image moved as a `Motion` says, in float64: the reference of augmentation.wgsl. Draws nothing. */
import type { Motion } from '../../../src/engine/training/augmentation.ts';

/** Values 0…1, bilinear between cells, 0 outside. `image` holds bytes of `[height, width, channels]`. */
export function movedImage(
  image: ArrayLike<number>,
  [height, width, channels]: readonly [number, number, number],
  { shift, radians, zoom, isFlipped }: Motion,
): Float64Array {
  const at = (y: number, x: number, c: number) =>
    y < 0 || y >= height || x < 0 || x >= width ? 0 : (image[(y * width + x) * channels + c] ?? 0) / 255;
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const [cos, sin] = [Math.cos(radians) / zoom, Math.sin(radians) / zoom];
  return Float64Array.from({ length: height * width * channels }, (_, i) => {
    const cell = Math.floor(i / channels);
    const [dx, dy] = [(cell % width) - middleX - shift[0], Math.floor(cell / width) - middleY - shift[1]];
    const x = (cos * dx + sin * dy) * (isFlipped ? -1 : 1) + middleX;
    const y = cos * dy - sin * dx + middleY;
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const corners = [
      { y: top, x: left },
      { y: top, x: left + 1 },
      { y: top + 1, x: left },
      { y: top + 1, x: left + 1 },
    ];
    return corners.reduce(
      (sum, corner) =>
        sum + at(corner.y, corner.x, i % channels) * (1 - Math.abs(x - corner.x)) * (1 - Math.abs(y - corner.y)),
      0,
    );
  });
}
