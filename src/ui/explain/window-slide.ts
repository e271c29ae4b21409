/** Plays the window's slide over one plane of the input while the output fills in; or goes step by step. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { CellExplanation } from '../../app/explain/explanation.ts';
import { slidesOver, type SlidingLayer } from '../../engine/model/layer-taps.ts';
import type { CellNumbers } from '../../worker/protocol.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { pauseIcon, playIcon } from '../icons.ts';
import { IntentEvent } from '../page-events.ts';
import '../range-field.ts';
import '../segmented-control.ts';
import type { ValueChangeEvent, ValueInputEvent } from '../value-events.ts';
import { paintPlane } from './plane-painter.ts';
import { inputPicture, outputPicture, readColours } from './slide-pictures.ts';
import { positionCount, positionText, slideStep, strideText } from './slide-plan.ts';
import { renderSlideSum } from './slide-sum.ts';
import { windowSlideStyles } from './window-slide-styles.ts';

const roomPx = 106;

/** Positions per second. */
const speeds = { slow: 3, medium: 12, fast: 60 } as const;
type Speed = keyof typeof speeds;
const isSpeed = (value: string): value is Speed => value in speeds;

/** `<window-slide .explanation=${e} .planes=${p} .inputChannel=${0}>`; `planes` may come a little later. */
@customElement('window-slide')
export class WindowSlide extends LitElement {
  @property({ attribute: false }) explanation!: CellExplanation;
  @property({ attribute: false }) planes: CellNumbers['planes'];
  @property({ type: Number }) inputChannel = 0;

  @state() private position = 0;
  @state() private isPlaying = false;
  @state() private speed: Speed = 'slow';

  @query('canvas.input') private inputCanvas!: HTMLCanvasElement;
  @query('canvas.output') private outputCanvas!: HTMLCanvasElement;
  @query('.probe') private probe!: HTMLElement;

  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.isPlaying = !this.#calm.matches;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override willUpdate(): void {
    const layer = this.#layer;
    if (layer && this.position >= positionCount(layer)) this.position = 0;
    if (this.isPlaying && this.#timer === undefined) this.#schedule();
    if (!this.isPlaying) this.#stop();
  }

  get #layer(): SlidingLayer | undefined {
    const { layer } = this.explanation;
    return slidesOver(layer) ? layer : undefined;
  }

  override render(): TemplateResult | typeof nothing {
    const layer = this.#layer;
    if (!layer) return nothing;
    const step = slideStep(layer, this.position);
    const count = positionCount(layer);
    const planes = this.planes?.channel === this.inputChannel ? this.planes : undefined;
    return html`
      <span class="probe" hidden></span>
      <div class="planes">
        <figure>
          <canvas
            class="input"
            role="img"
            aria-label="Input of ${layer.name}, channel ${this.inputChannel}, with the window"
          ></canvas>
          <figcaption>${this.#renderChannel(layer)}</figcaption>
        </figure>
        <span class="arrow" aria-hidden="true">→</span>
        <figure>
          <canvas
            class="output"
            role="img"
            aria-label="Outputs of ${layer.name}, map ${this.explanation.cell.channel}, so far"
          ></canvas>
          <figcaption>map ${this.explanation.cell.channel}</figcaption>
        </figure>
      </div>
      <div class="side">
        <div class="text" role=${this.isPlaying ? nothing : 'status'}>
          <p class="figure">${positionText(step, this.position, count)}</p>
          <p>
            ${
              planes
                ? renderSlideSum({ explanation: this.explanation, layer, step, position: this.position, planes })
                : html`reading the map …`
            }
          </p>
        </div>
        <p class="note">${strideText(layer)}</p>
        ${this.#renderControls(count)}
      </div>
    `;
  }

  #renderChannel(layer: SlidingLayer): TemplateResult {
    const channels = layer.inputShapes[0]?.[2] ?? 1;
    const isFixed = channels === 1 || !('padMode' in layer) || layer.type === 'depthwiseConv2d';
    if (isFixed) return html`${channels === 1 ? 'input' : `channel ${this.inputChannel}`}`;
    const choose = (inputChannel: number) => () =>
      this.dispatchEvent(new IntentEvent({ type: 'slideOpened', inputChannel: (inputChannel + channels) % channels }));
    return html`<button type="button" aria-label="Channel before" @click=${choose(this.inputChannel - 1)}>‹</button>
      <span>channel ${this.inputChannel}</span>
      <button type="button" aria-label="Channel after" @click=${choose(this.inputChannel + 1)}>›</button>`;
  }

  #renderControls(count: number): TemplateResult {
    const last = count - 1;
    return html`<div class="controls">
        <button
          type="button"
          aria-label="One position back"
          ?disabled=${this.position === 0}
          @click=${() => this.#go(this.position - 1)}
        >
          ‹
        </button>
        ${
          this.#calm.matches
            ? nothing
            : html`<button
                type="button"
                class="play"
                aria-label=${this.isPlaying ? 'Pause slide' : 'Play slide'}
                @click=${this.#onPlay}
              >
                ${this.isPlaying ? pauseIcon : playIcon}
              </button>`
        }
        <button
          type="button"
          aria-label="One position on"
          ?disabled=${this.position === last}
          @click=${() => this.#go(this.position + 1)}
        >
          ›
        </button>
        ${
          this.#calm.matches
            ? nothing
            : html`<segmented-control
                label="speed"
                is-label-hidden
                .options=${Object.keys(speeds).map((value) => ({ value, label: value }))}
                .value=${this.speed}
                @value-change=${this.#onSpeed}
              ></segmented-control>`
        }
      </div>
      <range-field
        label="position"
        min="1"
        max=${count}
        step="1"
        .value=${this.position + 1}
        hint="Row by row from the top left corner."
        @value-input=${({ value }: ValueInputEvent) => this.#go(value - 1)}
      ></range-field>`;
  }

  protected override updated(): void {
    const [layer, planes] = [this.#layer, this.planes];
    if (!layer || !planes || planes.channel !== this.inputChannel) return;
    const step = slideStep(layer, this.position);
    const colours = readColours(this.probe);
    paintPlane(this.inputCanvas, inputPicture(layer, step, planes.input), colours, roomPx);
    paintPlane(this.outputCanvas, outputPicture(layer, step, planes.outputs), colours, roomPx);
  }

  /** By hand: playing stops. */
  #go(position: number): void {
    this.isPlaying = false;
    this.position = position;
  }

  #onPlay = (): void => {
    const isAtEnd = this.#layer !== undefined && this.position === positionCount(this.#layer) - 1;
    if (!this.isPlaying && isAtEnd) this.position = 0;
    this.isPlaying = !this.isPlaying;
  };

  #onSpeed = ({ value }: ValueChangeEvent<string>): void => {
    if (isSpeed(value)) this.speed = value;
  };

  #schedule(): void {
    this.#timer = setTimeout(this.#advance, 1000 / speeds[this.speed]);
  }

  #advance = (): void => {
    this.#timer = undefined;
    const layer = this.#layer;
    if (layer && this.position < positionCount(layer) - 1) this.position += 1;
    else this.isPlaying = false;
  };

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  static override styles = [controlStyles, buttonStyles, windowSlideStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'window-slide': WindowSlide;
  }
}
