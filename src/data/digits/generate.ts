/** Endless handwritten-looking digits: example i depends on (seed, i) only. Knows no files and no network. */
import type { ImageSet } from '../dataset-types.ts';
import { createDraws } from './draws.ts';
import { writeDigit } from './handwriting.ts';
import { paintLines } from './paint.ts';

const sizePx = 28;
const classes = 10;

/** The label of an example: every ten in a row hold each digit once, in an order of their own. */
export function generatedLabel(seed: number, index: number): number {
  // The complement of the seed keeps this stream apart from the one that writes the digits.
  const draws = createDraws(~seed >>> 0, Math.floor(index / classes));
  const order = Array.from({ length: classes }, (_, digit) => digit);
  for (let last = classes - 1; last > 0; last--) {
    const other = Math.floor(draws.between(0, last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order[index % classes] ?? 0;
}

/** `count` examples from `firstIndex` on, 28 × 28 × 1, white ink on black; labels balanced. */
export function generateDigits(seed: number, count: number, firstIndex = 0): ImageSet {
  const pixels = new Uint8Array(count * sizePx * sizePx);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const label = generatedLabel(seed, firstIndex + i);
    labels[i] = label;
    const draws = createDraws(seed, firstIndex + i);
    paintLines(writeDigit(draws, label), { pixels, offset: i * sizePx * sizePx, sizePx });
  }
  return { images: pixels, labels, shape: [count, sizePx, sizePx, 1], classes };
}
