/** The header's two lines about the run, and the same aloud for screen readers: phases and epochs, never steps. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controlStyles } from './control-styles.ts';
import type { StatusText } from './status-text.ts';
import './words/explained-term.ts';
import type { TermName } from './words/term-name.ts';

/** The words of the two lines that are explained. */
const explainedWords: Readonly<Record<string, TermName>> = {
  epoch: 'epoch',
  step: 'step',
  'img/s': 'images-per-second',
};

/** `<run-status .text=${statusText(state)} announcement="Paused.">`, with the share done as a line at the header's foot. */
@customElement('run-status')
export class RunStatus extends LitElement {
  @property({ attribute: false }) text: StatusText = { headline: '', detail: '', isFigures: false };
  @property() announcement = '';

  override render(): TemplateResult {
    const { headline, detail, share, isFigures } = this.text;
    return html`
      <div class=${isFigures ? 'lines figures' : 'lines'}>
        <div class="headline">${isFigures ? withTerms(headline) : headline}</div>
        <div class="detail">${isFigures ? withTerms(detail) : detail}</div>
      </div>
      <div
        class="bar"
        ?hidden=${share === undefined}
        role="progressbar"
        aria-label="Training"
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${Math.round((share ?? 0) * 100)}
      ></div>
      <div class="visually-hidden" role="status">${this.announcement}</div>
    `;
  }

  protected override updated(): void {
    this.style.setProperty('--share', String(this.text.share ?? 0));
  }

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        min-width: 0;
        text-align: right;
        font: 400 var(--text-s) / 16px var(--font);
        color: var(--ink-soft);
      }
      .headline {
        font-weight: 600;
        color: var(--ink);
      }
      .figures {
        font-family: var(--mono);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      /* Under the buttons it would be worse. */
      .figures > * {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .bar {
        position: absolute;
        inset: auto 0 -1px;
        height: 2px;
        transform-origin: left;
        transform: scaleX(var(--share, 0));
        background: var(--accent);
      }
      @media (max-width: 699px) {
        :host {
          text-align: left;
        }
      }
    `,
  ];
}

/** Figures whose words explain themselves. */
function withTerms(text: string): readonly (TemplateResult | string)[] {
  return text.split(/\b(epoch|step|img\/s)\b/).map((part) => {
    const term = explainedWords[part];
    return term ? html`<explained-term term=${term}>${part}</explained-term>` : part;
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'run-status': RunStatus;
  }
}
