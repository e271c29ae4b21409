/** What the network gets wrong, as one view: how much of what, by class, and which images. Measures nothing itself. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ConfusionCell } from '../../app/answers.ts';
import { shownMistakes, type MistakesMeasurement, type MistakesState } from '../../app/mistakes-slice.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { formatCount, formatPercent } from '../format.ts';
import { IntentEvent } from '../page-events.ts';
import './confusion-matrix.ts';
import type { CellChosenEvent } from './confusion-matrix.ts';
import { measurementText } from './mistakes-text.ts';
import { mistakesViewStyles } from './mistakes-view-styles.ts';
import './example-tile.ts';

/** `<mistakes-view .mistakes=${state.mistakes}>`. */
@customElement('mistakes-view')
export class MistakesView extends LitElement {
  @property({ attribute: false }) mistakes!: MistakesState;
  /** The test image that is the chosen one now, if it is one. */
  @property({ attribute: false }) chosenIndex: number | undefined;
  /** False where there is nothing to measure on or with. */
  @property({ attribute: false }) isPossible = true;

  override render(): TemplateResult {
    const { measurement, cell } = this.mistakes;
    if (!measurement) return this.#renderWaiting();
    return html`
      <confusion-matrix
        .confusion=${measurement.confusion}
        .classes=${measurement.classes}
        .cell=${cell}
        @cell-chosen=${(event: CellChosenEvent) => this.#choose(event.cell)}
      ></confusion-matrix>
      <div class="side">
        <p class="about">${measurementText(measurement)}</p>
        ${this.#renderHeading(measurement)}
        <div class="examples">${this.#renderExamples(measurement)}</div>
      </div>
    `;
  }

  #renderWaiting(): TemplateResult {
    return html`<p class="waiting" role="status">
      ${this.isPossible ? 'Asking the network about the test images …' : 'Without test images nothing can be wrong.'}
    </p>`;
  }

  #renderHeading({ right, labels }: MistakesMeasurement): TemplateResult {
    const { cell, listed } = this.mistakes;
    if (!cell) {
      const wrong = labels.length - right;
      return html`<h3>${wrong === 0 ? 'No mistake' : 'The worst mistakes'} <span>of ${formatCount(wrong)}</span></h3>`;
    }
    const { label, answer } = cell;
    const what = label === answer ? html`${label} read rightly, least sure first` : html`${label} read as ${answer}`;
    return html`<h3>
      <span class="what">${what}</span> <span>${formatCount(listed.length)}</span>
      <button type="button" @click=${() => this.#choose(undefined)}>All mistakes</button>
    </h3>`;
  }

  #renderExamples(measurement: MistakesMeasurement): TemplateResult {
    const { images, imageShape, listed } = this.mistakes;
    const shown = shownMistakes(this.mistakes);
    const more = listed.length - shown.length;
    return html`<ul aria-label="Images">
        ${shown.map((index) => {
          const label = measurement.labels[index] ?? 0;
          const answer = measurement.answers[index] ?? 0;
          const certainty = formatPercent(measurement.certainties[index] ?? 0, 0);
          return html`<li>
            <button
              type="button"
              class="tile"
              aria-pressed=${index === this.chosenIndex}
              title="Test image ${formatCount(index)}: show it to the network"
              @click=${() => this.dispatchEvent(new IntentEvent({ type: 'exampleChosen', index }))}
            >
              <example-tile .bytes=${images.get(index)} .shape=${imageShape}></example-tile>
              <span class="caption"><b>${label}→${answer}</b> <span>${certainty}</span></span>
              <span class="visually-hidden">sure, test image ${formatCount(index)}</span>
            </button>
          </li>`;
        })}
      </ul>
      ${
        more > 0
          ? html`<button
              type="button"
              @click=${() => this.dispatchEvent(new IntentEvent({ type: 'moreMistakesWanted' }))}
            >
              ${formatCount(more)} more
            </button>`
          : nothing
      }`;
  }

  #choose(cell: ConfusionCell | undefined): void {
    this.dispatchEvent(new IntentEvent({ type: 'confusionCellChosen', ...(cell ? { cell } : {}) }));
  }

  static override styles = [controlStyles, buttonStyles, mistakesViewStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'mistakes-view': MistakesView;
  }
}
