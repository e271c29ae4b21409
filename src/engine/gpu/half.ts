/** Half-precision numbers (IEEE 754 binary16) to and from float32, for tensors that are written or read by the CPU. */

/** What tensors between layers consist of. */
export type Element = 'f32' | 'f16';

const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);

const exponentBias = 127 - 15;
const infinity = 0x7c00;

/** The bits of the nearest half, ties to even; beyond 65,504 infinity. */
export function toHalf(value: number): number {
  floats[0] = value;
  const word = bits[0] ?? 0;
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude >= 0x7f800000) return sign | infinity | (magnitude > 0x7f800000 ? 0x200 : 0);
  const exponent = (magnitude >>> 23) - exponentBias;
  if (exponent >= 31) return sign | infinity;
  const mantissa = (magnitude & 0x7fffff) | 0x800000;
  // Normal numbers lose 13 bits of mantissa, subnormal ones as many more as their exponent is too small.
  const lost = exponent > 0 ? 13 : 14 - exponent;
  if (lost > 24) return sign;
  const kept = mantissa >>> lost;
  const rest = mantissa & ((1 << lost) - 1);
  const half = 1 << (lost - 1);
  const roundsUp = rest > half || (rest === half && (kept & 1) === 1);
  // The implicit bit of a normal number carries into the exponent, and so does rounding up.
  const base = exponent > 0 ? (exponent - 1) << 10 : 0;
  return sign | (base + kept + (roundsUp ? 1 : 0));
}

/** The number that the bits of a half mean. */
export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  if (exponent === 31) return mantissa === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1 + mantissa / 1024) * 2 ** (exponent - 15));
}

/** Numbers as a buffer of the element type holds them; halves are padded to whole words. */
export function encodeElements(values: Float32Array<ArrayBuffer>, element: Element): Uint8Array<ArrayBuffer> {
  if (element === 'f32') return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const halves = new Uint16Array(values.length + (values.length % 2));
  values.forEach((value, index) => (halves[index] = toHalf(value)));
  return new Uint8Array(halves.buffer);
}

/** The first `count` numbers of such a buffer. */
export function decodeElements(bytes: ArrayBuffer, count: number, element: Element): Float32Array<ArrayBuffer> {
  if (element === 'f32') return new Float32Array(bytes, 0, count);
  return Float32Array.from(new Uint16Array(bytes, 0, count), fromHalf);
}

/** Bytes of `count` numbers, in whole words. */
export function elementBytes(count: number, element: Element): number {
  return element === 'f32' ? count * 4 : Math.ceil(count / 2) * 4;
}
