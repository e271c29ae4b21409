/** How strongly each pixel of the input moves the cell in hand: a stain over the picture, as dark as the largest is one. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { activeGradient } from '../../app/field-slice.ts';
import type { CellGradient } from '../../worker/protocol.ts';
import { paintImage } from '../digit-painting.ts';
import { ThemeController } from '../theme-controller.ts';
import { StateWatch } from './state-watch.ts';

/** What is drawn: the gradient, and the shape of the input it is by. */
interface Heat {
  readonly gradient: CellGradient | undefined;
  readonly height: number;
  readonly width: number;
}

/** `<gradient-heat></gradient-heat>`: fills its place, which has the input's proportions. */
@customElement('gradient-heat')
export class GradientHeat extends LitElement {
  @query('canvas') private canvas!: HTMLCanvasElement;

  readonly #watch = new StateWatch<Heat>(
    this,
    (state) => {
      const [height = 1, width = 1] = state.built?.model.inputShape ?? [];
      return { gradient: activeGradient(state), height, width };
    },
    (a, b) => a.gradient === b.gradient && a.height === b.height && a.width === b.width,
  );

  constructor() {
    super();
    new ThemeController(this);
  }

  override render(): TemplateResult {
    const { height = 1, width = 1 } = this.#watch.part ?? {};
    return html`<canvas width=${width} height=${height}></canvas>`;
  }

  protected override updated(): void {
    const { gradient } = this.#watch.part ?? {};
    const { magnitudes = new Float32Array(), peak = 0 } = gradient ?? {};
    this.toggleAttribute('is-empty', gradient === undefined);
    paintImage(
      this.canvas,
      magnitudes.map((magnitude) => (peak > 0 ? magnitude / peak : 0)),
    );
  }

  static override styles = css`
    :host {
      display: block;
      background: color-mix(in srgb, var(--value-zero) 72%, transparent);
    }
    :host([is-empty]) {
      background: none;
    }
    canvas {
      display: block;
      width: 100%;
      height: 100%;
      color: var(--gradient-positive);
      image-rendering: pixelated;
    }
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'gradient-heat': GradientHeat;
  }
}
