/** One filter of a convolution in full: every input channel's kernel with its numbers, and the choice of the filter. */
import { LitElement, css, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Shape } from '../../engine/model/resolved.ts';
import { controlStyles } from '../control-styles.ts';
import { formatDecimal } from '../format.ts';
import { kindColours } from '../kind-colours.ts';
import { IntentEvent } from '../page-events.ts';
import '../range-field.ts';
import type { ValueInputEvent } from '../value-events.ts';
import { unitFor } from './figures.ts';

const cellWidth = 36;
const cellHeight = 20;
/** Colour never so strong that the figures on it could not be read. */
const strongest = 0.5;

/** `<filter-numbers .shape=${[3, 3, 32, 64]} filter="7" .numbers=${n}>`: `numbers` is `[height, width, input channels]`. */
@customElement('filter-numbers')
export class FilterNumbers extends LitElement {
  @property({ attribute: false }) shape: Shape = [];
  @property({ type: Number }) filter = 0;
  /** Empty while they are on their way. */
  @property({ attribute: false }) numbers: readonly number[] = [];
  @property({ reflect: true }) kind: 'weights' | 'gradients' = 'weights';

  override render(): TemplateResult {
    const [, , inputs = 1, filters = 1] = this.shape;
    const limit = Math.max(0, ...this.numbers.map(Math.abs));
    const unit = unitFor(limit);
    return html`
      <div class="choice">
        <range-field
          label="filter"
          hint="The filter whose numbers are written out."
          min="0"
          max=${filters - 1}
          .value=${this.filter}
          @value-input=${this.#choose}
          @value-change=${this.#choose}
        ></range-field>
        ${unit.text === '' ? nothing : html`<span class="unit">× ${unit.text}</span>`}
      </div>
      <div class="slices">
        ${Array.from({ length: inputs }, (_, input) => this.#renderSlice(input, inputs, limit, unit.factor))}
      </div>
    `;
  }

  #renderSlice(input: number, inputs: number, limit: number, factor: number): TemplateResult {
    const [rows = 1, columns = 1] = this.shape;
    const at = (row: number, column: number): number => this.numbers[(row * columns + column) * inputs + input] ?? 0;
    const text = (row: number, column: number): string => formatDecimal(at(row, column) / factor);
    const places = Array.from({ length: rows * columns }, (_, i) => [Math.floor(i / columns), i % columns] as const);
    const lines = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => text(row, column)).join(' '),
    );
    return html`<figure>
      <figcaption>input ${input}</figcaption>
      <svg
        width=${columns * cellWidth}
        height=${rows * cellHeight}
        role="img"
        aria-label="Filter ${this.filter}, input ${input}${this.numbers.length === 0 ? ', not read yet' : `: ${lines.join('; ')}`}"
      >
        ${
          this.numbers.length === 0
            ? nothing
            : places.map(([row, column]) => {
                const value = at(row, column);
                return svg`<rect
                    class=${value < 0 ? 'negative' : 'positive'}
                    x=${column * cellWidth}
                    y=${row * cellHeight}
                    width=${cellWidth - 1}
                    height=${cellHeight - 1}
                    fill-opacity=${limit > 0 ? ((strongest * Math.abs(value)) / limit).toFixed(3) : 0}
                  /><text x=${(column + 1) * cellWidth - 5} y=${row * cellHeight + 14}>${text(row, column)}</text>`;
              })
        }
      </svg>
    </figure>`;
  }

  #choose = (event: ValueInputEvent): void => {
    this.dispatchEvent(new IntentEvent({ type: 'filterChosen', filter: event.value }));
  };

  static override styles = [
    controlStyles,
    kindColours,
    css`
      :host {
        display: block;
        font: 400 var(--text-s) / 1.3 var(--font);
        color: var(--ink-soft);
      }
      .choice {
        display: grid;
        grid-template-columns: minmax(0, 260px) auto;
        align-items: center;
        gap: var(--space-4);
        --field-label-width: 36px;
      }
      .unit {
        font-family: var(--mono);
        color: var(--ink);
      }
      .slices {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-3);
        margin-top: var(--space-2);
      }
      figure {
        margin: 0;
      }
      svg {
        display: block;
        background: var(--value-zero);
      }
      .negative {
        fill: var(--low);
      }
      .positive {
        fill: var(--high);
      }
      text {
        font: 500 var(--text-s) / 1 var(--mono);
        font-variant-numeric: tabular-nums;
        letter-spacing: -0.04em;
        text-anchor: end;
        fill: var(--ink);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'filter-numbers': FilterNumbers;
  }
}
