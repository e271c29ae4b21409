/** Which maps or units of a layer stay 0, whatever they are shown. Asks for the search and names what it found. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ViewsState } from '../../app/views-slice.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { formatCount, formatPercent } from '../format.ts';
import { IntentEvent } from '../page-events.ts';

/** Numbers named one by one; more are counted. */
const namedAtMost = 24;

/** `<dead-units .views=${v} noun="map">`. */
@customElement('dead-units')
export class DeadUnits extends LitElement {
  @property({ attribute: false }) views!: ViewsState;
  /** `map` or `unit`. */
  @property() noun = 'map';

  override render(): TemplateResult {
    const { searched, deadUnits } = this.views;
    const isSearching = searched !== undefined;
    return html`
      <h4>Dead ${this.noun}s</h4>
      <div role="status">
        ${deadUnits ? this.#renderFound(deadUnits) : html`<p>A ${this.noun} is dead when it stays 0 for every image.</p>`}
      </div>
      <button type="button" ?disabled=${isSearching} @click=${this.#seek}>
        ${isSearching ? 'Looking…' : deadUnits ? 'Look again' : `Look for dead ${this.noun}s`}
      </button>
    `;
  }

  #renderFound({ dead, units, images, step }: NonNullable<ViewsState['deadUnits']>): TemplateResult {
    const named = dead.slice(0, namedAtMost).join(', ');
    const rest = dead.length - namedAtMost;
    return html`
      <p>
        <b>${formatCount(dead.length)}</b> of ${formatCount(units)} ${this.noun}s
        (${formatPercent(dead.length / Math.max(1, units), 0)}) stay 0 on all of ${formatCount(images)} validation
        images, after step ${formatCount(step)}.
      </p>
      ${dead.length > 0 ? html`<p class="names">${named}${rest > 0 ? html` and ${formatCount(rest)} more` : nothing}</p>` : nothing}
    `;
  }

  #seek = (): void => {
    this.dispatchEvent(new IntentEvent({ type: 'deadUnitsSought' }));
  };

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        font: 400 var(--text-s) / 1.4 var(--font);
        color: var(--ink-soft);
      }
      h4 {
        margin: 0;
        font: 650 var(--text-s) / 16px var(--font);
        color: var(--ink);
      }
      p {
        margin: 0 0 var(--space-1);
      }
      b,
      .names {
        font-family: var(--mono);
        font-variant-numeric: tabular-nums;
        color: var(--ink);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'dead-units': DeadUnits;
  }
}
