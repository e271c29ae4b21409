/** One layer with the room of the pipeline: its maps, its filters with their numbers, how its values are distributed. Computes none. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { ViewsState } from '../../app/views-slice.ts';
import type { ResolvedLayer, Shape } from '../../engine/model/resolved.ts';
import type { LayerView, MapTarget } from '../../worker/protocol.ts';
import { controlStyles } from '../control-styles.ts';
import { formatCount, formatShape } from '../format.ts';
import { fieldText, parameterSum, sizeSums, type WorkedSum } from '../layer-text.ts';
import '../map-canvas.ts';
import { IntentEvent } from '../page-events.ts';
import '../segmented-control.ts';
import type { Stage } from '../stages.ts';
import type { ValueChangeEvent } from '../value-events.ts';
import './dead-units.ts';
import './filter-numbers.ts';
import './layer-scale.ts';
import { filterBox, largeFilters, largeMaps, type LargeRoom } from './large-layout.ts';
import { layerViewsStyles } from './layer-views-styles.ts';
import './value-ridges.ts';

const kinds = [
  { value: 'values', label: 'values', hint: 'The numbers themselves.' },
  { value: 'gradients', label: 'gradients', hint: 'How the loss of this image would change with each of the numbers.' },
];

/** CSS px around the maps, for the frame of the chosen filter. */
const markerRoom = 2;

/** What is drawn, by view and by whether gradients are wanted. */
function targetKind(view: LayerView, isGradient: boolean): MapTarget['kind'] {
  if (view === 'filters') return isGradient ? 'weightGradients' : 'weights';
  return isGradient ? 'activationGradients' : 'activations';
}

/** `<layer-views .stage=${s} .views=${v} .mapScales=${m}>`; what is slotted stands below its scale. */
@customElement('layer-views')
export class LayerViews extends LitElement {
  @property({ attribute: false }) stage!: Stage;
  @property({ attribute: false }) inputShape: Shape = [];
  @property({ attribute: false }) views!: ViewsState;
  @property({ attribute: false }) mapScales: Readonly<Record<string, number>> = {};

  @state() private room: LargeRoom = { width: 0, height: 0, devicePixelRatio: 1 };

  @query('.content') private content: HTMLElement | null | undefined;
  @query('.marker') private marker: HTMLElement | null | undefined;
  @query('.scroller') private scroller: HTMLElement | null | undefined;

  #resizes = new ResizeObserver(() => this.#measure());
  #measured: Element | undefined;
  /** Where the filter whose numbers are read stands. */
  #marked: ReturnType<typeof filterBox>;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#measured = undefined;
  }

  /** What has room for maps differs from view to view. */
  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('views');
    this.#mark(before !== undefined && before.filter !== this.views.filter);
    const { scroller, content } = this;
    const measured = scroller ?? content;
    if (!measured || measured === this.#measured) return;
    if (this.#measured) this.#resizes.unobserve(this.#measured);
    this.#measured = measured;
    this.#resizes.observe(measured);
  }

  override render(): TemplateResult {
    const { built } = this.stage;
    if (!built) return html``;
    const { view } = this.views;
    return html`
      ${this.#renderFacts(built)}
      <div class="choices">
        <segmented-control
          label="View"
          is-label-hidden
          .options=${this.#viewOptions(built)}
          .value=${view}
          @value-change=${this.#onView}
        ></segmented-control>
        ${view === 'distributions' ? nothing : this.#renderKinds()}
      </div>
      <div class="body">
        <div class="content is-${view}">${this.#renderContent(built)}</div>
        ${
          view === 'distributions'
            ? nothing
            : html`<layer-scale
                .views=${this.views}
                .kernel=${built.weights[0]?.shape ?? []}
                .limit=${this.mapScales[this.#mapId] ?? 0}
              ></layer-scale>`
        }
        <div class="side">
          ${this.#renderDead(built)}
          <slot></slot>
        </div>
      </div>
    `;
  }

  #renderFacts(layer: ResolvedLayer): TemplateResult {
    const sum = parameterSum(layer);
    const { size, share } = fieldText(layer, this.inputShape);
    return html`<div class="facts">
      <span><b>${formatShape(layer.outputShape)}</b></span>
      ${sizeSums(layer).map((worked) => html`<span>${sumText(worked)}</span>`)}
      <span>${sum ? html`${sum.expression} = <b>${sum.result}</b> parameters` : html`<b>0</b> parameters`}</span>
      <span>reads ${layer.inputs.join(' + ')}</span>
      <span>sees ${size} px, ${share}</span>
    </div>`;
  }

  #viewOptions({ outputShape, weights }: ResolvedLayer) {
    return [
      { value: 'activations', label: outputShape.length === 3 ? 'all maps' : 'all units' },
      ...(weights.length > 0 ? [{ value: 'filters', label: 'filters', hint: 'The numbers it has learned.' }] : []),
      { value: 'distributions', label: 'distributions', hint: 'How often which values occur, and how that moves.' },
    ];
  }

  #renderKinds(): TemplateResult {
    return html`<segmented-control
      label="Numbers"
      is-label-hidden
      .options=${kinds}
      .value=${this.views.isGradient ? 'gradients' : 'values'}
      @value-change=${({ value }: ValueChangeEvent<string>) =>
        this.dispatchEvent(new IntentEvent({ type: 'gradientsChosen', isGradient: value === 'gradients' }))}
    ></segmented-control>`;
  }

  #onView = ({ value }: ValueChangeEvent<string>): void => {
    const view: LayerView = value === 'filters' || value === 'distributions' ? value : 'activations';
    this.dispatchEvent(new IntentEvent({ type: 'layerViewChosen', view }));
  };

  #renderContent(layer: ResolvedLayer): TemplateResult {
    const { view, isGradient, filter, filterRead } = this.views;
    if (view === 'distributions') return this.#renderDistributions(layer);
    const shape = layer.weights[0]?.shape;
    if (view === 'filters' && !shape) return html`<p class="note">No weights: it has nothing to learn.</p>`;
    const isConvolution = layer.type === 'conv2d' && shape !== undefined;
    const isRead = filterRead?.filter === filter && filterRead.isGradient === isGradient;
    return html`
      ${this.#renderMaps(layer, view === 'filters' && shape ? shape : undefined)}
      ${
        view === 'filters' && isConvolution
          ? html`<filter-numbers
              .shape=${shape}
              .filter=${filter}
              kind=${isGradient ? 'gradients' : 'weights'}
              .numbers=${isRead ? filterRead.numbers : []}
            ></filter-numbers>`
          : nothing
      }
    `;
  }

  #renderMaps({ name, outputShape }: ResolvedLayer, kernel: Shape | undefined): TemplateResult {
    if (this.room.width === 0) return html`<div></div>`;
    const maps = kernel ? largeFilters(kernel, this.room) : largeMaps(outputShape, this.room);
    const { tiles, layout } = maps;
    this.#marked = kernel && filterBox(kernel, maps, this.views.filter, devicePixelRatio);
    if (!layout) return html`<p class="note">Too many numbers to draw.</p>`;
    const isGradient = this.views.isGradient;
    const noun = kernel ? 'filter slices' : tiles.width * tiles.height === 1 ? 'units' : 'feature maps';
    const what = `${isGradient ? 'gradients of ' : ''}${formatCount(tiles.count)} ${noun} of ${name}`;
    return html`<div class="scroller" tabindex="0" role="group" aria-label="All ${noun} of ${name}">
      ${keyed(
        this.#mapId,
        html`<map-canvas
          map-id=${this.#mapId}
          .target=${{ kind: this.#kind, layer: name, scale: this.views.scale }}
          .tiles=${tiles}
          .layout=${layout}
          description="Large: ${what}, ${tiles.height} by ${tiles.width} cells each"
        ></map-canvas>`,
      )}
      ${this.#marked ? html`<div class="marker"></div>` : nothing}
    </div>`;
  }

  get #kind(): MapTarget['kind'] {
    return targetKind(this.views.view, this.views.isGradient);
  }

  get #mapId(): string {
    return `large-${this.#kind}-${this.stage.index}`;
  }

  #renderDistributions({ name, weights, outputShape }: ResolvedLayer): TemplateResult {
    const { distributions } = this.views;
    const activations = distributions.map(({ step, activations: histogram }) => ({ step, histogram }));
    const learned = distributions.flatMap(({ step, weights: histogram }) => (histogram ? [{ step, histogram }] : []));
    return html`<div class="ridges" tabindex="0" role="group" aria-label="Distributions of ${name}">
      ${weights.length > 0 ? html`<value-ridges heading="Weights" kind="weights" .history=${learned}></value-ridges>` : nothing}
      <value-ridges
        heading=${outputShape.length === 3 ? 'Activations of this image' : 'Units for this image'}
        kind="activations"
        .history=${activations}
      ></value-ridges>
    </div>`;
  }

  #renderDead({ outputShape }: ResolvedLayer): TemplateResult {
    return html`<dead-units .views=${this.views} noun=${outputShape.length === 3 ? 'map' : 'unit'}></dead-units>`;
  }

  #mark(isNew: boolean): void {
    const { marker } = this;
    if (!marker || !this.#marked) return;
    for (const [side, length] of Object.entries(this.#marked)) marker.style.setProperty(side, `${length}px`);
    if (isNew) marker.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #measure(): void {
    const { room } = this;
    if (!this.#measured) return;
    const width = this.#measured.clientWidth - 2 * markerRoom;
    const height = this.#measured.clientHeight - 2 * markerRoom;
    if (width <= 0) return;
    if (width === room.width && Math.abs(height - room.height) < 2 && devicePixelRatio === room.devicePixelRatio)
      return;
    this.room = { width, height, devicePixelRatio };
  }

  static override styles = [controlStyles, layerViewsStyles];
}

function sumText({ expression, result, unit }: WorkedSum): string {
  return `${expression === '' ? '' : `${expression} = `}${result}${unit ? ` ${unit}` : ''}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'layer-views': LayerViews;
  }
}
