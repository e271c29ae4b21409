/** A small seeded generator for test inputs, so that a failing case fails again. Shares nothing with the engine's. */

/** Uniform numbers in −1…1 by mulberry32. */
export function seededUniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** `length` uniform float32 numbers in −scale…scale. */
export function randomFloats(length: number, next: () => number, scale = 1): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, () => next() * scale);
}

/** `length` uniform bytes. */
export function randomBytes(length: number, next: () => number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, () => Math.floor((next() + 1) * 128));
}
