/** A labelled list of whole numbers to be typed: `3, 3, 64`. Knows nothing of what it sets. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { controlStyles } from '../control-styles.ts';
import { entryStyles } from '../entry-styles.ts';
import { boxedEntryStyles, fieldStyles } from '../field-styles.ts';
import { ValueChangeEvent } from '../value-events.ts';
import { readWholeNumbers } from './whole-numbers.ts';

/**
 * `<list-field label="target_shape" .value=${[-1]}>`. What cannot be used is explained, and the last good value stays.
 *
 * @fires ValueChangeEvent<readonly number[]> (`value-change`)
 */
@customElement('list-field')
export class ListField extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  @property() label = '';
  @property() hint = '';
  @property({ attribute: false }) value: readonly number[] = [];

  @state() private problem = '';

  override render(): TemplateResult {
    return html`
      <label for="entry" title=${this.hint}>${this.label}</label>
      <input
        id="entry"
        class="entry"
        type="text"
        autocomplete="off"
        spellcheck="false"
        aria-invalid=${this.problem === '' ? nothing : 'true'}
        aria-describedby=${this.problem === '' ? nothing : 'problem'}
        .value=${live(this.value.join(', ').replaceAll('-', '−'))}
        @change=${this.#commit}
      />
      <span id="problem" class="problem" role="alert">${this.problem}</span>
    `;
  }

  #commit = (event: Event): void => {
    if (!(event.currentTarget instanceof HTMLInputElement)) return;
    const { numbers, problem } = readWholeNumbers(event.currentTarget.value);
    this.problem = problem ? `${problem} Still ${this.value.join(', ').replaceAll('-', '−')}.` : '';
    if (numbers && String(numbers) !== String(this.value)) {
      this.value = numbers;
      this.dispatchEvent(new ValueChangeEvent<readonly number[]>(numbers));
    }
    this.requestUpdate();
  };

  static override styles = [controlStyles, entryStyles, fieldStyles, boxedEntryStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'list-field': ListField;
  }
}
