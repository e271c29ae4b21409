/** Seeded whole numbers and choices for tables of cases that are drawn, so that a failing case fails again. */
import { seededUniform } from '../engine/reference/seeded-random.ts';

export interface SeededDraws {
  /** A whole number in [0, count). */
  readonly below: (count: number) => number;
  /** A whole number in [low, high]. */
  readonly between: (low: number, high: number) => number;
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T;
}

/** The draws of a seed, one after another. */
export function seededDraws(seed: number): SeededDraws {
  const uniform = seededUniform(seed);
  const below = (count: number): number => Math.floor(((uniform() + 1) / 2) * count);
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
  };
}
