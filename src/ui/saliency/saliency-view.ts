/** Two questions to the network's gradients, side by side: what the answer depends on, and what excites a filter. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { channelsOf, climbTarget, middleCell } from '../../app/climb-slice.ts';
import { scoreCount, predictedUnit, shownSaliency, shownUnit } from '../../app/saliency-slice.ts';
import type { PlaygroundState } from '../../app/state.ts';
import { fieldOfCell, type CellBox } from '../../engine/model/cell-field.ts';
import { inputName } from '../../engine/model/layer-names.ts';
import type { ResolvedLayer, ResolvedModel } from '../../engine/model/resolved.ts';
import './answer-saliency.ts';
import './excited-input.ts';

/** `<saliency-view .page=${state}>`. */
@customElement('saliency-view')
export class SaliencyView extends LitElement {
  @property({ attribute: false }) page!: PlaygroundState;

  /** Worked out once for a network and layer. */
  #field: { readonly model: ResolvedModel; readonly layer: string; readonly box: CellBox | undefined } | undefined;

  override render(): TemplateResult {
    const { page } = this;
    const { saliency } = page;
    return html`
      <answer-saliency
        .saliency=${shownSaliency(page)}
        .kind=${saliency.kind}
        .unit=${shownUnit(page)}
        .chosen=${saliency.unit}
        .predicted=${predictedUnit(page)}
        .classes=${scoreCount(page)}
        .channels=${page.built?.model.inputShape[2] ?? 1}
      ></answer-saliency>
      ${this.#renderClimb()}
    `;
  }

  #renderClimb(): TemplateResult {
    const { page } = this;
    const target = climbTarget(page);
    if (!target || !page.built) return html`<p>This network has no layer to climb for.</p>`;
    const { climb, built } = page;
    const { layer, channel } = target;
    return html`<excited-input
      .model=${built.model}
      .layer=${layer}
      .channel=${channel}
      .channels=${channelsOf(layer)}
      .scope=${layer.outputShape.length === 3 ? climb.scope : 'cell'}
      .isSmooth=${climb.isSmooth}
      .isClimbing=${climb.climb !== undefined}
      .progress=${climb.progress}
      .seed=${climb.seed}
      .box=${this.#boxOf(built.model, layer)}
    ></excited-input>`;
  }

  /** What the middle cell of the layer's maps sees; the same for all of them. */
  #boxOf(model: ResolvedModel, layer: ResolvedLayer): CellBox | undefined {
    if (this.#field?.model !== model || this.#field.layer !== layer.name) {
      const box = fieldOfCell(model, layer.name, middleCell(layer, 0)).get(inputName);
      this.#field = { model, layer: layer.name, box };
    }
    return this.#field.box;
  }

  static override styles = css`
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(232px, 100%), 1fr));
      gap: var(--space-4);
      font: 400 var(--text-s) / 1.35 var(--font);
      color: var(--ink-soft);
    }
    p {
      margin: 0;
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'saliency-view': SaliencyView;
  }
}
