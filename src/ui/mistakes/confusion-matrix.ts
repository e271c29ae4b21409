/** Counts of labels against answers as a table whose cells can be chosen. Counts nothing itself. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, queryAll, state } from 'lit/decorators.js';
import type { ConfusionCell } from '../../app/answers.ts';
import { controlStyles } from '../control-styles.ts';
import { formatCount } from '../format.ts';
import { confusionMatrixStyles } from './confusion-matrix-styles.ts';

/** Fired when a cell is chosen, or the chosen one once more: then without a cell. */
export class CellChosenEvent extends Event {
  static readonly type = 'cell-chosen';
  constructor(readonly cell: ConfusionCell | undefined) {
    super(CellChosenEvent.type, { bubbles: true, composed: true });
  }
}

/**
 * `<confusion-matrix .confusion=${counts} .classes=${10} .cell=${c}>`: a grid with one tab stop; arrow keys, Home and End move,
 * Enter or Space chooses.
 *
 * @fires CellChosenEvent (`cell-chosen`)
 */
@customElement('confusion-matrix')
export class ConfusionMatrix extends LitElement {
  /** Counts at `[label * classes + answer]`. */
  @property({ attribute: false }) confusion: Uint32Array = new Uint32Array();
  @property({ type: Number }) classes = 10;
  @property({ attribute: false }) cell: ConfusionCell | undefined;

  /** Where the tab stop is, as a place in `confusion`. */
  @state() private stop = 0;

  @queryAll('td') private cells!: NodeListOf<HTMLElement>;

  override render(): TemplateResult {
    const classes = Array.from({ length: this.classes }, (_, index) => index);
    return html`<table
      role="grid"
      aria-label="Confusion matrix: labels by row, answers by column"
      @keydown=${this.#onKey}
    >
      <thead>
        <tr>
          <th scope="col">as</th>
          ${classes.map((answer) => html`<th scope="col" title="read as ${answer}">${answer}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${classes.map(
          (label) =>
            html`<tr>
              <th scope="row" title="labelled ${label}">is ${label}</th>
              ${classes.map((answer) => this.#renderCell(label, answer))}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #renderCell(label: number, answer: number): TemplateResult {
    const place = label * this.classes + answer;
    const count = this.confusion[place] ?? 0;
    const isChosen = this.cell?.label === label && this.cell.answer === answer;
    return html`<td
      class=${label === answer ? 'right' : count === 0 ? 'none' : 'wrong'}
      tabindex=${place === this.stop ? 0 : -1}
      aria-selected=${isChosen}
      aria-label="${count}, ${label} read as ${answer}"
      title="${label} read as ${answer}: ${formatCount(count)}"
      @click=${() => this.#choose(place)}
    >
      ${count === 0 ? nothing : count}
    </td>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('classes')) this.stop = Math.min(this.stop, this.classes ** 2 - 1);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('confusion') && !changed.has('classes')) return;
    const mistakes = [...this.confusion].filter((_, place) => place % (this.classes + 1) !== 0);
    const most = Math.max(1, ...mistakes);
    // By the root: a cell of one mistake is seen beside one of forty.
    this.cells.forEach((cell, place) => {
      cell.style.setProperty('--share', String(Math.sqrt((this.confusion[place] ?? 0) / most)));
    });
  }

  #choose(place: number): void {
    this.stop = place;
    const label = Math.floor(place / this.classes);
    const answer = place % this.classes;
    const isChosen = this.cell?.label === label && this.cell.answer === answer;
    this.dispatchEvent(new CellChosenEvent(isChosen ? undefined : { label, answer }));
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') this.#choose(this.stop);
    else if (!this.#move(event.key)) return;
    event.preventDefault();
  };

  #move(key: string): boolean {
    const row = Math.floor(this.stop / this.classes);
    const column = this.stop % this.classes;
    const last = this.classes - 1;
    const target = {
      ArrowLeft: [row, Math.max(0, column - 1)],
      ArrowRight: [row, Math.min(last, column + 1)],
      ArrowUp: [Math.max(0, row - 1), column],
      ArrowDown: [Math.min(last, row + 1), column],
      Home: [row, 0],
      End: [row, last],
    }[key];
    if (!target) return false;
    const [toRow = 0, toColumn = 0] = target;
    this.stop = toRow * this.classes + toColumn;
    this.cells[this.stop]?.focus();
    return true;
  }

  static override styles = [controlStyles, confusionMatrixStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'confusion-matrix': ConfusionMatrix;
  }
}
