/** Drags one of several things in a line to another place among them, by mouse, pen or finger. Moves nothing itself. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What is dragged and where it would stand. */
export interface OrderMove {
  readonly from: number;
  readonly to: number;
}

/** The line along which things stand. */
export interface DragLine {
  readonly axis: 'x' | 'y';
  /** In their order. */
  readonly things: () => readonly HTMLElement[];
  /** Scrolls on while the pointer is near its ends. */
  readonly scroller?: () => HTMLElement;
  /** Told only of moves that change the order. */
  readonly onDrop: (move: OrderMove) => void;
}

interface Press {
  readonly x: number;
  readonly y: number;
}

/** CSS px: a press that moves less is a click. */
const clickReach = 4;
/** CSS px from the ends of the scroller. */
const edgeWidth = 56;
/** Of the way into the edge, per frame. */
const scrollShare = 0.25;

/** Follows a pointer from a press on a thing, or on its handle, until it is let go; Escape takes it back. */
export class OrderDrag implements ReactiveController {
  #move: OrderMove | undefined;
  #ending: AbortController | undefined;
  #pointer: Press = { x: 0, y: 0 };

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly line: DragLine,
  ) {
    host.addController(this);
  }

  /** Undefined while nothing is dragged. */
  get move(): OrderMove | undefined {
    return this.#move;
  }

  hostDisconnected(): void {
    this.#end();
  }

  /** Begins with the press; what was pressed is what `event` is handled at. */
  begin(event: PointerEvent, from: number): void {
    const handle = event.currentTarget;
    if (!(handle instanceof HTMLElement) || event.button !== 0) return;
    this.#end();
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    const press = { x: event.clientX, y: event.clientY };
    const follow = (moved: PointerEvent): void => {
      this.#pointer = { x: moved.clientX, y: moved.clientY };
      if (this.#move) {
        this.#follow();
        return;
      }
      if (Math.hypot(this.#pointer.x - press.x, this.#pointer.y - press.y) < clickReach) return;
      // From here on the press is no click on what stands on the handle.
      handle.setPointerCapture(event.pointerId);
      this.#start(from);
    };
    addEventListener('pointermove', follow, { signal });
    addEventListener('pointerup', () => this.#drop(), { signal });
    addEventListener('pointercancel', () => this.#end(), { signal });
    addEventListener('keydown', (key) => this.#onKey(key), { signal, capture: true });
  }

  #start(from: number): void {
    this.#move = { from, to: from };
    this.host.requestUpdate();
    this.#follow();
    if (this.line.scroller) this.#scrollOn(this.line.scroller());
  }

  #follow(): void {
    if (!this.#move) return;
    const { from } = this.#move;
    const { axis, things } = this.line;
    const others = things().filter((_, index) => index !== from);
    const to = others.filter((thing) => {
      const { left, top, width, height } = thing.getBoundingClientRect();
      return axis === 'x' ? left + width / 2 < this.#pointer.x : top + height / 2 < this.#pointer.y;
    }).length;
    if (to === this.#move.to) return;
    this.#move = { from, to };
    this.host.requestUpdate();
  }

  /** Once per frame, as long as something is dragged. */
  #scrollOn(scroller: HTMLElement): void {
    if (!this.#move) return;
    const { left, right, top, bottom } = scroller.getBoundingClientRect();
    const { axis } = this.line;
    const [start, end, at] = axis === 'x' ? [left, right, this.#pointer.x] : [top, bottom, this.#pointer.y];
    const past = Math.min(0, at - start - edgeWidth) + Math.max(0, at - end + edgeWidth);
    if (past !== 0) {
      scroller.scrollBy({ [axis === 'x' ? 'left' : 'top']: past * scrollShare, behavior: 'instant' });
      this.#follow();
    }
    requestAnimationFrame(() => this.#scrollOn(scroller));
  }

  #drop(): void {
    const move = this.#move;
    this.#end();
    if (move && move.from !== move.to) this.line.onDrop(move);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.#move) return;
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
