/** One layer of the pipeline: name, shape, formula, parameters, field of view, maps, controls. Works nothing out itself. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { isAutomaticName } from '../app/layer-graph.ts';
import type { MapKind } from '../app/state.ts';
import type { ViewsState } from '../app/views-slice.ts';
import type { ModelIssue } from '../engine/model/issue.ts';
import type { ResolvedLayer, Shape } from '../engine/model/resolved.ts';
import { buttonStyles, controlStyles } from './control-styles.ts';
import './editor/layer-menu.ts';
import { fieldGlyph } from './field-glyph.ts';
import { formatCount } from './format.ts';
import { fieldText, layerTitle, parameterSum, shapeText, sizeSums, windowRemark, type Remark } from './layer-text.ts';
import './map-canvas.ts';
import { closeIcon, enlargeIcon } from './icons.ts';
import { isDrawable, type StagePlan, type TileSet } from './map-layout.ts';
import { messageText } from './message-text.ts';
import { nextTask } from './next-task.ts';
import { IntentEvent } from './page-events.ts';
import { pipelineStageStyles } from './pipeline-stage-styles.ts';
import type { Stage } from './stages.ts';
import './stage-controls.ts';
import './value-legend.ts';
import { shortTitle } from './views/short-titles.ts';
import { renderExplainedSum } from './words/explained-sum.ts';
import './words/explained-term.ts';
import { layerTerms } from './words/term-of.ts';

const crossFadeMs = 150;

/** `<pipeline-stage .stage=${s} .plan=${p}>`: a column whose rows are those of the grid around it. */
@customElement('pipeline-stage')
export class PipelineStage extends LitElement {
  @property({ attribute: false }) stage!: Stage;
  @property({ attribute: false }) inputShape: Shape = [];
  /** Absent while nothing runs that could be drawn. */
  @property({ attribute: false }) plan: StagePlan | undefined;
  @property({ attribute: false }) tiles: TileSet | undefined;
  @property() mapKind: MapKind = 'activations';
  /** ± limit of the maps' colours; 0 while unknown. */
  @property({ type: Number }) limit = 0;
  @property({ type: Boolean }) hasGpu = true;
  @property({ attribute: false }) views!: ViewsState;
  /** Present where the layer is shown large: ± limits by map id. */
  @property({ attribute: false }) mapScales: Readonly<Record<string, number>> | undefined;
  /** One of many that come at once: its first drawing is a task of its own. */
  @property({ attribute: false }) isOneOfMany = false;

  @query('.enlarge') private enlarge: HTMLElement | null | undefined;
  @query('.title explained-term') private titleTerm: HTMLElement | null | undefined;
  @query('layer-views') private large: HTMLElement | null | undefined;

  /** The button that was pressed is replaced by one elsewhere. */
  #isFocusOwed = false;

  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated && this.isOneOfMany) await nextTask();
    await super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.toggleAttribute('is-expanded', this.#isExpanded);
    if (this.#isExpanded) void import('./views/layer-views.ts');
    if (!changed.has('stage')) return;
    this.toggleAttribute('is-narrow', this.stage.isNarrow);
    this.toggleAttribute('is-refused', this.stage.issue !== undefined);
    // Rare, and its ways out have to be worked out.
    if (this.stage.issue) void import('./editor/layer-issue.ts');
    const { layer, built } = this.stage;
    // Maps of another shape than the one written above them are those of the network before.
    const isStale = built !== undefined && String(layer?.outputShape) !== String(built.outputShape);
    this.toggleAttribute('is-stale', isStale);
  }

  get #isExpanded(): boolean {
    return this.mapScales !== undefined;
  }

  override render(): TemplateResult {
    if (this.#isExpanded) return this.#renderLarge();
    const { layer, issue, isNarrow } = this.stage;
    const shape = layer ? shapeText(layer.outputShape) : { spatial: '–', channels: '' };
    const remark = layer && windowRemark(layer);
    return html`
      ${this.#renderHead()}
      <div class="shape figures">
        <span><b>${shape.spatial}</b>${shape.channels}</span>
        ${isNarrow ? nothing : this.#renderTools()}
      </div>
      <div class="sum figures">${this.#renderSize()}</div>
      <div class="sum figures">${this.#renderParameters(layer)} ${remark ? this.#renderRemark(remark) : nothing}</div>
      ${this.#renderField(layer)}
      <div class="maps">${this.#renderMaps()}${issue ? this.#renderIssue(issue) : nothing}</div>
      <value-legend
        class=${this.#hasMap ? '' : 'absent'}
        kind=${this.mapKind}
        scale=${this.views.scale}
        ?is-compact=${this.stage.isNarrow}
        .limit=${this.limit}
      ></value-legend>
      ${this.#renderControls()}
    `;
  }

  /** Large, the layer takes all the rows of the grid. */
  #renderLarge(): TemplateResult {
    const { issue } = this.stage;
    return html`
      ${this.#renderHead()}
      <layer-views
        .stage=${this.stage}
        .inputShape=${this.inputShape}
        .views=${this.views}
        .mapScales=${this.mapScales}
        @keydown=${this.#onKey}
      >
        ${issue ? this.#renderIssue(issue) : nothing} ${this.#renderControls()}
      </layer-views>
    `;
  }

  #renderHead(): TemplateResult {
    const { config, name, isNarrow } = this.stage;
    const title = isNarrow && !this.#isExpanded ? shortTitle(config) : layerTitle(config.type);
    // A name that somebody chose is what other layers are said to read.
    const isNamed = !isNarrow && !isAutomaticName(name, config.type);
    return html`<div class="head">
      <h3
        class="title ${isNamed ? 'is-named' : ''}"
        title="${layerTitle(config.type)} ${name}: drag it to another place"
      >
        <explained-term term=${layerTerms[config.type]} layer=${name}>${title}</explained-term>
        <span class="name">${name}</span>
      </h3>
      ${isNarrow || this.#isExpanded ? this.#renderEnlarge() : nothing}
    </div>`;
  }

  /** Large or small, the same button; where it stands is where there is room. */
  #renderEnlarge(): TemplateResult | typeof nothing {
    const { name, built } = this.stage;
    if (!this.hasGpu || !built) return nothing;
    return html`<button
      class="enlarge"
      type="button"
      aria-label="Enlarge ${name}"
      aria-expanded=${this.#isExpanded}
      title=${this.#isExpanded ? 'Back to its place (Esc)' : 'All its maps, large'}
      @click=${this.#toggle}
      @keydown=${this.#onKey}
    >
      ${this.#isExpanded ? closeIcon : enlargeIcon}
    </button>`;
  }

  #renderTools(): TemplateResult {
    const { index, name } = this.stage;
    return html`<span class="tools">
      <layer-menu .index=${index} name=${name} is-icon></layer-menu>${this.#renderEnlarge()}
    </span>`;
  }

  /** A narrow stage has no room for fields; its menu holds them. */
  #renderControls(): TemplateResult {
    const { config, index, name, isNarrow } = this.stage;
    if (isNarrow && !this.#isExpanded) return html`<layer-menu .index=${index} name=${name}></layer-menu>`;
    return html`<stage-controls
      .layer=${config}
      .index=${index}
      name=${name}
      ?has-menu=${this.#isExpanded}
    ></stage-controls>`;
  }

  /** For the stage that a key has moved. */
  focusTitle(): void {
    this.titleTerm?.focus();
  }

  #toggle = (): void => {
    const { name } = this.stage;
    this.#isFocusOwed = true;
    this.dispatchEvent(new IntentEvent({ type: 'layerExpanded', ...(!this.#isExpanded && { layer: name }) }));
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || !this.#isExpanded || isInPopover(event)) return;
    event.preventDefault();
    this.#toggle();
  };

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('mapScales') || (changed.get('mapScales') === undefined) !== this.#isExpanded) return;
    if (this.#isFocusOwed) this.enlarge?.focus();
    this.#isFocusOwed = false;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const fading = this.large ?? this;
    fading.animate({ opacity: [0, 1] }, { duration: crossFadeMs, easing: 'ease-out' });
  }

  #renderRemark({ text, explanation }: Remark): TemplateResult {
    return html`<span class="remark" title=${explanation}
      ><explained-term term="unseen-cells" layer=${this.stage.name}>${text}</explained-term></span
    >`;
  }

  #renderSize(): TemplateResult | typeof nothing {
    const { layer, flatten, issue, name, isNarrow } = this.stage;
    if (!layer) return html`${issue ? 'does not fit' : 'not reached'}`;
    if (isNarrow) return nothing;
    if (flatten)
      return html`<span title=${flatten.name}>flatten</span>
        ${sizeSums(flatten).map(({ unit: _unit, ...sum }) => renderExplainedSum(sum, 'flattened-size', name))}`;
    const term = layer.type === 'dense' ? 'flattened-size' : 'floor-formula';
    return html`${sizeSums(layer).map((sum) => renderExplainedSum(sum, term, name))}`;
  }

  #renderParameters(layer: ResolvedLayer | undefined): TemplateResult | typeof nothing {
    if (!layer) return nothing;
    const sum = parameterSum(layer);
    if (this.stage.isNarrow) return sum ? html`<b title="Parameters">${sum.result}</b>` : nothing;
    if (sum) return renderExplainedSum(sum, 'parameter', layer.name);
    return html`0 <explained-term term="parameter" layer=${layer.name}>parameters</explained-term>`;
  }

  #renderField(layer: ResolvedLayer | undefined): TemplateResult {
    if (!layer) return html`<div class="sees"></div>`;
    const { size, share } = fieldText(layer, this.inputShape);
    return html`<div class="sees" title="One cell sees ${size} pixels of the input: ${share} of the image.">
      ${fieldGlyph(layer.receptiveField, this.inputShape)}
      <span
        ><explained-term term="receptive-field" layer=${layer.name}>sees</explained-term>
        <span class="figures">${size}</span> px, <span class="figures">${share}</span></span
      >
    </div>`;
  }

  get #hasMap(): boolean {
    const { built } = this.stage;
    return this.hasGpu && built !== undefined && (this.mapKind === 'activations' || built.weights.length > 0);
  }

  #renderMaps(): TemplateResult | typeof nothing {
    const { built, index } = this.stage;
    if (!this.hasGpu) return nothing;
    if (!built || !this.plan || !this.tiles) return html`<div class="skeleton"></div>`;
    if (!this.#hasMap) return html`<p class="no-weights">No weights: it has nothing to learn.</p>`;
    if (!isDrawable(this.tiles, this.plan.layout)) return html`<p class="no-weights">Too many numbers to draw.</p>`;
    const { width, height, count } = this.tiles;
    const isActivations = this.mapKind === 'activations';
    const what = isActivations ? (width * height === 1 ? 'units' : 'feature maps') : 'filter slices';
    // Maps that do not fit are scrolled, by the keys that choose a cell too.
    return html`<div
      class="scroller"
      role="group"
      aria-label="Maps of ${built.name}"
      .term=${'feature-map'}
      .layer=${built.name}
    >
      <map-canvas
        map-id="stage-${index}"
        .target=${{ kind: this.mapKind, layer: built.name, scale: this.views.scale }}
        .tiles=${this.tiles}
        .layout=${this.plan.layout}
        description="${formatCount(count)} ${what} of ${built.name}, ${height} by ${width} cells each"
      ></map-canvas>
    </div>`;
  }

  #renderIssue(issue: ModelIssue): TemplateResult {
    return html`<div class="issue" role="alert">
      <layer-issue .issue=${issue}>${messageText(issue.message)}</layer-issue>
    </div>`;
  }

  static override styles = [controlStyles, buttonStyles, pipelineStageStyles];
}

/** Escape closes what lies on top first. */
function isInPopover(event: KeyboardEvent): boolean {
  return event.composedPath().some((node) => node instanceof Element && node.matches(':popover-open'));
}

declare global {
  interface HTMLElementTagNameMap {
    'pipeline-stage': PipelineStage;
  }
}
