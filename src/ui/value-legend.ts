/** The colour scale of the maps as a bar: −limit, zero, +limit, and what is drawn in it. Knows no map. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controlStyles } from './control-styles.ts';
import type { MapScale } from '../worker/protocol.ts';
import { formatSetting, formatSigned, withTrueMinus } from './format.ts';
import { kindColours } from './kind-colours.ts';
import './words/explained-term.ts';

/** `<value-legend kind="activations" .limit=${1.8} caption="activations, shared scale">`. */
@customElement('value-legend')
export class ValueLegend extends LitElement {
  /** The largest magnitude, where both ends of the scale stand; 0 while nothing is known. */
  @property({ type: Number }) limit = 0;
  /** Activations and weights have their own pair of colours. */
  @property({ reflect: true }) kind: 'activations' | 'weights' | 'gradients' = 'activations';
  /** With `perMap` the ends stand for another number in every map. */
  @property() scale: MapScale = 'shared';
  @property({ type: Boolean, attribute: 'is-compact' }) isCompact = false;
  @property() caption = '';

  override render(): TemplateResult {
    const [low, high] = this.#ends;
    return html`
      <div
        class="bar"
        role="img"
        aria-label="Colour scale of ${this.caption || this.kind}: from ${low} over 0 to ${high}"
      ></div>
      <div class="ends">
        ${
          this.isCompact
            ? html`<span></span><span>${this.scale === 'perMap' ? 'own' : `±${high.slice(1)}`}</span>`
            : html`<span>${low}</span>${this.#renderZero()}<span>${high}</span>`
        }
      </div>
      <div class="caption">${this.caption}</div>
    `;
  }

  #renderZero(): TemplateResult {
    return html`<span><explained-term is-quiet term="colour-scale" label="0, colour scale">0</explained-term></span>`;
  }

  get #ends(): readonly [string, string] {
    if (this.scale === 'perMap') return ['−max', '+max'];
    if (!(this.limit > 0)) return ['−', '+'];
    if (this.limit < 0.01 || this.limit >= 1000) {
      const text = formatSetting(Number(this.limit.toPrecision(2)));
      return [withTrueMinus(`-${text}`), `+${text}`];
    }
    const decimals = this.limit < 0.1 ? 3 : this.limit < 1 ? 2 : this.limit < 100 ? 1 : 0;
    return [formatSigned(-this.limit, decimals), formatSigned(this.limit, decimals)];
  }

  static override styles = [
    controlStyles,
    kindColours,
    css`
      :host {
        display: block;
        font: 400 var(--text-s) / 1.35 var(--font);
        color: var(--ink-soft);
      }
      .bar {
        height: 8px;
        border-radius: 4px;
        background: linear-gradient(to right, var(--low), var(--value-zero), var(--high));
        box-shadow: inset 0 0 0 1px var(--hairline);
      }
      .ends {
        display: grid;
        grid-template-columns: 1fr auto 1fr;
        align-items: baseline;
        margin-top: 2px;
        font-family: var(--mono);
        font-variant-numeric: tabular-nums;
      }
      .ends span:last-child {
        text-align: right;
      }
      .caption {
        margin-top: 2px;
      }
      .caption:empty {
        display: none;
      }
      @media (forced-colors: active) {
        .bar {
          forced-color-adjust: none;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'value-legend': ValueLegend;
  }
}
