/** One small image from its bytes: ink on paper for one channel, its colours for three. Knows no label and no answer. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { ImageShape } from '../../worker/protocol.ts';
import { paintImage } from '../digit-painting.ts';
import { ThemeController } from '../theme-controller.ts';

/** `<example-tile .bytes=${b} .shape=${[28, 28, 1]}>`: 28 px square; empty until the bytes are there. */
@customElement('example-tile')
export class ExampleTile extends LitElement {
  /** Pixels 0…255 in `shape`. */
  @property({ attribute: false }) bytes: Uint8Array | undefined;
  @property({ attribute: false }) shape: ImageShape = [28, 28, 1];

  @query('canvas') private canvas!: HTMLCanvasElement;

  constructor() {
    super();
    new ThemeController(this);
  }

  override render(): TemplateResult {
    const [height, width] = this.shape;
    return html`<canvas width=${width} height=${height} aria-hidden="true"></canvas>`;
  }

  protected override updated(): void {
    if (!this.bytes) return;
    paintImage(
      this.canvas,
      Float32Array.from(this.bytes, (byte) => byte / 255),
      this.shape[2],
    );
  }

  static override styles = css`
    :host {
      display: block;
      flex: none;
      width: 28px;
      height: 28px;
    }
    canvas {
      display: block;
      width: 100%;
      height: 100%;
      image-rendering: pixelated;
      border-radius: 2px;
      color: var(--ink);
      background: var(--surface);
      box-shadow: 0 0 0 1px var(--hairline);
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'example-tile': ExampleTile;
  }
}
