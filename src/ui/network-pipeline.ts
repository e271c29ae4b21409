/** The network from left to right: its stages in one grid, how they share its room, and what part is in view. Knows no worker. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, queryAll, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { BuiltModel, MapKind, ModelDraft } from '../app/state.ts';
import type { ViewsState } from '../app/views-slice.ts';
import './editor/stage-gap.ts';
import {
  narrowWidth,
  planStages,
  tilesOf,
  weightTiles,
  type PipelineRoom,
  type StagePlan,
  type TileSet,
} from './map-layout.ts';
import { networkPipelineStyles } from './network-pipeline-styles.ts';
import { nextPaint } from './next-task.ts';
import './no-gpu-panel.ts';
import { renderOverview } from './pipeline-overview.ts';
import type { PipelineStage } from './pipeline-stage.ts';
import './pipeline-stage.ts';
import { renderSkips, type StageSpan } from './skip-lines.ts';
import { gapPlaces, StageMoves } from './stage-moves.ts';
import { skipsOf, stagesOf, type Skip, type Stage } from './stages.ts';
import './views/map-choices.ts';

const minStageWidth = 132;
/** A slider for fingers has a thumb and a number that are wider. */
const minTouchWidth = 150;
const stageGap = 12;
/** CSS px of the stages beside the large one that stay in view. */
const neighbourWidth = 72;
/** CSS px: a formula that wraps while a slider is dragged must not lay all maps out anew. */
const lineTolerance = 40;
const phoneWidth = 700;
const phoneQuery = `(max-width: ${phoneWidth - 1}px)`;

/** `<network-pipeline .draft=${d} .built=${b}>`: all layers but the last, whose answer stands in a column of its own. */
@customElement('network-pipeline')
export class NetworkPipeline extends LitElement {
  @property({ attribute: false }) draft!: ModelDraft;
  @property({ attribute: false }) built: BuiltModel | undefined;
  @property() mapKind: MapKind = 'activations';
  @property({ attribute: false }) mapScales: Readonly<Record<string, number>> = {};
  @property({ attribute: false }) views!: ViewsState;
  /** Why nothing can be computed here; empty when it can. */
  @property() gpuProblem = '';

  @state() private room: PipelineRoom = { width: 0, height: 0, minStageWidth, gap: stageGap, devicePixelRatio: 1 };
  @state() private scrolledTo = 0;
  /** The stages have all been drawn, and have found their widths. */
  @state() private isSettled = false;

  @query('.row') private row!: HTMLElement;
  @query('.ruler') private ruler!: HTMLElement;
  @queryAll('pipeline-stage') private elements!: NodeListOf<PipelineStage>;
  @queryAll('stage-gap') private gaps!: NodeListOf<HTMLElement>;
  @query('.drop-line') private dropLine: HTMLElement | null | undefined;

  #stages: readonly Stage[] = [];
  #skips: readonly Skip[] = [];
  #tiles: readonly TileSet[] = [];
  #plans: readonly StagePlan[] = [];
  #spans: readonly StageSpan[] = [];
  #plannedRoom: PipelineRoom | undefined;
  /** CSS px between the row's paddings. */
  #rowWidth = 0;
  /** The row's width when it was last painted. */
  #shownWidth = 0;
  #resizes = new ResizeObserver(() => this.#measure());
  #moves = new StageMoves(this, () => ({
    draft: this.draft,
    stages: this.#stages,
    elements: [...this.elements],
    scroller: this.row,
  }));

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
    if (this.hasUpdated) this.#resizes.observe(this.ruler);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
  }

  protected override firstUpdated(): void {
    this.#resizes.observe(this.ruler);
    void this.#settle();
  }

  /** Widths and the heights of wrapped text follow from each other in turns: nothing is shown before they have. */
  async #settle(): Promise<void> {
    await Promise.all([...this.elements].map((element) => element.updateComplete));
    await nextPaint();
    await nextPaint();
    this.isSettled = true;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('gpuProblem')) this.toggleAttribute('is-without-gpu', this.gpuProblem !== '');
    if (changed.has('draft') || changed.has('built')) {
      const all = stagesOf(this.draft, this.built);
      this.#stages = all.slice(0, -1);
      this.#skips = skipsOf(all);
    }
    // By the network that runs: a draft's shapes must not move the slider that is being dragged.
    const isSame = this.#plans.length === this.#stages.length;
    if (!isSame || changed.has('built') || changed.has('mapKind') || this.#plannedRoom !== this.room) this.#plan();
    this.#spans = this.#place();
  }

  #plan(): void {
    this.#plannedRoom = this.room;
    this.#tiles = this.#stages.map(({ built, layer, isNarrow }) => ({
      ...tilesFor(built ?? layer, this.mapKind),
      isNarrow,
    }));
    this.#plans = this.room.width > 0 ? planStages(this.#tiles, this.room) : [];
  }

  /** Where the stages stand beside one another. */
  #place(): readonly StageSpan[] {
    let left = 0;
    return this.#stages.map((stage, i) => {
      const own = this.#plans[i]?.stageWidth ?? (stage.isNarrow ? narrowWidth : minStageWidth);
      const span = { left, width: this.#isExpanded(stage) ? this.#expandedWidth : own };
      left += span.width + stageGap;
      return span;
    });
  }

  #isExpanded({ name, built }: Stage): boolean {
    return built !== undefined && name === this.views.expanded && this.gpuProblem === '';
  }

  get #expandedWidth(): number {
    const width = this.#rowWidth;
    return width < phoneWidth ? width : Math.max(minStageWidth, width - 2 * (neighbourWidth + stageGap));
  }

  override render(): TemplateResult {
    const end = this.#spans.at(-1);
    const total = end ? end.left + end.width : 0;
    const isLonger = this.#rowWidth > 0 && total > this.#rowWidth + 1 && this.gpuProblem === '';
    return html`
      <h2 class="visually-hidden">Network</h2>
      ${
        this.gpuProblem === ''
          ? html`<map-choices map-kind=${this.mapKind} scale=${this.views.scale}></map-choices>`
          : nothing
      }
      <div
        class=${classMap({
          row: true,
          'is-longer': isLonger,
          'is-coming': !this.isSettled,
          'has-large': this.#stages.some((stage) => this.#isExpanded(stage)),
          'is-sorting': this.#moves.gap !== undefined,
        })}
        @scroll=${this.#onScroll}
      >
        ${renderSkips(this.#skips, this.#stages, this.#spans)}
        <div class="stages">
          ${repeat(
            this.#stages,
            ({ index }) => index,
            (stage, i) => html`${this.#renderGap(i)}${this.#renderStage(stage, i)}`,
          )}
          ${this.#renderGap(this.#stages.length)}
          ${this.#moves.gap === undefined ? nothing : html`<div class="drop-line"></div>`}
          <div class="ruler"></div>
          ${this.gpuProblem === '' ? nothing : html`<no-gpu-panel .reason=${this.gpuProblem}></no-gpu-panel>`}
        </div>
      </div>
      ${isLonger ? this.#renderOverview() : nothing}
      <div class="visually-hidden" role="status">${this.#moves.announcement}</div>
    `;
  }

  #renderGap(gap: number): TemplateResult {
    return html`<stage-gap .draft=${this.draft} .places=${gapPlaces(this.#stages, gap)}></stage-gap>`;
  }

  #renderStage(stage: Stage, i: number): TemplateResult {
    const { index } = stage;
    return html`<pipeline-stage
      ?is-dragged=${i === this.#moves.dragged}
      .stage=${stage}
      .inputShape=${this.draft.config.inputShape}
      .plan=${this.#plans[i]}
      .tiles=${this.#tiles[i]}
      .mapKind=${this.mapKind}
      .limit=${this.mapScales[`stage-${index}`] ?? 0}
      .hasGpu=${this.gpuProblem === ''}
      .views=${this.views}
      .isOneOfMany=${!this.isSettled}
      .mapScales=${this.#isExpanded(stage) ? this.mapScales : undefined}
      @pointerdown=${(event: PointerEvent) => this.#moves.begin(event, i)}
      @keydown=${(event: KeyboardEvent) => this.#moves.onKey(event, i)}
    ></pipeline-stage>`;
  }

  #renderOverview(): TemplateResult {
    return renderOverview({
      stages: this.#stages,
      spans: this.#spans,
      skips: this.#skips,
      inputShape: this.draft.config.inputShape,
      isExpanded: (stage) => this.#isExpanded(stage),
      left: this.scrolledTo,
      seen: this.#rowWidth,
      onScroll: (left) => {
        this.row.scrollLeft = left;
      },
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.elements.forEach((element, i) => {
      element.style.setProperty('--stage-width', `${this.#spans[i]?.width ?? minStageWidth}px`);
    });
    this.gaps.forEach((element, gap) => element.style.setProperty('--left', `${this.#leftOf(gap)}px`));
    this.dropLine?.style.setProperty('--left', `${this.#leftOf(this.#moves.gap ?? 0)}px`);
    const before = changed.get('views');
    const isRoomOther = this.#rowWidth !== this.#shownWidth;
    this.#shownWidth = this.#rowWidth;
    if (isRoomOther || (before && before.expanded !== this.views.expanded)) this.#bringIntoView();
  }

  /** Of the middle between two stages; at the ends a little nearer to the stage, for what stands there to be seen whole. */
  #leftOf(gap: number): number {
    const [before, after] = [this.#spans[gap - 1], this.#spans[gap]];
    if (!before) return -stageGap / 3;
    const end = before.left + before.width;
    return end + (after ? stageGap / 2 : stageGap / 3);
  }

  /** The large stage stands in the middle; when it has closed, what was there before stays in view. */
  #bringIntoView(): void {
    const place = this.#stages.findIndex((stage) => this.#isExpanded(stage));
    const span = this.#spans[place];
    if (!span) return;
    this.row.scrollTo({ left: span.left - Math.max(0, (this.#rowWidth - span.width) / 2) });
  }

  #onScroll = (): void => {
    this.scrolledTo = this.row.scrollLeft;
  };

  #measure(): void {
    const { paddingLeft, paddingRight } = getComputedStyle(this.row);
    const inner = Math.floor(this.row.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight));
    const height = this.ruler.clientHeight;
    // On a phone all stages have the same width, with the next one peeping out.
    const isPhone = matchMedia(phoneQuery).matches;
    const leastBeside = matchMedia('(pointer: coarse)').matches ? minTouchWidth : minStageWidth;
    const least = isPhone ? Math.floor(Math.min(0.8 * this.row.clientWidth, 330)) : leastBeside;
    const next = { ...this.room, width: isPhone ? least : inner, height, minStageWidth: least, devicePixelRatio };
    const { room } = this;
    const isResized =
      next.width !== room.width || least !== room.minStageWidth || devicePixelRatio !== room.devicePixelRatio;
    const tolerance = this.#isDraftAhead ? lineTolerance : 0;
    if (this.#rowWidth !== inner) {
      this.#rowWidth = inner;
      this.requestUpdate();
    }
    // Wider stages can need fewer lines and so give room for wider stages: a few lines gained are not taken.
    if (isResized || height < room.height - tolerance || height > room.height + lineTolerance) this.room = next;
  }

  get #isDraftAhead(): boolean {
    return this.#stages.some(({ config, built }) => built && JSON.stringify(config) !== JSON.stringify(built.config));
  }

  static override styles = networkPipelineStyles;
}

function tilesFor(layer: Stage['built'], kind: MapKind): TileSet {
  if (!layer) return tilesOf([1]);
  if (kind === 'weights') return weightTiles(layer.weights[0]?.shape ?? []);
  return tilesOf(layer.outputShape, layer.type === 'maxPooling2d' || layer.type === 'averagePooling2d');
}

declare global {
  interface HTMLElementTagNameMap {
    'network-pipeline': NetworkPipeline;
  }
}
