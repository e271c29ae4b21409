/** A pooling's cell: its window with the winner, or the mean worked out. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PoolingExplanation } from '../../app/explain/explanation.ts';
import { decimalsFor, roundTogether } from '../../app/explain/round-together.ts';
import { controlStyles } from '../control-styles.ts';
import { formatCount, formatDecimal } from '../format.ts';
import { explanationStyles } from './explanation-styles.ts';
import { gridDecimals } from './number-grid.ts';

/** Numbers up to which the sum of a mean is written out. */
const mostAddends = 9;

/** `<pooling-view .explanation=${e}>`. */
@customElement('pooling-view')
export class PoolingView extends LitElement {
  @property({ attribute: false }) explanation!: PoolingExplanation;

  override render(): TemplateResult {
    const { rows, columns, values, winner, sum, value } = this.explanation;
    const decimals = Math.min(gridDecimals(inside(values), columns.length), decimalsFor([value, ...inside(values)]));
    const exact = values.map((number) => number ?? 0);
    const shown = winner === undefined ? roundTogether(exact, sum, decimals) : exact;
    const cells = values.map((number, index) => ({
      exact: number ?? 0,
      shown: shown[index] ?? 0,
      isPadding: number === undefined,
      isMarked: index === winner,
    }));
    return html`
      <div class="grids">
        <number-grid
          caption="inputs, map ${this.explanation.cell.channel}"
          .cells=${cells}
          .rows=${rows.map(({ at }) => `row ${at}`)}
          .columns=${columns.map(({ at }) => `column ${at}`)}
          .decimals=${decimals}
          .limit=${Math.max(...exact.map(Math.abs))}
        ></number-grid>
        <div class="words">
          ${winner === undefined ? this.#renderMean(decimals, shown) : this.#renderWinner(decimals, winner)}
        </div>
      </div>
    `;
  }

  #renderWinner(decimals: number, winner: number): TemplateResult {
    const { rows, columns, value, count } = this.explanation;
    const row = rows[Math.floor(winner / columns.length)]?.at ?? 0;
    const column = columns[winner % columns.length]?.at ?? 0;
    return html`<p class="line">
        max of ${formatCount(count)} <span class="sign">=</span>
        <strong class="figure" title="value: ${String(value)}">${formatDecimal(value, decimals)}</strong>
      </p>
      <p class="note">Row ${row}, column ${column} wins: it alone is passed on, and it alone gets the gradient.</p>`;
  }

  #renderMean(decimals: number, shown: readonly number[]): TemplateResult {
    const { values, value, sum, count } = this.explanation;
    const addends = shown
      .filter((_, index) => values[index] !== undefined)
      .map((number) => formatDecimal(number, decimals));
    return html`<p class="line">
        ${count <= mostAddends ? html`<span class="figure">(${addends.join(' + ')})</span>` : html`<span class="sign">Σ</span>`}
        ${count <= mostAddends ? nothing : html`<span class="figure">${formatDecimal(sum, decimals)}</span>`}
        <span class="sign">/</span> ${formatCount(count)} <span class="sign">=</span>
        <strong class="figure" title="value: ${String(value)}">${formatDecimal(value, decimals)}</strong>
      </p>
      ${
        count < values.length
          ? html`<p class="note">Padding takes no part: the mean is of the ${formatCount(count)} cells inside.</p>`
          : nothing
      }`;
  }

  static override styles = [
    controlStyles,
    explanationStyles,
    css`
      .grids {
        gap: var(--space-3) var(--space-4);
      }
      .words {
        display: grid;
        flex: 1 1 200px;
        gap: var(--space-2);
      }
    `,
  ];
}

function inside(values: PoolingExplanation['values']): readonly number[] {
  return values.filter((value) => value !== undefined);
}

declare global {
  interface HTMLElementTagNameMap {
    'pooling-view': PoolingView;
  }
}
