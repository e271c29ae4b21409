/** What went wrong, why, and the ways out, in one bar below the header. Knows no cause but the code it is given. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Intent } from '../app/intent.ts';
import type { Alert } from '../app/state.ts';
import type { Place } from '../worker/protocol.ts';
import type { FailureCode } from '../worker/protocol.ts';
import { buttonStyles, controlStyles } from './control-styles.ts';
import { formatCount } from './format.ts';
import { messageText } from './message-text.ts';
import { IntentEvent } from './page-events.ts';

interface WayOut {
  readonly label: string;
  readonly intent: Intent;
}

const headings: Partial<Record<FailureCode, string>> = {
  nonFinite: 'The loss is no longer a number.',
  dataFailed: 'No data to train with.',
  deviceLost: 'The GPU was lost.',
  outOfMemory: 'The GPU has too little memory for this network.',
};

const waysOut: Partial<Record<FailureCode, readonly WayOut[]>> = {
  nonFinite: [
    { label: 'Rewind with a tenth of the learning rate', intent: { type: 'rateLowered' } },
    { label: 'Just rewind', intent: { type: 'rewindPressed' } },
  ],
  dataFailed: [
    { label: 'Try again', intent: { type: 'dataRequested' } },
    { label: 'Use generated digits', intent: { type: 'dataRequested', rung: 'generated' } },
  ],
  outOfMemory: [{ label: 'Restore lecture network', intent: { type: 'lectureRestored' } }],
  invalidModel: [{ label: 'Restore lecture network', intent: { type: 'lectureRestored' } }],
};

const reloadCodes: ReadonlySet<FailureCode> = new Set<FailureCode>(['deviceLost', 'internal', 'disposed']);

/** `<alert-bar .alert=${alert}>`: nothing at all without one. */
@customElement('alert-bar')
export class AlertBar extends LitElement {
  @property({ attribute: false }) alert: Alert | undefined;
  /** The last moment before the loss went astray; without, there are the initial weights only. */
  @property({ attribute: false }) goodPlace: Place | undefined;

  override render(): TemplateResult {
    return html`<div role="alert">${this.alert ? this.#renderAlert(this.alert) : nothing}</div>`;
  }

  #renderAlert({ code, message }: Alert): TemplateResult {
    const dismiss: WayOut = { label: 'Dismiss', intent: { type: 'alertDismissed' } };
    return html`<div class="bar">
      <p><strong>${headings[code] ?? 'Something went wrong.'}</strong> ${messageText(message)}</p>
      <div class="ways">
        ${[...this.#waysBack(code), ...(waysOut[code] ?? []), dismiss].map(
          ({ label, intent }) =>
            html`<button type="button" @click=${() => this.dispatchEvent(new IntentEvent(intent))}>${label}</button>`,
        )}
        ${reloadCodes.has(code) ? html`<button type="button" @click=${() => location.reload()}>Reload</button>` : nothing}
      </div>
    </div>`;
  }

  #waysBack(code: FailureCode): readonly WayOut[] {
    const place = this.goodPlace;
    if (code !== 'nonFinite' || !place) return [];
    const label = `Back to step ${formatCount(place.step)} with a tenth of the learning rate`;
    return [{ label, intent: { type: 'rateLowered', place } }];
  }

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-4);
        padding: var(--space-2) var(--space-5);
        font: 400 var(--text-m) / 1.45 var(--font);
        color: var(--ink);
        background: var(--danger-soft);
        border-bottom: 1px solid var(--danger);
        box-shadow: 0 8px 24px var(--shadow);
      }
      p {
        flex: 1 1 360px;
        margin: 0;
      }
      strong {
        color: var(--danger);
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      button {
        min-height: 30px;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'alert-bar': AlertBar;
  }
}
