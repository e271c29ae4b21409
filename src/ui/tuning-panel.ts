/** How the network's kernels are computed: a switch, what was measured, and a way to forget it. Measures nothing itself. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { TuningState } from '../app/tuning-slice.ts';
import type { TunedKernel } from '../engine/contract.ts';
import { buttonStyles, controlStyles } from './control-styles.ts';
import { IntentEvent } from './page-events.ts';
import { tuningPanelStyles } from './tuning-panel-styles.ts';
import { outcomeText, tuningSummary } from './tuning-text.ts';
import './words/explained-term.ts';

/**
 * `<tuning-panel .tuning=${t}>`.
 *
 * @fires IntentEvent (`intent`)
 */
@customElement('tuning-panel')
export class TuningPanel extends LitElement {
  @property({ attribute: false }) tuning: TuningState = { isOn: true, kernels: [] };

  override render(): TemplateResult {
    const { isOn, kernels } = this.tuning;
    return html`<details>
      <summary><span class="name">Tuning</span> <span class="now">${tuningSummary(this.tuning)}</span></summary>
      <div class="controls">
        <label>
          <input type="checkbox" .checked=${live(isOn)} @change=${this.#switch} />
          Tune in the background
        </label>
        <button type="button" @click=${this.#forget}>Forget</button>
      </div>
      <p>
        While the network trains, other <explained-term term="autotuning">ways to compute</explained-term> its largest
        kernels are timed, a little at a time; those that give the same numbers faster are kept for the next visit. They
        round differently: switch this off for the same bits from the same seed.
      </p>
      ${kernels.length > 0 ? this.#renderTable(kernels, isOn) : html`<p>This network has no kernel to tune.</p>`}
      ${this.#renderRefusals(kernels)}
    </details>`;
  }

  #renderTable(kernels: readonly TunedKernel[], isOn: boolean): TemplateResult {
    return html`<table>
      <caption class="visually-hidden">
        Kernels and the ways they are computed
      </caption>
      <thead>
        <tr>
          <th scope="col">Kernel</th>
          <th scope="col">Way</th>
          <th scope="col">Speed</th>
        </tr>
      </thead>
      <tbody>
        ${kernels.map(
          (kernel) =>
            html`<tr>
              <th scope="row">${kernel.labels.join(', ')}</th>
              <td>${kernel.choice}</td>
              <td title=${kernel.reason ?? nothing}>${outcomeText(kernel, isOn)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #renderRefusals(kernels: readonly TunedKernel[]): TemplateResult | typeof nothing {
    const refusals = kernels.flatMap(({ labels, refusals: all }) => all.map((refusal) => ({ labels, ...refusal })));
    if (refusals.length === 0) return nothing;
    return html`<p>Not taken, as they do not give the same numbers or do not compile here:</p>
      <ul>
        ${refusals.map(({ labels, choice, reason }) => html`<li>${labels[0]}, ${choice}: ${reason}</li>`)}
      </ul>`;
  }

  #switch = (): void => {
    this.dispatchEvent(new IntentEvent({ type: 'tuningSwitched', isOn: !this.tuning.isOn }));
  };

  #forget = (): void => {
    this.dispatchEvent(new IntentEvent({ type: 'tuningForgotten' }));
  };

  static override styles = [controlStyles, buttonStyles, tuningPanelStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'tuning-panel': TuningPanel;
  }
}
