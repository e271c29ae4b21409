/** A number being typed into a cell: the text as far as it has come, and why it cannot be used. Knows no cell. */
import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { formatSetting } from '../format.ts';
import { readNumber, type NumberRule } from '../number-rule.ts';

/** What typing asks of the element around it. */
export interface NumberTypingOptions {
  readonly rule: NumberRule;
  /** The number that stays when the typed one is refused, as it is shown. */
  readonly value: () => number;
  readonly commit: (value: number) => void;
  /** Typing ended by a key: the focus goes back to where it came from. */
  readonly leave: () => void;
}

/** Holds the text of the one cell that is typed into. */
export class NumberTyping implements ReactiveController {
  #text: string | undefined;
  #problem = '';

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly options: NumberTypingOptions,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#text = undefined;
    this.#problem = '';
  }

  get isUnderWay(): boolean {
    return this.#text !== undefined;
  }

  /** Opens the entry, with the value selected or with the first character already typed. */
  async begin(first: string | undefined, root: ParentNode): Promise<void> {
    this.#set(first ?? formatSetting(this.options.value()));
    await this.host.updateComplete;
    const entry = root.querySelector('input');
    entry?.focus();
    if (first === undefined) entry?.select();
    else entry?.setSelectionRange(first.length, first.length);
  }

  /** Takes the number; when it cannot be used, what was there stays, and why it stays is still said; for as long as nothing else is done. */
  end(): void {
    if (!this.isUnderWay) this.#set(undefined);
    else if (this.#problem === '') this.#commit();
    else this.#set(undefined, this.#problem);
  }

  renderEntry(label: string): TemplateResult {
    return html`<input
      type="text"
      inputmode="decimal"
      autocomplete="off"
      spellcheck="false"
      aria-label=${label}
      aria-invalid=${this.#problem !== ''}
      aria-describedby="problem"
      .value=${this.#text ?? ''}
      @input=${this.#onInput}
      @keydown=${this.#onKey}
      @blur=${this.#onBlur}
      @pointerdown=${(event: Event) => event.stopPropagation()}
    />`;
  }

  renderProblem(): TemplateResult {
    return html`<span class="problem" id="problem" role="alert">${this.#problem}</span>`;
  }

  #set(text: string | undefined, problem = ''): void {
    this.#text = text;
    this.#problem = problem;
    this.host.requestUpdate();
  }

  #problemOf(text: string): string {
    // Emptied on the way to another number, it is no mistake; left empty, it takes its value back.
    const problem = text.trim() === '' ? undefined : readNumber(text, this.options.rule).problem;
    return problem === undefined ? '' : `${problem} Still ${formatSetting(this.options.value())}.`;
  }

  #onInput = (event: Event): void => {
    if (!(event.currentTarget instanceof HTMLInputElement)) return;
    const { value } = event.currentTarget;
    this.#set(value, this.#problemOf(value));
  };

  #onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    // One that cannot be used stays to be mended.
    if (event.key === 'Enter' && this.#problem !== '') return;
    if (event.key === 'Enter') this.#commit();
    else this.#set(undefined);
    void this.host.updateComplete.then(() => this.options.leave());
  };

  /** An entry that is taken away is left too. */
  #onBlur = (): void => {
    if (this.isUnderWay) this.end();
  };

  #commit(): void {
    if (this.#text === undefined) return;
    const { value } = readNumber(this.#text, this.options.rule);
    this.#set(undefined);
    if (value !== undefined && value !== this.options.value()) this.options.commit(value);
  }
}
