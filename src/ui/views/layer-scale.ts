/** The colour scale of a layer seen large: its ends, what it counts for, the choice, and for gradients of which loss. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ViewsState } from '../../app/views-slice.ts';
import type { Shape } from '../../engine/model/resolved.ts';
import type { LayerView, MapScale } from '../../worker/protocol.ts';
import { controlStyles } from '../control-styles.ts';
import '../value-legend.ts';
import { formatFigure } from './figures.ts';
import './map-scale-choice.ts';

/** `<layer-scale .views=${v} limit="0.4">`. */
@customElement('layer-scale')
export class LayerScale extends LitElement {
  @property({ attribute: false }) views!: ViewsState;
  /** Shape of what the layer learns; empty where it learns nothing. */
  @property({ attribute: false }) kernel: Shape = [];
  /** ± end of the scale that all maps share; 0 while unknown. */
  @property({ type: Number }) limit = 0;

  override render(): TemplateResult {
    const { view, isGradient, scale } = this.views;
    const kind = isGradient ? 'gradients' : view === 'filters' ? 'weights' : 'activations';
    return html`
      <value-legend
        kind=${kind}
        scale=${scale}
        caption="${isGradient ? `gradients of ${view}` : view}, ${scaleText(scale, view)}"
        .limit=${this.limit}
      ></value-legend>
      <map-scale-choice scale=${scale}></map-scale-choice>
      ${view === 'filters' ? html`<p>${arrangement(this.kernel)}</p>` : nothing}
      ${isGradient ? this.#renderLoss() : nothing}
    `;
  }

  #renderLoss(): TemplateResult {
    const { gradients, view } = this.views;
    if (!gradients) return html`<p>Computing…</p>`;
    const { loss, label, isLabelKnown, hasActivations } = gradients;
    if (view !== 'filters' && !hasActivations)
      return html`<p>Other layers read past this one, so its maps have no gradient of their own.</p>`;
    return html`<p>
      Of this image’s loss <b>${formatFigure(loss)}</b> for the class <b>${label}</b>,
      ${isLabelKnown ? 'its label' : 'the network’s answer: the label is not known'}.
    </p>`;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-1);
        font: 400 var(--text-s) / 1.4 var(--font);
        color: var(--ink-soft);
      }
      b {
        font-family: var(--mono);
        color: var(--ink);
      }
      p {
        margin: 0;
      }
    `,
  ];
}

function scaleText(scale: MapScale, view: LayerView): string {
  const what = view === 'filters' ? 'filter' : 'map';
  return scale === 'shared' ? `one scale for all ${what}s` : `each ${what} on its own scale`;
}

/** How the tiles of a kernel stand. */
function arrangement(kernel: Shape): string {
  if (kernel.length === 2) return 'A row for each input, a column for each unit.';
  if (kernel.length !== 4) return '';
  return kernel[2] === 1 ? 'A tile for each filter.' : 'A row for each filter, a tile for each input channel.';
}

declare global {
  interface HTMLElementTagNameMap {
    'layer-scale': LayerScale;
  }
}
