/** A sheet to draw a digit on with mouse, finger, pen or keys, and the 28 × 28 pixels it becomes. Knows no network. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { digitSize } from '../app/digit-grid.ts';
import type { ImageShape } from '../worker/protocol.ts';
import { controlStyles } from './control-styles.ts';
import { paintImage, paintStrokes } from './digit-painting.ts';
import { defaultThickness, rasterizeDigit, type StrokePoint } from './digit-raster.ts';
import { drawPadStyles } from './draw-pad-styles.ts';
import './input/draw-tools.ts';
import type { DrawToolEvent } from './input/draw-tools.ts';
import { PenKeys, penKeysHelp } from './pen-keys.ts';
import { StrokeSketch } from './stroke-sketch.ts';
import { ThemeController } from './theme-controller.ts';

/** Fired while drawing, at most once per animation frame, and after whatever changes the drawing at once. */
export class DigitDrawnEvent extends Event {
  static readonly type = 'digit-drawn';
  /** @param pixels `[28, 28]`, 0…1, row by row; all zeros for an empty sheet. */
  constructor(readonly pixels: Float32Array<ArrayBuffer>) {
    super(DigitDrawnEvent.type, { bubbles: true, composed: true });
  }
}

const digitShape: ImageShape = [digitSize, digitSize, 1];
const blank = new Float32Array(digitSize * digitSize);

/**
 * `<draw-pad .pixels=${image} .shape=${[28, 28, 1]} .hasTools=${true}>`: as wide as its place; what is slotted stands between the
 * pad and its tools.
 *
 * @fires DigitDrawnEvent (`digit-drawn`)
 */
@customElement('draw-pad')
export class DrawPad extends LitElement {
  /** An image to show that is not the person's drawing, 0…1; images from `digit-drawn` are known and ignored. */
  @property({ attribute: false }) pixels: Float32Array | undefined;
  @property({ attribute: false }) shape: ImageShape = digitShape;
  /** False where other tools have their place. */
  @property({ attribute: false }) hasTools = true;
  /** Whether a drawing is scaled and moved as MNIST's digits were. */
  @property({ attribute: false }) isCentered = true;

  @state() private thickness = defaultThickness;

  @query('.pad') private pad!: HTMLElement;
  @query('.strokes') private strokeCanvas!: HTMLCanvasElement;
  @query('.example') private exampleCanvas!: HTMLCanvasElement;

  #sketch = new StrokeSketch();
  #keys = new PenKeys(this.#sketch);
  #example: Float32Array = blank;
  #exampleShape = digitShape;
  #own = new WeakSet<Float32Array>();
  #frame: number | undefined;
  /** Device pixels; undefined before the first layout, which a question here would force. */
  #side: number | undefined;
  #resizes = new ResizeObserver(() => {
    this.#side = Math.round(this.pad.clientWidth * devicePixelRatio);
    this.#paint();
  });

  constructor() {
    super();
    new ThemeController(this);
  }

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
    if (changed.has('isCentered') && !this.#sketch.isEmpty) this.#changed();
    if (!changed.has('pixels') || this.pixels === undefined || this.#own.has(this.pixels)) return;
    this.#sketch.restart();
    this.#example = this.pixels;
    this.#exampleShape = this.shape;
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
    const isErasing = this.#sketch.tool === 'eraser';
    return html`
      <div
        class="pad ${isErasing ? 'is-erasing' : ''}"
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
        <canvas class="example"></canvas>
        <canvas class="strokes"></canvas>
        <span class="invitation" ?hidden=${!isBlank}>Draw a digit here</span>
        <span class="cursor ${this.#sketch.isPenDown ? 'is-down' : ''}"></span>
      </div>
      <span class="visually-hidden" role="status">${this.#penReport}</span>
      <slot></slot>
      ${this.hasTools ? this.#renderTools(isErasing) : nothing}
    `;
  }

  #renderTools(isErasing: boolean): TemplateResult {
    return html`<draw-tools
      .canUndo=${this.#sketch.canUndo}
      .canRedo=${this.#sketch.canRedo}
      .isErasing=${isErasing}
      .thickness=${this.thickness}
      @draw-tool=${this.#onTool}
    ></draw-tools>`;
  }

  get #penReport(): string {
    if (!this.#sketch.isPenDown) return '';
    const tool = this.#sketch.tool === 'pen' ? 'Pen' : 'Eraser';
    return `${tool} down at column ${this.#keys.column + 1}, row ${this.#keys.row + 1}`;
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

  #onTool = ({ use }: DrawToolEvent): void => {
    switch (use.kind) {
      case 'undo':
      case 'redo':
      case 'clear':
        this.#sketch[use.kind]();
        this.#changed();
        return;
      case 'tool':
        this.#sketch.tool = use.tool;
        this.requestUpdate();
        return;
      case 'thickness':
        this.thickness = use.thickness;
        if (!this.#sketch.isEmpty) this.#changed();
    }
  };

  /** Tells the drawing on the next frame, however many points come in before it. */
  #changed(): void {
    this.#example = blank;
    this.#exampleShape = digitShape;
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      const pixels = rasterizeDigit(this.#sketch.strokes, { isCentered: this.isCentered, thickness: this.thickness });
      this.#own.add(pixels);
      this.requestUpdate();
      this.dispatchEvent(new DigitDrawnEvent(pixels));
    });
  }

  #paint(): void {
    const side = this.#side;
    if (side === undefined) return;
    if (this.strokeCanvas.width !== side) this.strokeCanvas.width = this.strokeCanvas.height = side;
    paintStrokes(this.strokeCanvas, this.#sketch.strokes, this.thickness);
    const [height, width, channels] = this.#exampleShape;
    if (this.exampleCanvas.width !== width) this.exampleCanvas.width = width;
    if (this.exampleCanvas.height !== height) this.exampleCanvas.height = height;
    paintImage(this.exampleCanvas, this.#example, channels);
  }

  static override styles = [controlStyles, drawPadStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'draw-pad': DrawPad;
  }
}
