/** One plane of a kernel as numbers to be typed, nudged and dragged, with the bias below. Knows no filter and no network. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { controlStyles } from '../control-styles.ts';
import { formatDecimal, formatSetting } from '../format.ts';
import { kernelEditorStyles } from './kernel-editor-styles.ts';
import { nudged, nudgeStep, placeAfterKey, type GridSize } from './kernel-keys.ts';
import { NumberDrag } from './number-drag.ts';
import { NumberTyping } from './number-typing.ts';
import { newGesture, NumberEditedEvent } from './surgery-events.ts';

const rule = { min: -1000, max: 1000, isInteger: false } as const;
/** A number written here is shown until it has come back from the network, or this long. */
const trustMs = 600;

/** `<kernel-editor .numbers=${n} rows="3" columns="3" .bias=${0.1} .limit=${0.4}>`. @fires NumberEditedEvent */
@customElement('kernel-editor')
export class KernelEditor extends LitElement {
  /** Row by row. */
  @property({ attribute: false }) numbers: Float32Array = new Float32Array();
  @property({ type: Number }) rows = 1;
  @property({ type: Number }) columns = 1;
  /** Absent where the layer has none. */
  @property({ attribute: false }) bias: number | undefined;
  /** ± limit of the colours. */
  @property({ type: Number }) limit = 1;
  @property({ type: Boolean }) isOff = false;
  /** Names the grid. */
  @property() label = '';

  @state() private active = 0;
  /** The number just written into the active cell. */
  @state() private written: number | undefined;

  @query('[tabindex="0"]') private activeCell!: HTMLElement;

  #writtenMs = 0;
  /** Key presses and turns of the wheel on one cell are one gesture. */
  #nudging: { readonly place: number; readonly gesture: number } | undefined;
  #typing = new NumberTyping(this, {
    rule,
    value: () => shorter(this.#valueOf(this.active)),
    commit: (value) => this.#write(value, newGesture()),
    leave: () => this.activeCell.focus(),
  });
  #drag = new NumberDrag(this, {
    value: () => this.#valueOf(this.active),
    moved: (value, steps) => nudged(value, steps, nudgeStep(this.limit)),
    edit: (value, gesture) => this.#write(value, gesture),
  });

  get #size(): GridSize {
    return { rows: this.rows, columns: this.columns, hasBias: this.bias !== undefined };
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { rows, columns, hasBias } = this.#size;
    this.active = Math.min(this.active, rows * columns - (hasBias ? 0 : 1));
    if (!changed.has('numbers')) return;
    const isBack = Math.fround(this.written ?? NaN) === this.#given(this.active);
    if (!this.#drag.isUnderWay && (isBack || performance.now() - this.#writtenMs > trustMs)) this.written = undefined;
  }

  override render(): TemplateResult {
    const { rows, columns } = this;
    const size = columns <= 3 ? 'wide' : columns <= 5 ? 'middle' : columns <= 11 ? 'tight' : 'tiny';
    const classes = { grid: true, [size]: true, 'is-off': this.isOff };
    return html`
      <div
        class=${classMap(classes)}
        role="grid"
        aria-label=${this.label}
        aria-readonly=${this.isOff}
        aria-description="Arrow keys move, digits type, Enter edits, Page Up and Page Down nudge, Delete sets zero."
        @keydown=${this.#onKey}
        @wheel=${this.#onWheel}
      >
        ${Array.from({ length: rows }, (_, row) => html`<div role="row">${this.#renderRow(row)}</div>`)}
        ${
          this.bias === undefined && size !== 'tiny'
            ? nothing
            : html`<div role="row" class="below">${this.#renderBelow(size === 'tiny')}</div>`
        }
      </div>
      ${this.#typing.renderProblem()}
    `;
  }

  #renderRow(row: number): TemplateResult[] {
    return Array.from({ length: this.columns }, (_, column) =>
      this.#renderCell(row * this.columns + column, `row ${row}, column ${column}`),
    );
  }

  /** The bias; and the number in hand where the cells are too small for numbers. */
  #renderBelow(isTiny: boolean): TemplateResult {
    const cells = this.rows * this.columns;
    const { active, columns } = this;
    return html`${
      this.bias === undefined ? nothing : html`<span role="rowheader">bias</span>${this.#renderCell(cells, 'bias')}`
    }${
      isTiny && active < cells
        ? html`<span class="now" role="presentation"
            >row ${Math.floor(active / columns)}, column ${active % columns}:
            ${formatSetting(shorter(this.#valueOf(active)))}</span
          >`
        : nothing
    }`;
  }

  #renderCell(place: number, where: string): TemplateResult {
    const value = this.#valueOf(place);
    const isActive = place === this.active;
    const isTyped = isActive && this.#typing.isUnderWay;
    const classes = { active: isActive, negative: value < 0 };
    return html`<div
      role="gridcell"
      class=${classMap(classes)}
      tabindex=${isActive ? 0 : -1}
      title=${String(value)}
      @pointerdown=${(event: PointerEvent) => this.#onPointerDown(event, place)}
      @focus=${() => (this.active = place)}
    >
      <span class="visually-hidden">${where}: </span
      ><span>${this.#text(value)}</span>${isTyped ? this.#typing.renderEntry(where) : nothing}
    </div>`;
  }

  protected override updated(): void {
    this.renderRoot.querySelectorAll('[role="gridcell"]').forEach((cell, place) => {
      const share = Math.min(1, Math.abs(this.#valueOf(place)) / (this.limit || 1));
      if (cell instanceof HTMLElement) cell.style.setProperty('--share', `${(share * 100).toFixed(1)}%`);
    });
    this.style.setProperty('--columns', String(this.columns));
  }

  #valueOf(place: number): number {
    return place === this.active && this.written !== undefined ? this.written : this.#given(place);
  }

  #given(place: number): number {
    return (place === this.rows * this.columns ? this.bias : this.numbers[place]) ?? 0;
  }

  /** Narrow cells leave out the zero before the point. */
  #text(value: number): string {
    const decimals = this.limit >= 100 ? 0 : this.limit >= 10 ? 1 : 2;
    const text = formatDecimal(value, decimals);
    return this.columns > 5 ? text.replace(/^(−?)0\./, '$1.') : text;
  }

  #write(value: number, gesture: number): void {
    const bounded = Math.min(rule.max, Math.max(rule.min, value));
    this.written = bounded;
    this.#writtenMs = performance.now();
    this.dispatchEvent(new NumberEditedEvent(this.active, bounded, gesture));
  }

  #nudge(steps: number): void {
    if (this.#nudging?.place !== this.active) this.#nudging = { place: this.active, gesture: newGesture() };
    this.#write(nudged(this.#valueOf(this.active), steps, nudgeStep(this.limit)), this.#nudging.gesture);
  }

  #onKey = (event: KeyboardEvent): void => {
    if (this.#typing.isUnderWay || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = placeAfterKey(event.key, this.active, this.#size);
    if (place !== undefined) {
      event.preventDefault();
      void this.#goTo(place);
    } else if (!this.isOff) this.#onEditKey(event);
  };

  #onEditKey(event: KeyboardEvent): void {
    const steps = { PageUp: 1, PageDown: -1 }[event.key];
    if (steps !== undefined) this.#nudge(event.shiftKey ? 10 * steps : steps);
    else if (event.key === 'Delete' || event.key === 'Backspace') this.#write(0, newGesture());
    else if (event.key === 'Enter' || event.key === 'F2') this.#type();
    else if (/^[\d.,−-]$/.test(event.key)) this.#type(event.key);
    else return;
    event.preventDefault();
  }

  async #goTo(place: number): Promise<void> {
    this.written = undefined;
    this.#nudging = undefined;
    this.active = place;
    await this.updateComplete;
    this.activeCell.focus();
  }

  #type(first?: string): void {
    void this.#typing.begin(first, this.renderRoot);
  }

  #onWheel = (event: WheelEvent): void => {
    // Only over the number in hand, or the panel could not be scrolled past the grid.
    const isOverActive = event.composedPath().includes(this.activeCell) && this.activeCell.matches(':focus');
    if (!isOverActive || this.isOff || this.#typing.isUnderWay || event.deltaY === 0) return;
    event.preventDefault();
    this.#nudge(event.deltaY < 0 ? 1 : -1);
  };

  #onPointerDown(event: PointerEvent, place: number): void {
    if (event.button !== 0) return;
    // Before another cell is in hand, which the typed number is not for.
    this.#typing.end();
    const wasInHand = place === this.active && this.activeCell.matches(':focus');
    if (place !== this.active) {
      this.written = undefined;
      this.#nudging = undefined;
      this.active = place;
    }
    if (this.isOff || (event.pointerType === 'touch' && !wasInHand)) return;
    this.#drag.begin(event, () => {
      if (wasInHand) this.#type();
    });
  }

  static override styles = [controlStyles, kernelEditorStyles];
}

/** As many digits as a float32 tells for certain. */
function shorter(value: number): number {
  return Number(value.toPrecision(6));
}

declare global {
  interface HTMLElementTagNameMap {
    'kernel-editor': KernelEditor;
  }
}
