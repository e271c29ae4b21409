/** The strokes of a drawing in the making: begun, extended, lifted, taken back. Knows no pointer, no keys and no pixels. */
import type { Stroke, StrokePoint } from './digit-raster.ts';

/** A drawing that grows point by point. */
export class StrokeSketch {
  #strokes: StrokePoint[][] = [];
  #isPenDown = false;

  /** All strokes so far, the one being drawn included. */
  get strokes(): readonly Stroke[] {
    return this.#strokes;
  }

  get isEmpty(): boolean {
    return this.#strokes.length === 0;
  }

  get isPenDown(): boolean {
    return this.#isPenDown;
  }

  /** Puts the pen down. */
  begin(point: StrokePoint): void {
    this.#strokes.push([point]);
    this.#isPenDown = true;
  }

  /** Moves the pen; without effect while it is lifted or where it already is. */
  extend(point: StrokePoint): void {
    const stroke = this.#strokes.at(-1);
    const last = stroke?.at(-1);
    if (!this.#isPenDown || stroke === undefined || (last?.x === point.x && last.y === point.y)) return;
    stroke.push(point);
  }

  /** Lifts the pen. */
  lift(): void {
    this.#isPenDown = false;
  }

  /** Takes the last stroke back. */
  undo(): void {
    this.lift();
    this.#strokes.pop();
  }

  clear(): void {
    this.lift();
    this.#strokes = [];
  }
}
