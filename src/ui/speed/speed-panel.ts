/** The dock's panel about speed: figures of now, where a step's time goes, what is held, and the tuning. Measures nothing itself. */
import { LitElement, html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PerformanceState } from '../../app/performance-slice.ts';
import type { TuningState } from '../../app/tuning-slice.ts';
import type { ResolvedModel } from '../../engine/model/resolved.ts';
import { StepWork } from '../../engine/model/step-work.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { formatBytes, formatCount, formatPercent } from '../format.ts';
import { IntentEvent } from '../page-events.ts';
import '../tuning-panel.ts';
import '../words/explained-term.ts';
import type { TermName } from '../words/term-name.ts';
import './spark-line.ts';
import { speedPanelStyles } from './speed-panel-styles.ts';
import { breakDown, workKinds, type BreakdownRow, type KindTimes, type StepBreakdown } from './step-breakdown.ts';
import {
  describeTimes,
  formatGflops,
  formatMs,
  gflopsOf,
  kindSigns,
  kindWords,
  peakText,
  submitText,
} from './speed-text.ts';

/**
 * `<speed-panel .performance=${p} .model=${m} .tuning=${t} .batchSize=${64}>`, about 540 × 200 px; what is more is scrolled.
 *
 * @fires IntentEvent (`intent`)
 */
@customElement('speed-panel')
export class SpeedPanel extends LitElement {
  @property({ attribute: false }) performance!: PerformanceState;
  /** Of the network that runs; absent before the first. */
  @property({ attribute: false }) model: ResolvedModel | undefined;
  @property({ attribute: false }) tuning!: TuningState;
  @property({ type: Number }) batchSize = 0;
  @property({ type: Boolean }) hasData = false;

  #breakdown: StepBreakdown | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isSame = changed.get('performance')?.profile === this.performance.profile && !changed.has('model');
    if (isSame && this.hasUpdated) return;
    const { profile } = this.performance;
    this.#breakdown = profile && this.model && breakDown(this.model, profile.batchSize, profile.dispatches);
  }

  override render(): TemplateResult {
    return html`
      <div class="figures">${this.#renderNow()} ${this.#renderArithmetic()} ${this.#renderMemory()}</div>
      ${this.#renderStep()}
      <tuning-panel .tuning=${this.tuning}></tuning-panel>
    `;
  }

  #renderNow(): TemplateResult {
    const { now, history } = this.performance;
    const isTraining = now !== undefined && now.msPerStep > 0;
    const points = history.map(({ atMs, msPerStep }) => ({ atMs, value: msPerStep }));
    const values = points.map(({ value }) => value);
    const description = `ms per step while it was watched: from ${formatMs(Math.min(...values))} to ${formatMs(Math.max(...values))}`;
    return html`
      ${renderFigure('images-per-second', 'images/s', isTraining ? formatCount(now.imagesPerSecond) : '–', '')}
      ${renderFigure('step-time', 'ms/step', isTraining ? formatMs(now.msPerStep) : '–', '')}
      <spark-line ?is-empty=${points.length < 2} .points=${points} description=${description}></spark-line>
    `;
  }

  /** By the GPU's clock where there is one, else by the wall's. */
  #renderArithmetic(): TemplateResult {
    const { now, peakGflops } = this.performance;
    const flops = this.model ? new StepWork(this.model, this.batchSize).total : 0;
    const gflops = gflopsOf(flops, this.#breakdown?.ms ?? now?.msPerStep ?? 0);
    const figure = gflops === undefined ? '–' : formatGflops(gflops);
    return renderFigure('gflops', 'GFLOP/s', figure, peakText(gflops, peakGflops));
  }

  #renderMemory(): TemplateResult {
    const { now } = this.performance;
    const buffers = now ? `${formatCount(now.bufferCount)} buffers` : '';
    return renderFigure('gpu-memory', 'GPU memory', now ? formatBytes(now.memoryBytes) : '–', buffers);
  }

  #renderStep(): TemplateResult {
    const { isMeasuring } = this.performance;
    return html`<section aria-label="Time of a step">
      <div class="head">
        <h3>${this.#renderHeading()}</h3>
        <button type="button" ?disabled=${isMeasuring || !this.hasData} @click=${this.#measure}>
          ${isMeasuring ? 'Measuring…' : 'Measure again'}
        </button>
      </div>
      ${this.#breakdown ? this.#renderBreakdown(this.#breakdown) : html`<p>${this.#absence}</p>`}
      ${this.#renderCounts()}
    </section>`;
  }

  #renderHeading(): TemplateResult {
    const name = html`<explained-term term="timestamp">A step on the GPU</explained-term>`;
    return this.#breakdown ? html`${name} <b>${formatMs(this.#breakdown.ms)} ms</b>` : name;
  }

  /** Why there are no times. */
  get #absence(): string {
    const { isMeasuring, profile } = this.performance;
    if (isMeasuring) return 'A step is being measured…';
    if (!this.hasData) return 'A step is measured once there are data to train on.';
    if (!profile) return 'Not measured yet.';
    return (
      'This browser does not let pages read the GPU’s clock (WebGPU’s “timestamp-query”), so the time of single layers cannot ' +
      'be told. The figures above are by the wall clock.'
    );
  }

  #renderBreakdown({ rows, ms }: StepBreakdown): TemplateResult {
    const longest = Math.max(...rows.map((row) => row.ms));
    return html`
      <table>
        <caption class="visually-hidden">
          Time of a step by layer
        </caption>
        <thead>
          <tr>
            <th scope="col">Layer</th>
            <th scope="col" class="wide">${this.#renderLegend()}</th>
            <th scope="col">ms</th>
            <th scope="col">share</th>
            <th scope="col"><explained-term term="gflops">GFLOP/s</explained-term></th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => this.#renderRow(row, ms, longest))}
        </tbody>
      </table>
    `;
  }

  #renderLegend(): TemplateResult {
    return html`<span class="visually-hidden">By kind of work</span>
      <span class="legend" aria-hidden="true">
        ${workKinds.map((kind) => html`<span class=${kind} title=${kindWords[kind]}>${kindSigns[kind]}</span>`)}
      </span>`;
  }

  #renderRow(row: BreakdownRow, totalMs: number, longestMs: number): TemplateResult {
    const gflops = gflopsOf(row.flops, row.ms);
    const together = row.others.length > 0 ? html` <small>with ${row.others.join(', ')}</small>` : nothing;
    return html`<tr>
      <th scope="row">${row.name}${together}</th>
      <td class="wide" title=${describeTimes(row.times)}>
        ${renderBar(row.times, longestMs)}<span class="visually-hidden">${describeTimes(row.times)}</span>
      </td>
      <td>${formatMs(row.ms)}</td>
      <td>${formatPercent(row.ms / totalMs, 0)}</td>
      <td>${gflops === undefined ? '' : formatGflops(gflops)}</td>
    </tr>`;
  }

  #renderCounts(): TemplateResult | typeof nothing {
    const { profile, now } = this.performance;
    if (!profile) return nothing;
    const submits = submitText(now?.stepsPerSubmit ?? 0);
    return html`<p class="counts">
      <explained-term term="dispatch">Dispatches</explained-term> <b>${formatCount(profile.dispatches.length)}</b> a
      step
      ${submits === '' ? nothing : html` · <explained-term term="submit">submits</explained-term> <b>${submits}</b>`}
    </p>`;
  }

  #measure = (): void => {
    this.dispatchEvent(new IntentEvent({ type: 'performanceRemeasured' }));
  };

  static override styles = [controlStyles, buttonStyles, speedPanelStyles];
}

function renderFigure(term: TermName, name: string, value: string, detail: string): TemplateResult {
  return html`<div class="figure">
    <span class="name"><explained-term term=${term}>${name}</explained-term></span>
    <span class="value">${value}</span>
    <span class="detail">${detail}</span>
  </div>`;
}

function renderBar(times: KindTimes, longestMs: number): TemplateResult {
  let from = 0;
  const parts = workKinds.map((kind) => {
    const length = (100 * times[kind]) / Math.max(longestMs, Number.MIN_VALUE);
    const part = svg`<rect class=${kind} x=${from} y="0" width=${length} height="8"></rect>`;
    from += length;
    return part;
  });
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'speed-panel': SpeedPanel;
  }
}
