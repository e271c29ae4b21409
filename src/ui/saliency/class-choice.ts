/** Which class's score is meant: the answer's, whichever it is, or one of all classes. Native radio buttons in rows of six. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { controlStyles } from '../control-styles.ts';
import { ValueChangeEvent } from '../value-events.ts';

/**
 * `<class-choice classes="10" .chosen=${undefined} .predicted=${7}>`.
 *
 * @fires ValueChangeEvent<number | undefined> (`value-change`); undefined is the answer's class.
 */
@customElement('class-choice')
export class ClassChoice extends LitElement {
  @property({ type: Number }) classes = 0;
  @property({ attribute: false }) chosen: number | undefined;
  /** Marked among the others. */
  @property({ attribute: false }) predicted: number | undefined;

  override render(): TemplateResult {
    return html`<div class="frame" role="radiogroup" aria-label="Score of">
      ${this.#renderOption(undefined, 'answer')}
      ${Array.from({ length: this.classes }, (_, unit) => this.#renderOption(unit, String(unit)))}
    </div>`;
  }

  #renderOption(unit: number | undefined, label: string): TemplateResult {
    const isPredicted = unit !== undefined && unit === this.predicted;
    const kind = unit === undefined ? 'answer' : isPredicted ? 'predicted' : '';
    return html`<label class=${kind} title=${isPredicted ? 'the network’s answer' : ''}>
      <input
        type="radio"
        name="class"
        .checked=${live(unit === this.chosen)}
        @change=${() => this.dispatchEvent(new ValueChangeEvent(unit))}
      />
      ${label}
    </label>`;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      .frame {
        display: grid;
        grid-template-columns: repeat(6, minmax(0, 1fr));
        gap: 1px;
        padding: 2px;
        background: var(--sunken);
        border-radius: calc(var(--radius) - 2px);
      }
      label {
        position: relative;
        display: grid;
        place-items: center;
        min-height: 18px;
        font: 400 var(--text-s) / 1 var(--mono);
        color: var(--ink-soft);
        border-radius: calc(var(--radius) - 4px);
        cursor: pointer;
      }
      label:hover {
        color: var(--accent);
      }
      .answer {
        grid-column: span 2;
        font-family: var(--font);
        letter-spacing: -0.03em;
      }
      /* The network's answer is underlined. */
      .predicted::after {
        position: absolute;
        bottom: 1px;
        width: 8px;
        height: 2px;
        background: var(--accent);
        border-radius: 1px;
        content: '';
      }
      label:has(:checked) {
        font-weight: 600;
        color: var(--ink);
        background: var(--surface);
        box-shadow: 0 0 0 1px var(--hairline-strong);
      }
      label:has(:focus-visible) {
        outline: 2px solid var(--accent);
        outline-offset: 1px;
      }
      input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: inherit;
      }
      @media (pointer: coarse) {
        label {
          min-height: 36px;
        }
      }
      @media (forced-colors: active) {
        label:has(:checked) {
          outline: 2px solid SelectedItem;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'class-choice': ClassChoice;
  }
}
