/** How values are distributed, and how that moved as training went: a curve for each time, the newest in front. */
import { LitElement, css, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Histogram } from '../../worker/protocol.ts';
import { controlStyles } from '../control-styles.ts';
import { formatCount, formatPercent, formatSetting, withTrueMinus } from '../format.ts';
import { kindColours } from '../kind-colours.ts';
import { formatFigure } from './figures.ts';
import { ridgeLines } from './ridge-lines.ts';

/** A histogram and the training step it was taken after. */
export interface DatedHistogram {
  readonly step: number;
  readonly histogram: Histogram;
}

const width = 400;
const height = 170;

/** `<value-ridges heading="Weights" kind="weights" .history=${h}>`. */
@customElement('value-ridges')
export class ValueRidges extends LitElement {
  @property() heading = '';
  @property({ reflect: true }) kind: 'activations' | 'weights' = 'activations';
  /** The oldest first. */
  @property({ attribute: false }) history: readonly DatedHistogram[] = [];

  override render(): TemplateResult {
    const newest = this.history.at(-1);
    return html`<h4>${this.heading}</h4>
      ${newest ? this.#renderNewest(newest) : html`<p class="waiting">Measuring…</p>`}`;
  }

  #renderNewest({ step, histogram }: DatedHistogram): TemplateResult {
    const { mean, spread, largest, zeros, count } = histogram;
    const [meanText, spreadText, largestText] = [mean, spread, largest].map(formatFigure);
    const zeroText = formatPercent(zeros / Math.max(1, count));
    const { limit, paths } = ridgeLines(
      this.history.map((dated) => dated.histogram),
      width,
      height,
    );
    const end = formatSetting(limit);
    return html`
      <dl>
        <div>
          <dt>mean</dt>
          <dd>${meanText}</dd>
        </div>
        <div>
          <dt>spread</dt>
          <dd title="Standard deviation">${spreadText}</dd>
        </div>
        <div>
          <dt>largest</dt>
          <dd title="Largest magnitude">${largestText}</dd>
        </div>
        <div>
          <dt>exactly 0</dt>
          <dd>${zeroText}</dd>
        </div>
      </dl>
      <svg
        viewBox="0 0 ${width} ${height}"
        preserveAspectRatio="none"
        role="img"
        aria-label="${this.heading} after step ${formatCount(step)}: ${formatCount(count)} values, mean ${meanText}, standard deviation ${spreadText}, largest magnitude ${largestText}, ${zeroText} exactly 0."
      >
        <defs>
          <linearGradient id="hues" x1="0" x2=${width} y1="0" y2="0" gradientUnits="userSpaceOnUse">
            <stop class="low" offset="0.1" />
            <stop class="low" offset="0.495" />
            <stop class="high" offset="0.505" />
            <stop class="high" offset="0.9" />
          </linearGradient>
        </defs>
        <line class="zero" x1=${width / 2} x2=${width / 2} y1="0" y2=${height} vector-effect="non-scaling-stroke" />
        ${paths.map(
          (path, index) =>
            svg`<path class=${index === paths.length - 1 ? 'newest' : 'past'} d=${path} vector-effect="non-scaling-stroke" />`,
        )}
      </svg>
      <div class="ends"><span>${withTrueMinus(`-${end}`)}</span><span>0</span><span>+${end}</span></div>
      <p class="note">
        ${
          this.history.length > 1
            ? html`From step ${formatCount(this.history[0]?.step ?? 0)} (back) to ${formatCount(step)} (front).`
            : html`After step ${formatCount(step)}; train to see it move.`
        }
        ${zeros > 0 ? 'Zeros are left out of the curve.' : nothing}
      </p>
    `;
  }

  static override styles = [
    controlStyles,
    kindColours,
    css`
      :host {
        display: block;
        min-width: 0;
        font: 400 var(--text-s) / 1.4 var(--font);
        color: var(--ink-soft);
      }
      h4 {
        margin: 0;
        font: 650 var(--text-m) / 18px var(--font);
        color: var(--ink);
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--space-4);
        margin: 0;
      }
      dl div {
        display: flex;
        gap: var(--space-1);
      }
      dd {
        min-width: 5ch;
        margin: 0;
        font-family: var(--mono);
        font-variant-numeric: tabular-nums;
        font-weight: 700;
        color: var(--ink);
      }
      svg {
        display: block;
        width: 100%;
        height: clamp(110px, 32vh, 320px);
        margin-top: var(--space-1);
      }
      .low {
        stop-color: var(--low);
      }
      .high {
        stop-color: var(--high);
      }
      .zero {
        stroke: var(--hairline-strong);
        stroke-width: 1;
        stroke-dasharray: 2 3;
      }
      .past {
        fill: var(--paper);
        fill-opacity: 0.7;
        stroke: url(#hues);
        stroke-opacity: 0.45;
        stroke-width: 1;
      }
      .newest {
        fill: url(#hues);
        fill-opacity: 0.28;
        stroke: url(#hues);
        stroke-width: 1.75;
      }
      .ends {
        display: grid;
        grid-template-columns: 1fr auto 1fr;
        font-family: var(--mono);
        font-variant-numeric: tabular-nums;
        border-top: 1px solid var(--hairline);
      }
      .ends span:last-child {
        text-align: right;
      }
      p {
        margin: var(--space-1) 0 0;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'value-ridges': ValueRidges;
  }
}
