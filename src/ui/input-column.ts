/** The column before the network: the image, where it comes from, and what the maps show of the network. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { InputState, MapKind } from '../app/state.ts';
import type { Shape } from '../engine/model/resolved.ts';
import { columnStyles } from './column-styles.ts';
import { controlStyles } from './control-styles.ts';
import './draw-pad.ts';
import type { DigitDrawnEvent } from './draw-pad.ts';
import { formatCount, formatShape } from './format.ts';
import { IntentEvent } from './page-events.ts';
import './segmented-control.ts';
import type { ValueChangeEvent } from './value-events.ts';

const mapKinds = [
  { value: 'activations', label: 'activations', hint: 'What each layer makes of the image.' },
  { value: 'weights', label: 'filters', hint: 'The numbers that each layer has learned.' },
];

const meanings: Readonly<Record<MapKind, string>> = {
  activations: 'What each layer makes of this image. Each layer has its own scale, the same for all its maps.',
  weights: 'The learned numbers themselves: one tile for each input channel and filter.',
};

/** `<input-column .input=${i} .shape=${[28, 28, 1]} .mapKind=${k}>`. */
@customElement('input-column')
export class InputColumn extends LitElement {
  @property({ attribute: false }) input!: InputState;
  @property({ attribute: false }) shape: Shape = [];
  @property() mapKind: MapKind = 'activations';
  @property({ type: Boolean }) hasExamples = false;
  /** False where nothing can be drawn, and there is nothing to choose. */
  @property({ type: Boolean }) hasMaps = true;
  /** Changes whenever the page's colours do. */
  @property({ type: Number }) themeVersion = 0;

  override render(): TemplateResult {
    const { pixels, index, label } = this.input;
    return html`
      <h2>Input <span class="shape">${formatShape(this.shape)}</span></h2>
      <draw-pad
        .pixels=${pixels}
        .hasExamples=${this.hasExamples}
        .themeVersion=${this.themeVersion}
        @digit-drawn=${(event: DigitDrawnEvent) =>
          this.dispatchEvent(new IntentEvent({ type: 'digitDrawn', pixels: event.pixels }))}
        @example-requested=${() => this.dispatchEvent(new IntentEvent({ type: 'exampleRequested' }))}
      ></draw-pad>
      ${
        index === undefined
          ? nothing
          : html`<p class="about example">test image ${formatCount(index)}, labelled <b>${label}</b></p>`
      }
      ${this.hasMaps ? this.#renderChoice() : nothing}
    `;
  }

  #renderChoice(): TemplateResult {
    return html`<div class="choice">
      <h3>Maps show</h3>
      <segmented-control
        label="Maps show"
        is-label-hidden
        .options=${mapKinds}
        .value=${this.mapKind}
        @value-change=${({ value }: ValueChangeEvent<string>) =>
          this.dispatchEvent(
            new IntentEvent({ type: 'mapKindChosen', kind: value === 'weights' ? 'weights' : 'activations' }),
          )}
      ></segmented-control>
      <p class="about">${meanings[this.mapKind]}</p>
    </div>`;
  }

  static override styles = [
    controlStyles,
    columnStyles,
    css`
      .choice {
        display: grid;
        gap: var(--space-1);
        margin-top: auto;
        padding-top: var(--space-3);
      }
      h3 {
        margin: 0 0 var(--space-1);
      }
      @media (max-width: 699px) {
        draw-pad,
        .example {
          box-sizing: border-box;
          width: 100%;
          max-width: 300px;
          margin-inline: auto;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'input-column': InputColumn;
  }
}
