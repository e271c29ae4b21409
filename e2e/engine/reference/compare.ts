/** How close two float32 computations of the same numbers must be, and the reason. Knows tensors as lists of numbers. */

/** Half a unit in the last place of a float32 number near 1: the rounding of one operation. */
export const float32Rounding = 2 ** -24;

/**
 * Share of a tensor's length (L2) by which float32 may miss float64. A sum of K products in any order errs by about
 * √K·2⁻²⁴ of its terms' size; the longest sums here have K ≤ 2¹³ terms, three layers deep: 3·90·2⁻²⁴ ≈ 1.6e-5 is the
 * sum of the deviations, half of it their likely size. A wrong index or a missing term costs 1e-2 and more.
 */
export const relativeL2Limit = 1e-5;

/** The worst element of a tensor may stray further than the average one: five deviations. */
export const worstElementFactor = 5;

/** WGSL promises tanh only to 1e-5 absolute (section "Accuracy of built-in functions"); values are of size 1. */
export const tanhLimit = 4e-5;

/**
 * A normalization divides by a deviation: where the numbers of a channel are alike, what was lost in them counts for more.
 * Seen: deviations down to a quarter of the values, as of three numbers out of −1…1.
 */
export const normalizationFactor = 4;

/** TensorFlow.js computes in float32 as the engine does: the two may miss the truth on either side. */
export const float32PairFactor = 2;

/** How far a network of these layers may stray from float64. */
export function limitOf(
  layers: readonly { readonly activation: string; readonly config: { readonly type: string } }[],
): number {
  const limit = layers.some(({ activation }) => activation === 'tanh') ? tanhLimit : relativeL2Limit;
  const normalizes = layers.some(({ config }) => config.type.endsWith('Normalization'));
  return normalizes ? limit * normalizationFactor : limit;
}

/** One tensor beside its reference. */
export interface Comparison {
  readonly what: string;
  readonly relativeL2: number;
  /** Largest |difference| over the reference's largest |value|. */
  readonly worst: number;
  readonly limit: number;
  readonly isClose: boolean;
}

/** Root of the sum of squares. */
export function lengthOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return Math.sqrt(sum);
}

/** Largest absolute value. */
export function largestOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  return largest;
}

/**
 * Compares `actual` with `expected`. Where the terms of the sums cancel, the relative limit means nothing: sums of
 * `terms` products of numbers of size ≤ 1 may always miss by √terms·2⁻²⁴.
 */
export function compare(
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { limit = relativeL2Limit, terms = 1 }: { readonly limit?: number; readonly terms?: number } = {},
): Comparison {
  if (actual.length !== expected.length) return { what, relativeL2: Infinity, worst: Infinity, limit, isClose: false };
  const difference = Float64Array.from({ length: expected.length }, (_, i) => actual[i]! - expected[i]!);
  const floor = Math.sqrt(terms) * float32Rounding;
  const [error, size] = [lengthOf(difference), lengthOf(expected)];
  const [worst, largest] = [largestOf(difference), largestOf(expected)];
  // Written so that NaN fails.
  const isClose =
    error <= limit * size + floor * Math.sqrt(expected.length) &&
    worst <= worstElementFactor * (limit * largest + floor) &&
    difference.every((value) => Number.isFinite(value));
  return { what, relativeL2: error / (size || 1), worst: worst / (largest || 1), limit, isClose };
}

/** `conv2d_1/kernel gradient: relative L2 3.1e-2, worst 8.0e-2, limit 1.0e-5`. */
export function describe({ what, relativeL2, worst, limit }: Comparison): string {
  const [l2, element, most] = [relativeL2, worst, limit].map((value) => value.toExponential(1));
  return `${what}: relative L2 ${l2}, worst ${element}, limit ${most}`;
}
