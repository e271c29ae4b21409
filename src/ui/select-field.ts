/** A labelled choice among several values: a native select in the columns of the other fields. Knows nothing of what it chooses. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { controlStyles } from './control-styles.ts';
import { fieldStyles } from './field-styles.ts';
import { selectStyles } from './select-styles.ts';
import { ValueChangeEvent } from './value-events.ts';
import { renderFieldLabel } from './words/field-label.ts';
import type { TermName } from './words/term-name.ts';

/**
 * `<select-field label="activation" .options=${[{ value: 'relu', label: 'ReLU' }]} .value=${'relu'}>`.
 *
 * @fires ValueChangeEvent<string> (`value-change`)
 */
@customElement('select-field')
export class SelectField extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  @property() label = '';
  @property({ attribute: false }) options: readonly { readonly value: string; readonly label: string }[] = [];
  @property() value = '';
  /** Explains the field where it is known: `?` opens it, and a press on the name. */
  @property() term: TermName | '' = '';
  /** Name of the layer whose numbers the explanation tells. */
  @property() layer = '';

  override render(): TemplateResult {
    return html`
      ${renderFieldLabel(this, 'choice')}
      <select
        id="choice"
        aria-label=${this.term === '' ? nothing : this.label}
        .value=${live(this.value)}
        @change=${this.#choose}
      >
        ${this.options.map(
          ({ value, label }) => html`<option value=${value} ?selected=${value === this.value}>${label}</option>`,
        )}
      </select>
    `;
  }

  #choose = (event: Event): void => {
    if (!(event.currentTarget instanceof HTMLSelectElement)) return;
    this.value = event.currentTarget.value;
    this.dispatchEvent(new ValueChangeEvent(this.value));
  };

  static override styles = [
    controlStyles,
    fieldStyles,
    selectStyles,
    css`
      :host {
        grid-template-columns: var(--field-label-width, 56px) minmax(0, 1fr);
      }
      select {
        width: 100%;
      }
      select:hover {
        color: var(--accent);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'select-field': SelectField;
  }
}
