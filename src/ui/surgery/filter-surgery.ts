/** One filter under the knife: choose it, edit it, replace it, freeze it, switch it off, and read what that did. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { cellChange } from '../../app/filter-edits.ts';
import { holdOf, type SurgeryState } from '../../app/surgery-slice.ts';
import { cellCount, type FilterAddress, type FilterBank } from '../../engine/model/filter-bank.ts';
import type { FilterHold, SurgeryEffect, SurgeryStep } from '../../worker/protocol.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { IntentEvent } from '../page-events.ts';
import '../value-legend.ts';
import './design-menu.ts';
import type { DesignChosenEvent, DesignMenu } from './design-menu.ts';
import './filter-picker.ts';
import { filterSurgeryStyles } from './filter-surgery-styles.ts';
import './kernel-editor.ts';
import './slice-strip.ts';
import type { NumberEditedEvent, SliceChosenEvent } from './surgery-events.ts';
import { addressText, effectText, knownText, noticeText, stepText } from './surgery-text.ts';

/** Numbers of one plane that can still be pointed at one by one. */
const mostCells = 1024;

/** `<filter-surgery .surgery=${s} .banks=${b} .address=${a} .bank=${b[0]}>`. */
@customElement('filter-surgery')
export class FilterSurgery extends LitElement {
  @property({ attribute: false }) surgery!: SurgeryState;
  @property({ attribute: false }) banks: readonly FilterBank[] = [];
  @property({ attribute: false }) bank!: FilterBank;
  @property({ attribute: false }) address!: FilterAddress;
  @property({ type: Boolean }) isTraining = false;

  @query('design-menu') private designs: DesignMenu | null | undefined;

  override render(): TemplateResult {
    const { surgery, bank, address } = this;
    const hold = holdOf(surgery, address);
    return html`
      <div class="head">
        <filter-picker .banks=${this.banks} .bank=${bank} filter=${address.filter}></filter-picker>
        ${this.#renderHolds(hold)} ${this.#renderSteps()}
      </div>
      ${this.#renderNews(hold)}
      ${surgery.numbers ? this.#renderBody(surgery.numbers, hold) : html`<p class="hint">Reading its numbers…</p>`}
    `;
  }

  #renderHolds({ isFrozen, isOff }: FilterHold): TemplateResult {
    return html`<div class="holds">
      <label title="Switched off, it counts as zero, its bias too; its numbers come back when it is switched on.">
        <input
          type="checkbox"
          role="switch"
          .checked=${live(!isOff)}
          @change=${() => this.#hold(isOff ? 'switchedOn' : 'switchedOff', { isFrozen, isOff: !isOff })}
        />
        on
      </label>
      <label title="Training leaves a frozen ${this.bank.kind} as it is.">
        <input
          type="checkbox"
          role="switch"
          .checked=${live(isFrozen)}
          @change=${() => this.#hold(isFrozen ? 'thawed' : 'frozen', { isFrozen: !isFrozen, isOff })}
        />
        frozen
      </label>
    </div>`;
  }

  #renderSteps(): TemplateResult {
    const { undo, redo } = this.surgery;
    const button = (label: string, step: SurgeryStep | undefined, type: 'surgeryUndone' | 'surgeryRedone') =>
      html`<button
        type="button"
        title=${step ? `${label}: ${this.#stepText(step)}` : ''}
        ?disabled=${!step}
        @click=${() => this.#travel(type)}
      >
        ${label}
      </button>`;
    return html`<div class="steps">
      ${button('Undo', undo, 'surgeryUndone')}${button('Redo', redo, 'surgeryRedone')}
    </div>`;
  }

  /** One line: the effect of the last operation, else what else there is to say. */
  #renderNews(hold: FilterHold): TemplateResult {
    const { effect, notice, known } = this.surgery;
    if (effect) return this.#renderEffect(effect, hold);
    if (notice) return html`<p class="notice" role="status">${noticeText(notice)}</p>`;
    if (this.isTraining && !hold.isFrozen)
      return html`<p class="effect">
        Training goes on changing what you edit: freeze the ${this.bank.kind} to keep it.
      </p>`;
    const advice = 'Edit the numbers or switch it off: the difference is measured at once.';
    return html`<p class="effect">${known ? knownText(known) : ''} ${advice}</p>`;
  }

  #renderEffect(effect: SurgeryEffect, { isFrozen }: FilterHold): TemplateResult {
    const { accuracy, difference, images } = effectText(effect);
    const change = (effect.after ?? NaN) - (effect.before ?? NaN);
    const tone = change < 0 ? 'worse' : change > 0 ? 'better' : '';
    const isPassing = this.isTraining && !isFrozen && !effect.step.kind.startsWith('switched');
    return html`<p class="effect" role="status">
      <span class="figures">${accuracy}</span>
      ${difference === '' ? nothing : html`<span class="figures ${tone}">${difference}</span>`}
      <span
        >${images};
        ${effect.isUndone ? 'undone: ' : ''}${this.#stepText(effect.step)}${
          isPassing ? '; training changes it again unless it is frozen' : ''
        }</span
      >
    </p>`;
  }

  #renderBody(numbers: Float32Array, { isOff }: FilterHold): TemplateResult {
    const cells = cellCount(this.bank);
    const limit = numbers.subarray(0, cells).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return html`<div class="body">
      <div class="picture">
        ${this.#renderKernel(numbers, limit, isOff)}
        <value-legend kind="weights" .limit=${limit}></value-legend>
      </div>
      <div class="side">
        ${this.#renderStrip(numbers, limit)} ${isOff ? this.#renderOff() : this.#renderDesigns(numbers)}
      </div>
    </div>`;
  }

  #renderKernel(numbers: Float32Array, limit: number, isOff: boolean): TemplateResult {
    const { bank, address } = this;
    const { slices, height, width } = bank;
    const cells = height * width;
    if (cells > mostCells) return html`<p class="hint">${cells} numbers are too many to edit one by one.</p>`;
    const name = addressText(address, bank);
    return html`<kernel-editor
      label="Kernel of ${name}${slices > 1 ? `, channel ${this.#slice}` : ''}"
      .numbers=${numbers.subarray(this.#slice * cells, (this.#slice + 1) * cells)}
      rows=${height}
      columns=${width}
      .bias=${bank.bias === undefined ? undefined : numbers[cellCount(bank)]}
      .limit=${limit}
      .isOff=${isOff}
      @number-edited=${this.#onNumber}
    ></kernel-editor>`;
  }

  #renderStrip(numbers: Float32Array, limit: number): TemplateResult | typeof nothing {
    const { slices, height, width } = this.bank;
    if (slices === 1) return nothing;
    return html`<slice-strip
      .numbers=${numbers}
      slices=${slices}
      rows=${height}
      columns=${width}
      slice=${this.#slice}
      .limit=${limit}
      @slice-chosen=${this.#onSlice}
    ></slice-strip>`;
  }

  #renderOff(): TemplateResult {
    return html`<p class="hint">
      Switched off, it counts as zero, and so does its bias. These numbers come back when it is switched on.
    </p>`;
  }

  #renderDesigns(numbers: Float32Array): TemplateResult {
    return html`<design-menu
      .bank=${this.bank}
      .numbers=${numbers}
      filter=${this.address.filter}
      slice=${this.#slice}
      @design-chosen=${this.#onDesign}
    ></design-menu>`;
  }

  /** A plane that this kernel has. */
  get #slice(): number {
    return Math.min(this.surgery.slice, this.bank.slices - 1);
  }

  #stepText(step: SurgeryStep): string {
    return stepText(
      step,
      this.banks.find(({ weight }) => weight === step.address.weight),
    );
  }

  #travel(type: 'surgeryUndone' | 'surgeryRedone'): void {
    this.designs?.forget();
    this.dispatchEvent(new IntentEvent({ type }));
  }

  #onSlice = ({ slice }: SliceChosenEvent): void => {
    this.dispatchEvent(new IntentEvent({ type: 'sliceChosen', slice }));
  };

  #onNumber = ({ place, value, gesture }: NumberEditedEvent): void => {
    const cells = this.bank.height * this.bank.width;
    const own = place === cells ? cellCount(this.bank) : this.#slice * cells + place;
    const step: SurgeryStep = { kind: 'edited', address: this.address };
    this.dispatchEvent(new IntentEvent({ type: 'filterEdited', step, change: cellChange(own, value), gesture }));
  };

  #onDesign = ({ kind, change, gesture }: DesignChosenEvent): void => {
    const step: SurgeryStep = { kind, address: this.address };
    this.dispatchEvent(new IntentEvent({ type: 'filterEdited', step, change, gesture }));
  };

  #hold(kind: SurgeryStep['kind'], hold: FilterHold): void {
    this.dispatchEvent(new IntentEvent({ type: 'filterHeld', step: { kind, address: this.address }, hold }));
  }

  static override styles = [controlStyles, buttonStyles, filterSurgeryStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'filter-surgery': FilterSurgery;
  }
}
