/** Stages put into another order, dragged by their heads or with Alt and an arrow key. Decides no shapes; explains no refusal. */
import type { LitElement, ReactiveController } from 'lit';
import { placeToMove } from '../app/places.ts';
import type { ModelDraft } from '../app/state.ts';
import { inputName } from '../engine/model/layer-names.ts';
import { OrderDrag } from './order-drag.ts';
import { IntentEvent } from './page-events.ts';
import type { PipelineStage } from './pipeline-stage.ts';
import type { Stage } from './stages.ts';

/** What stands in the pipeline now. */
export interface StageRow {
  readonly draft: ModelDraft;
  readonly stages: readonly Stage[];
  readonly elements: readonly PipelineStage[];
  readonly scroller: HTMLElement;
}

/** Of the gap before stage `gap`, or behind the last: places in the config, more than one around a layer that is folded away. */
export function gapPlaces(stages: readonly Pick<Stage, 'index'>[], gap: number): readonly number[] {
  const first = (stages[gap - 1]?.index ?? -1) + 1;
  const last = stages[gap]?.index ?? first;
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Asks for moves, and says where the layer dragged would stand. */
export class StageMoves implements ReactiveController {
  /** For those who do not see the stages move. */
  announcement = '';
  #drag: OrderDrag;

  /** @param row asked when it is needed, not before. */
  constructor(
    private readonly host: LitElement,
    private readonly row: () => StageRow,
  ) {
    host.addController(this);
    this.#drag = new OrderDrag(host, {
      axis: 'x',
      things: () => this.row().elements,
      scroller: () => this.row().scroller,
      onDrop: ({ from, to }) => this.#move(from, to > from ? to + 1 : to),
    });
  }

  /** Where it would stand: before the stage of that place. Undefined while nothing is dragged. */
  get gap(): number | undefined {
    const { move } = this.#drag;
    return move && (move.to > move.from ? move.to + 1 : move.to);
  }

  /** Place of the stage in hand. */
  get dragged(): number | undefined {
    return this.#drag.move?.from;
  }

  hostDisconnected(): void {
    this.announcement = '';
  }

  /** A finger scrolls the row instead; the layer's menu moves it there. */
  begin(event: PointerEvent, place: number): void {
    if (event.pointerType !== 'touch' && isOnHead(event)) this.#drag.begin(event, place);
  }

  onKey(event: KeyboardEvent, place: number): void {
    const isArrow = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    if (!isArrow || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !isOnHead(event)) return;
    // The browser would leave the page.
    event.preventDefault();
    const gap = event.key === 'ArrowLeft' ? place - 1 : place + 2;
    if (gap >= 0 && gap <= this.row().stages.length) this.#move(place, gap);
  }

  #move(place: number, gap: number): void {
    const { draft, stages } = this.row();
    const stage = stages[place];
    if (!stage) return;
    const { index: from, name } = stage;
    const to = placeToMove(draft, gapPlaces(stages, gap), from);
    if (to === from) return;
    this.host.dispatchEvent(new IntentEvent({ type: 'layerMoved', from, to }));
    this.announcement = `${name} now stands after ${stages[gap - 1]?.name ?? inputName}.`;
    this.host.requestUpdate();
    void this.#focus(gap > place ? gap - 1 : gap);
  }

  /** The stage that moved keeps the focus; its element is the one that stands there now. */
  async #focus(place: number): Promise<void> {
    await this.host.updateComplete;
    this.row().elements[place]?.focusTitle();
  }
}

/** What is pressed in the head has its own clicks, but for the title. */
function isOnHead(event: Event): boolean {
  const path = event.composedPath();
  const end = path.findIndex((node) => node instanceof HTMLElement && node.matches('.head'));
  return end >= 0 && !path.slice(0, end).some((node) => node instanceof HTMLElement && node.matches('.enlarge'));
}
