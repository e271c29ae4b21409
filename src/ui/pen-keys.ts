/** Drawing by keyboard: a cursor on the 28 × 28 cells that moves the pen of a sketch. Knows keys, but no element. */
import { digitSize } from '../app/digit-grid.ts';
import type { StrokePoint } from './digit-raster.ts';
import type { StrokeSketch } from './stroke-sketch.ts';

/** What the keys do, for people who cannot see the cursor. */
export const penKeysHelp =
  'Arrow keys move the pen over 28 by 28 cells, with Shift four at a time. Space or Enter puts it down or lifts it, ' +
  'Escape lifts it, E changes between pen and eraser, Control Z takes the last change back, Control Y makes it again.';

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A key press as far as drawing is concerned. */
export type PenKey = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Turns key presses into pen movements. */
export class PenKeys {
  #sketch: StrokeSketch;
  #column = digitSize / 2;
  #row = digitSize / 2;

  constructor(sketch: StrokeSketch) {
    this.#sketch = sketch;
  }

  /** 0…27 from the left. */
  get column(): number {
    return this.#column;
  }

  /** 0…27 from the top. */
  get row(): number {
    return this.#row;
  }

  /** What the key did: nothing (it is not for the pen), moved or lifted the pen, or changed the drawing. */
  press(event: PenKey): 'ignored' | 'moved' | 'drawn' {
    if (event.altKey) return 'ignored';
    if (event.ctrlKey || event.metaKey) return this.#goBackOrForth(event);
    const move = moves[event.key];
    if (move !== undefined) return this.#move(move, event.shiftKey ? 4 : 1);
    if (event.key === ' ' || event.key === 'Enter') return this.#sketch.isPenDown ? this.#lift() : this.#putDown();
    if (event.key === 'e') return this.#changeTool();
    return event.key === 'Escape' && this.#sketch.isPenDown ? this.#lift() : 'ignored';
  }

  #move([right, down]: readonly [number, number], cells: number): 'moved' | 'drawn' {
    this.#column = Math.min(digitSize - 1, Math.max(0, this.#column + right * cells));
    this.#row = Math.min(digitSize - 1, Math.max(0, this.#row + down * cells));
    if (!this.#sketch.isPenDown) return 'moved';
    this.#sketch.extend(this.#point);
    return 'drawn';
  }

  #putDown(): 'drawn' {
    this.#sketch.begin(this.#point);
    return 'drawn';
  }

  #lift(): 'moved' {
    this.#sketch.lift();
    return 'moved';
  }

  #changeTool(): 'moved' {
    this.#sketch.lift();
    this.#sketch.tool = this.#sketch.tool === 'pen' ? 'eraser' : 'pen';
    return 'moved';
  }

  #goBackOrForth({ key, shiftKey }: PenKey): 'ignored' | 'drawn' {
    if (key === 'y' || (key.toLowerCase() === 'z' && shiftKey)) this.#sketch.redo();
    else if (key === 'z') this.#sketch.undo();
    else return 'ignored';
    return 'drawn';
  }

  get #point(): StrokePoint {
    return { x: this.#column + 0.5, y: this.#row + 0.5, pressure: 0.5 };
  }
}
