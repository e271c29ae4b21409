/** Kernels that people have designed by hand, as numbers of any size. Pure; knows no network. */

/** The designs by name. */
export type KernelPreset =
  'sobelAcross' | 'sobelDown' | 'laplacian' | 'laplacian8' | 'gabor' | 'curve' | 'noise' | 'zero';

/** What some of the designs can be told. */
export interface PresetSettings {
  /** Gabor: the direction in which its wave runs, degrees clockwise from the right. */
  readonly angle: number;
  /** Gabor: cells from crest to crest, > 0. */
  readonly wavelength: number;
  /** Noise: which one. */
  readonly seed: number;
}

/** Where every design begins. */
export const initialSettings: PresetSettings = { angle: 0, wavelength: 3, seed: 1 };

/**
 * The numbers of a design row by row, as a network multiplies them with its inputs (no flip); undefined where such a size
 * has no room for it.
 */
export function presetKernel(
  preset: KernelPreset,
  height: number,
  width: number,
  settings: PresetSettings,
): readonly number[] | undefined {
  switch (preset) {
    case 'sobelAcross':
      return width > 1 ? outer(smoothing(height), derivative(width)) : undefined;
    case 'sobelDown':
      return height > 1 ? outer(derivative(height), smoothing(width)) : undefined;
    case 'laplacian':
      return laplacian(height, width);
    case 'laplacian8':
      return fullLaplacian(height, width);
    case 'gabor':
      return gabor(height, width, settings);
    case 'curve':
      return resized(lectureCurve, 7, height, width);
    case 'noise':
      return noise(height * width, settings.seed);
    case 'zero':
      return Array.from({ length: height * width }, () => 0);
  }
}

/** The lecture's detector of a curve outward to the right, 7 × 7: six numbers 30 along it. */
const lectureCurve: readonly number[] = curveCells(7, [
  [0, 5],
  [1, 4],
  [2, 3],
  [3, 3],
  [4, 3],
  [5, 3],
]);

function curveCells(size: number, cells: readonly (readonly [number, number])[]): readonly number[] {
  const numbers = Array.from({ length: size * size }, () => 0);
  for (const [row, column] of cells) numbers[row * size + column] = 30;
  return numbers;
}

/** Binomial coefficients: 1 2 1, 1 4 6 4 1. */
function smoothing(size: number): readonly number[] {
  return Array.from({ length: size - 1 }).reduce<readonly number[]>((row) => convolved(row, [1, 1]), [1]);
}

/** A difference of neighbours, smoothed: −1 0 1, −1 −2 0 2 1. */
function derivative(size: number): readonly number[] {
  return convolved(smoothing(size - 1), [-1, 1]);
}

function convolved(a: readonly number[], b: readonly number[]): readonly number[] {
  const result = Array.from({ length: a.length + b.length - 1 }, () => 0);
  a.forEach((x, i) => b.forEach((y, j) => (result[i + j] = (result[i + j] ?? 0) + x * y)));
  return result;
}

function outer(rows: readonly number[], columns: readonly number[]): readonly number[] {
  return rows.flatMap((row) => columns.map((column) => row * column));
}

/** 0 1 0 / 1 −4 1 / 0 1 0; in other sizes the Laplacian of a Gaussian, its sum taken out, its positive numbers adding up to 4. */
function laplacian(height: number, width: number): readonly number[] | undefined {
  if (height === 3 && width === 3) return [0, 1, 0, 1, -4, 1, 0, 1, 0];
  if (Math.min(height, width) < 3) return undefined;
  const variance = (Math.min(height, width) / 5) ** 2;
  const raw = overCells(height, width, (x, y) => {
    const r = (x * x + y * y) / (2 * variance);
    return (r - 1) * Math.exp(-r);
  });
  const mean = raw.reduce((sum, value) => sum + value, 0) / raw.length;
  const balanced = raw.map((value) => value - mean);
  const positive = balanced.reduce((sum, value) => sum + Math.max(0, value), 0);
  return balanced.map((value) => (value * 4) / positive);
}

/** −1 everywhere but in the middle, which balances them: −1 … 8 … −1. */
function fullLaplacian(height: number, width: number): readonly number[] | undefined {
  const count = height * width;
  if (height % 2 === 0 || width % 2 === 0 || count === 1) return undefined;
  return Array.from({ length: count }, (_, place) => (place === (count - 1) / 2 ? count - 1 : -1));
}

/**
 * exp(−(x′² + γ²y′²) / 2σ²) · cos(2πx′/λ), x′ along the angle, with γ = 0.5 and σ = 0.56 λ, which makes its band one octave
 * wide (Petkov & Kruizinga 1997).
 */
function gabor(height: number, width: number, { angle, wavelength }: PresetSettings): readonly number[] {
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const variance = (0.56 * wavelength) ** 2;
  return overCells(height, width, (x, y) => {
    const along = x * cos + y * sin;
    const aside = y * cos - x * sin;
    return Math.exp(-(along ** 2 + 0.25 * aside ** 2) / (2 * variance)) * Math.cos((2 * Math.PI * along) / wavelength);
  });
}

/** `value(x, y)` at every cell, x to the right and y down from the middle. */
function overCells(height: number, width: number, value: (x: number, y: number) => number): readonly number[] {
  return Array.from({ length: height * width }, (_, place) =>
    value((place % width) - (width - 1) / 2, Math.floor(place / width) - (height - 1) / 2),
  );
}

/** A square picture in another size: each new cell is the mean of what it covers. */
function resized(numbers: readonly number[], size: number, height: number, width: number): readonly number[] {
  const rows = Array.from({ length: height }, (_, row) => shares(size, row / height, (row + 1) / height));
  const columns = Array.from({ length: width }, (_, column) => shares(size, column / width, (column + 1) / width));
  return rows.flatMap((rowShares) =>
    columns.map((columnShares) =>
      numbers.reduce(
        (sum, value, place) =>
          sum + value * (rowShares[Math.floor(place / size)] ?? 0) * (columnShares[place % size] ?? 0),
        0,
      ),
    ),
  );
}

/** How much of the span from `from` to `to`, of a line 0…1, lies in each of its `size` equal parts. */
function shares(size: number, from: number, to: number): readonly number[] {
  return Array.from({ length: size }, (_, part) => {
    const overlap = Math.min(to, (part + 1) / size) - Math.max(from, part / size);
    return Math.max(0, overlap) / (to - from);
  });
}

/** Normal numbers of mean 0 and spread 1: Box and Muller's rule on mulberry32. */
function noise(count: number, seed: number): readonly number[] {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}
