/** A labelled number to be typed, arrow keys stepping it. Knows nothing of what it sets. */
import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controlStyles } from './control-styles.ts';
import { entryStyles } from './entry-styles.ts';
import { boxedEntryStyles, fieldStyles } from './field-styles.ts';
import { NumberEntryController } from './number-entry.ts';
import { ValueChangeEvent, ValueInputEvent } from './value-events.ts';
import { renderFieldLabel } from './words/field-label.ts';
import type { TermName } from './words/term-name.ts';

/**
 * `<number-field label="epochs" min="1" max="1000" step="1" .value=${5}>`. It takes its changes over itself; set `value` again
 * to overrule them. What cannot be used is marked and explained, and the last good value stays.
 *
 * @fires ValueInputEvent (`value-input`) with every value it takes.
 * @fires ValueChangeEvent (`value-change`) likewise, after it.
 * @cssproperty --field-label-width - Width of the label; 48px.
 * @cssproperty --field-value-width - Width of the number; 64px.
 */
@customElement('number-field')
export class NumberField extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  /** Stands at the left and names the number. */
  @property() label = '';
  @property({ type: Number }) min = 0;
  @property({ type: Number }) max = Number.MAX_SAFE_INTEGER;
  /** What an arrow key adds. A whole number also means that only whole numbers can be typed. */
  @property({ type: Number }) step = 1;
  @property({ type: Number }) value = 0;
  /** One sentence on what the number does, shown as a tooltip. */
  @property() hint = '';
  /** Explains the field where it is known: `?` opens it, and a press on the name. */
  @property() term: TermName | '' = '';
  /** Name of the layer whose numbers the explanation tells. */
  @property() layer = '';
  @property({ type: Boolean, reflect: true }) disabled = false;

  #entry = new NumberEntryController(this, {
    value: () => this.value,
    rule: () => ({ min: this.min, max: this.max, isInteger: Number.isInteger(this.step) }),
    step: () => this.step,
    commit: (value) => {
      this.value = value;
      this.dispatchEvent(new ValueInputEvent(value));
      this.dispatchEvent(new ValueChangeEvent(value));
    },
  });

  override render(): TemplateResult {
    return html`
      ${renderFieldLabel(this, 'entry')}
      <span class="box">${this.#renderEntry()}<slot></slot></span>
      ${this.#entry.renderProblem('entry')}
    `;
  }

  #renderEntry(): TemplateResult {
    const look = { id: 'entry', isDisabled: this.disabled, isTabStop: true };
    return this.#entry.renderInput(this.term === '' ? look : { ...look, label: this.label });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('value')) this.#entry.forgetProblem();
  }

  static override styles = [
    controlStyles,
    entryStyles,
    fieldStyles,
    boxedEntryStyles,
    css`
      label,
      .label {
        white-space: nowrap;
      }
      .box {
        display: flex;
        align-items: center;
        gap: var(--space-1);
      }
      .entry {
        flex: 0 1 auto;
        min-width: 44px;
        width: var(--field-value-width, 64px);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'number-field': NumberField;
  }
}
