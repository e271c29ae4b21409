/** A typed number inside a control: keeps the text being typed apart from the last good value, so that it never jams. */
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { readNumber, writeNumber, type NumberRule } from './number-rule.ts';

/** What an entry asks of the control around it. */
export interface NumberEntryOptions {
  readonly value: () => number;
  readonly rule: () => NumberRule;
  /** Called with a usable number that differs from the value. */
  readonly commit: (value: number) => void;
  /** The change of one arrow key press; without it the arrow keys move the caret. */
  readonly step?: () => number;
}

/** How an entry is drawn. */
export interface NumberEntryLook {
  readonly id: string;
  /** Only where no `<label for>` names the entry. */
  readonly label?: string;
  readonly isDisabled: boolean;
  /** False leaves it out of the tab order, for a control whose slider already stands there. */
  readonly isTabStop: boolean;
}

/** Holds the text and the problem of one typed number and draws its input and its message. */
export class NumberEntryController implements ReactiveController {
  #host: ReactiveControllerHost;
  #options: NumberEntryOptions;
  #text: string | undefined;
  #problem = '';

  constructor(host: ReactiveControllerHost, options: NumberEntryOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#forget();
  }

  /** Drops a message about an earlier entry, once the value has been changed in another way. */
  forgetProblem(): void {
    if (this.#text === undefined && this.#problem !== '') this.#forget();
  }

  /** The input. Its text is the last good value whenever the person is not typing. */
  renderInput(look: NumberEntryLook): TemplateResult {
    const text = this.#text ?? writeNumber(this.#options.value(), this.#options.rule());
    const isInvalid = this.#text !== undefined && this.#problem !== '';
    return html`<input
      id=${look.id}
      class="entry"
      type="text"
      inputmode="decimal"
      autocomplete="off"
      spellcheck="false"
      tabindex=${look.isTabStop ? nothing : '-1'}
      aria-label=${look.label ?? nothing}
      aria-invalid=${isInvalid ? 'true' : nothing}
      aria-describedby=${this.#problem === '' ? nothing : `${look.id}-problem`}
      ?disabled=${look.isDisabled}
      .value=${live(text)}
      @focus=${this.#selectAll}
      @input=${this.#readText}
      @change=${this.#commit}
      @blur=${this.#commit}
      @keydown=${this.#onKey}
    />`;
  }

  /** The message, an empty slot of no height when all is well. */
  renderProblem(id: string): TemplateResult {
    return html`<span id="${id}-problem" class="problem" role="alert">${this.#problem}</span>`;
  }

  #selectAll = (event: FocusEvent): void => {
    if (event.currentTarget instanceof HTMLInputElement) event.currentTarget.select();
  };

  #readText = (event: Event): void => {
    event.stopPropagation();
    if (!(event.currentTarget instanceof HTMLInputElement)) return;
    this.#text = event.currentTarget.value;
    this.#problem = this.#problemOf(this.#text);
    this.#host.requestUpdate();
  };

  /**
   * The whole message stands there while the text is being typed, and stays when the field is left: a message that came or grew
   * at that moment would move what the person is about to click.
   */
  #problemOf(text: string): string {
    const rule = this.#options.rule();
    const { problem } = readNumber(text, rule);
    // A field emptied on the way to another number is no mistake, and left empty it takes its value back.
    if (problem === undefined || text.trim() === '') return '';
    return `${problem} Still ${writeNumber(this.#options.value(), rule)}.`;
  }

  #commit = (): void => {
    if (this.#text === undefined) return;
    const { value } = readNumber(this.#text, this.#options.rule());
    this.#text = undefined;
    if (value !== undefined && value !== this.#options.value()) this.#options.commit(value);
    this.#host.requestUpdate();
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') this.#commit();
    if (event.key === 'Escape' && (this.#text !== undefined || this.#problem !== '')) {
      // Escape takes back the typed text first; only the next one closes what stands around the field.
      event.stopPropagation();
      event.preventDefault();
      this.#forget();
    }
    const step = this.#options.step?.();
    if (step === undefined || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    this.#commit();
    const { min, max } = this.#options.rule();
    const moved = this.#options.value() + (event.key === 'ArrowUp' ? step : -step);
    const value = Math.min(max, Math.max(min, Number(moved.toPrecision(12))));
    if (value !== this.#options.value()) this.#options.commit(value);
  };

  #forget(): void {
    this.#text = undefined;
    this.#problem = '';
    this.#host.requestUpdate();
  }
}
