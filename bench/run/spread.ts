/** Smallest, median and largest. */
import type { Spread } from '../results-file.ts';

/** @throws Error when there are no samples. */
export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (min === undefined || max === undefined || low === undefined || high === undefined) {
    throw new Error('spread: there is at least one sample. Received samples=[].');
  }
  return { min, median: (low + high) / 2, max, samples };
}
