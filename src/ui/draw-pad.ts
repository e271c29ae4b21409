/** A sheet to draw a digit on with mouse, finger, pen or keys, and the 28 × 28 pixels it becomes. Knows no network. */
import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { buttonStyles, controlStyles } from './control-styles.ts';
import { paintDigit, paintStrokes } from './digit-painting.ts';
import { defaultThickness, digitSize, rasterizeDigit, type StrokePoint } from './digit-raster.ts';
import { drawPadStyles } from './draw-pad-styles.ts';
import { PenKeys, penKeysHelp } from './pen-keys.ts';
import './range-field.ts';
import { StrokeSketch } from './stroke-sketch.ts';
import type { ValueInputEvent } from './value-events.ts';

/** Fired while drawing, at most once per animation frame, and after Clear and Undo. */
export class DigitDrawnEvent extends Event {
  static readonly type = 'digit-drawn';
  /** @param pixels `[28, 28]`, 0…1, row by row; all zeros for an empty sheet. */
  constructor(readonly pixels: Float32Array<ArrayBuffer>) {
    super(DigitDrawnEvent.type, { bubbles: true, composed: true });
  }
}

/** Fired when the person asks for the next example of the data set. */
export class ExampleRequestedEvent extends Event {
  static readonly type = 'example-requested';
  constructor() {
    super(ExampleRequestedEvent.type, { bubbles: true, composed: true });
  }
}

const blank = new Float32Array(digitSize * digitSize);

/**
 * `<draw-pad .pixels=${example} .themeVersion=${n}>`: as wide as its place.
 *
 * @fires DigitDrawnEvent (`digit-drawn`)
 * @fires ExampleRequestedEvent (`example-requested`)
 */
@customElement('draw-pad')
export class DrawPad extends LitElement {
  /** An image to show that is not the person's drawing, 784 values 0…1; images from `digit-drawn` are known and ignored. */
  @property({ attribute: false }) pixels: Float32Array | undefined;
  /** False while there is no data set to take an example from. */
  @property({ attribute: false }) hasExamples = true;
  /** Changes whenever the page's colours do. */
  @property({ type: Number }) themeVersion = 0;

  @state() private isCentered = true;
  @state() private thickness = defaultThickness;

  @query('.pad') private pad!: HTMLElement;
  @query('.strokes') private strokeCanvas!: HTMLCanvasElement;
  @query('.example') private exampleCanvas!: HTMLCanvasElement;
  @query('.preview') private previewCanvas!: HTMLCanvasElement;

  #sketch = new StrokeSketch();
  #keys = new PenKeys(this.#sketch);
  #example: Float32Array = blank;
  #seen: Float32Array = blank;
  #own = new WeakSet<Float32Array>();
  #frame: number | undefined;
  #resizes = new ResizeObserver(() => this.#paint());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#resizes.observe(this.pad);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('pixels') || this.pixels === undefined || this.#own.has(this.pixels)) return;
    this.#sketch.clear();
    this.#example = this.pixels;
    this.#seen = this.pixels;
  }

  protected override firstUpdated(): void {
    this.#resizes.observe(this.pad);
  }

  protected override updated(): void {
    this.pad.style.setProperty('--column', String(this.#keys.column));
    this.pad.style.setProperty('--row', String(this.#keys.row));
    this.#paint();
  }

  override render(): TemplateResult {
    const isBlank = this.#sketch.isEmpty && this.#example.every((value) => value === 0);
    return html`
      <div
        class="pad"
        tabindex="0"
        role="application"
        aria-roledescription="drawing pad"
        aria-label="Draw a digit"
        aria-description=${penKeysHelp}
        @pointerdown=${this.#onPointerDown}
        @pointermove=${this.#onPointerMove}
        @pointerup=${this.#onPointerEnd}
        @pointercancel=${this.#onPointerEnd}
        @keydown=${this.#onKey}
      >
        <canvas class="example pixelated" width=${digitSize} height=${digitSize}></canvas>
        <canvas class="strokes"></canvas>
        <span class="invitation" ?hidden=${!isBlank}>Draw a digit here</span>
        <span class="cursor ${this.#sketch.isPenDown ? 'is-down' : ''}"></span>
      </div>
      <span class="visually-hidden" role="status">${this.#penReport}</span>
      ${this.#renderTools()} ${this.#renderSeen()}
    `;
  }

  get #penReport(): string {
    return this.#sketch.isPenDown ? `Pen down at column ${this.#keys.column + 1}, row ${this.#keys.row + 1}` : '';
  }

  #renderTools(): TemplateResult {
    return html`
      <div class="buttons">
        <button type="button" @click=${this.#clear}>Clear</button>
        <button type="button" ?disabled=${this.#sketch.isEmpty} @click=${this.#undo}>Undo</button>
        <button
          type="button"
          class="next"
          ?disabled=${!this.hasExamples}
          @click=${() => this.dispatchEvent(new ExampleRequestedEvent())}
        >
          Next example
        </button>
      </div>
      <range-field
        label="pen"
        min="1.5"
        max="4.5"
        step="0.1"
        unit="pixels"
        hint="How wide the pen draws, in pixels of the 28 by 28."
        .value=${this.thickness}
        @value-input=${this.#onThickness}
        @value-change=${(event: Event) => event.stopPropagation()}
      ></range-field>
    `;
  }

  #renderSeen(): TemplateResult {
    return html`
      <div class="seen">
        <strong>The network sees</strong>
        <canvas
          class="preview pixelated"
          width=${digitSize}
          height=${digitSize}
          role="img"
          aria-label="The 28 by 28 pixels that the network sees"
        ></canvas>
        <div>
          <span class="size">28×28×1</span>
          <label class="toggle" title="Scales and moves the drawing as MNIST's digits were">
            <input type="checkbox" .checked=${this.isCentered} @change=${this.#onCentered} />centre it
          </label>
        </div>
      </div>
    `;
  }

  #onPointerDown = (event: PointerEvent): void => {
    if (!event.isPrimary || event.button !== 0) return;
    this.pad.setPointerCapture(event.pointerId);
    this.#sketch.begin(this.#place(event));
    this.#changed();
  };

  #onPointerMove = (event: PointerEvent): void => {
    if (!event.isPrimary || !this.pad.hasPointerCapture(event.pointerId)) return;
    const finer = event.getCoalescedEvents();
    for (const each of finer.length > 0 ? finer : [event]) this.#sketch.extend(this.#place(each));
    this.#changed();
  };

  #onPointerEnd = (event: PointerEvent): void => {
    if (!event.isPrimary || !this.pad.hasPointerCapture(event.pointerId)) return;
    this.#sketch.lift();
    this.#changed();
  };

  #onKey = (event: KeyboardEvent): void => {
    const effect = this.#keys.press(event);
    if (effect === 'ignored') return;
    event.preventDefault();
    event.stopPropagation();
    this.requestUpdate();
    if (effect === 'drawn') this.#changed();
  };

  #place(event: PointerEvent): StrokePoint {
    const box = this.pad.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * digitSize,
      y: ((event.clientY - box.top) / box.height) * digitSize,
      pressure: event.pointerType === 'pen' ? event.pressure : 0.5,
    };
  }

  #clear = (): void => {
    this.#sketch.clear();
    this.#changed();
  };

  #undo = (): void => {
    this.#sketch.undo();
    this.#changed();
  };

  #onThickness = (event: ValueInputEvent): void => {
    event.stopPropagation();
    this.thickness = event.value;
    if (!this.#sketch.isEmpty) this.#changed();
  };

  #onCentered = (event: Event): void => {
    if (event.currentTarget instanceof HTMLInputElement) this.isCentered = event.currentTarget.checked;
    if (!this.#sketch.isEmpty) this.#changed();
  };

  /** Tells the drawing on the next frame, however many points come in before it. */
  #changed(): void {
    this.#example = blank;
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      const pixels = rasterizeDigit(this.#sketch.strokes, { isCentered: this.isCentered, thickness: this.thickness });
      this.#own.add(pixels);
      this.#seen = pixels;
      this.requestUpdate();
      this.dispatchEvent(new DigitDrawnEvent(pixels));
    });
  }

  #paint(): void {
    const side = Math.round(this.pad.clientWidth * devicePixelRatio);
    if (this.strokeCanvas.width !== side) this.strokeCanvas.width = this.strokeCanvas.height = side;
    paintStrokes(this.strokeCanvas, this.#sketch.strokes, this.thickness);
    paintDigit(this.exampleCanvas, this.#example);
    paintDigit(this.previewCanvas, this.#seen);
  }

  static override styles = [controlStyles, buttonStyles, drawPadStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'draw-pad': DrawPad;
  }
}
