/** Whether two ways of computing a tensor wrote the same numbers, but for rounding. Sees bytes, chunk by chunk; knows no GPU. */
import { decodeElements, type Element } from '../../gpu/half.ts';

/** What the words of a tensor mean. Whole numbers are places (`winners`), four in a word. */
export type NumberFormat = 'f32' | 'f16' | 'u32';

/** What a binding declared as `array<f32>`, `array<vec4<element>>`, `array<u32>` holds. */
export function formatOf(declaredType: string, element: Element = 'f32'): NumberFormat {
  if (declaredType.includes('element')) return element;
  return /\b(?:[ui]32|vec[234][ui])\b/.test(declaredType) ? 'u32' : 'f32';
}

/** Largest difference beside the tensor's largest number, in float32: sums of thousands in another order stay far below. */
const floatTolerance = 1e-4;
/** In half precision, whose numbers are 1/2048 apart and whose products are rounded before they are summed. */
const halfTolerance = 5e-3;
/** Places that may differ: where two values of a window tie but for rounding, either is right. */
const maxTieShare = 1e-3;

/** `unknown`: what there was to compare says nothing, such as zeros only. */
export type Verdict = 'agrees' | 'differs' | 'unknown';

/** Bytes that an output holds before it is written, so that a place left out shows. As a number they are none. */
export const unwrittenByte = 0xff;

export class Agreement {
  #largest = 0;
  #largestDifference = 0;
  #places = 0;
  #otherPlaces = 0;
  #isKnown = true;
  #isFinite = true;

  constructor(private readonly format: NumberFormat) {}

  /** Compares a chunk of what is right with the same chunk of what is to be judged; whole words each. */
  add(right: ArrayBuffer, judged: ArrayBuffer): void {
    if (this.format === 'u32') this.#addPlaces(new Uint8Array(right), new Uint8Array(judged));
    else this.#addNumbers(right, judged, this.format);
  }

  get verdict(): Verdict {
    if (!this.#isKnown) return 'unknown';
    if (!this.#isFinite) return 'differs';
    if (this.format === 'u32') return this.#otherPlaces <= this.#places * maxTieShare ? 'agrees' : 'differs';
    if (this.#largest === 0) return this.#largestDifference === 0 ? 'unknown' : 'differs';
    const tolerance = this.format === 'f16' ? halfTolerance : floatTolerance;
    return this.#largestDifference <= tolerance * this.#largest ? 'agrees' : 'differs';
  }

  /** In words, for whoever watches; empty when all is well. */
  get reason(): string {
    if (this.verdict === 'agrees') return '';
    if (this.verdict === 'unknown') return this.#isKnown ? 'all its outputs are zero' : 'its outputs are no numbers';
    if (!this.#isFinite) return 'writes no number where there should be one';
    if (this.format === 'u32') return `${this.#otherPlaces} of ${this.#places} places differ`;
    return `differs by ${this.#largestDifference.toExponential(1)} where the largest number is ${this.#largest.toExponential(1)}`;
  }

  #addPlaces(right: Uint8Array, judged: Uint8Array): void {
    this.#places += right.length;
    right.forEach((place, index) => {
      if (place !== judged[index]) this.#otherPlaces++;
    });
  }

  #addNumbers(right: ArrayBuffer, judged: ArrayBuffer, format: 'f32' | 'f16'): void {
    const count = right.byteLength / (format === 'f16' ? 2 : 4);
    const rightNumbers = decodeElements(right, count, format);
    const judgedNumbers = decodeElements(judged, count, format);
    const bytesEach = right.byteLength / count;
    for (let index = 0; index < count; index++) {
      const a = rightNumbers[index] ?? NaN;
      const b = judgedNumbers[index] ?? NaN;
      if (Number.isFinite(a) && Number.isFinite(b)) this.#compare(a, b);
      // The end of a buffer that nobody writes is the same in both.
      else if (!areUnwritten(right, judged, index * bytesEach, bytesEach)) this.#refuse(Number.isFinite(a));
    }
  }

  #compare(right: number, judged: number): void {
    const magnitude = Math.abs(right);
    const difference = Math.abs(right - judged);
    if (magnitude > this.#largest) this.#largest = magnitude;
    if (difference > this.#largestDifference) this.#largestDifference = difference;
  }

  #refuse(isRightFinite: boolean): void {
    if (isRightFinite) this.#isFinite = false;
    else this.#isKnown = false;
  }
}

function areUnwritten(right: ArrayBuffer, judged: ArrayBuffer, first: number, count: number): boolean {
  const isUnwritten = (bytes: ArrayBuffer) =>
    new Uint8Array(bytes, first, count).every((byte) => byte === unwrittenByte);
  return isUnwritten(right) && isUnwritten(judged);
}
