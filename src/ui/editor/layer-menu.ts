/** A layer's button that opens all its arguments and what can be done with it; the form is loaded when first opened. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { buttonStyles, controlStyles } from '../control-styles.ts';

const edgeGapPx = 8;
const leastHeightPx = 320;

/** `<layer-menu index="0" name="conv2d_1" is-icon>`; the panel closes on Escape or a click outside. */
@customElement('layer-menu')
export class LayerMenu extends LitElement {
  /** Place of the layer in the config. */
  @property({ type: Number }) index = 0;
  @property() name = '';
  /** Three dots beside other icons, in place of a word of its own line. */
  @property({ type: Boolean, attribute: 'is-icon' }) isIcon = false;

  @state() private isOpen = false;
  @state() private content: 'absent' | 'ready' | 'failed' = 'absent';

  @query('#more') private button!: HTMLButtonElement;
  @query('#panel') private panel!: HTMLElement;

  override render(): TemplateResult {
    return html`
      <button
        id="more"
        type="button"
        popovertarget="panel"
        aria-haspopup="dialog"
        aria-label="More of ${this.name}"
        title=${this.isIcon ? 'All its arguments; copy, move or remove it' : nothing}
      >
        ${this.isIcon ? '⋯' : 'More…'}
      </button>
      <div id="panel" popover role="dialog" aria-label=${this.name} @beforetoggle=${this.#onToggle}>
        ${this.isOpen ? this.#renderContent() : nothing}
      </div>
    `;
  }

  #renderContent(): TemplateResult {
    if (this.content === 'ready') return html`<layer-editor .index=${this.index}></layer-editor>`;
    if (this.content === 'absent') return html`<p>Loading…</p>`;
    return html`<p>The form could not be loaded: is the network gone?</p>
      <button type="button" @click=${() => this.#load()}>Try again</button>`;
  }

  #onToggle = (event: Event): void => {
    if (!(event instanceof ToggleEvent) || event.target !== this.panel) return;
    this.isOpen = event.newState === 'open';
    if (!this.isOpen) return;
    this.#place();
    if (this.content !== 'ready') void this.#load();
  };

  async #load(): Promise<void> {
    this.content = 'absent';
    try {
      await import('./layer-editor.ts');
      this.content = 'ready';
    } catch {
      this.content = 'failed';
    }
  }

  /** Above the button where there is more room, below it elsewhere, and never outside the window. */
  #place(): void {
    const { left, top, bottom } = this.button.getBoundingClientRect();
    const isAbove = top > innerHeight - bottom && innerHeight - bottom < leastHeightPx;
    const { style } = this.panel;
    style.setProperty('--left', `${Math.max(edgeGapPx, left)}px`);
    style.setProperty('--top', isAbove ? 'auto' : `${bottom + edgeGapPx}px`);
    style.setProperty('--bottom', isAbove ? `${innerHeight - top + edgeGapPx}px` : 'auto');
    style.setProperty('--room', `${(isAbove ? top : innerHeight - bottom) - 2 * edgeGapPx}px`);
  }

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      :host {
        display: block;
      }
      #more {
        width: 100%;
        padding: 0;
        text-align: left;
        color: var(--ink-soft);
        background: none;
        border-color: transparent;
      }
      :host([is-icon]) #more {
        display: grid;
        place-items: center;
        width: 18px;
        min-height: 18px;
        height: 18px;
        font-weight: 700;
        border: 0;
        border-radius: 4px;
      }
      :host([is-icon]) #more:hover {
        background: var(--sunken);
      }
      @media (pointer: coarse) {
        /* As large as a finger, without making its row taller. */
        :host([is-icon]) #more {
          width: 36px;
          min-height: 36px;
          height: 36px;
          margin: -9px 0;
        }
      }
      #panel {
        position: fixed;
        inset: auto;
        top: var(--top, auto);
        bottom: var(--bottom, auto);
        left: min(var(--left, 8px), 100vw - min(600px, 100vw - 16px) - 8px);
        width: min(600px, calc(100vw - 16px));
        max-height: max(240px, var(--room, 60dvh));
        overflow: auto;
        margin: 0;
        padding: var(--space-4);
        color: var(--ink);
        background: var(--surface);
        border: 1px solid var(--hairline-strong);
        border-radius: 12px;
        box-shadow: 0 12px 40px var(--shadow);
        font: 400 var(--text-m) / 1.5 var(--font);
      }
      p {
        margin: 0;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'layer-menu': LayerMenu;
  }
}
