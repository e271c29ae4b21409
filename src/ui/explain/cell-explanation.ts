/** The panel that shows how one cell came by its value. Works out nothing but what to show. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { explainCell } from '../../app/explain/explain-cell.ts';
import type { CellExplanation } from '../../app/explain/explanation.ts';
import { activeCell, isSameCell } from '../../app/selection-slice.ts';
import type { PlaygroundState } from '../../app/state.ts';
import type { CellAddress } from '../../engine/model/cell-address.ts';
import { slidesOver } from '../../engine/model/layer-taps.ts';
import type { ResolvedModel, Shape } from '../../engine/model/resolved.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { formatCount } from '../format.ts';
import { closeIcon, playIcon } from '../icons.ts';
import { IntentEvent } from '../page-events.ts';
import { cellExplanationStyles } from './cell-explanation-styles.ts';
import './convolution-view.ts';
import './dense-view.ts';
import { cellTitle, readsText, summaryText } from './explanation-text.ts';
import './pooling-view.ts';
import './rule-view.ts';
import './softmax-table.ts';
import './window-slide.ts';

/** Screen readers are told of new numbers at most this often. */
const sayAgainMs = 1000;

/** `<cell-explanation .page=${state}>`: the dock's first panel. */
@customElement('cell-explanation')
export class CellExplanationPanel extends LitElement {
  @property({ attribute: false, hasChanged: isDifferent }) page!: PlaygroundState;

  @state() private said = '';

  #explanation: CellExplanation | undefined;
  #sayTimer: ReturnType<typeof setTimeout> | undefined;
  #saidMs = -Infinity;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#onKey);
    clearTimeout(this.#sayTimer);
    this.#sayTimer = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('page')) return;
    const before = changed.get('page');
    const { explain, built } = this.page;
    if (before && before.explain.numbers === explain.numbers && before.built === built) return;
    this.#explanation = explain.numbers && built && explainCell(built.model, explain.numbers);
    this.#sayLater();
  }

  override render(): TemplateResult {
    const { explain, built } = this.page;
    const explanation = this.#explanation;
    if (!explanation || !built) return renderEmpty(activeCell(this.page));
    const { model } = built;
    const isSliding = explain.slide !== undefined && slidesOver(explanation.layer);
    const softmax = 'softmax' in explanation && !isSliding ? explanation.softmax : undefined;
    return html`
      <div class="own">
        ${this.#renderHead(explanation, model, isSliding)}
        ${isSliding ? this.#renderSlide(explanation) : renderBody(explanation, model)}
      </div>
      ${
        softmax
          ? html`<softmax-table .softmax=${softmax} .channel=${explanation.cell.channel}></softmax-table>`
          : nothing
      }
      <p class="visually-hidden" role="status" aria-label="Explained cell">${this.said}</p>
    `;
  }

  #renderHead(explanation: CellExplanation, model: ResolvedModel, isSliding: boolean): TemplateResult {
    const { cell, kind } = explanation;
    const { layer, place } = cellTitle(cell, shapeOf(model, cell), kind);
    const canSlide = slidesOver(explanation.layer);
    const isPinned = isSameCell(this.page.selection.pinned, cell);
    const reads = noteOf(explanation);
    return html`<div class="head">
        <h3><b>${layer}</b> · ${place}${this.#renderHold(isPinned)}</h3>
        <span class="tools">
          ${
            canSlide
              ? html`<button type="button" aria-pressed=${isSliding} @click=${() => this.#toggleSlide(explanation)}>
                  ${isSliding ? closeIcon : playIcon} ${isSliding ? 'Close slide' : 'Slide'}
                </button>`
              : nothing
          }
          <button
            type="button"
            class="pin"
            aria-pressed=${isPinned}
            @click=${() => this.#pin(isPinned ? undefined : cell)}
          >
            ${isPinned ? 'Unpin' : 'Pin'}
          </button>
        </span>
      </div>
      ${isSliding || reads === '' ? nothing : html`<p class="note">${reads}</p>`}`;
  }

  /** What holds the cell here. */
  #renderHold(isPinned: boolean): TemplateResult | typeof nothing {
    const step = this.page.explain.numbers?.step ?? 0;
    if (isPinned) return html` · <b class="pinned">pinned</b>`;
    return activeCell(this.page) ? nothing : html` · <span class="past">as it was at step ${formatCount(step)}</span>`;
  }

  #renderSlide(explanation: CellExplanation): TemplateResult {
    const { explain } = this.page;
    return html`<window-slide
      .explanation=${explanation}
      .planes=${explain.numbers?.planes}
      .inputChannel=${explain.slide?.inputChannel ?? 0}
    ></window-slide>`;
  }

  #toggleSlide(explanation: CellExplanation): void {
    if (this.page.explain.slide) {
      this.#send({ type: 'slideClosed' });
      return;
    }
    // What is played must not go when the pointer leaves the map.
    this.#pin(explanation.cell);
    this.#send({ type: 'slideOpened', inputChannel: firstChannel(explanation) });
  }

  #pin(cell: CellAddress | undefined): void {
    this.#send({ type: 'cellPinned', ...(cell && { cell }) });
  }

  #send(intent: IntentEvent['intent']): void {
    this.dispatchEvent(new IntentEvent(intent));
  }

  /** Escape lets go of what is pinned, wherever nothing else claims the key. */
  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || !this.page.selection.pinned) return;
    const isInDialog = event
      .composedPath()
      .some((node) => node instanceof HTMLElement && node.matches('dialog, [role="dialog"], input'));
    if (isInDialog) return;
    this.#pin(undefined);
  };

  #sayLater(): void {
    if (this.#sayTimer !== undefined) return;
    const waitMs = Math.max(0, this.#saidMs + sayAgainMs - performance.now());
    this.#sayTimer = setTimeout(() => {
      this.#sayTimer = undefined;
      this.#saidMs = performance.now();
      const model = this.page.built?.model;
      if (this.#explanation && model)
        this.said = summaryText(this.#explanation, shapeOf(model, this.#explanation.cell));
    }, waitMs);
  }

  static override styles = [controlStyles, buttonStyles, cellExplanationStyles];
}

function renderBody(explanation: CellExplanation, model: ResolvedModel): TemplateResult {
  switch (explanation.kind) {
    case 'convolution':
      return html`<convolution-view .explanation=${explanation}></convolution-view>`;
    case 'dense':
      return html`<dense-view .explanation=${explanation} .model=${model}></dense-view>`;
    case 'pooling':
      return html`<pooling-view .explanation=${explanation}></pooling-view>`;
    default:
      return html`<rule-view .explanation=${explanation} .model=${model}></rule-view>`;
  }
}

/** Before the first cell, and until the first numbers have come. */
function renderEmpty(cell: CellAddress | undefined): TemplateResult {
  const grid = (name: string): TemplateResult =>
    html`<span class="sketch ${name}">${Array.from({ length: 9 }, () => html`<i></i>`)}</span>`;
  return html`<div class="empty">
    <div class="picture" aria-hidden="true">
      ${grid('patch')}<span>×</span>${grid('kernel')}<span>=</span>${grid('products')}
    </div>
    <p role="status">
      ${
        cell
          ? `Reading ${cell.layer === '' ? 'the input' : cell.layer} …`
          : 'Point at a cell of any map, tap it, or go there with the arrow keys, to see how its number is computed.'
      }
    </p>
  </div>`;
}

function noteOf(explanation: CellExplanation): string {
  switch (explanation.kind) {
    case 'convolution':
    case 'pooling':
      return readsText(explanation);
    default:
      return '';
  }
}

/** The channel that the slide begins with: the one that adds most, or the pool's own. */
function firstChannel(explanation: CellExplanation): number {
  if (explanation.kind !== 'convolution') return explanation.cell.channel;
  const [first, ...rest] = explanation.channels;
  const most = rest.reduce((best, next) => {
    return Math.abs(next.contribution) > Math.abs(best?.contribution ?? 0) ? next : best;
  }, first);
  return most?.channel ?? 0;
}

function shapeOf({ inputShape, layers }: ResolvedModel, { layer }: CellAddress): Shape {
  return layers.find(({ name }) => name === layer)?.outputShape ?? inputShape;
}

/** The page's state changes with every step; the panel only with what it shows. */
function isDifferent(now: PlaygroundState, before: PlaygroundState | undefined): boolean {
  return now.explain !== before?.explain || now.selection !== before.selection || now.built !== before.built;
}

declare global {
  interface HTMLElementTagNameMap {
    'cell-explanation': CellExplanationPanel;
  }
}
