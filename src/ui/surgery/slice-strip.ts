/** All planes of a filter as small pictures in a row, one of them chosen. Knows no network. */
import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { controlStyles } from '../control-styles.ts';
import { channelsOf } from '../theme.ts';
import type { Rgb } from '../../worker/protocol.ts';
import { SliceChosenEvent } from './surgery-events.ts';

/** Sides of a picture and the gap between two, in CSS px. */
const pictureSize = 15;
const gap = 3;
const themeQuery = '(prefers-color-scheme: dark)';

/** `<slice-strip .numbers=${n} slices="32" rows="3" columns="3" slice="4" .limit=${0.4}>`: a slider over pictures. @fires SliceChosenEvent */
@customElement('slice-strip')
export class SliceStrip extends LitElement {
  /** Slice by slice, each row by row; more may follow. */
  @property({ attribute: false }) numbers: Float32Array = new Float32Array();
  @property({ type: Number }) slices = 1;
  @property({ type: Number }) rows = 1;
  @property({ type: Number }) columns = 1;
  @property({ type: Number }) slice = 0;
  @property({ type: Number }) limit = 1;

  @query('canvas') private canvas!: HTMLCanvasElement;
  @query('.chosen') private mark!: HTMLElement;

  #perRow = 1;
  #resizes = new ResizeObserver(() => this.#draw());
  #themes = new MutationObserver(() => this.#draw());
  #onTheme = (): void => this.#draw();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
    this.#themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    matchMedia(themeQuery).addEventListener('change', this.#onTheme);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#themes.disconnect();
    matchMedia(themeQuery).removeEventListener('change', this.#onTheme);
  }

  override render(): TemplateResult {
    return html`
      <div
        class="strip"
        role="slider"
        tabindex="0"
        aria-label="Input channel of the filter"
        aria-valuemin="0"
        aria-valuemax=${this.slices - 1}
        aria-valuenow=${this.slice}
        aria-valuetext="channel ${this.slice} of 0 to ${this.slices - 1}"
        @keydown=${this.#onKey}
        @click=${this.#onClick}
      >
        <canvas></canvas>
        <div class="chosen"></div>
      </div>
      <span class="probe negative"></span><span class="probe zero"></span><span class="probe positive"></span>
    `;
  }

  protected override updated(_changed: PropertyValues): void {
    this.#draw();
  }

  /** Whole pixels per number, the gap's too. */
  get #scale(): number {
    return Math.max(1, Math.floor(pictureSize / Math.max(this.rows, this.columns)));
  }

  get #pitch(): { readonly x: number; readonly y: number } {
    return { x: this.columns * this.#scale + gap, y: this.rows * this.#scale + gap };
  }

  #draw(): void {
    if (!this.hasUpdated || this.clientWidth === 0) return;
    const { x, y } = this.#pitch;
    this.#perRow = Math.max(1, Math.floor((this.clientWidth + gap - 2) / x));
    const width = Math.min(this.slices, this.#perRow) * x - gap;
    const height = Math.ceil(this.slices / this.#perRow) * y - gap;
    this.canvas.width = width;
    this.canvas.height = height;
    this.canvas.getContext('2d')?.putImageData(this.#picture(width, height), 0, 0);
    const { style } = this.mark;
    style.setProperty('left', `${(this.slice % this.#perRow) * x}px`);
    style.setProperty('top', `${Math.floor(this.slice / this.#perRow) * y}px`);
    style.setProperty('width', `${x - gap}px`);
    style.setProperty('height', `${y - gap}px`);
  }

  #picture(width: number, height: number): ImageData {
    const image = new ImageData(width, height);
    const { rows, columns } = this;
    const { x, y } = this.#pitch;
    const scale = this.#scale;
    const colourOf = this.#colours();
    for (let slice = 0; slice < this.slices; slice++) {
      const [left, top] = [(slice % this.#perRow) * x, Math.floor(slice / this.#perRow) * y];
      for (let py = 0; py < rows * scale; py++)
        for (let px = 0; px < columns * scale; px++) {
          const place = (slice * rows + Math.floor(py / scale)) * columns + Math.floor(px / scale);
          const colour = colourOf(this.numbers[place] ?? 0);
          image.data.set([...colour.map((channel) => channel * 255), 255], ((top + py) * width + left + px) * 4);
        }
    }
    return image;
  }

  #colours(): (value: number) => Rgb {
    const read = (name: string): Rgb => {
      const probe = this.renderRoot.querySelector(`.${name}`);
      return probe ? channelsOf(getComputedStyle(probe).color) : [0, 0, 0];
    };
    const [negative, zero, positive] = [read('negative'), read('zero'), read('positive')];
    return (value) => {
      const share = Math.min(1, Math.abs(value) / (this.limit || 1));
      const end = value < 0 ? negative : positive;
      const mix = (i: 0 | 1 | 2): number => zero[i] + (end[i] - zero[i]) * share;
      return [mix(0), mix(1), mix(2)];
    };
  }

  #onKey = (event: KeyboardEvent): void => {
    const last = this.slices - 1;
    const target = {
      ArrowLeft: this.slice - 1,
      ArrowRight: this.slice + 1,
      ArrowUp: this.slice - this.#perRow,
      ArrowDown: this.slice + this.#perRow,
      Home: 0,
      End: last,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    if (target >= 0 && target <= last) this.#choose(target);
  };

  #onClick = ({ offsetX, offsetY }: MouseEvent): void => {
    const { x, y } = this.#pitch;
    const slice = Math.floor(offsetY / y) * this.#perRow + Math.floor(offsetX / x);
    if (slice < this.slices) this.#choose(slice);
  };

  #choose(slice: number): void {
    if (slice !== this.slice) this.dispatchEvent(new SliceChosenEvent(slice));
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        padding: 1px;
      }
      .strip {
        position: relative;
        width: max-content;
        max-width: 100%;
        border-radius: 2px;
        cursor: pointer;
      }
      canvas {
        display: block;
        image-rendering: pixelated;
      }
      .chosen {
        position: absolute;
        pointer-events: none;
        box-shadow:
          0 0 0 1px var(--surface),
          0 0 0 2.5px var(--accent);
        border-radius: 1px;
      }
      .probe {
        position: absolute;
        visibility: hidden;
      }
      .negative {
        color: var(--weight-negative);
      }
      .zero {
        color: var(--value-zero);
      }
      .positive {
        color: var(--weight-positive);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'slice-strip': SliceStrip;
  }
}
