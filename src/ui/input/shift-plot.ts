/** How sure a network is of one class, and how often it is right, at every shift, beside the network before it. Asks no network itself. */
import { LitElement, css, html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { sweepShifts } from '../../app/shift-sweep.ts';
import type { AccuracyCurve, ShiftCurve, SweepState } from '../../app/sweep-slice.ts';
import { controlStyles } from '../control-styles.ts';
import { formatCount, formatPercent, formatSigned } from '../format.ts';

const width = 136;
const height = 48;
const last = sweepShifts.at(-1) ?? 0;
/** Pixels to either side at which the accuracy is told. */
const toldShift = 4;

/** `<shift-plot .sweep=${state.sweep} .shift=${4}>`. */
@customElement('shift-plot')
export class ShiftPlot extends LitElement {
  @property({ attribute: false }) sweep!: SweepState;
  /** Where the image is, in pixels to the right. */
  @property({ type: Number }) shift = 0;

  override render(): TemplateResult {
    const { curve, before, accuracy, accuracyBefore } = this.sweep;
    if (!curve) return html`<p>Asking at every shift …</p>`;
    return html`
      <h3>Sure of ${curve.about} at each shift</h3>
      <svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${this.#summary(curve)}>
        <path class="axis" d="M0 .5H${width}M0 ${height - 0.5}H${width}M${width / 2} 0V${height}" />
        ${Math.abs(this.shift) > last ? nothing : svg`<path class="here" d="M${placeOf(this.shift)} 0V${height}" />`}
        ${before ? svg`<path class="before" d=${lineOf(before.shares)} />` : nothing}
        ${accuracyBefore ? svg`<path class="right before" d=${lineOf(accuracyBefore.shares)} />` : nothing}
        ${accuracy ? svg`<path class="right" d=${lineOf(accuracy.shares)} />` : nothing}
        <path class="now" d=${lineOf(curve.shares)} />
      </svg>
      <div class="ends">
        <span>${formatSigned(-last, 0)}</span><span>0</span><span>${formatSigned(last, 0)} px</span>
      </div>
      <p><b>${curve.network}</b>: ${reachText(curve.shares)}.</p>
      <p>
        ${
          before
            ? html`<span class="dashed">${before.network}</span>: ${reachText(before.shares)}.`
            : 'Compare with the model “Dense only”.'
        }
      </p>
      ${accuracy || accuracyBefore ? this.#renderAccuracy(accuracy, accuracyBefore) : nothing}
    `;
  }

  #renderAccuracy(now: AccuracyCurve | undefined, before: AccuracyCurve | undefined): TemplateResult {
    const count = now?.count ?? before?.count ?? 0;
    return html`<div class="accuracy" role="group" aria-label="Accuracy at each shift">
      <h3>Right of ${formatCount(count)} test images</h3>
      ${now ? html`<p><b>${now.network}</b>: ${accuracyText(now.shares)}.</p>` : nothing}
      ${before ? html`<p><span class="dashed">${before.network}</span>: ${accuracyText(before.shares)}.</p>` : nothing}
    </div>`;
  }

  #summary(curve: ShiftCurve): string {
    const { accuracy } = this.sweep;
    const sure = `How sure ${curve.network} is of ${curve.about} at shifts from −${last} to ${last} pixels: ${reachText(curve.shares)}`;
    return accuracy ? `${sure}; right of test images: ${accuracyText(accuracy.shares)}` : sure;
  }

  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    const before = changed.get('sweep');
    const { sweep } = this;
    const parts = ['curve', 'before', 'accuracy', 'accuracyBefore'] as const;
    return parts.some((part) => before?.[part] !== sweep[part]) || changed.has('shift') || !this.hasUpdated;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        font: 400 var(--text-s) / 1.35 var(--font);
        color: var(--ink-soft);
      }
      h3 {
        margin: 0 0 2px;
        font: 600 var(--text-s) / 1.35 var(--font);
        color: var(--ink);
      }
      p {
        margin: 2px 0 0;
      }
      b {
        font-weight: 600;
        color: var(--accent);
      }
      svg {
        display: block;
        width: 100%;
        overflow: visible;
      }
      path {
        fill: none;
        vector-effect: non-scaling-stroke;
      }
      .axis {
        stroke: var(--hairline);
      }
      .here {
        stroke: var(--ink-soft);
      }
      .now {
        stroke: var(--accent);
        stroke-width: 2;
        stroke-linejoin: round;
      }
      .right {
        stroke: var(--series-validation);
        stroke-width: 1.5;
        stroke-linejoin: round;
      }
      .right.before {
        stroke: var(--series-validation);
        opacity: 0.7;
      }
      .accuracy h3 {
        margin-top: var(--space-2);
      }
      .accuracy b {
        color: var(--series-validation);
      }
      .before {
        stroke: var(--ink-soft);
        stroke-width: 1.5;
        stroke-dasharray: 3 2;
      }
      .dashed {
        text-decoration: underline dashed;
      }
      .ends {
        display: flex;
        justify-content: space-between;
        font: 400 var(--text-s) / 1.3 var(--mono);
        letter-spacing: -0.03em;
      }
    `,
  ];
}

function placeOf(shift: number): number {
  return ((shift + last) / (2 * last)) * width;
}

function lineOf(shares: readonly number[]): string {
  const points = shares.map((share, place) => {
    const x = placeOf(sweepShifts[place] ?? 0);
    return `${x.toFixed(1)} ${(1 + (height - 2) * (1 - share)).toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}

/** The accuracy where the images are, and some pixels to either side, on the average of both. */
function accuracyText(shares: readonly number[]): string {
  const at = (shift: number): number => shares[sweepShifts.indexOf(shift)] ?? 0;
  return `${formatPercent(at(0))} at 0, ${formatPercent((at(-toldShift) + at(toldShift)) / 2)} at ±${toldShift} px`;
}

/** The shifts around none at which more than half the certainty is left. */
function reachText(shares: readonly number[]): string {
  const middle = sweepShifts.indexOf(0);
  const isSure = (place: number): boolean => (shares[place] ?? 0) > 0.5;
  if (!isSure(middle)) return 'less than half where it is';
  let [from, to] = [middle, middle];
  while (isSure(from - 1)) from--;
  while (isSure(to + 1)) to++;
  const [low = 0, high = 0] = [sweepShifts[from], sweepShifts[to]];
  return `over half from ${formatSigned(low, 0)} to ${formatSigned(high, 0)} px`;
}

declare global {
  interface HTMLElementTagNameMap {
    'shift-plot': ShiftPlot;
  }
}
