/** Rewind, Step, Train or Pause. Knows whether they can be used, not what they do. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Phase } from '../worker/protocol.ts';
import { controlStyles } from './control-styles.ts';
import { pauseIcon, playIcon, rewindIcon, stepIcon } from './icons.ts';
import { IntentEvent } from './page-events.ts';

/** `<transport-controls .phase=${'idle'} .isReady=${true}>`; a bar fixed at the bottom on phones. */
@customElement('transport-controls')
export class TransportControls extends LitElement {
  @property() phase: Phase = 'idle';
  /** False while there is no GPU or no data to train with. */
  @property({ type: Boolean }) isReady = false;
  /** True while an earlier moment of the run is on screen: training then goes on from there. */
  @property({ type: Boolean }) isLookingBack = false;

  override render(): TemplateResult {
    const isTraining = this.phase === 'training';
    const from = this.isLookingBack ? ' from the moment you look at' : '';
    return html`
      <button
        type="button"
        title="Back to the same initial weights (R)"
        ?disabled=${!this.isReady}
        @click=${() => this.dispatchEvent(new IntentEvent({ type: 'rewindPressed' }))}
      >
        ${rewindIcon} Rewind
      </button>
      <button
        type="button"
        title="Train on one batch${from} (S)"
        ?disabled=${!this.isReady || isTraining}
        @click=${() => this.dispatchEvent(new IntentEvent({ type: 'stepPressed' }))}
      >
        ${stepIcon} Step
      </button>
      <button
        type="button"
        class="main"
        title="${isTraining ? 'Pause' : `Train${from}`} (Space)"
        ?disabled=${!this.isReady}
        @click=${() => this.dispatchEvent(new IntentEvent({ type: isTraining ? 'pausePressed' : 'trainPressed' }))}
      >
        ${isTraining ? html`${pauseIcon} Pause` : html`${playIcon} Train`}
      </button>
    `;
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: flex;
        gap: var(--space-2);
      }
      button {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: 6px;
        height: 36px;
        padding: 0 var(--space-3);
        font: 500 var(--text-m) / 1 var(--font);
        color: var(--ink);
        background: var(--surface);
        border: 1px solid var(--hairline-strong);
        border-radius: var(--radius);
        cursor: pointer;
      }
      button:hover:not(:disabled) {
        background: var(--sunken);
      }
      button:disabled {
        color: var(--ink-soft);
        border-color: var(--hairline);
        cursor: default;
      }
      .main {
        min-width: 108px;
        font-weight: 650;
        color: var(--accent-ink);
        background: var(--accent);
        border-color: transparent;
      }
      .main:hover:not(:disabled) {
        background: color-mix(in oklab, var(--accent) 88%, var(--ink));
      }
      .main:disabled {
        color: var(--ink-soft);
        background: var(--sunken);
      }
      @media (max-width: 699px) {
        :host {
          position: fixed;
          inset: auto 0 0;
          z-index: 2;
          padding: var(--space-2) var(--space-4) calc(var(--space-2) + env(safe-area-inset-bottom));
          background: var(--surface);
          border-top: 1px solid var(--hairline);
        }
        button {
          height: 44px;
          flex: 1 1 0;
        }
        .main {
          flex: 1.6 1 0;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'transport-controls': TransportControls;
  }
}
