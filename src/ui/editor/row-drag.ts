/** Drags one row of a list to another place, by mouse, pen or finger. Moves nothing itself: it tells where the row was let go. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What is dragged and where it would stand. */
export interface RowMove {
  readonly from: number;
  readonly to: number;
}

/** Follows a pointer from the handle of a row until it is let go; Escape takes it back. */
export class RowDrag implements ReactiveController {
  #move: RowMove | undefined;
  #ending: AbortController | undefined;

  /** @param rows the rows in their order; @param onDrop told only of moves that change the order. */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly rows: () => readonly HTMLElement[],
    private readonly onDrop: (move: RowMove) => void,
  ) {
    host.addController(this);
  }

  /** Undefined while nothing is dragged. */
  get move(): RowMove | undefined {
    return this.#move;
  }

  hostDisconnected(): void {
    this.#end();
  }

  /** Begins with the press on a handle. */
  begin(event: PointerEvent, from: number): void {
    const handle = event.currentTarget;
    if (!(handle instanceof HTMLElement) || event.button !== 0) return;
    this.#end();
    handle.setPointerCapture(event.pointerId);
    this.#move = { from, to: from };
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    handle.addEventListener('pointermove', ({ clientY }) => this.#follow(clientY), { signal });
    handle.addEventListener('pointerup', () => this.#drop(), { signal });
    handle.addEventListener('pointercancel', () => this.#end(), { signal });
    addEventListener('keydown', (key) => this.#onKey(key), { signal, capture: true });
    this.host.requestUpdate();
  }

  #follow(clientY: number): void {
    if (!this.#move) return;
    const { from } = this.#move;
    const others = this.rows().filter((_, index) => index !== from);
    const to = others.filter((row) => {
      const { top, height } = row.getBoundingClientRect();
      return top + height / 2 < clientY;
    }).length;
    if (to === this.#move.to) return;
    this.#move = { from, to };
    this.host.requestUpdate();
  }

  #drop(): void {
    const move = this.#move;
    this.#end();
    if (move && move.from !== move.to) this.onDrop(move);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    // The panel around must not close by it.
    event.preventDefault();
    event.stopPropagation();
    this.#end();
  }

  #end(): void {
    this.#ending?.abort();
    this.#ending = undefined;
    this.#move = undefined;
    this.host.requestUpdate();
  }
}
