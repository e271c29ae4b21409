/** Samples → smallest, median, largest, at the precision that a measurement has. */
import type { Spread } from '../results-file.ts';
import { spreadOf } from '../run/spread.ts';

const significantDigits = 4;

/** Four significant digits: more would only be noise in the files. */
export function rounded(value: number): number {
  return Number(value.toPrecision(significantDigits));
}

/** @throws when there are no samples. */
export function roundedSpread(samples: readonly number[]): Spread {
  const spread = spreadOf(samples.map(rounded));
  return { ...spread, median: rounded(spread.median) };
}
