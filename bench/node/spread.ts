/** Samples → smallest, median, largest, at the precision that a measurement has. */
import type { Spread } from '../results-file.ts';

const significantDigits = 4;

/** Four significant digits: more would only be noise in the files. */
export function rounded(value: number): number {
  return Number(value.toPrecision(significantDigits));
}

/** @throws when there are no samples. */
export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (index: number) => {
    const value = sorted[index];
    if (value === undefined) throw new Error('spread: there must be a sample. Received samples=[].');
    return value;
  };
  const half = (sorted.length - 1) / 2;
  return {
    min: rounded(at(0)),
    median: rounded((at(Math.floor(half)) + at(Math.ceil(half))) / 2),
    max: rounded(at(sorted.length - 1)),
    samples: samples.map(rounded),
  };
}
