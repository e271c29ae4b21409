/** Sliders that shift, turn, scale and cover the chosen image with noise. Moves no pixel itself. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { noMoves, type ImageMoves } from '../../app/image-moves.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { IntentEvent } from '../page-events.ts';
import '../range-field.ts';
import type { ValueInputEvent } from '../value-events.ts';

interface MoveSlider {
  readonly key: Exclude<keyof ImageMoves, 'noiseSeed'>;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit: string;
  readonly hint: string;
}

const sliders: readonly MoveSlider[] = [
  { key: 'shiftX', label: 'right', min: -14, max: 14, step: 1, unit: 'pixels', hint: 'Shifts the image sideways.' },
  { key: 'shiftY', label: 'down', min: -14, max: 14, step: 1, unit: 'pixels', hint: 'Shifts the image up or down.' },
  { key: 'rotation', label: 'turn', min: -180, max: 180, step: 5, unit: 'degrees', hint: 'Turns it clockwise.' },
  { key: 'scale', label: 'size', min: 0.4, max: 1.8, step: 0.05, unit: 'times', hint: 'Scales it about its centre.' },
  { key: 'noise', label: 'noise', min: 0, max: 0.8, step: 0.02, unit: '', hint: 'Standard deviation of the noise.' },
];

/** `<move-controls .moves=${input.moves}>`. */
@customElement('move-controls')
export class MoveControls extends LitElement {
  @property({ attribute: false }) moves: ImageMoves = noMoves;

  override render(): TemplateResult {
    return html`
      ${sliders.map(
        ({ key, label, min, max, step, unit, hint }) =>
          html`<range-field
            label=${label}
            min=${min}
            max=${max}
            step=${step}
            unit=${unit}
            hint=${hint}
            .value=${this.moves[key]}
            @value-input=${(event: ValueInputEvent) => {
              event.stopPropagation();
              this.#tell({ ...this.moves, [key]: event.value });
            }}
            @value-change=${(event: Event) => event.stopPropagation()}
          ></range-field>`,
      )}
      ${
        this.moves.noise === 0
          ? nothing
          : html`<button
              type="button"
              @click=${() => this.#tell({ ...this.moves, noiseSeed: this.moves.noiseSeed + 1 })}
            >
              Other noise
            </button>`
      }
    `;
  }

  #tell(moves: ImageMoves): void {
    this.dispatchEvent(new IntentEvent({ type: 'imageMoved', moves }));
  }

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      :host {
        --field-label-width: 30px;
        --field-value-width: 30px;
        display: grid;
      }
      button {
        justify-self: end;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'move-controls': MoveControls;
  }
}
