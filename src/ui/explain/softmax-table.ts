/** A softmax in numbers: every logit, its exponential, its share. Knows no layer. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Softmax } from '../../app/explain/explanation.ts';
import { decimalsFor, roundTogether } from '../../app/explain/round-together.ts';
import { controlStyles } from '../control-styles.ts';
import { formatDecimal } from '../format.ts';

const powerDecimals = 4;

/** `<softmax-table .softmax=${s} .channel=${7}>`. */
@customElement('softmax-table')
export class SoftmaxTable extends LitElement {
  @property({ attribute: false }) softmax!: Softmax;
  /** The one that is explained. */
  @property({ type: Number }) channel = 0;

  override render(): TemplateResult {
    const { parts, powerSum } = this.softmax;
    const hasLogits = parts.every(({ logit }) => logit !== undefined);
    const decimals = Math.min(3, decimalsFor(parts.map(({ logit }) => logit ?? 0)));
    const powers = roundTogether(
      parts.map(({ power }) => power),
      powerSum,
      powerDecimals,
    );
    return html`<table>
      <caption class="visually-hidden">
        Softmax: the exponential of every sum, less the largest one, over their sum
      </caption>
      <thead>
        <tr>
          <th scope="col">class</th>
          ${hasLogits ? html`<th scope="col" title="sum of the products and bias">sum z</th>` : nothing}
          <th scope="col" title="exponential of z less the largest z: the shares stay the same">e^(z−max)</th>
          <th scope="col" title="its part of the sum of all">share</th>
        </tr>
      </thead>
      <tbody>
        ${parts.map(
          ({ channel, logit, power, share }, index) =>
            html`<tr
              class=${channel === this.channel ? 'own' : ''}
              aria-current=${channel === this.channel ? 'true' : nothing}
            >
              <th scope="row">${channel}</th>
              ${hasLogits ? html`<td title=${String(logit)}>${formatDecimal(logit ?? 0, decimals)}</td>` : nothing}
              <td title=${String(power)}>${formatDecimal(powers[index] ?? 0, powerDecimals)}</td>
              <td title=${String(share)}>${formatDecimal(share, powerDecimals)}</td>
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Σ</th>
          ${hasLogits ? html`<td></td>` : nothing}
          <td title=${String(powerSum)}>${formatDecimal(powerSum, powerDecimals)}</td>
          <td>${formatDecimal(1, powerDecimals)}</td>
        </tr>
      </tfoot>
    </table>`;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        font: 400 var(--text-s) / 13px var(--mono);
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 0 var(--space-1) 0 0;
        font-weight: 400;
        text-align: right;
        white-space: nowrap;
      }
      th:first-child {
        text-align: left;
      }
      thead th {
        font-family: var(--font);
        color: var(--ink-soft);
      }
      .own th,
      .own td {
        font-weight: 700;
        background: var(--accent-soft);
      }
      .own th {
        border-radius: 3px 0 0 3px;
      }
      .own td:last-child {
        border-radius: 0 3px 3px 0;
      }
      tfoot th,
      tfoot td {
        color: var(--ink-soft);
        border-top: 1px solid var(--hairline);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'softmax-table': SoftmaxTable;
  }
}
