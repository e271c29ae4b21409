/** The model chip's panel: every layer with shape, parameters and field of view, the totals, and the way back to the lecture. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ModelDraft } from '../app/state.ts';
import type { LayerSummary } from '../engine/contract.ts';
import { buttonStyles, controlStyles } from './control-styles.ts';
import { formatBytes, formatCompactCount, formatCount, formatShape } from './format.ts';
import { fieldText } from './layer-text.ts';
import { IntentEvent } from './page-events.ts';

/** `<model-summary .draft=${d} .summary=${s} .isLecture=${true}>`. */
@customElement('model-summary')
export class ModelSummary extends LitElement {
  @property({ attribute: false }) draft!: ModelDraft;
  /** What the engine holds for the network that runs, for its memory. */
  @property({ attribute: false }) summary: readonly LayerSummary[] = [];
  @property({ type: Boolean }) isLecture = true;

  override render(): TemplateResult {
    const { layers, model, config } = this.draft;
    return html`
      <table>
        <caption class="visually-hidden">
          Layers of the network
        </caption>
        <thead>
          <tr>
            <th scope="col">layer</th>
            <th scope="col" class="number">output</th>
            <th scope="col" class="number">parameters</th>
            <th scope="col" class="number">sees</th>
          </tr>
        </thead>
        <tbody>
          ${layers.map(
            (layer) =>
              html`<tr>
                <th scope="row">${layer.name}</th>
                <td>(${layer.outputShape.map(formatCount).join(', ')})</td>
                <td>${formatCount(layer.params)}</td>
                <td>${fieldText(layer, config.inputShape).size}</td>
              </tr>`,
          )}
        </tbody>
        ${
          model
            ? html`<tfoot>
                <tr>
                  <th scope="row">total</th>
                  <td>from ${formatShape(config.inputShape)}</td>
                  <td>${formatCount(model.params)}</td>
                  <td></td>
                </tr>
              </tfoot>`
            : nothing
        }
      </table>
      ${model ? html`<p>${formatCompactCount(model.macs)} multiply-adds for one image${this.#memory}.</p>` : nothing}
      ${this.draft.issues.map(({ message }) => html`<p class="issue">${message}</p>`)}
      <button
        type="button"
        ?disabled=${this.isLecture}
        @click=${() => this.dispatchEvent(new IntentEvent({ type: 'lectureRestored' }))}
      >
        Restore lecture network
      </button>
    `;
  }

  get #memory(): string {
    const bytes = this.summary.reduce((sum, layer) => sum + layer.bytes, 0);
    return bytes > 0 ? `; ${formatBytes(bytes)} of GPU memory to train it` : '';
  }

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      :host {
        display: block;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font: 400 var(--text-s) / 1.4 var(--mono);
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 3px 0 3px var(--space-3);
        text-align: right;
        font-weight: 400;
        white-space: nowrap;
      }
      th:first-child {
        padding-left: 0;
        text-align: left;
      }
      thead th {
        font: 400 var(--text-s) / 1.4 var(--font);
        color: var(--ink-soft);
      }
      tbody tr {
        border-top: 1px solid var(--hairline);
      }
      tfoot th,
      tfoot td {
        border-top: 1px solid var(--ink);
        font-weight: 700;
      }
      p {
        margin: var(--space-3) 0;
        color: var(--ink-soft);
      }
      .issue {
        color: var(--danger);
      }
      button {
        min-height: 32px;
        padding: 0 var(--space-3);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'model-summary': ModelSummary;
  }
}
