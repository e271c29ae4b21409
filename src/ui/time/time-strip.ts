/** Time in one line: the pace of training, the timeline to look back along, and the ways on from there. Keeps no snapshot. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Intent } from '../../app/intent.ts';
import type { PlaygroundState } from '../../app/state.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { IntentEvent } from '../page-events.ts';
import '../segmented-control.ts';
import { epochAxis } from '../series.ts';
import type { ValueChangeEvent } from '../value-events.ts';
import { timeStripStyles } from './time-strip-styles.ts';
import { momentWords, nowStepOf, timeWords } from './time-text.ts';
import './time-track.ts';
import type { TimeTrack } from './time-track.ts';
import type { Run } from './timeline.ts';

const fullSpeed = 'full';
const paces = [
  { value: fullSpeed, label: 'full', hint: 'As fast as the GPU can' },
  { value: '5', label: '5/s', hint: 'Five steps a second; the maps follow every one' },
  { value: '2', label: '2/s', hint: 'Two steps a second; the maps follow every one' },
  { value: '1', label: '1/s', hint: 'One step a second; the maps follow every one' },
];

/** `<time-strip .state=${state}>`: one line of 32 px where there is room. */
@customElement('time-strip')
export class TimeStrip extends LitElement {
  @property({ attribute: false }) state!: PlaygroundState;

  @query('time-track') private track!: TimeTrack;

  override render(): TemplateResult {
    const { time, progress, data, hyperparameters } = this.state;
    const stepsPerEpoch =
      progress?.stepsPerEpoch ?? Math.ceil((data.sizes?.train ?? 60_000) / hyperparameters.batchSize);
    return html`
      <segmented-control
        label="Speed"
        .options=${paces}
        .value=${String(time.stepsPerSecond ?? fullSpeed)}
        @value-change=${this.#onPace}
      ></segmented-control>
      <time-track
        .run=${this.#run(stepsPerEpoch)}
        .lookedAt=${time.lookedAt}
        .stepsPerEpoch=${stepsPerEpoch}
        words=${momentWords(this.state)}
      ></time-track>
      <div class="words ${time.lookedAt ? 'is-back' : ''}">
        <p>${timeWords(this.state)}</p>
        ${time.lookedAt ? this.#renderWays() : nothing}
      </div>
      <div class="visually-hidden" role="status">${time.note ? timeWords(this.state) : ''}</div>
    `;
  }

  /** As long as the charts' axis. */
  #run(stepsPerEpoch: number): Run {
    const nowStep = nowStepOf(this.state);
    const { max } = epochAxis(nowStep, stepsPerEpoch, this.state.hyperparameters.epochs);
    return { places: this.state.time.places, nowStep, endStep: Math.max(max, nowStep) };
  }

  #renderWays(): TemplateResult {
    return html`<div class="ways">
      <button
        type="button"
        title="Shows the network where training stands (Escape)"
        @click=${() => this.#leave({ type: 'nowChosen' })}
      >
        Back to now
      </button>
      <button
        type="button"
        class="main"
        title="Trains on from the moment you look at; what came after it is dropped"
        @click=${() => this.#leave({ type: 'trainPressed' })}
      >
        Go on from here
      </button>
    </div>`;
  }

  /** The buttons go with what they end; the focus must not go with them. */
  #leave(intent: Intent): void {
    this.track.focus();
    this.dispatchEvent(new IntentEvent(intent));
  }

  #onPace = ({ value }: ValueChangeEvent<string>): void => {
    const pace = value === fullSpeed ? {} : { stepsPerSecond: Number(value) };
    this.dispatchEvent(new IntentEvent({ type: 'paceChosen', ...pace }));
  };

  static override styles = [controlStyles, buttonStyles, timeStripStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'time-strip': TimeStrip;
  }
}
