/** Undo and redo of edits of the model, always at hand. Knows the edits by their labels only. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { EditHistory } from '../../app/edit-history.ts';
import type { EditIntent } from '../../app/edit-intents.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { redoIcon, undoIcon } from '../icons.ts';
import { IntentEvent } from '../page-events.ts';

/** `<history-buttons .history=${h}>`. */
@customElement('history-buttons')
export class HistoryButtons extends LitElement {
  @property({ attribute: false }) history!: EditHistory;

  override render(): TemplateResult {
    const { past, future } = this.history;
    return html`
      ${this.#renderButton('Undo', past.at(-1)?.label, { type: 'undoPressed' }, undoIcon)}
      ${this.#renderButton('Redo', future.at(-1)?.label, { type: 'redoPressed' }, redoIcon)}
    `;
  }

  #renderButton(verb: string, label: string | undefined, intent: EditIntent, icon: TemplateResult): TemplateResult {
    return html`<button
      type="button"
      aria-label="${verb} edit"
      aria-description=${label ?? 'Nothing was edited.'}
      title=${label ? `${verb}: ${label}` : `Nothing to ${verb.toLowerCase()}`}
      ?disabled=${label === undefined}
      @click=${() => this.dispatchEvent(new IntentEvent(intent))}
    >
      ${icon}
    </button>`;
  }

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      :host {
        display: inline-flex;
      }
      button {
        display: inline-grid;
        place-items: center;
        width: 25px;
        height: 32px;
        padding: 0;
        color: var(--ink-soft);
        background: none;
        border-color: transparent;
      }
      button:disabled {
        opacity: 0.45;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'history-buttons': HistoryButtons;
  }
}
