/** A labelled slider with its value at the right, to be dragged or typed. Knows nothing of what it sets. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { controlStyles } from './control-styles.ts';
import { entryStyles } from './entry-styles.ts';
import { NumberEntryController } from './number-entry.ts';
import { writeNumber, type NumberRule } from './number-rule.ts';
import { rangeFieldStyles } from './range-field-styles.ts';
import { nearestStop, stopsOf } from './slider-scale.ts';
import { ValueChangeEvent, ValueInputEvent } from './value-events.ts';
import { renderFieldLabel } from './words/field-label.ts';
import type { TermName } from './words/term-name.ts';

/**
 * `<range-field label="filters" min="1" max="128" step="1" .value=${32}>`: one line of about 24 px. It takes its changes over
 * itself; set `value` again to overrule them.
 *
 * @fires ValueInputEvent (`value-input`) on every move of the slider.
 * @fires ValueChangeEvent (`value-change`) on release, on a key, or when a typed number is accepted.
 * @cssproperty --field-label-width - Width of the label; 48px.
 * @cssproperty --field-value-width - Width of the value; 34px.
 */
@customElement('range-field')
export class RangeField extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  /** Stands at the left and names the slider. */
  @property() label = '';
  @property({ type: Number }) min = 0;
  @property({ type: Number }) max = 100;
  /** The slider's step. A whole number also means that only whole numbers can be typed; others take any number in the span. */
  @property({ type: Number }) step = 1;
  /** `log` spreads the decades evenly (`min` must be above 0) and lets any number in the span be typed. */
  @property() scale: 'linear' | 'log' = 'linear';
  /** Rising values that the slider stops at, in place of `step`; others can still be typed. */
  @property({ attribute: false }) stops: readonly number[] = [];
  @property({ type: Number }) value = 0;
  /** Said after the value by screen readers: `pixels`. */
  @property() unit = '';
  /** One sentence on what the control does, shown as a tooltip and read by screen readers. */
  @property() hint = '';
  /** Explains the field where it is known: `?` opens it, and a press on the name. */
  @property() term: TermName | '' = '';
  /** Name of the layer whose numbers the explanation tells. */
  @property() layer = '';
  @property({ type: Boolean, reflect: true }) disabled = false;

  @query('#slider') private slider!: HTMLInputElement;
  @query('#entry') private entryInput!: HTMLInputElement;

  #entry = new NumberEntryController(this, {
    value: () => this.value,
    rule: () => this.#rule,
    commit: (value) => {
      this.value = value;
      this.dispatchEvent(new ValueInputEvent(value));
      this.dispatchEvent(new ValueChangeEvent(value));
    },
  });

  get #rule(): NumberRule {
    return { min: this.min, max: this.max, isInteger: this.scale === 'linear' && Number.isInteger(this.step) };
  }

  get #stops(): readonly number[] {
    return stopsOf({ kind: this.scale, min: this.min, max: this.max, stops: this.stops });
  }

  override render(): TemplateResult {
    const stops = this.#stops;
    const hasStops = stops.length > 0;
    const position = hasStops ? nearestStop(stops, this.value) : this.value;
    const valueText = `${writeNumber(this.value, this.#rule)}${this.unit === '' ? '' : ` ${this.unit}`}`;
    return html`
      ${renderFieldLabel(this, 'slider')}
      <input
        id="slider"
        type="range"
        min=${hasStops ? 0 : this.min}
        max=${hasStops ? stops.length - 1 : this.max}
        step=${hasStops ? 1 : this.step}
        .value=${live(String(position))}
        aria-label=${this.term === '' ? nothing : this.label}
        aria-valuetext=${valueText}
        aria-description="${this.hint} Enter or a digit key lets you type the value."
        ?disabled=${this.disabled}
        @input=${this.#onSlide}
        @change=${this.#onRelease}
        @keydown=${this.#onSliderKey}
      />
      ${this.#entry.renderInput({
        id: 'entry',
        label: `${this.label}, typed value`,
        isDisabled: this.disabled,
        isTabStop: false,
      })}
      ${this.#entry.renderProblem('entry')}
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('value')) this.#entry.forgetProblem();
    const { min, max, value } = this.slider;
    const share = (Number(value) - Number(min)) / (Number(max) - Number(min) || 1);
    this.slider.style.setProperty('--share', String(share));
  }

  #onSlide = (event: Event): void => {
    event.stopPropagation();
    const position = this.slider.valueAsNumber;
    this.value = this.#stops[position] ?? position;
    this.dispatchEvent(new ValueInputEvent(this.value));
  };

  #onRelease = (): void => {
    this.dispatchEvent(new ValueChangeEvent(this.value));
  };

  #onSliderKey = (event: KeyboardEvent): void => {
    const isTyping = /^[\d.,−-]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isTyping && event.key !== 'Enter') return;
    // A digit key must reach the entry, where it replaces the selected value.
    if (!isTyping) event.preventDefault();
    this.entryInput.focus();
  };

  static override styles = [controlStyles, entryStyles, rangeFieldStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'range-field': RangeField;
  }
}
