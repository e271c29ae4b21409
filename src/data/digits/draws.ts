/** Counter-based random numbers: draw k of stream (seed, index) is a pure function of the three. Knows no digits. */

/** The PCG output permutation on 32 bits (Jarzynski & Olano, "Hash Functions for GPU Rendering", 2020). */
function pcgHash(value: number): number {
  const state = (Math.imul(value, 747796405) + 2891336453) >>> 0;
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737) >>> 0;
  return ((word >>> 22) ^ word) >>> 0;
}

/** The random numbers of one example, drawn one after another. */
export interface Draws {
  /** In [0, 1). */
  uniform(): number;
  /** In [low, high). */
  between(low: number, high: number): number;
  /** Mean 0, variance 1. */
  normal(): number;
  /** An index of `weights`, each as likely as its share of their sum. */
  pick(weights: readonly number[]): number;
}

/** Starts the stream of example `index` under `seed`, both unsigned 32-bit integers. */
export function createDraws(seed: number, index: number): Draws {
  // Two independent words keep the streams of two examples from being shifted copies of each other.
  const start = pcgHash(index + pcgHash(seed));
  const twist = pcgHash(start ^ 0x9e3779b9);
  let counter = 0;
  const uniform = (): number => pcgHash(pcgHash(start + counter++) ^ twist) / 2 ** 32;
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    pick(weights) {
      let rest = uniform() * weights.reduce((sum, weight) => sum + weight, 0);
      const found = weights.findIndex((weight) => (rest -= weight) < 0);
      return found < 0 ? weights.length - 1 : found;
    },
  };
}
