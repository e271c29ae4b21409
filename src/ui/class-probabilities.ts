/** What the network answers: a bar per class, and the winner in large type. Knows neither the network nor the image. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, queryAll } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { controlStyles } from './control-styles.ts';
import { formatPercent, formatPercentFigure } from './format.ts';

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

  @queryAll('.bar') private bars!: NodeListOf<HTMLElement>;

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
      <li class=${classMap({ winner: index === winner, true: isTrue })}>
        <span class="name">${this.#name(index)}</span>
        <span class="track"><span class="bar"></span></span>
        <span class="share" aria-hidden="true">${share < smallestShown ? '·' : formatPercentFigure(share)}</span>
        <span class="visually-hidden">
          ${share < smallestShown ? 'below 0.1 percent' : `${formatPercentFigure(share)} percent`}${
            isTrue ? ', the true label' : nothing
          }
        </span>
      </li>
    `;
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

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        font: 400 var(--text-s) / 1.35 var(--font);
        color: var(--ink-soft);
      }
      ol {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      li {
        display: grid;
        grid-template-columns: minmax(14px, auto) minmax(24px, 1fr) 5ch;
        align-items: center;
        column-gap: var(--space-2);
        height: 18px;
        font-family: var(--mono);
        font-variant-numeric: tabular-nums;
      }
      .name {
        justify-self: start;
        min-width: 14px;
        line-height: 14px;
        text-align: center;
        border-radius: 3px;
      }
      .true .name {
        box-shadow: 0 0 0 1px var(--ink-soft);
        color: var(--ink);
      }
      .winner .name,
      .winner .share {
        font-weight: 700;
        color: var(--ink);
      }
      .track {
        height: 6px;
        border-radius: 3px;
        background: var(--hairline);
        overflow: hidden;
      }
      .bar {
        display: block;
        height: 100%;
        width: calc(100% * var(--share, 0));
        background: var(--hairline-strong);
        border-radius: 3px;
      }
      .winner .bar {
        background: var(--accent);
      }
      .share {
        text-align: right;
      }
      p {
        display: flex;
        flex-direction: column;
        margin: var(--space-3) 0 0;
        min-height: 64px;
        font-size: var(--text-m);
      }
      .answer {
        font: 700 var(--text-xl) / 1.2 var(--font);
        color: var(--ink);
      }
      .sure {
        font-variant-numeric: tabular-nums;
      }
      .right,
      .wrong {
        font-weight: 600;
      }
      .right {
        color: var(--good);
      }
      .wrong {
        color: var(--danger);
      }
      @media (forced-colors: active) {
        .track {
          outline: 1px solid CanvasText;
        }
        .bar,
        .winner .bar {
          background: Highlight;
          forced-color-adjust: none;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'class-probabilities': ClassProbabilities;
  }
}
