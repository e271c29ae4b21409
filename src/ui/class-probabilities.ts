/** What the network answers: a bar per class, which can be chosen like a cell, and the winner in large type. Knows no network. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, queryAll, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { isSameCell } from '../app/selection-slice.ts';
import type { CellAddress } from '../engine/model/cell-address.ts';
import { classProbabilitiesStyles } from './class-probabilities-styles.ts';
import { controlStyles } from './control-styles.ts';
import { StateWatch } from './field/state-watch.ts';
import { formatPercent, formatPercentFigure } from './format.ts';
import { IntentEvent } from './page-events.ts';

/** Below this share a row shows a dot: zeros in nine rows would hide the one figure that counts. */
const smallestShown = 0.0005;

/** `<class-probabilities .probabilities=${p} .label=${7}>`: as many rows as probabilities, ten dotted ones while there are none. */
@customElement('class-probabilities')
export class ClassProbabilities extends LitElement {
  /** One share per class, summing to 1. */
  @property({ attribute: false }) probabilities: readonly number[] = [];
  /** The true class, for examples whose answer is known. */
  @property({ attribute: false }) label: number | undefined;
  /** Names of the classes; their numbers by default. */
  @property({ attribute: false }) classNames: readonly string[] = [];

  /** Name of the layer whose units the probabilities are; empty while none can be chosen. */
  @property() layer = '';

  /** The row that Tab reaches. */
  @state() private rowAtTab = 0;

  @queryAll('.bar') private bars!: NodeListOf<HTMLElement>;
  @queryAll('.row') private rows!: NodeListOf<HTMLElement>;

  readonly #watch = new StateWatch(this, ({ selection }) => selection);

  override render(): TemplateResult {
    const winner = this.#winner;
    const shares =
      this.probabilities.length > 0 ? this.probabilities : new Array<number>(this.classNames.length || 10).fill(0);
    return html`
      <ol aria-label="Probability of each class">
        ${shares.map((share, index) => this.#renderRow(share, index, winner))}
      </ol>
      <p>${winner === undefined ? this.#renderNothing() : this.#renderAnswer(winner)}</p>
    `;
  }

  protected override updated(): void {
    this.bars.forEach((bar, index) => bar.style.setProperty('--share', String(this.probabilities[index] ?? 0)));
  }

  /** The most probable class; undefined while there is no answer. */
  get #winner(): number | undefined {
    const best = this.probabilities.reduce(
      (top, share, index) => (share > (this.probabilities[top] ?? -1) ? index : top),
      0,
    );
    return (this.probabilities[best] ?? 0) > 0 ? best : undefined;
  }

  #name(index: number): string {
    return this.classNames[index] ?? String(index);
  }

  #renderRow(share: number, index: number, winner: number | undefined): TemplateResult {
    const isTrue = index === this.label;
    return html`
      <li class=${classMap({ winner: index === winner, true: isTrue, ...this.#marks(index) })}>
        <button
          type="button"
          class="row"
          tabindex=${index === this.rowAtTab ? 0 : -1}
          aria-pressed=${this.#marks(index).pinned}
          ?disabled=${this.layer === ''}
          @pointerenter=${(event: PointerEvent) => event.pointerType !== 'touch' && this.#hover(index)}
          @pointerleave=${(event: PointerEvent) => event.pointerType !== 'touch' && this.#hover(undefined)}
          @focus=${(event: FocusEvent) => this.#onFocus(event, index)}
          @blur=${() => this.#hover(undefined)}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event, index)}
          @click=${() => this.#pin(index)}
        >
          <span class="name">${this.#name(index)}</span>
          <span class="track"><span class="bar"></span></span>
          <span class="share" aria-hidden="true">${share < smallestShown ? '·' : formatPercentFigure(share)}</span>
          <span class="visually-hidden">
            ${share < smallestShown ? 'below 0.1 percent' : `${formatPercentFigure(share)} percent`}${
              isTrue ? ', the true label' : nothing
            }
          </span>
        </button>
      </li>
    `;
  }

  #cell(index: number): CellAddress {
    return { layer: this.layer, row: 0, column: 0, channel: index };
  }

  #marks(index: number): { readonly hovered: boolean; readonly pinned: boolean } {
    const { hovered, pinned } = this.#watch.part ?? {};
    const cell = this.#cell(index);
    return { hovered: isSameCell(hovered, cell), pinned: isSameCell(pinned, cell) };
  }

  #hover(index: number | undefined): void {
    if (this.layer === '') return;
    this.dispatchEvent(
      new IntentEvent({ type: 'cellHovered', ...(index !== undefined && { cell: this.#cell(index) }) }),
    );
  }

  #pin(index: number): void {
    this.dispatchEvent(
      new IntentEvent({ type: 'cellPinned', ...(!this.#marks(index).pinned && { cell: this.#cell(index) }) }),
    );
  }

  #onFocus(event: FocusEvent, index: number): void {
    this.rowAtTab = index;
    if (event.currentTarget instanceof Element && event.currentTarget.matches(':focus-visible')) this.#hover(index);
  }

  #onKey(event: KeyboardEvent, index: number): void {
    const last = this.rows.length - 1;
    if (event.key === 'Escape') {
      this.dispatchEvent(new IntentEvent({ type: 'cellPinned' }));
      this.#hover(undefined);
      return;
    }
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.rows[Math.min(last, Math.max(0, next))]?.focus();
  }

  #renderAnswer(winner: number): TemplateResult {
    return html`
      <strong class="answer">${this.#name(winner)}</strong>
      <span class="sure">${formatPercent(this.probabilities[winner] ?? 0)} sure</span>
      ${this.#renderVerdict(winner)}
    `;
  }

  #renderVerdict(winner: number): TemplateResult | typeof nothing {
    if (this.label === undefined) return nothing;
    return winner === this.label
      ? html`<span class="right">right</span>`
      : html`<span class="wrong">wrong, it is ${this.#name(this.label)}</span>`;
  }

  #renderNothing(): TemplateResult {
    return html`<strong class="answer">–</strong><span class="sure">no answer yet</span>`;
  }

  static override styles = [controlStyles, classProbabilitiesStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'class-probabilities': ClassProbabilities;
  }
}
