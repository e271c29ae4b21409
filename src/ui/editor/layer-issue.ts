/** Why a layer cannot be, and the ways out that one click takes. Works out none of them itself. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repairsOf } from '../../app/repairs.ts';
import type { ModelIssue } from '../../engine/model/issue.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { StateWatch } from '../field/state-watch.ts';
import { messageText } from '../message-text.ts';
import { IntentEvent } from '../page-events.ts';

/** `<layer-issue .issue=${issue}>`: the message, and a button for every repair that helps. */
@customElement('layer-issue')
export class LayerIssue extends LitElement {
  @property({ attribute: false }) issue!: ModelIssue;

  #watch = new StateWatch(this, ({ draft, history }) => ({
    repairs: draft.issues[0]?.layer === this.issue.layer ? repairsOf(draft) : [],
    canUndo: history.past.length > 0,
  }));

  override render(): TemplateResult {
    const { repairs = [], canUndo = false } = this.#watch.part ?? {};
    return html`
      <p><strong>This cannot be built.</strong> ${messageText(this.issue.message)}</p>
      <div class="ways">
        ${repairs.map(
          ({ label, config }) =>
            html`<button
              type="button"
              @click=${() => this.dispatchEvent(new IntentEvent({ type: 'modelChosen', config }))}
            >
              ${label}
            </button>`,
        )}
        ${
          canUndo
            ? html`<button type="button" @click=${() => this.dispatchEvent(new IntentEvent({ type: 'undoPressed' }))}>
                Undo
              </button>`
            : nothing
        }
      </div>
    `;
  }

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        font: 400 var(--text-m) / 1.4 var(--font);
        color: var(--ink);
        overflow-wrap: anywhere;
      }
      p {
        margin: 0 0 var(--space-2);
      }
      strong {
        color: var(--danger);
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1);
      }
      button {
        flex: 1 1 100px;
        min-height: 30px;
        white-space: normal;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'layer-issue': LayerIssue;
  }
}
