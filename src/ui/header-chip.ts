/** A chip of the header that opens a panel: name, value, and whatever is put inside. Knows nothing of its contents. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { controlStyles, hiddenText } from './control-styles.ts';
import { chevronIcon } from './icons.ts';
import { popoverLook } from './popover-look.ts';

const edgeGapPx = 8;

/** Fired when the panel is about to be shown, for what is inside to be loaded. */
export class PanelOpenedEvent extends Event {
  static readonly type = 'panel-opened';
  constructor() {
    super(PanelOpenedEvent.type);
  }
}

/** `<header-chip name="Data" value="MNIST" detail="60,000">panel</header-chip>`; the panel closes on Escape or a click outside. */
@customElement('header-chip')
export class HeaderChip extends LitElement {
  @property() name = '';
  /** Names button and panel where `name` is only a sign. */
  @property() label = '';
  @property() value = '';
  @property() detail = '';
  /** Something is under way or wrong: a dot beside the name. */
  @property() tone: 'plain' | 'busy' | 'danger' = 'plain';

  @query('button') private button!: HTMLButtonElement;
  @query('#panel') private panel!: HTMLElement;

  override render(): TemplateResult {
    return html`
      <button type="button" popovertarget="panel" aria-haspopup="dialog" aria-label=${this.label || nothing}>
        ${this.tone === 'plain' ? nothing : html`<span class="dot ${this.tone}"></span>`}
        <span class=${this.value === '' ? 'sign' : 'name'}>${this.name}</span>
        ${this.#renderValue()}
      </button>
      <div id="panel" popover role="dialog" aria-label=${this.label || this.name} @beforetoggle=${this.#place}>
        <slot></slot>
      </div>
    `;
  }

  #renderValue(): TemplateResult | typeof nothing {
    if (this.value === '') return nothing;
    return html`<span class="value">${this.value}</span>
      ${this.detail === '' ? nothing : html`<span class="detail">${this.detail}</span>`} ${chevronIcon}`;
  }

  /** Closes the panel; the button has the focus then, if the panel had it. */
  close(): void {
    if (this.panel.matches(':popover-open')) this.panel.hidePopover();
  }

  #place = (event: Event): void => {
    if (!(event instanceof ToggleEvent) || event.newState !== 'open') return;
    this.dispatchEvent(new PanelOpenedEvent());
    const { left, bottom } = this.button.getBoundingClientRect();
    this.panel.style.setProperty('--left', `${Math.max(edgeGapPx, left)}px`);
    this.panel.style.setProperty('--top', `${bottom + edgeGapPx}px`);
  };

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      button {
        position: relative;
        max-width: 100%;
        display: inline-flex;
        align-items: center;
        gap: 6px;
        height: 32px;
        min-width: 32px;
        justify-content: center;
        padding: 0 10px;
        font: 400 var(--text-m) / 1 var(--font);
        color: var(--ink-soft);
        background: var(--surface);
        border: 1px solid var(--hairline);
        border-radius: 16px;
        cursor: pointer;
        white-space: nowrap;
      }
      button:hover,
      button:has(+ :popover-open) {
        border-color: var(--hairline-strong);
        background: var(--sunken);
      }
      .value {
        min-width: 24px;
        max-width: 140px;
        overflow: hidden;
        text-overflow: ellipsis;
        line-height: 1.3;
        color: var(--ink);
        font-weight: 600;
      }
      .name,
      .detail,
      .dot,
      svg {
        flex: none;
      }
      .detail {
        font: 400 var(--text-s) / 1 var(--mono);
        font-variant-numeric: tabular-nums;
      }
      svg {
        width: 14px;
        opacity: 0.7;
      }
      .dot {
        width: 7px;
        height: 7px;
        border-radius: 50%;
        background: var(--accent);
      }
      .dot.danger {
        background: var(--danger);
      }
      .dot.busy {
        animation: breathe 1.2s ease-in-out infinite alternate;
      }
      @keyframes breathe {
        to {
          opacity: 0.25;
        }
      }
      #panel {
        position: fixed;
        inset: auto;
        top: var(--top, 64px);
        left: min(var(--left, 8px), 100vw - min(var(--panel-width, 440px), 100vw - 16px) - 8px);
        width: min(var(--panel-width, 440px), calc(100vw - 16px));
        max-height: calc(100dvh - var(--top, 64px) - 16px);
        ${popoverLook}
      }
      /* Room for the run's figures; the panels still say what they are. */
      @media (max-width: 1480px) {
        .name {
          ${hiddenText}
        }
      }
      @media (max-width: 699px) {
        :host {
          flex: none;
        }
        .detail {
          display: none;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .dot.busy {
          animation: none;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'header-chip': HeaderChip;
  }
}
