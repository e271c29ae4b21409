/**
 * The one card of the page that explains a term: opens beside whatever asks for it, and for the control in hand when `?` is
 * pressed. Loads the words when the first of them is asked for.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { PlaygroundState } from '../../app/state.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { termLayerStyles } from './term-layer-styles.ts';
import type { TermName } from './term-name.ts';
import { TermClosedEvent, TermRequestEvent } from './term-request.ts';
import type * as TermText from './term-text.ts';

const edgeGapPx = 8;

/** `<term-layer .state=${state}>`, once on the page. */
@customElement('term-layer')
export class TermLayer extends LitElement {
  @property({ attribute: false }) state!: PlaygroundState;

  @state() private term: TermName | undefined;
  @state() private text: typeof TermText | undefined;
  @state() private hasFailed = false;

  @query('#card') private card!: HTMLElement;

  #request: TermRequestEvent | undefined;
  /** Has the focus again when the card closes. */
  #origin: HTMLElement | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener(TermRequestEvent.type, this.#onRequest);
    document.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener(TermRequestEvent.type, this.#onRequest);
    document.removeEventListener('keydown', this.#onKey);
  }

  override render(): TemplateResult {
    return html`<div
      id="card"
      popover
      role="dialog"
      aria-labelledby="title"
      tabindex="-1"
      @toggle=${this.#onToggle}
      @focusout=${this.#onFocusOut}
    >
      ${this.term === undefined ? nothing : this.#renderTerm(this.term)}
    </div>`;
  }

  #renderTerm(term: TermName): TemplateResult {
    if (!this.text) {
      const news = this.hasFailed ? 'The words could not be loaded: is the network gone?' : 'Loading the words…';
      return html`<h2 id="title">${news}</h2>`;
    }
    return this.text.renderTerm(term, { state: this.state, layer: this.#request?.layer ?? '' }, this.#turnTo);
  }

  protected override updated(): void {
    if (this.card.matches(':popover-open')) this.#place();
  }

  #onRequest = (event: Event): void => {
    if (!(event instanceof TermRequestEvent)) return;
    this.#close();
    this.#request = event;
    this.#origin = focusedElement() ?? event.anchor;
    this.term = event.term;
    // Beside a chip's open panel, the card belongs to it.
    this.card.showPopover({ source: event.anchor });
    void this.#load();
    void this.updateComplete.then(() => this.card.focus());
  };

  async #load(): Promise<void> {
    if (this.text) return;
    this.hasFailed = false;
    try {
      this.text = await import('./term-text.ts');
    } catch {
      this.hasFailed = true;
    }
  }

  #turnTo = (term: TermName): void => {
    this.term = term;
    void this.updateComplete.then(() => this.card.focus());
  };

  #close(): void {
    if (this.card.matches(':popover-open')) this.card.hidePopover();
    this.#forget();
  }

  #forget(): void {
    this.#request?.anchor.dispatchEvent(new TermClosedEvent());
    this.#request = undefined;
    this.term = undefined;
    removeEventListener('scroll', this.#place, { capture: true });
    removeEventListener('resize', this.#place);
  }

  #onToggle = (event: ToggleEvent): void => {
    if (event.newState === 'open') {
      addEventListener('scroll', this.#place, { capture: true, passive: true });
      addEventListener('resize', this.#place);
      this.#place();
      return;
    }
    // Closed by its button or by Escape while it had the focus; a press elsewhere has moved the focus already.
    const hadFocus = document.activeElement === document.body || this.matches(':focus-within');
    if (this.#request && hadFocus) this.#origin?.focus();
    this.#forget();
  };

  /** Whoever tabs on has left the card. */
  #onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && !this.card.contains(relatedTarget)) this.card.hidePopover();
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const subject = event.composedPath().find(isExplained);
    if (!subject) return;
    event.preventDefault();
    subject.dispatchEvent(new TermRequestEvent(subject.term, subject, subject.layer ?? ''));
  };

  /** Below what is explained, or above it where there is more room. */
  #place = (): void => {
    const anchor = this.#request?.anchor.getBoundingClientRect();
    if (!anchor) return;
    const { offsetWidth: width, scrollHeight: height } = this.card;
    const below = innerHeight - anchor.bottom - 2 * edgeGapPx;
    const above = anchor.top - 2 * edgeGapPx;
    const isBelow = below >= Math.min(height, 160) || below >= above;
    const room = Math.max(120, isBelow ? below : above);
    const left = Math.max(edgeGapPx, Math.min(anchor.left, innerWidth - width - edgeGapPx));
    const top = isBelow ? anchor.bottom + 6 : anchor.top - 6 - Math.min(height, room);
    this.card.style.setProperty('--left', `${left}px`);
    this.card.style.setProperty('--top', `${Math.max(edgeGapPx, top)}px`);
    this.card.style.setProperty('--room', `${room}px`);
  };

  static override styles = [controlStyles, buttonStyles, termLayerStyles];
}

interface Explained extends HTMLElement {
  readonly term: TermName;
  readonly layer?: string;
}

/** Elements that say which term explains them. */
function isExplained(node: EventTarget): node is Explained {
  return node instanceof HTMLElement && 'term' in node && typeof node.term === 'string' && node.term !== '';
}

/** The element with the focus, through all shadow roots; undefined when nothing has it. */
function focusedElement(): HTMLElement | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement && element !== document.body ? element : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'term-layer': TermLayer;
  }
}
