/** Ways through the test set: the one before, the next, any, and of which class. Shows no image. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { IntentEvent } from '../page-events.ts';
import { selectStyles } from '../select-styles.ts';
import { nextIcon, previousIcon, randomIcon } from './input-icons.ts';

/** `<example-picker .classes=${10} .wantedLabel=${7}>`. */
@customElement('example-picker')
export class ExamplePicker extends LitElement {
  /** False while there is no data set to take an example from. */
  @property({ attribute: false }) hasExamples = true;
  @property({ attribute: false }) classes = 10;
  /** The class that examples are taken from; undefined: any. */
  @property({ attribute: false }) wantedLabel: number | undefined;

  override render(): TemplateResult {
    return html`
      <select
        aria-label="Examples of"
        title="Which test images to take"
        .value=${live(String(this.wantedLabel ?? ''))}
        ?disabled=${!this.hasExamples}
        @change=${this.#onLabel}
      >
        <option value="">any</option>
        ${Array.from({ length: this.classes }, (_, label) => html`<option value=${label}>${label}</option>`)}
      </select>
      ${this.#renderButton('Previous example', previousIcon, -1)} ${this.#renderButton('Random example', randomIcon)}
      ${this.#renderButton('Next example', nextIcon, 1)}
    `;
  }

  #renderButton(name: string, icon: TemplateResult, direction?: 1 | -1): TemplateResult {
    return html`<button
      type="button"
      aria-label=${name}
      title=${name}
      ?disabled=${!this.hasExamples}
      @click=${() => {
        const which = direction === undefined ? { share: Math.random() } : { direction };
        this.dispatchEvent(new IntentEvent({ type: 'exampleRequested', ...which }));
      }}
    >
      ${icon}
    </button>`;
  }

  #onLabel = (event: Event): void => {
    if (!(event.currentTarget instanceof HTMLSelectElement)) return;
    const { value } = event.currentTarget;
    const label = value === '' ? {} : { label: Number(value) };
    this.dispatchEvent(new IntentEvent({ type: 'exampleLabelChosen', ...label }));
  };

  static override styles = [
    controlStyles,
    buttonStyles,
    selectStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) repeat(3, minmax(25px, auto));
        gap: var(--space-1);
      }
      button {
        display: grid;
        place-items: center;
        padding: 0;
      }
      select {
        min-width: 0;
      }
      select:disabled {
        cursor: default;
        color: var(--ink-soft);
      }
      @media (pointer: coarse) {
        :host {
          grid-template-columns: minmax(0, 1fr) repeat(3, 44px);
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'example-picker': ExamplePicker;
  }
}
