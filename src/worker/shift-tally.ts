/** Test images at shifts sideways, and how many of them were answered rightly so far. Asks no network itself. */
import type { ImageSet } from '../data/dataset-types.ts';
import { fitImage } from '../data/image-fit.ts';
import { shiftImage } from '../data/image-shift.ts';
import { cellCount, imageSizes } from '../engine/shape/cells.ts';
import { answersOf } from './answers.ts';

/** Right answers of one set of weights, about the same images at every shift. */
export class ShiftTally {
  #count = 0;
  readonly #correct: number[];

  constructor(
    readonly shifts: readonly number[],
    /** Images it will be of. */
    readonly planned: number,
  ) {
    this.#correct = shifts.map(() => 0);
  }

  /** Images answered about so far. */
  get count(): number {
    return this.#count;
  }

  /** Share of right answers at each shift, 0…1. */
  get shares(): readonly number[] {
    return this.#correct.map((correct) => correct / Math.max(1, this.#count));
  }

  /** The places of the next images, at most `most`, among `available`: all planned ones lie evenly among those. */
  next(most: number, available: number): readonly number[] {
    const count = Math.min(most, this.planned - this.#count);
    return Array.from({ length: count }, (_, i) => Math.floor(((this.#count + i) * available) / this.planned));
  }

  /** Counts the answers about images with these labels: for each shift the outputs `[n, classes]`. */
  add(labels: readonly number[], outputs: readonly Float32Array[]): void {
    outputs.forEach((output, place) => {
      const { answers } = answersOf(output, output.length / labels.length);
      const right = labels.filter((label, row) => answers[row] === label).length;
      this.#correct[place] = (this.#correct[place] ?? 0) + right;
    });
    this.#count += labels.length;
  }
}

/** Test images, each shifted and then made to fit the network, one after another. */
export function shiftedTestImages(
  test: ImageSet,
  places: readonly number[],
  shift: number,
  inputShape: readonly number[],
): Float32Array<ArrayBuffer> {
  const [, ...shape] = test.shape;
  const cells = cellCount(shape);
  const taken = imageSizes(inputShape);
  const inputs = new Float32Array(places.length * cellCount(taken));
  places.forEach((place, image) => {
    const bytes = test.images.subarray(place * cells, (place + 1) * cells);
    const pixels = Float32Array.from(bytes, (byte) => byte / 255);
    inputs.set(fitImage(shiftImage(pixels, shape, shift), shape, taken), image * cellCount(taken));
  });
  return inputs;
}
