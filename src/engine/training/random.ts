/**
 * Counter-based random numbers: every draw is a pure function of (seed, stream, substream, step, index), so nothing
 * depends on what was drawn before; random.wgsl draws the same bits. Philox 4×32-10 of Salmon et al., "Parallel random
 * numbers: as easy as 1, 2, 3" (SC 2011).
 */

const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;
const weyl0 = 0x9e3779b9;
const weyl1 = 0xbb67ae85;
const rounds = 10;

/** High 32 bits of the 64-bit product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const low = aLow * bLow;
  const middle = aHigh * bLow + Math.floor(low / 0x10000);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

/** Four random unsigned 32-bit integers for a counter of four and a key of two. */
export function philox(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): [number, number, number, number] {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < rounds; round++) {
    const high0 = multiplyHigh(multiplier0, c0);
    const high1 = multiplyHigh(multiplier1, c2);
    const low0 = Math.imul(multiplier0, c0) >>> 0;
    const low1 = Math.imul(multiplier1, c2) >>> 0;
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + weyl0) >>> 0;
    k1 = (k1 + weyl1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** What draws are for; each use has a stream of its own, so that none moves another. */
export const randomStreams = { initializer: 1, shuffle: 2, dropout: 3, augmentation: 4 } as const;

/** One stream of numbers of a seed. `substream` tells weights, epochs, layers or examples apart, `step` training steps. */
export class RandomStream {
  #block: [number, number, number, number] = [0, 0, 0, 0];
  #blockIndex = -1;
  #next = 0;

  constructor(
    private readonly seed: number,
    private readonly stream: number,
    private readonly substream: number,
    private readonly step = 0,
  ) {}

  /** The next unsigned 32-bit integer. */
  integer(): number {
    const index = this.#next++;
    if (index >>> 2 !== this.#blockIndex) {
      this.#blockIndex = index >>> 2;
      this.#block = philox([this.#blockIndex, this.substream, this.stream, this.step], [this.seed >>> 0, 0x52656370]);
    }
    return this.#block[index & 3] ?? 0;
  }

  /** The next number in [0, 1), of 24 random bits. */
  uniform(): number {
    return (this.integer() >>> 8) * 2 ** -24;
  }

  /** The next standard normal number, by Box–Muller. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A whole number in [0, below), without bias (rejection). */
  below(below: number): number {
    const limit = 2 ** 32 - (2 ** 32 % below);
    let value = this.integer();
    while (value >= limit) value = this.integer();
    return value % below;
  }
}

/** A permutation of 0 … size − 1 for an epoch (Fisher–Yates). */
export function shuffledIndices(size: number, seed: number, epoch: number): Uint32Array<ArrayBuffer> {
  const random = new RandomStream(seed, randomStreams.shuffle, epoch);
  const indices = Uint32Array.from({ length: size }, (_, index) => index);
  for (let last = size - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const kept = indices[last] ?? 0;
    indices[last] = indices[other] ?? 0;
    indices[other] = kept;
  }
  return indices;
}
