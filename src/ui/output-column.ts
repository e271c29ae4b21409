/** The column behind the network: its last layer in figures, and its answer. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ActivationName } from '../engine/model/config.ts';
import type { ResolvedLayer } from '../engine/model/resolved.ts';
import './class-probabilities.ts';
import { columnStyles } from './column-styles.ts';
import { controlStyles } from './control-styles.ts';
import './editor/output-editor.ts';
import { formatShape } from './format.ts';
import { parameterSum } from './layer-text.ts';
import { renderExplainedSum } from './words/explained-sum.ts';
import './words/explained-term.ts';
import { activationTerms } from './words/term-of.ts';

/** `<output-column .layer=${last} .probabilities=${p} .label=${7}>`. */
@customElement('output-column')
export class OutputColumn extends LitElement {
  /** The model's last layer. */
  @property({ attribute: false }) layer: ResolvedLayer | undefined;
  @property({ attribute: false }) probabilities: readonly number[] = [];
  /** The true class, where it is known. */
  @property({ attribute: false }) label: number | undefined;

  override render(): TemplateResult {
    return html`
      <h2>Output <span class="shape">${this.layer?.name}</span></h2>
      ${this.layer ? this.#renderFigures(this.layer) : nothing}
      <class-probabilities
        layer=${this.probabilities.length > 0 ? (this.layer?.name ?? '') : ''}
        .probabilities=${this.probabilities}
        .label=${this.label}
      ></class-probabilities>
      <output-editor></output-editor>
    `;
  }

  #renderFigures(layer: ResolvedLayer): TemplateResult {
    const sum = parameterSum(layer);
    const activation = 'activation' in layer ? layer.activation.name : undefined;
    return html`<p class="figures">
      <b class="size">${formatShape(layer.outputShape)}</b>
      ${activation ? this.#renderActivation(activation, layer.name) : nothing}<br />
      ${sum ? renderExplainedSum(sum, 'parameter', layer.name) : nothing}
    </p>`;
  }

  #renderActivation(name: ActivationName, layer: string): TemplateResult {
    return html`<explained-term term=${activationTerms[name]} layer=${layer}>${name}</explained-term>`;
  }

  static override styles = [
    controlStyles,
    columnStyles,
    css`
      .figures {
        margin: 0 0 var(--space-2);
      }
      .size {
        font-size: var(--text-l);
        line-height: 21px;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'output-column': OutputColumn;
  }
}
