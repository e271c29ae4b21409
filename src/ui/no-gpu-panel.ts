/** Stands in place of the maps where no GPU can be used: what happened, and what can be done about it. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { buttonStyles, controlStyles } from './control-styles.ts';
import { messageText } from './message-text.ts';

/** `<no-gpu-panel .reason=${message}>`. */
@customElement('no-gpu-panel')
export class NoGpuPanel extends LitElement {
  /** What happened, in a sentence or two. */
  @property() reason = '';

  override render(): TemplateResult {
    return html`
      <section role="alert" aria-labelledby="heading">
        <h3 id="heading">No GPU to train on</h3>
        <p class="reason">${messageText(this.reason)}</p>
        <p>
          Everything here is computed on your own graphics card, through WebGPU. Without it there are no maps and no
          training; shapes, formulas, parameters and fields of view still follow the sliders.
        </p>
        <ul>
          ${isSecureContext ? '' : html`<li>Open this page over <b>https</b>, or from localhost: browsers allow WebGPU only there.</li>`}
          <li>
            Use a browser that has it: <b>Chrome</b> or <b>Edge 113</b> or later, <b>Safari 26</b> or later,
            <b>Firefox</b> from <b>141</b> on Windows and <b>145</b> on Macs with Apple silicon.
          </li>
          <li>Switch on “Use graphics acceleration when available” in the browser’s settings, then restart it.</li>
          <li>On Linux and on blocked drivers, open <code>chrome://gpu</code> and look for the line “WebGPU”.</li>
        </ul>
        <button type="button" @click=${() => location.reload()}>Try again</button>
      </section>
    `;
  }

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      :host {
        display: block;
      }
      section {
        max-width: 660px;
        padding: var(--space-4) var(--space-5);
        font: 400 var(--text-m) / 1.5 var(--font);
        color: var(--ink-soft);
        background: var(--surface);
        border: 1px solid var(--hairline-strong);
        border-radius: 12px;
      }
      h3 {
        margin: 0 0 var(--space-1);
        font: 650 var(--text-l) / 1.3 var(--font);
        color: var(--ink);
      }
      p {
        margin: 0 0 var(--space-2);
      }
      .reason {
        color: var(--danger);
      }
      ul {
        margin: 0 0 var(--space-3);
        padding-left: 18px;
      }
      b,
      code {
        font-weight: 600;
        color: var(--ink);
      }
      code {
        font-family: var(--mono);
        font-size: var(--text-s);
      }
      button {
        min-height: 32px;
        padding: 0 var(--space-4);
        font-size: var(--text-m);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'no-gpu-panel': NoGpuPanel;
  }
}
