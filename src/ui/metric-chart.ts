/** One metric over a training run: the current values in large figures, the curves below, and the same numbers as a table. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { controlStyles } from './control-styles.ts';
import { formatCount, formatDecimal, formatLoss, formatPercent } from './format.ts';
import { LineChart, type ChartView } from './line-chart.ts';
import { metricChartStyles } from './metric-chart-styles.ts';
import { metricView, type Probe } from './metric-view.ts';
import { pointAt, smooth, type SeriesPoint } from './series.ts';
import './words/explained-term.ts';

const probes: readonly Probe[] = ['raw', 'earlier', 'train', 'validation', 'test', 'grid', 'label'];

/** `<metric-chart heading="Loss" kind="loss" .train=${…} .validation=${…} .stepsPerEpoch=${938} .epochs=${5}>`, fills its place. */
@customElement('metric-chart')
export class MetricChart extends LitElement {
  @property() heading = '';
  @property() kind: 'loss' | 'accuracy' = 'loss';
  /** Every step's value; a new array when there are new points. */
  @property({ attribute: false }) train: readonly SeriesPoint[] = [];
  @property({ attribute: false }) validation: readonly SeriesPoint[] = [];
  @property({ attribute: false }) test: readonly SeriesPoint[] = [];
  /** The same of the run before. */
  @property({ attribute: false }) earlier: readonly SeriesPoint[] | undefined;
  /** The step whose network is on screen, while that is not the latest: its values are shown. */
  @property({ type: Number }) lookedAtStep: number | undefined;
  @property({ type: Number }) stepsPerEpoch = 1;
  /** Epochs planned, where the axis ends at last. */
  @property({ type: Number }) epochs = 0;
  /** Changes whenever the page's colours do. */
  @property({ type: Number }) themeVersion = 0;

  /** The step under the pointer or the keyboard's cursor, whose values are shown in place of the latest. */
  @state() private readStep: number | undefined;

  @query('canvas') private canvas!: HTMLCanvasElement;
  @query('.plot') private plot!: HTMLElement;

  #chart: LineChart | undefined;
  #smoothed: readonly SeriesPoint[] = [];
  #smoothedEarlier: readonly SeriesPoint[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('train')) this.#smoothed = smooth(this.train);
    if (changed.has('earlier')) this.#smoothedEarlier = smooth(this.earlier ?? []);
    // After Rewind the curves are shorter than what was being read.
    if (this.readStep !== undefined && this.readStep > this.#lastStep) this.readStep = undefined;
  }

  protected override firstUpdated(): void {
    void this.#createChart();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.#createChart();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#chart?.destroy();
    this.#chart = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    const isOnlyReading = [...changed.keys()].every((name) => name === 'readStep' || name === 'lookedAtStep');
    if (!isOnlyReading) this.#chart?.draw(this.#view());
    const step = this.#shownStep;
    if (step !== undefined && this.#chart !== undefined) {
      this.plot.style.setProperty('--left', `${this.#chart.leftOf(step)}px`);
    }
  }

  /** The step that is read, or looked back at; undefined for the latest. */
  get #shownStep(): number | undefined {
    return this.readStep ?? this.lookedAtStep;
  }

  async #createChart(): Promise<void> {
    const chart = await LineChart.create(this.canvas, () => this.#view());
    if (this.isConnected && this.#chart === undefined) this.#chart = chart;
    else chart.destroy();
  }

  get #isEmpty(): boolean {
    return this.#lastStep === 0;
  }

  get #lastStep(): number {
    return Math.max(this.train.at(-1)?.step ?? 0, this.validation.at(-1)?.step ?? 0, this.test.at(-1)?.step ?? 0);
  }

  #format(value: number | undefined): string {
    if (value === undefined) return '–';
    return this.kind === 'loss' ? formatLoss(value) : formatPercent(value);
  }

  #view(): ChartView {
    return metricView(this, this.#smoothed, this.#smoothedEarlier, (name) => getComputedStyle(this.#probe(name)));
  }

  #probe(name: Probe): Element {
    return this.renderRoot.querySelector(`.probe.${name}`) ?? this;
  }

  override render(): TemplateResult {
    return html`<div class="panel">
      <div class="figures">${this.#renderFigures(this.#shownStep ?? Infinity)}</div>
      <div
        class="plot"
        tabindex=${this.#isEmpty ? nothing : '0'}
        role=${this.#isEmpty ? 'presentation' : 'slider'}
        aria-label=${this.#isEmpty ? nothing : `${this.heading} at a step`}
        aria-valuemin=${this.#isEmpty ? nothing : 0}
        aria-valuemax=${this.#isEmpty ? nothing : this.#lastStep}
        aria-valuenow=${this.#isEmpty ? nothing : (this.#shownStep ?? this.#lastStep)}
        aria-valuetext=${this.#isEmpty ? nothing : this.#describe(this.#shownStep ?? this.#lastStep)}
        @pointermove=${this.#onPointer}
        @pointerdown=${this.#onPointer}
        @pointerleave=${this.#forgetStep}
        @blur=${this.#forgetStep}
        @keydown=${this.#onKey}
      >
        <canvas aria-hidden="true"></canvas>
        <span class="rule" ?hidden=${this.#shownStep === undefined}></span>
        <span class="empty" ?hidden=${!this.#isEmpty}>
          Press Train to see the ${this.kind === 'loss' ? 'loss fall' : 'accuracy rise'}
        </span>
        ${probes.map((name) => html`<i class="probe ${name}"></i>`)}
      </div>
      ${this.#isEmpty ? nothing : this.#renderTable()}
    </div>`;
  }

  #renderFigures(step: number): TemplateResult {
    return html`
      ${this.#renderFigure(
        'train',
        html`<b><explained-term term=${this.kind}>${this.heading}</explained-term></b>
          <explained-term term="training-set">train</explained-term>`,
        pointAt(this.#smoothed, step),
      )}
      ${this.#renderFigure('validation', html`<explained-term term="validation">validation</explained-term>`, pointAt(this.validation, step))}
      ${this.test.length > 0 ? this.#renderFigure('test', html`<explained-term term="test-set">test</explained-term>`, pointAt(this.test, step)) : nothing}
      <p class="note">${this.#shownStep === undefined ? this.#note : this.#place(this.#shownStep)}</p>
    `;
  }

  #renderFigure(series: string, name: TemplateResult, point: SeriesPoint | undefined): TemplateResult {
    return html`<div class="figure ${series}">
      <span class="name">${name}</span>
      <span class="value">${this.#format(point?.value)}</span>
    </div>`;
  }

  get #note(): TemplateResult | typeof nothing {
    if (this.#isEmpty) return nothing;
    return html`train:
      <explained-term term="smoothing">20-step mean</explained-term>
      ${this.earlier ? html`<br />faint: the run before` : nothing}`;
  }

  #place(step: number): string {
    return `epoch ${formatDecimal(step / Math.max(1, this.stepsPerEpoch), 2)} · step ${formatCount(step)}`;
  }

  #describe(step: number): string {
    const values = [
      ['train', this.#smoothed],
      ['validation', this.validation],
      ['test', this.test],
    ] as const;
    const words = values.flatMap(([name, points]) => {
      const point = pointAt(points, step);
      return point === undefined ? [] : [`${name} ${this.#format(point.value)}`];
    });
    return `${this.#place(step)}: ${words.join(', ')}`;
  }

  /** The last values of every epoch. */
  #renderTable(): TemplateResult {
    const count = Math.ceil(this.#lastStep / Math.max(1, this.stepsPerEpoch));
    const ends = Array.from({ length: count }, (_, index) =>
      Math.min(this.#lastStep, (index + 1) * this.stepsPerEpoch),
    );
    return html`<table class="visually-hidden">
      <caption>
        ${this.heading} at the end of every epoch
      </caption>
      <thead>
        <tr>
          ${['Epoch', 'Train, mean of about 20 steps', 'Validation', 'Test'].map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${ends.map(
          (end, index) =>
            html`<tr>
              <th scope="row">${index + 1}</th>
              ${[this.#smoothed, this.validation, this.test].map(
                (points) => html`<td>${this.#format(pointAt(points, end)?.value)}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #onPointer = (event: PointerEvent): void => {
    if (this.#isEmpty || this.#chart === undefined) return;
    const step = this.#chart.stepAt(event.clientX - this.canvas.getBoundingClientRect().left);
    this.readStep = Math.min(this.#lastStep, Math.round(step));
  };

  #forgetStep = (): void => {
    this.readStep = undefined;
  };

  #onKey = (event: KeyboardEvent): void => {
    const from = this.#shownStep ?? this.#lastStep;
    const stride = Math.max(1, Math.round(this.#lastStep / 50));
    const targets: Readonly<Record<string, number | undefined>> = {
      ArrowLeft: from - stride,
      ArrowDown: from - stride,
      ArrowRight: from + stride,
      ArrowUp: from + stride,
      Home: 0,
      End: this.#lastStep,
    };
    const target = targets[event.key];
    if (target === undefined && (event.key !== 'Escape' || this.readStep === undefined)) return;
    event.preventDefault();
    this.readStep = target === undefined ? undefined : Math.min(this.#lastStep, Math.max(0, target));
  };

  static override styles = [controlStyles, metricChartStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'metric-chart': MetricChart;
  }
}
