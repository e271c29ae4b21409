/** A layer's name, to be typed: says why a name cannot be used, and keeps the last good one. Renames nothing itself. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { inputName } from '../../engine/model/layer-names.ts';
import { controlStyles } from '../control-styles.ts';
import { entryStyles } from '../entry-styles.ts';
import { boxedEntryStyles, fieldStyles } from '../field-styles.ts';

/** Fired when another usable name has been typed. */
export class NameChangeEvent extends Event {
  static readonly type = 'name-change';
  constructor(readonly name: string) {
    super(NameChangeEvent.type, { bubbles: true, composed: true });
  }
}

/**
 * `<name-field .name=${'conv2d_1'} .names=${names}>`.
 *
 * @fires NameChangeEvent (`name-change`)
 */
@customElement('name-field')
export class NameField extends LitElement {
  @property() name = '';
  /** Of all layers. */
  @property({ attribute: false }) names: readonly string[] = [];

  @state() private problem = '';

  override render(): TemplateResult {
    return html`
      <label for="entry" title="What other layers and the weights call it.">name</label>
      <input
        id="entry"
        class="entry"
        type="text"
        autocomplete="off"
        spellcheck="false"
        maxlength="64"
        aria-invalid=${this.problem === '' ? nothing : 'true'}
        aria-describedby=${this.problem === '' ? nothing : 'problem'}
        .value=${live(this.name)}
        @change=${this.#commit}
      />
      <span id="problem" class="problem" role="alert">${this.problem}</span>
    `;
  }

  #commit = (event: Event): void => {
    if (!(event.currentTarget instanceof HTMLInputElement)) return;
    const name = event.currentTarget.value.trim();
    this.problem = this.#problemOf(name);
    this.requestUpdate();
    if (this.problem !== '' || name === this.name) return;
    this.dispatchEvent(new NameChangeEvent(name));
  };

  #problemOf(name: string): string {
    if (name === this.name) return '';
    if ([inputName, ...this.names].includes(name)) return `“${name}” is taken. Still ${this.name}.`;
    const isUsable = /^[\w.-]{1,64}$/.test(name);
    return isUsable ? '' : `A name has letters, digits, “_”, “-” or “.”, without spaces. Still ${this.name}.`;
  }

  static override styles = [
    controlStyles,
    entryStyles,
    fieldStyles,
    boxedEntryStyles,
    css`
      .entry {
        text-align: left;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'name-field': NameField;
  }
}
