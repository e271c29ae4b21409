/** The image as the network gets it, drawn by the worker from the network's own input, and what was done to it before it got there. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { isUnmoved, noMoves } from '../../app/image-moves.ts';
import type { InputState } from '../../app/input-slice.ts';
import type { Shape } from '../../engine/model/resolved.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { formatShape } from '../format.ts';
import '../map-canvas.ts';
import { fitTiles, tilesOf } from '../map-layout.ts';
import { IntentEvent } from '../page-events.ts';
import { fitText, movesText } from './input-text.ts';

/** Room for the picture, in CSS px: three for each of MNIST's pixels. */
const room = { width: 136, height: 96 };

/** `<network-sees .input=${i} .shape=${[28, 28, 1]}>`: what is slotted stands beside the picture. */
@customElement('network-sees')
export class NetworkSees extends LitElement {
  @property({ attribute: false }) input!: InputState;
  /** Of the input of the network on screen. */
  @property({ attribute: false }) shape: Shape = [];

  override render(): TemplateResult {
    const { input, shape } = this;
    const fits = fitText(input.shape, shape) === '';
    const tiles = tilesOf(shape);
    const layout = fitTiles(tiles, { ...room, devicePixelRatio });
    const isMoved = !isUnmoved(input.moves);
    return html`
      <h3>The network sees</h3>
      <div class="row">
        <map-canvas
          map-id="input"
          .target=${{ kind: 'input', layer: '' }}
          .tiles=${tiles}
          .layout=${layout}
          description="The ${shape.slice(0, 2).join(' by ')} pixels that the network sees"
        ></map-canvas>
        <div class="side">
          <slot></slot>
          ${isMoved ? this.#renderReset() : nothing}
        </div>
      </div>
      <p ?hidden=${fits}>${formatShape(shape)}${fitText(input.shape, shape)}</p>
    `;
  }

  #renderReset(): TemplateResult {
    const moves = movesText(this.input.moves);
    return html`<button
      type="button"
      title="Undo ${moves}"
      aria-label="Reset: ${moves}"
      @click=${() => this.dispatchEvent(new IntentEvent({ type: 'imageMoved', moves: noMoves }))}
    >
      Reset
    </button>`;
  }

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-1);
        font: 400 var(--text-s) / 1.35 var(--font);
        color: var(--ink-soft);
      }
      h3 {
        margin: 0;
        font: 600 var(--text-s) / 1.35 var(--font);
        color: var(--ink);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .side {
        display: flex;
        flex: 1 1 0;
        flex-direction: column;
        justify-content: space-between;
        gap: var(--space-1);
        min-width: 40px;
      }
      button {
        padding: 0 var(--space-1);
      }
      p {
        margin: 0;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'network-sees': NetworkSees;
  }
}
