/** Numbers in a small grid, coloured from below to above zero. Knows what a cell looks like, not what it means. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { controlStyles, hiddenText } from '../control-styles.ts';
import { deepValues, deepWeights } from '../deep-colours.ts';
import { formatDecimal } from '../format.ts';

/** One number of a grid. */
export interface GridCell {
  /** As it is written. */
  readonly shown: number;
  /** As it is, told in the tooltip. */
  readonly exact: number;
  /** Stands outside the input. */
  readonly isPadding: boolean;
  /** Stands out: the largest of a pool. */
  readonly isMarked?: boolean;
}

/** A cell of a grid is under the pointer, or none any more. */
export class TapHoveredEvent extends Event {
  static readonly type = 'tap-hovered';
  constructor(readonly index: number | undefined) {
    super(TapHoveredEvent.type, { bubbles: true, composed: true });
  }
}

/** Columns up to which numbers can be read in the cells. */
const readableColumns = 5;

/** Decimals with which the numbers fit into a grid's cells, of so many columns. */
export function gridDecimals(numbers: readonly number[], columns: number): number {
  const largest = numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  const most = columns <= 3 ? 3 : 2;
  return Math.max(0, most - (largest < 1 ? 0 : Math.floor(Math.log10(largest)) + 1));
}

/** `<number-grid caption="kernel" kind="weights" .cells=${c} .rows=${[0, 1]} .columns=${[0, 1]} .decimals=${2}>`. */
@customElement('number-grid')
export class NumberGrid extends LitElement {
  @property() caption = '';
  @property({ reflect: true }) kind: 'activations' | 'weights' = 'activations';
  /** Row by row. */
  @property({ attribute: false }) cells: readonly GridCell[] = [];
  /** Headings for those who do not see the grid. */
  @property({ attribute: false }) rows: readonly string[] = [];
  @property({ attribute: false }) columns: readonly string[] = [];
  @property({ type: Number }) decimals = 2;
  /** ± limit of the colours. */
  @property({ type: Number }) limit = 1;
  /** The cell shown together with those of other grids. */
  @property({ attribute: false }) tap: number | undefined;

  override render(): TemplateResult {
    const { columns, rows } = this;
    const size = columns.length <= 3 ? 'wide' : columns.length <= readableColumns ? 'middle' : 'tiny';
    return html`<table class=${size} @pointerleave=${() => this.#hover(undefined)}>
      <caption>
        ${this.caption}
      </caption>
      <thead>
        <tr>
          <td></td>
          ${columns.map((column) => html`<th scope="col"><span class="visually-hidden">${column}</span></th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row, y) =>
            html`<tr>
              <th scope="row"><span class="visually-hidden">${row}</span></th>
              ${columns.map((_, x) => this.#renderCell(y * columns.length + x))}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #renderCell(index: number): TemplateResult {
    const cell = this.cells[index];
    if (!cell) return html`<td></td>`;
    const classes = {
      padding: cell.isPadding,
      marked: cell.isMarked === true,
      tapped: index === this.tap,
      negative: cell.exact < 0,
    };
    return html`<td
      class=${classMap(classes)}
      title=${cell.isPadding ? 'padding' : String(cell.exact)}
      @pointerenter=${() => this.#hover(index)}
    >
      <span>${this.#text(cell)}</span
      >${cell.isMarked ? html`<span class="visually-hidden">, the largest</span>` : nothing}
    </td>`;
  }

  /** Without the zero before the point: three grids stand side by side. */
  #text({ shown, exact }: GridCell): string {
    if (exact === 0 && shown === 0) return '0';
    return formatDecimal(shown, this.decimals).replace(/^(−?)0\./, '$1.');
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('cells') && !changed.has('limit') && !changed.has('columns')) return;
    this.renderRoot.querySelectorAll('td[title]').forEach((element, index) => {
      const share = Math.min(1, Math.abs(this.cells[index]?.exact ?? 0) / (this.limit || 1));
      if (element instanceof HTMLElement) element.style.setProperty('--share', `${(share * 100).toFixed(1)}%`);
    });
  }

  #hover(index: number | undefined): void {
    this.dispatchEvent(new TapHoveredEvent(index));
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        ${deepValues}
        display: block;
      }
      :host([kind='weights']) {
        ${deepWeights}
      }
      table {
        border-collapse: separate;
        border-spacing: 2px;
        margin: -4px -2px -2px -4px;
        font: 400 var(--text-s) / 1 var(--mono);
        font-variant-numeric: tabular-nums;
      }
      caption {
        padding: 0 4px 2px;
        font: 400 var(--text-s) / 1.2 var(--font);
        color: var(--ink-soft);
        text-align: left;
        white-space: nowrap;
      }
      th,
      td {
        padding: 0;
      }
      td[title] {
        --deep: var(--deep-positive);
        min-width: 36px;
        width: 36px;
        height: 18px;
        color: var(--ink);
        text-align: center;
        background: color-mix(in srgb, var(--deep) var(--share, 0%), var(--value-zero));
        border-radius: 3px;
        cursor: default;
      }
      td.negative {
        --deep: var(--deep-negative);
      }
      .middle td[title] {
        min-width: 29px;
        width: 29px;
        height: 17px;
      }
      .tiny {
        border-spacing: 1px;
      }
      .tiny td[title] {
        width: 12px;
        min-width: 12px;
        height: 12px;
        border-radius: 2px;
      }
      .tiny td[title] > span {
        ${hiddenText}
      }
      td.padding {
        color: var(--ink-soft);
        background: repeating-linear-gradient(135deg, var(--hairline) 0 1px, var(--surface) 1px 4px);
      }
      td.marked {
        font-weight: 700;
        box-shadow: 0 0 0 2px var(--accent);
      }
      td.tapped {
        box-shadow: 0 0 0 1.5px var(--ink);
      }
      /* Three grids of three columns on a phone. */
      @media (max-width: 699px) {
        .wide td[title] {
          min-width: 33px;
          width: 33px;
        }
      }
      @media (forced-colors: active) {
        td[title] {
          forced-color-adjust: none;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'number-grid': NumberGrid;
  }
}
