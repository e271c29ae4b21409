/** A number that is dragged up and down: the moves of a pointer as whole steps, one edit per frame. Knows no cell. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { newGesture } from './surgery-events.ts';

const pxPerStep = 5;

/** What a drag asks of the element around it. */
export interface NumberDragOptions {
  readonly value: () => number;
  /** `value` after so many steps. */
  readonly moved: (value: number, steps: number) => number;
  readonly edit: (value: number, gesture: number) => void;
}

/** Follows one pointer from where it went down. */
export class NumberDrag implements ReactiveController {
  #ending: AbortController | undefined;
  #frame = 0;

  constructor(
    host: ReactiveControllerHost,
    private readonly options: NumberDragOptions,
  ) {
    host.addController(this);
  }

  get isUnderWay(): boolean {
    return this.#ending !== undefined;
  }

  hostDisconnected(): void {
    this.#end();
  }

  /** @param onTap called instead when the pointer is lifted without having moved. */
  begin(event: PointerEvent, onTap: () => void): void {
    const target = event.currentTarget;
    if (!(target instanceof HTMLElement)) return;
    this.#end();
    const ending = new AbortController();
    this.#ending = ending;
    const startY = event.clientY;
    const startValue = this.options.value();
    const gesture = newGesture();
    let steps = 0;
    const options = { signal: ending.signal };
    target.setPointerCapture(event.pointerId);
    const move = ({ clientY }: PointerEvent): void => {
      const now = Math.trunc((startY - clientY) / pxPerStep);
      if (now === steps) return;
      steps = now;
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.options.edit(this.options.moved(startValue, steps), gesture));
    };
    target.addEventListener('pointermove', move, options);
    target.addEventListener(
      'pointerup',
      () => {
        this.#end();
        if (steps === 0) onTap();
      },
      options,
    );
    target.addEventListener('pointercancel', () => this.#end(), options);
  }

  #end(): void {
    this.#ending?.abort();
    this.#ending = undefined;
  }
}
