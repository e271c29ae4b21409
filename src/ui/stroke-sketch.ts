/** The strokes of a drawing in the making: drawn, rubbed out, taken back and redone. Knows no pointer, no keys and no pixels. */
import type { Stroke, StrokePoint } from './digit-raster.ts';

/** What the pen does where it is put down. */
export type PenTool = 'pen' | 'eraser';

/** A stroke this near to the eraser, in pixels of the grid, is rubbed out as a whole. */
const eraserReach = 1.8;

/** A drawing that grows point by point and remembers how it grew. */
export class StrokeSketch {
  tool: PenTool = 'pen';
  #strokes: readonly Stroke[] = [];
  #isPenDown = false;
  /** What undo goes back to, and redo forward to. */
  #past: (readonly Stroke[])[] = [];
  #future: (readonly Stroke[])[] = [];

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

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Puts the pen or the eraser down. */
  begin(point: StrokePoint): void {
    this.#isPenDown = true;
    if (this.tool === 'eraser') this.#rubOut(point);
    else this.#change([...this.#strokes, [point]]);
  }

  /** Moves what is down; without effect while nothing is, or where it already is. */
  extend(point: StrokePoint): void {
    if (!this.#isPenDown) return;
    if (this.tool === 'eraser') {
      this.#rubOut(point);
      return;
    }
    const stroke = this.#strokes.at(-1);
    const last = stroke?.at(-1);
    if (stroke === undefined || (last?.x === point.x && last.y === point.y)) return;
    // The stroke was remembered when it began.
    this.#strokes = [...this.#strokes.slice(0, -1), [...stroke, point]];
  }

  /** Lifts the pen. */
  lift(): void {
    this.#isPenDown = false;
  }

  /** Takes the last change back. */
  undo(): void {
    this.#go(this.#past, this.#future);
  }

  /** Makes the change again that was taken back last. */
  redo(): void {
    this.#go(this.#future, this.#past);
  }

  /** An empty sheet, which undo takes back. */
  clear(): void {
    this.lift();
    if (!this.isEmpty) this.#change([]);
  }

  /** An empty sheet without a past. */
  restart(): void {
    this.lift();
    this.#strokes = [];
    this.#past = [];
    this.#future = [];
  }

  #rubOut(point: StrokePoint): void {
    const kept = this.#strokes.filter((stroke) => distanceTo(stroke, point) > eraserReach);
    if (kept.length < this.#strokes.length) this.#change(kept);
  }

  #change(strokes: readonly Stroke[]): void {
    this.#past.push(this.#strokes);
    this.#future = [];
    this.#strokes = strokes;
  }

  #go(from: (readonly Stroke[])[], to: (readonly Stroke[])[]): void {
    this.lift();
    const strokes = from.pop();
    if (strokes === undefined) return;
    to.push(this.#strokes);
    this.#strokes = strokes;
  }
}

/** From a point to the nearest place of a stroke. */
function distanceTo(stroke: Stroke, { x, y }: StrokePoint): number {
  const distances = stroke.map((point, index) => {
    const from = stroke[index - 1] ?? point;
    const [dx, dy] = [point.x - from.x, point.y - from.y];
    const lengthSquared = dx * dx + dy * dy;
    const along = lengthSquared === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / lengthSquared;
    const share = Math.min(1, Math.max(0, along));
    return Math.hypot(x - from.x - share * dx, y - from.y - share * dy);
  });
  return Math.min(...distances);
}
