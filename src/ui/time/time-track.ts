/** The timeline as a slider: snapshots as ticks, epochs as marks, a thumb at the moment looked at. Knows no weights. */
import { LitElement, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Place } from '../../worker/protocol.ts';
import { controlStyles } from '../control-styles.ts';
import { IntentEvent } from '../page-events.ts';
import { timeTrackStyles } from './time-track-styles.ts';
import { epochStarts, momentOfKey, momentsOf, nearestMoment, shareOf, type Moment, type Run } from './timeline.ts';

/** More marks would be a hatching. */
const mostEpochMarks = 40;
/** More numbers would touch one another. */
const mostEpochNumbers = 9;
/** Units of the drawing across its width. */
const drawnWidth = 10_000;

/** `<time-track .run=${run} .lookedAt=${place} .stepsPerEpoch=${938} words="step 320, epoch 1">`, as wide as its place. */
@customElement('time-track')
export class TimeTrack extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  @property({ attribute: false }) run: Run = { places: [], nowStep: 0, endStep: 1 };
  @property({ attribute: false }) lookedAt: Place | undefined;
  @property({ type: Number }) stepsPerEpoch = 1;
  /** What the moment looked at is, aloud. */
  @property() words = '';

  @query('.slider') private slider!: HTMLElement;

  get #isEmpty(): boolean {
    return momentsOf(this.run).length < 2;
  }

  override render(): TemplateResult {
    const { nowStep } = this.run;
    const isEmpty = this.#isEmpty;
    return html`<div
      class="slider ${this.lookedAt ? 'is-back' : ''} ${isEmpty ? 'is-empty' : ''}"
      role="slider"
      tabindex=${isEmpty ? nothing : '0'}
      aria-label="Moment of the training"
      aria-disabled=${isEmpty ? 'true' : nothing}
      aria-valuemin="0"
      aria-valuemax=${nowStep}
      aria-valuenow=${this.lookedAt?.step ?? nowStep}
      aria-valuetext=${this.words}
      @pointerdown=${this.#onDown}
      @pointermove=${this.#onMove}
      @keydown=${this.#onKey}
    >
      ${this.#renderDrawing()} ${this.#renderNumbers()}
      <span class="done"></span>
      <span class="thumb"></span>
    </div>`;
  }

  protected override updated(): void {
    const { nowStep, endStep } = this.run;
    this.slider.style.setProperty('--now', String(shareOf(nowStep, endStep)));
    this.slider.style.setProperty('--at', String(shareOf(this.lookedAt?.step ?? nowStep, endStep)));
    for (const number of this.slider.querySelectorAll<HTMLElement>('.epoch')) {
      number.style.setProperty('--at', String(shareOf(Number(number.dataset['step']), endStep)));
    }
  }

  #renderDrawing(): TemplateResult {
    const { places, endStep } = this.run;
    const epochs = this.#epochs(mostEpochMarks);
    const line = (step: number): string => `M${Math.round(shareOf(step, endStep) * drawnWidth)} 0v1`;
    return html`<svg viewBox="0 0 ${drawnWidth} 1" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<path class="mark" d=${epochs.map(line).join('')} />`}
      </svg>
      <svg class="ticks" viewBox="0 0 ${drawnWidth} 1" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<path class="tick" d=${places.map(({ step }) => line(step)).join('')} />`}
      </svg>`;
  }

  #renderNumbers(): readonly TemplateResult[] {
    return this.#epochs(mostEpochNumbers).map(
      (step, index) => html`<span class="epoch" data-step=${step} aria-hidden="true">${index + 1}</span>`,
    );
  }

  /** None when there are too many. */
  #epochs(most: number): readonly number[] {
    const starts = epochStarts(this.stepsPerEpoch, this.run.endStep);
    return starts.length > most ? [] : starts;
  }

  #onDown = (event: PointerEvent): void => {
    if (event.button !== 0 || this.#isEmpty) return;
    this.slider.setPointerCapture(event.pointerId);
    this.#chooseAt(event);
  };

  #onMove = (event: PointerEvent): void => {
    if (this.slider.hasPointerCapture(event.pointerId)) this.#chooseAt(event);
  };

  #chooseAt({ clientX }: PointerEvent): void {
    const { left, width } = this.slider.getBoundingClientRect();
    this.#choose(nearestMoment(this.run, (clientX - left) / Math.max(1, width)));
  }

  #onKey = (event: KeyboardEvent): void => {
    const moment = momentOfKey(this.run, this.lookedAt, event.key);
    if (moment === undefined) return;
    event.preventDefault();
    this.#choose(moment);
  };

  #choose(moment: Moment): void {
    if (moment === 'now') {
      if (this.lookedAt) this.dispatchEvent(new IntentEvent({ type: 'nowChosen' }));
    } else if (moment.step !== this.lookedAt?.step) {
      this.dispatchEvent(new IntentEvent({ type: 'momentChosen', place: moment }));
    }
  }

  static override styles = [controlStyles, timeTrackStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'time-track': TimeTrack;
  }
}
