/** A word that explains itself: a dotted underline, and a card when it is pressed. Knows the term's name, not its meaning. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { controlStyles } from '../control-styles.ts';
import type { TermName } from './term-name.ts';
import { TermClosedEvent, TermRequestEvent } from './term-request.ts';

/**
 * `<explained-term term="stride" layer="conv2d_1">stride</explained-term>`: text that flows with the text around it.
 *
 * @fires TermRequestEvent (`term-request`)
 */
@customElement('explained-term')
export class ExplainedTerm extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  @property() term: TermName | '' = '';
  /** Name of the layer whose numbers are put in; empty for the model's. */
  @property() layer = '';
  /** What is said aloud in place of the word, where the word is only a sign. */
  @property() label = '';
  /** Leaves the tab order to the control that it names, whose key `?` opens the same card. */
  @property({ type: Boolean, attribute: 'is-quiet' }) isQuiet = false;

  @state() private isOpen = false;

  constructor() {
    super();
    this.addEventListener(TermClosedEvent.type, () => (this.isOpen = false));
  }

  override render(): TemplateResult {
    return html`<button
      type="button"
      aria-label=${this.label || nothing}
      aria-haspopup="dialog"
      aria-expanded=${this.isOpen}
      tabindex=${this.isQuiet ? -1 : nothing}
      @click=${this.#ask}
    >
      <slot></slot>
    </button>`;
  }

  #ask = (event: Event): void => {
    // Within a label, the press must not reach the control as well.
    event.preventDefault();
    if (this.term === '') return;
    this.isOpen = true;
    this.dispatchEvent(new TermRequestEvent(this.term, this, this.layer));
  };

  static override styles = [
    controlStyles,
    css`
      :host {
        display: inline;
      }
      button {
        display: inline;
        margin: 0;
        padding: 0;
        font: inherit;
        letter-spacing: inherit;
        word-spacing: inherit;
        color: inherit;
        text-align: inherit;
        white-space: inherit;
        text-decoration: underline dotted var(--hairline-strong);
        text-decoration-thickness: 1px;
        text-underline-offset: 2px;
        background: none;
        border: 0;
        border-radius: 3px;
        cursor: help;
      }
      button:hover,
      button[aria-expanded='true'] {
        text-decoration-color: var(--accent);
        color: var(--accent);
      }
      @media (pointer: coarse) {
        button {
          min-height: 24px;
        }
      }
      @media (forced-colors: active) {
        button {
          text-decoration-color: LinkText;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'explained-term': ExplainedTerm;
  }
}
