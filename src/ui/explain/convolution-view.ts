/** A convolution's cell: patch × kernel = products of one input channel, every channel's part, and the sum. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ChannelProducts, ConvolutionExplanation } from '../../app/explain/explanation.ts';
import { decimalsFor, roundAlone, roundTogether } from '../../app/explain/round-together.ts';
import type { Tap } from '../../engine/shape/taps.ts';
import { controlStyles } from '../control-styles.ts';
import { formatDecimal } from '../format.ts';
import './contribution-list.ts';
import type { ContributionRow, PageChosenEvent, RowChosenEvent } from './contribution-list.ts';
import { explanationStyles } from './explanation-styles.ts';
import './number-grid.ts';
import { gridDecimals, type GridCell, type TapHoveredEvent } from './number-grid.ts';
import { showSum, type ShownSum } from './shown-sum.ts';
import { renderSumLine } from './sum-line.ts';
import { listLength } from './list-length.ts';

/** `<convolution-view .explanation=${e}>`. */
@customElement('convolution-view')
export class ConvolutionView extends LitElement {
  @property({ attribute: false }) explanation!: ConvolutionExplanation;

  /** Place in `channels` of the one seen in detail; it stays while the same layer is looked at. */
  @state() private place = 0;
  @state() private page = 0;
  @state() private tap: number | undefined;

  #ranking: readonly number[] = [];
  readonly #pageSize = listLength();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('explanation')) return;
    const { channels, layer, cell } = this.explanation;
    this.#ranking = channels
      .map((_, place) => place)
      .sort((a, b) => Math.abs(part(channels, b)) - Math.abs(part(channels, a)));
    const before = changed.get('explanation');
    const isSameCell = before?.layer.name === layer.name && JSON.stringify(before.cell) === JSON.stringify(cell);
    if (isSameCell && this.place < channels.length) return;
    // What adds most is the most telling, until the person chooses; numbers that train on must not change it.
    [this.place = 0] = this.#ranking;
    this.page = 0;
    this.tap = undefined;
  }

  override render(): TemplateResult {
    const { channels } = this.explanation;
    const chosen = channels[this.place];
    const listed = this.#ranking.slice(this.page * this.#pageSize, (this.page + 1) * this.#pageSize);
    const contributions = listed.map((place) => part(channels, place));
    const shown = showSum(this.explanation, contributions, channels.length > listed.length);
    return html`
      <div class="grids">
        ${chosen ? this.#renderProducts(chosen, this.#shownPart(listed, shown), shown.decimals) : nothing}
        ${channels.length > 1 ? this.#renderChannels(listed, shown) : nothing}
      </div>
      ${renderSumLine(this.explanation, shown)}
    `;
  }

  /** The chosen channel's part as the list writes it, or as it would. */
  #shownPart(listed: readonly number[], shown: ShownSum): number {
    const at = listed.indexOf(this.place);
    return shown.listed[at] ?? roundAlone(part(this.explanation.channels, this.place), shown.decimals);
  }

  #renderProducts(channel: ChannelProducts, contribution: number, sumDecimals: number): TemplateResult {
    const { layer, rows, columns } = this.explanation;
    const { inputs, weights, productSum, pointwise } = channel;
    const products = inputs.map((input, index) => input * (weights[index] ?? 0));
    const decimals = Math.min(sumDecimals, gridDecimals(products, columns.length));
    const total = pointwise === undefined ? contribution : productSum;
    const shownProducts = roundTogether(products, total, decimals);
    // Rounded as its products are: a tie would be written the other way.
    const written = formatDecimal(roundAlone(total, decimals), decimals);
    const isOutside = rows.flatMap((row) => columns.map((column) => isPadding(row) || isPadding(column)));
    const cellsOf = (exact: readonly number[], shown: readonly number[]): readonly GridCell[] =>
      exact.map((number, index) => ({ exact: number, shown: shown[index] ?? 0, isPadding: isOutside[index] === true }));
    const productCells = cellsOf(products, shownProducts);
    const kernelCells = weights.map((weight) => ({ exact: weight, shown: weight, isPadding: false }));
    const grid = (caption: string, cells: readonly GridCell[], kind: 'activations' | 'weights') =>
      html`<number-grid
        caption=${caption}
        kind=${kind}
        .cells=${cells}
        .rows=${rows.map(({ at, window }) => (kind === 'weights' ? `row ${window} of the kernel` : `row ${at}`))}
        .columns=${columns.map(({ at, window }) => (kind === 'weights' ? `column ${window}` : `column ${at}`))}
        .decimals=${cells === productCells ? decimals : gridDecimals(exactOf(cells), columns.length)}
        .limit=${largest(cells)}
        .tap=${this.tap}
      ></number-grid>`;
    const source = (layer.inputShapes[0]?.[2] ?? 1) > 1 ? `inputs, channel ${channel.channel}` : 'inputs';
    return html`<div
      class="product"
      role="group"
      tabindex="0"
      aria-label="Products of channel ${channel.channel}; arrow keys go from one to the next"
      @tap-hovered=${({ index }: TapHoveredEvent) => (this.tap = index)}
      @keydown=${this.#onKey}
    >
      ${grid(source, cellsOf(inputs, inputs), 'activations')}<span class="sign">×</span>${grid(
        'kernel',
        kernelCells,
        'weights',
      )}<span class="sign">=</span>${grid(`products, Σ ${written}`, productCells, 'activations')}
      ${this.#renderPointwise(channel)} ${this.tap === undefined ? nothing : this.#renderTap(channel, this.tap)}
    </div>`;
  }

  /** A separable convolution weighs the sum once more. */
  #renderPointwise({ pointwise, contribution, productSum }: ChannelProducts): TemplateResult | typeof nothing {
    if (pointwise === undefined) return nothing;
    const decimals = decimalsFor([productSum, pointwise, contribution]);
    const figures = [productSum, pointwise, contribution].map((number) => formatDecimal(number, decimals));
    return html`<p class="pointwise">
      Σ <span class="figure">${figures[0]}</span> × pointwise weight
      <span class="figure">${figures[1]} = ${figures[2]}</span>
    </p>`;
  }

  /** The products under the pointer or the keys, in full. */
  #renderTap({ inputs, weights }: ChannelProducts, tap: number): TemplateResult {
    const { rows, columns } = this.explanation;
    const [row, column] = [rows[Math.floor(tap / columns.length)], columns[tap % columns.length]];
    const [input = 0, weight = 0] = [inputs[tap], weights[tap]];
    const figures = `${formatDecimal(input, 4)} × ${formatDecimal(weight, 4)} = ${formatDecimal(input * weight, 4)}`;
    return html`<p class="tap" role="status">
      row ${formatDecimal(row?.at ?? 0, 0)}, column ${formatDecimal(column?.at ?? 0, 0)}:
      <span class="figure">${figures}</span>
    </p>`;
  }

  #renderChannels(listed: readonly number[], shown: ShownSum): TemplateResult {
    const { channels } = this.explanation;
    const rows = listed.flatMap((place, index): ContributionRow[] => {
      const channel = channels[place];
      const label = String(channel?.channel ?? place);
      return channel ? [{ key: place, label, shown: shown.listed[index] ?? 0, exact: channel.contribution }] : [];
    });
    return html`<contribution-list
      noun="channel"
      .rows=${rows}
      .others=${shown.others}
      .count=${channels.length}
      .page=${this.page}
      .pageSize=${this.#pageSize}
      .decimals=${shown.decimals}
      .chosen=${this.place}
      @row-chosen=${({ key }: RowChosenEvent) => (this.place = key)}
      @page-chosen=${({ page }: PageChosenEvent) => (this.page = page)}
    ></contribution-list>`;
  }

  #onKey = (event: KeyboardEvent): void => {
    const width = this.explanation.columns.length;
    const count = width * this.explanation.rows.length;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -width, ArrowDown: width }[event.key];
    if (step === undefined || count === 0) return;
    event.preventDefault();
    const next = this.tap === undefined ? 0 : this.tap + step;
    if (next >= 0 && next < count) this.tap = next;
  };

  static override styles = [
    controlStyles,
    explanationStyles,
    css`
      .product {
        position: relative;
      }
      .pointwise {
        flex-basis: 100%;
      }
      .tap {
        position: absolute;
        inset: auto 0 100% auto;
        padding: 1px 6px;
        color: var(--ink);
        background: var(--sunken);
        border-radius: 4px;
        white-space: nowrap;
        pointer-events: none;
      }
    `,
  ];
}

function part(channels: readonly ChannelProducts[], place: number): number {
  return channels[place]?.contribution ?? 0;
}

function isPadding({ at, input }: Tap): boolean {
  return at !== input;
}

function exactOf(cells: readonly GridCell[]): readonly number[] {
  return cells.map(({ exact }) => exact);
}

function largest(cells: readonly GridCell[]): number {
  return Math.max(0, ...exactOf(cells).map(Math.abs));
}

declare global {
  interface HTMLElementTagNameMap {
    'convolution-view': ConvolutionView;
  }
}
