/** A page of contributions to a sum, largest first, and what the others add. Knows not what contributes. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { formatCount, formatDecimal } from '../format.ts';

/** One line of the list. */
export interface ContributionRow {
  readonly key: number;
  readonly label: string;
  /** Told in the label's tooltip. */
  readonly hint?: string;
  /** Between the label and the contribution: `0.51 × −0.20`. */
  readonly detail?: string;
  readonly shown: number;
  readonly exact: number;
}

/** A line was chosen, to be seen in detail. */
export class RowChosenEvent extends Event {
  static readonly type = 'row-chosen';
  constructor(readonly key: number) {
    super(RowChosenEvent.type, { bubbles: true, composed: true });
  }
}

/** Another page of the list is wanted. */
export class PageChosenEvent extends Event {
  static readonly type = 'page-chosen';
  constructor(readonly page: number) {
    super(PageChosenEvent.type, { bubbles: true, composed: true });
  }
}

/**
 * `<contribution-list noun="channel" .rows=${r} .others=${0.12} .count=${64} .page=${0} .pageSize=${4} .chosen=${12}>`.
 *
 * @fires RowChosenEvent (`row-chosen`) where rows can be chosen.
 * @fires PageChosenEvent (`page-chosen`)
 */
@customElement('contribution-list')
export class ContributionList extends LitElement {
  /** What a row is: `channel`. */
  @property() noun = '';
  @property({ attribute: false }) rows: readonly ContributionRow[] = [];
  /** What the rows not shown add together; undefined when there are none. */
  @property({ attribute: false }) others: number | undefined;
  /** Of all rows. */
  @property({ type: Number }) count = 0;
  @property({ type: Number }) page = 0;
  @property({ type: Number }) pageSize = 4;
  @property({ type: Number }) decimals = 3;
  /** Key of the row seen in detail; undefined where rows cannot be chosen. */
  @property({ attribute: false }) chosen: number | undefined;

  override render(): TemplateResult {
    const { rows, others } = this;
    const hasDetails = rows.some(({ detail }) => detail !== undefined);
    return html`<table>
      <caption class="visually-hidden">
        Contributions by ${this.noun}, largest first${this.#range}
      </caption>
      <thead>
        <tr>
          <th scope="col">${this.noun} ${others === undefined ? nothing : this.#renderPager()}</th>
          ${hasDetails ? html`<th scope="col" class="detail">value × weight</th>` : nothing}
          <th scope="col" class="number">adds</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => this.#renderRow(row, hasDetails))}
        ${others === undefined ? nothing : this.#renderOthers(others, hasDetails)}
      </tbody>
    </table>`;
  }

  #renderRow({ key, label, hint, detail, shown, exact }: ContributionRow, hasDetails: boolean): TemplateResult {
    return html`<tr class=${exact < 0 ? 'negative' : ''} ?data-chosen=${key === this.chosen}>
      <th scope="row" title=${hint ?? nothing}>
        ${
          this.chosen === undefined
            ? label
            : html`<button
                type="button"
                class="choice"
                aria-label="${this.noun} ${label}"
                aria-pressed=${key === this.chosen}
                @click=${() => this.dispatchEvent(new RowChosenEvent(key))}
              >
                ${label}
              </button>`
        }
      </th>
      ${hasDetails ? html`<td class="detail">${detail}</td>` : nothing}
      <td class="number" title=${String(exact)}>
        <span class="bar"></span><span>${formatDecimal(shown, this.decimals)}</span>
      </td>
    </tr>`;
  }

  /** `, 1–4 of 64`; empty where all are listed. */
  get #range(): string {
    const first = this.page * this.pageSize;
    if (this.others === undefined) return '';
    return `, ${formatCount(first + 1)}–${formatCount(first + this.rows.length)} of ${formatCount(this.count)}`;
  }

  #renderPager(): TemplateResult {
    const { page, pageSize, count, noun } = this;
    const last = Math.ceil(count / pageSize) - 1;
    const turn = (to: number) => () => this.dispatchEvent(new PageChosenEvent(to));
    return html`<span class="pager" role="group" aria-label="Pages of ${noun}s">
      <button type="button" aria-label="Larger ${noun}s" ?disabled=${page === 0} @click=${turn(page - 1)}>‹</button>
      <button type="button" aria-label="Smaller ${noun}s" ?disabled=${page >= last} @click=${turn(page + 1)}>›</button>
    </span>`;
  }

  #renderOthers(others: number, hasDetails: boolean): TemplateResult {
    return html`<tr class="others">
      <th scope="row" colspan=${hasDetails ? 2 : 1}>${formatCount(this.count - this.rows.length)} others</th>
      <td class="number">${formatDecimal(others, this.decimals)}</td>
    </tr>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('rows')) return;
    const largest = Math.max(...this.rows.map(({ exact }) => Math.abs(exact)), Number.MIN_VALUE);
    this.renderRoot.querySelectorAll('.bar').forEach((bar, index) => {
      const share = Math.abs(this.rows[index]?.exact ?? 0) / largest;
      if (bar instanceof HTMLElement) bar.style.setProperty('--share', `${(share * 100).toFixed(1)}%`);
    });
  }

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        align-content: start;
        gap: 3px;
        min-width: 0;
        font: 400 var(--text-s) / 16px var(--font);
      }
      table {
        border-collapse: collapse;
        width: 100%;
      }
      th {
        padding: 0 var(--space-1) 0 0;
        font-weight: 400;
        text-align: left;
        white-space: nowrap;
      }
      thead th,
      .others {
        color: var(--ink-soft);
      }
      thead th {
        padding-bottom: 1px;
      }
      td,
      tbody th {
        font-family: var(--mono);
        font-variant-numeric: tabular-nums;
      }
      .others th {
        font-family: var(--font);
      }
      td {
        padding: 0;
        white-space: nowrap;
      }
      .detail {
        padding-right: var(--space-2);
        text-align: right;
        color: var(--ink-soft);
      }
      .number {
        position: relative;
        min-width: 48px;
        padding-right: 3px;
        text-align: right;
      }
      .number > span:last-child {
        position: relative;
      }
      .bar {
        position: absolute;
        inset: 2px 0 2px auto;
        width: var(--share, 0%);
        border-radius: 2px;
        background: color-mix(in srgb, var(--value-positive) 26%, transparent);
      }
      .negative .bar {
        background: color-mix(in srgb, var(--value-negative) 26%, transparent);
      }
      .choice {
        min-height: 16px;
        padding: 0 5px;
        font: inherit;
        background: none;
        border: 0;
        border-radius: 4px;
        text-decoration: underline;
        text-decoration-color: var(--hairline-strong);
        text-underline-offset: 2px;
      }
      .choice[aria-pressed='true'] {
        color: var(--accent);
        font-weight: 600;
        background: var(--accent-soft);
        text-decoration: none;
      }
      .pager {
        display: inline-flex;
        gap: 2px;
        margin-left: 2px;
      }
      .pager button {
        min-height: 16px;
        padding: 0 5px;
      }
      @media (pointer: coarse) {
        .choice,
        .pager button {
          min-height: 32px;
          min-width: 32px;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'contribution-list': ContributionList;
  }
}
