/** Pictures that climb a gradient: where they start and what a step does to them. Pure arithmetic; knows no network. */
import { createDraws } from '../data/digits/draws.ts';

type Floats = Float32Array<ArrayBuffer>;

/** `[height, width, channels]`. */
type PictureShape = readonly [height: number, width: number, channels: number];

/** Rows and columns that the unit sees, one number for each: 1 or 0. */
export interface Reach {
  readonly rows: ArrayLike<number>;
  readonly columns: ArrayLike<number>;
}

/** Neither ink nor paper: what nothing pulls at stays so. */
export const grey = 0.5;
/** Largest distance of a pixel from grey at the start. */
const noise = 0.02;
/** How far a step moves the pixels it may move, as the root of the mean of their squares. */
const stepSize = 0.05;
/** Share of its distance from grey that every pixel loses in a step: what does not matter fades. */
const decay = 0.03;

/** Grey with a little noise of the seed. */
export function startPicture(pixels: number, seed: number): Floats {
  const draws = createDraws(seed, 0);
  return Float32Array.from({ length: pixels }, () => grey + draws.between(-noise, noise));
}

/** One step uphill; undefined where there is no hill: no pixel within reach has a gradient. */
export function stepUphill(
  picture: Floats,
  gradient: Floats,
  shape: PictureShape,
  { reach, isSmooth }: { readonly reach: Reach; readonly isSmooth: boolean },
): Floats | undefined {
  const direction = within(isSmooth ? smoothed(gradient, shape) : gradient, shape, reach);
  const size = rootMeanSquare(direction, shape, reach);
  if (!(size > 0)) return undefined;
  return picture.map((pixel, place) => {
    const moved = pixel + (stepSize * (direction[place] ?? 0)) / size;
    return Math.min(1, Math.max(0, moved - decay * (moved - grey)));
  });
}

/**
 * Each pixel as the mean of itself and its neighbours, the nearer the heavier, channel by channel: (1 2 1)/4 down and across, zero
 * beyond the edge. The matrix of that is symmetric and positive definite, so a smoothed gradient still leads uphill.
 */
export function smoothed(plane: Floats, [height, width, channels]: PictureShape): Floats {
  const along = (source: Floats, stride: number, count: number): Floats =>
    source.map((value, place) => {
      const index = Math.floor(place / stride) % count;
      const before = index > 0 ? (source[place - stride] ?? 0) : 0;
      const after = index < count - 1 ? (source[place + stride] ?? 0) : 0;
      return (before + 2 * value + after) / 4;
    });
  return along(along(plane, channels, width), width * channels, height);
}

/** What the unit does not see is left alone. */
function within(plane: Floats, [, width, channels]: PictureShape, { rows, columns }: Reach): Floats {
  return plane.map((value, place) => {
    const pixel = Math.floor(place / channels);
    return rows[Math.floor(pixel / width)] === 1 && columns[pixel % width] === 1 ? value : 0;
  });
}

function rootMeanSquare(plane: Floats, [, , channels]: PictureShape, { rows, columns }: Reach): number {
  const squares = plane.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt(squares / (countOf(rows) * countOf(columns) * channels));
}

function countOf(mask: ArrayLike<number>): number {
  return Array.from(mask).reduce((count, value) => count + value, 0);
}
