/** The chosen image shifted, turned, scaled and covered with noise: bilinear, seeded, pure. Knows no sliders. */
import { createDraws } from '../data/digits/draws.ts';
import type { ImageShape } from '../data/image-fit.ts';

/** What is done to an image about its centre; where nothing of it comes to lie, it is zero. */
export interface ImageMoves {
  /** Pixels to the right. */
  readonly shiftX: number;
  /** Pixels down. */
  readonly shiftY: number;
  /** Degrees, clockwise. */
  readonly rotation: number;
  /** 2: twice as large. */
  readonly scale: number;
  /** Standard deviation of normal noise on pixels of 0…1. */
  readonly noise: number;
  /** Another seed, other noise; an unsigned 32-bit integer. */
  readonly noiseSeed: number;
}

/** The image as it is. */
export const noMoves: ImageMoves = { shiftX: 0, shiftY: 0, rotation: 0, scale: 1, noise: 0, noiseSeed: 1 };

/** True when the moves leave an image as it is. */
export function isUnmoved({ shiftX, shiftY, rotation, scale, noise }: ImageMoves): boolean {
  return shiftX === 0 && shiftY === 0 && rotation === 0 && scale === 1 && noise === 0;
}

/** The moved image; the same pixels where nothing moves. */
export function moveImage(
  pixels: Float32Array<ArrayBuffer>,
  shape: ImageShape,
  moves: ImageMoves,
): Float32Array<ArrayBuffer> {
  if (isUnmoved(moves)) return pixels;
  const moved = resample(pixels, shape, moves);
  if (moves.noise > 0) addNoise(moved, moves);
  return moved;
}

/** Every pixel takes what lies where it came from. */
function resample(pixels: Float32Array, shape: ImageShape, moves: ImageMoves): Float32Array<ArrayBuffer> {
  const [height, width, channels] = shape;
  const moved = new Float32Array(pixels.length);
  const angle = (moves.rotation * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle) / moves.scale, Math.sin(angle) / moves.scale];
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const x = column - middleX - moves.shiftX;
      const y = row - middleY - moves.shiftY;
      const fromX = cosine * x + sine * y + middleX;
      const fromY = cosine * y - sine * x + middleY;
      for (let channel = 0; channel < channels; channel++) {
        moved[(row * width + column) * channels + channel] = sample(pixels, shape, fromX, fromY, channel);
      }
    }
  }
  return moved;
}

function sample(
  pixels: Float32Array,
  [height, width, channels]: ImageShape,
  x: number,
  y: number,
  channel: number,
): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [shareRight, shareBelow] = [x - left, y - top];
  const at = (row: number, column: number): number =>
    row < 0 || row >= height || column < 0 || column >= width
      ? 0
      : (pixels[(row * width + column) * channels + channel] ?? 0);
  const above = at(top, left) * (1 - shareRight) + at(top, left + 1) * shareRight;
  const below = at(top + 1, left) * (1 - shareRight) + at(top + 1, left + 1) * shareRight;
  return above * (1 - shareBelow) + below * shareBelow;
}

function addNoise(pixels: Float32Array, { noise, noiseSeed }: ImageMoves): void {
  const draws = createDraws(noiseSeed, 0);
  pixels.forEach((value, index) => {
    pixels[index] = Math.min(1, Math.max(0, value + noise * draws.normal()));
  });
}
