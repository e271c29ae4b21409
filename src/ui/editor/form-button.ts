/** A button that opens a form in a box of its own; the form is loaded when first opened. Knows no form. */
import { LitElement, css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { popoverLook } from '../popover-look.ts';

const edgeGapPx = 8;
const leastHeightPx = 320;

/** What such buttons share: the box closes on Escape or a click outside, and never stands outside the window. */
export abstract class FormButton extends LitElement {
  @state() private isOpen = false;
  @state() private content: 'absent' | 'ready' | 'failed' = 'absent';

  @query('#opener') private button!: HTMLButtonElement;
  @query('#panel') private panel!: HTMLElement;

  /** Names the button. */
  protected abstract get label(): string;
  /** Names the box. */
  protected abstract get heading(): string;
  protected abstract loadForm(): Promise<unknown>;
  protected abstract renderForm(): TemplateResult;
  /** What the button shows. */
  protected abstract renderSign(): TemplateResult | string;

  /** Told by the button's tooltip; empty for none. */
  protected get hint(): string {
    return '';
  }

  override render(): TemplateResult {
    return html`
      <button
        id="opener"
        type="button"
        popovertarget="panel"
        aria-haspopup="dialog"
        aria-label=${this.label}
        title=${this.hint || nothing}
      >
        ${this.renderSign()}
      </button>
      <div id="panel" popover role="dialog" aria-label=${this.heading} @beforetoggle=${this.#onToggle}>
        ${this.isOpen ? this.#renderContent() : nothing}
      </div>
    `;
  }

  /** Closes the box, done with; the button has the focus then. */
  protected close(): void {
    this.panel.hidePopover();
    this.button.focus();
  }

  #renderContent(): TemplateResult {
    if (this.content === 'ready') return this.renderForm();
    if (this.content === 'absent') return html`<p>Loading…</p>`;
    return html`<p>The form could not be loaded: is the network gone?</p>
      <button type="button" @click=${() => this.#load()}>Try again</button>`;
  }

  #onToggle = (event: Event): void => {
    if (!(event instanceof ToggleEvent) || event.target !== this.panel) return;
    this.isOpen = event.newState === 'open';
    this.toggleAttribute('is-open', this.isOpen);
    if (!this.isOpen) return;
    this.#place();
    if (this.content !== 'ready') void this.#load();
  };

  async #load(): Promise<void> {
    this.content = 'absent';
    try {
      await this.loadForm();
      this.content = 'ready';
    } catch {
      this.content = 'failed';
    }
  }

  /** Above the button where there is more room, below it elsewhere. */
  #place(): void {
    const { left, top, bottom } = this.button.getBoundingClientRect();
    const isAbove = top > innerHeight - bottom && innerHeight - bottom < leastHeightPx;
    const { style } = this.panel;
    style.setProperty('--left', `${Math.max(edgeGapPx, left)}px`);
    style.setProperty('--top', isAbove ? 'auto' : `${bottom + edgeGapPx}px`);
    style.setProperty('--bottom', isAbove ? `${innerHeight - top + edgeGapPx}px` : 'auto');
    style.setProperty('--room', `${(isAbove ? top : innerHeight - bottom) - 2 * edgeGapPx}px`);
  }

  static override styles: CSSResultGroup = [
    controlStyles,
    buttonStyles,
    css`
      #panel {
        --width: min(var(--form-width, 600px), 100vw - 16px);
        position: fixed;
        inset: auto;
        top: var(--top, auto);
        bottom: var(--bottom, auto);
        left: min(var(--left, 8px), 100vw - var(--width) - 8px);
        width: var(--width);
        max-height: max(240px, var(--room, 60dvh));
        ${popoverLook}
      }
      p {
        margin: 0;
      }
    `,
  ];
}
