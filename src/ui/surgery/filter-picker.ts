/** Which filter of which layer is in hand: the layer, the filter's number, the one before and the one after. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { FilterBank } from '../../engine/model/filter-bank.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import '../number-field.ts';
import { IntentEvent } from '../page-events.ts';
import '../select-field.ts';
import type { ValueChangeEvent } from '../value-events.ts';
import { bankText } from './surgery-text.ts';

/** `<filter-picker .banks=${b} .bank=${b[0]} filter="3">`. */
@customElement('filter-picker')
export class FilterPicker extends LitElement {
  @property({ attribute: false }) banks: readonly FilterBank[] = [];
  @property({ attribute: false }) bank!: FilterBank;
  @property({ type: Number }) filter = 0;

  override render(): TemplateResult {
    const { bank, filter } = this;
    const last = bank.filters - 1;
    return html`
      <select-field
        label="layer"
        .options=${this.banks.map((one) => ({ value: one.weight, label: bankText(one) }))}
        .value=${bank.weight}
        @value-change=${this.#onBank}
      ></select-field>
      <number-field
        label=${bank.kind}
        min="0"
        max=${last}
        hint="From 0 to ${last}; a click on a map chooses its filter too."
        .value=${filter}
        @value-change=${this.#onFilter}
      >
        <button
          type="button"
          aria-label="Previous ${bank.kind}"
          ?disabled=${filter === 0}
          @click=${() => this.#choose(filter - 1)}
        >
          ‹
        </button>
        <button
          type="button"
          aria-label="Next ${bank.kind}"
          ?disabled=${filter === last}
          @click=${() => this.#choose(filter + 1)}
        >
          ›
        </button>
      </number-field>
    `;
  }

  #onBank = (event: ValueChangeEvent<string>): void => {
    event.stopPropagation();
    const bank = this.banks.find(({ weight }) => weight === event.value);
    if (bank) this.#choose(Math.min(this.filter, bank.filters - 1), bank);
  };

  #onFilter = (event: ValueChangeEvent): void => {
    event.stopPropagation();
    this.#choose(event.value);
  };

  #choose(filter: number, { weight } = this.bank): void {
    this.dispatchEvent(new IntentEvent({ type: 'patientChosen', address: { weight, filter } }));
  }

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      :host {
        --field-label-width: auto;
        --field-value-width: 46px;
        display: flex;
        flex-wrap: wrap;
        gap: 2px var(--space-3);
        min-width: 0;
      }
      button {
        padding: 0 7px;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'filter-picker': FilterPicker;
  }
}
