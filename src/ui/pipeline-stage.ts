/** One layer of the pipeline: name, shape, formula, parameters, field of view, maps, controls. Works nothing out itself. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { MapKind } from '../app/state.ts';
import type { ModelIssue } from '../engine/model/issue.ts';
import type { ResolvedLayer, Shape } from '../engine/model/resolved.ts';
import { buttonStyles, controlStyles } from './control-styles.ts';
import { fieldGlyph } from './field-glyph.ts';
import { formatCount } from './format.ts';
import {
  fieldText,
  layerTitle,
  parameterSum,
  shapeText,
  sizeSums,
  windowRemark,
  type WorkedSum,
} from './layer-text.ts';
import './map-canvas.ts';
import { isDrawable, type StagePlan, type TileSet } from './map-layout.ts';
import { messageText } from './message-text.ts';
import { IntentEvent } from './page-events.ts';
import { pipelineStageStyles } from './pipeline-stage-styles.ts';
import type { Stage } from './stages.ts';
import './stage-controls.ts';
import './value-legend.ts';

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

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('stage')) return;
    this.toggleAttribute('is-refused', this.stage.issue !== undefined);
    const { layer, built } = this.stage;
    // Maps of another shape than the one written above them are those of the network before.
    const isStale = built !== undefined && String(layer?.outputShape) !== String(built.outputShape);
    this.toggleAttribute('is-stale', isStale);
  }

  override render(): TemplateResult {
    const { layer, config, name, issue, index } = this.stage;
    const shape = layer ? shapeText(layer.outputShape) : { spatial: '–', channels: '' };
    const remark = layer && windowRemark(layer);
    return html`
      <h3 class="title" title=${name}>${layerTitle(config.type)} <span class="name">${name}</span></h3>
      <div class="shape figures">
        <span><b>${shape.spatial}</b>${shape.channels}</span>
        ${remark ? html`<span class="remark" title=${remark.explanation}>${remark.text}</span>` : nothing}
      </div>
      <div class="sum figures">${this.#renderSize()}</div>
      <div class="sum figures">${this.#renderParameters(layer)}</div>
      ${this.#renderField(layer)}
      <div class="maps">${this.#renderMaps()}${issue ? this.#renderIssue(issue) : nothing}</div>
      <value-legend class=${this.#hasMap ? '' : 'absent'} kind=${this.mapKind} .limit=${this.limit}></value-legend>
      <stage-controls .layer=${config} .index=${index}></stage-controls>
    `;
  }

  #renderSize(): TemplateResult | typeof nothing {
    const { layer, flatten, issue } = this.stage;
    if (!layer) return html`${issue ? 'does not fit' : 'not reached'}`;
    if (flatten)
      return html`<span title=${flatten.name}>flatten</span>
        ${sizeSums(flatten).map(({ unit: _unit, ...sum }) => renderSum(sum))}`;
    return html`${sizeSums(layer).map(renderSum)}`;
  }

  #renderParameters(layer: ResolvedLayer | undefined): TemplateResult | typeof nothing {
    if (!layer) return nothing;
    const sum = parameterSum(layer);
    return sum ? renderSum(sum) : html`0 parameters`;
  }

  #renderField(layer: ResolvedLayer | undefined): TemplateResult {
    if (!layer) return html`<div class="sees"></div>`;
    const { size, share } = fieldText(layer, this.inputShape);
    return html`<div class="sees" title="One cell sees ${size} pixels of the input: ${share} of the image.">
      ${fieldGlyph(layer.receptiveField, this.inputShape)}
      <span>sees <span class="figures">${size}</span> px, <span class="figures">${share}</span></span>
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
    // Maps that do not fit are scrolled, by keyboard too.
    return html`<div class="scroller" tabindex="0" role="group" aria-label="Maps of ${built.name}">
      <map-canvas
        map-id="stage-${index}"
        .target=${{ kind: this.mapKind, layer: built.name }}
        .tiles=${this.tiles}
        .layout=${this.plan.layout}
        description="${formatCount(count)} ${what} of ${built.name}, ${height} by ${width} cells each"
      ></map-canvas>
    </div>`;
  }

  #renderIssue(issue: ModelIssue): TemplateResult {
    const { fix } = issue;
    return html`<div class="issue" role="alert">
      <p><strong>This cannot be built.</strong> ${messageText(issue.message)}</p>
      ${
        fix
          ? html`<button type="button" @click=${() => this.dispatchEvent(new IntentEvent({ type: 'fixApplied', fix }))}>
              ${fix.label}
            </button>`
          : nothing
      }
    </div>`;
  }

  static override styles = [controlStyles, buttonStyles, pipelineStageStyles];
}

function renderSum({ expression, result, unit }: WorkedSum): TemplateResult {
  return html`${expression}<span class="unbreakable">${expression === '' ? '' : ' = '}<b>${result}</b></span
    >${unit ? ` ${unit}` : ''} `;
}

declare global {
  interface HTMLElementTagNameMap {
    'pipeline-stage': PipelineStage;
  }
}
