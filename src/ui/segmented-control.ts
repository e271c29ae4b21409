/** A choice among a few values, side by side: native radio buttons in one frame. Knows nothing of what it chooses. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { controlStyles } from './control-styles.ts';
import { fieldStyles } from './field-styles.ts';
import { ValueChangeEvent } from './value-events.ts';
import './words/explained-term.ts';
import type { TermName } from './words/term-name.ts';

/** One choice of a segmented control. */
export interface SegmentOption {
  readonly value: string;
  readonly label: string;
  /** One sentence, shown as a tooltip. */
  readonly hint?: string;
}

/**
 * `<segmented-control label="padding" .options=${[{ value: 'valid', label: 'valid' }]} .value=${'valid'}>`: one line, the
 * label in the same column as `range-field`'s. It takes its changes over itself; set `value` again to overrule them.
 *
 * @fires ValueChangeEvent<string> (`value-change`) when another segment is chosen.
 * @cssproperty --field-label-width - Width of the label; 48px.
 */
@customElement('segmented-control')
export class SegmentedControl extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  /** Stands at the left and names the group. */
  @property() label = '';
  /** Keeps the label for screen readers only. */
  @property({ type: Boolean, reflect: true, attribute: 'is-label-hidden' }) isLabelHidden = false;
  @property({ attribute: false }) options: readonly SegmentOption[] = [];
  @property() value = '';
  /** Explains the field where it is known: `?` opens it, and a press on the name. */
  @property() term: TermName | '' = '';
  /** Name of the layer whose numbers the explanation tells. */
  @property() layer = '';
  @property({ type: Boolean, reflect: true }) disabled = false;

  override render(): TemplateResult {
    return html`
      ${this.isLabelHidden ? nothing : html`<span class="label">${this.#renderLabel()}</span>`}
      <div class="frame" role="radiogroup" aria-label=${this.label}>
        ${this.options.map(
          (option) => html`
            <label class="segment" title=${option.hint ?? nothing}>
              <input
                type="radio"
                name="choice"
                value=${option.value}
                .checked=${live(option.value === this.value)}
                ?disabled=${this.disabled}
                @change=${() => this.#choose(option.value)}
              />
              <span class="text" data-text=${option.label}>${option.label}</span>
            </label>
          `,
        )}
      </div>
    `;
  }

  #renderLabel(): TemplateResult | string {
    if (this.term === '') return this.label;
    return html`<explained-term is-quiet term=${this.term} layer=${this.layer}>${this.label}</explained-term>`;
  }

  #choose(value: string): void {
    this.value = value;
    this.dispatchEvent(new ValueChangeEvent(value));
  }

  static override styles = [
    controlStyles,
    fieldStyles,
    css`
      :host([is-label-hidden]) {
        display: block;
      }
      .frame {
        display: flex;
        background: var(--sunken);
        border-radius: calc(var(--radius) - 2px);
        padding: 2px;
        gap: 1px;
      }
      .segment {
        position: relative;
        flex: 1 1 auto;
        min-width: 0;
        display: flex;
        align-items: center;
        justify-content: center;
        min-height: 18px;
        padding: 0 var(--space-1);
        border-radius: calc(var(--radius) - 4px);
        color: var(--ink-soft);
        cursor: pointer;
      }
      .segment:hover {
        color: var(--accent);
      }
      .segment:has(:checked) {
        color: var(--ink);
        font-weight: 600;
        background: var(--surface);
        box-shadow: 0 0 0 1px var(--hairline-strong);
      }
      .segment:has(:focus-visible) {
        outline: 2px solid var(--accent);
        outline-offset: 1px;
      }
      .segment:has(:disabled) {
        cursor: default;
        opacity: 0.6;
      }
      input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: inherit;
      }
      .text {
        display: grid;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      /* Keeps the width of the bold text, so that choosing moves nothing. */
      .text::after {
        content: attr(data-text);
        height: 0;
        visibility: hidden;
        font-weight: 600;
      }
      @media (pointer: coarse) {
        .segment {
          min-height: 36px;
        }
      }
      @media (forced-colors: active) {
        .segment:has(:checked) {
          outline: 2px solid SelectedItem;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'segmented-control': SegmentedControl;
  }
}
