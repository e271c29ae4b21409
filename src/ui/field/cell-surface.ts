/** What mouse, finger and keys do on a picture of cells: hover, pin, move, let go. Knows neither what is drawn nor the page's state. */
import type { LitElement, ReactiveController } from 'lit';
import { isSameCell, type SelectionIntent } from '../../app/selection-slice.ts';
import type { CellAddress } from '../../engine/model/cell-address.ts';
import { IntentEvent } from '../page-events.ts';
import { middleCell, stepCell, type CellExtent } from './cell-steps.ts';

/** The picture, as its component has it at the time; undefined while there is nothing to choose. */
export interface CellPicture {
  /** Name of the layer; empty for the input. */
  readonly layer: string;
  readonly extent: CellExtent;
  /** CSS px from the surface's corner; undefined where no cell is. */
  cellAt(x: number, y: number): CellAddress | undefined;
}

/** Handlers for a focusable element; what they want goes up as intents, at most one per animation frame and cell. */
export class CellSurface implements ReactiveController {
  #frame: number | undefined;
  /** Where the pointer was last, and over what. */
  #point: PointOver | undefined;
  #hovered: CellAddress | undefined;
  #cursor: CellAddress | undefined;
  #isFocused = false;
  #said = '';

  constructor(
    private readonly host: LitElement,
    private readonly picture: () => CellPicture | undefined,
    /** The pinned cell of the page. */
    private readonly pinned: () => CellAddress | undefined,
    private readonly describe: (cell: CellAddress) => string,
  ) {
    host.addController(this);
  }

  /** What a screen reader is told after a key, empty for what the pointer does; undefined while the focus is elsewhere. */
  get said(): string | undefined {
    return this.#isFocused ? this.#said : undefined;
  }

  /** The cell the keys are at, while they are. */
  get cursor(): CellAddress | undefined {
    return this.#cursor;
  }

  hostDisconnected(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.#hovered = undefined;
    this.#cursor = undefined;
  }

  onPointerMove = (event: PointerEvent): void => {
    // A finger that moves scrolls; it chooses by tapping.
    if (event.pointerType === 'touch') return;
    this.#point = pointOf(event);
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      const cell = this.#point && this.#cellAt(this.#point);
      // Gaps between tiles are crossed, not meant.
      if (cell) this.#hover(cell);
    });
  };

  onPointerLeave = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return;
    this.#point = undefined;
    this.#hover(this.#cursor);
  };

  onClick = (event: MouseEvent): void => {
    const cell = this.#cellAt(pointOf(event));
    if (cell) this.#pin(cell);
  };

  onFocus = (event: FocusEvent): void => {
    this.#isFocused = true;
    this.host.requestUpdate();
    const picture = this.picture();
    if (!picture || !(event.currentTarget instanceof Element) || !event.currentTarget.matches(':focus-visible')) return;
    const pinned = this.pinned();
    const start = pinned?.layer === picture.layer ? pinned : middleCell(picture.layer, picture.extent);
    this.#move(start);
  };

  onBlur = (): void => {
    this.#isFocused = false;
    this.#say('');
    if (!this.#cursor) return;
    this.#cursor = undefined;
    this.#hover(undefined);
  };

  onKeyDown = (event: KeyboardEvent): void => {
    const picture = this.picture();
    if (!picture || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.#answer(event.key, picture)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #cellAt({ clientX, clientY, over }: PointOver): CellAddress | undefined {
    const { left, top } = over.getBoundingClientRect();
    return this.picture()?.cellAt(clientX - left, clientY - top);
  }

  /** Whether the key meant something. */
  #answer(key: string, { layer, extent }: CellPicture): boolean {
    const pinned = this.pinned();
    if (key === 'Escape') {
      if (!pinned && !this.#hovered) return false;
      this.#send('cellPinned', undefined);
      this.#cursor = undefined;
      this.#say('No cell is chosen.');
      this.#hover(undefined);
      return true;
    }
    const here = this.#cursor ?? this.#hovered ?? (pinned?.layer === layer ? pinned : middleCell(layer, extent));
    if (key === 'Enter') {
      this.#pin(here);
      return true;
    }
    const next = stepCell(here, key, extent);
    if (next) this.#move(next);
    return next !== undefined;
  }

  #move(cell: CellAddress): void {
    this.#cursor = cell;
    this.#say(this.describe(cell));
    this.#hover(cell);
  }

  /** A second time lets go. */
  #pin(cell: CellAddress): void {
    const isPinned = isSameCell(this.pinned(), cell);
    this.#send('cellPinned', isPinned ? undefined : cell);
    this.#say(`${this.describe(cell)}${isPinned ? ', let go' : ', pinned'}`);
  }

  #say(text: string): void {
    this.#said = text;
    this.host.requestUpdate();
  }

  #hover(cell: CellAddress | undefined): void {
    if (isSameCell(cell, this.#hovered)) return;
    this.#hovered = cell;
    this.#send('cellHovered', cell);
  }

  #send(type: SelectionIntent['type'], cell: CellAddress | undefined): void {
    this.host.dispatchEvent(new IntentEvent({ type, ...(cell && { cell }) }));
  }
}

/** A place in the window and the surface that the pointer was over there. */
interface PointOver {
  readonly clientX: number;
  readonly clientY: number;
  readonly over: Element;
}

function pointOf({ clientX, clientY, currentTarget }: MouseEvent): PointOver {
  if (!(currentTarget instanceof Element)) throw new Error('cell surface: it must be an element. Received none.');
  return { clientX, clientY, over: currentTarget };
}
