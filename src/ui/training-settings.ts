/** How the network is trained: optimizer, learning rate, batch size, epochs, seed. Knows no training and no worker. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { LossConfig, OptimizerConfig, OptimizerType } from '../engine/model/training-config.ts';
import type { Hyperparameters } from '../worker/protocol.ts';
import { buttonStyles, controlStyles } from './control-styles.ts';
import { losses, lossName, smoothingOf, writtenLoss } from './loss-fields.ts';
import './number-field.ts';
import { renderOptimizerDetails } from './optimizer-details.ts';
import { scheduleOf, withSchedule } from './optimizer-extras.ts';
import { learningRateOf, optimizerForms } from './optimizer-fields.ts';
import './range-field.ts';
import './segmented-control.ts';
import './select-field.ts';
import { switchStyles } from './switch-styles.ts';
import { trainingSettingsStyles } from './training-settings-styles.ts';
import type { ValueChangeEvent } from './value-events.ts';

/** Fired when a setting has been chosen; carries all of them. */
export class HyperparametersChangedEvent extends Event {
  static readonly type = 'hyperparameters-changed';
  constructor(readonly hyperparameters: Hyperparameters) {
    super(HyperparametersChangedEvent.type, { bubbles: true, composed: true });
  }
}

const batchSizes = [16, 32, 64, 128, 256, 512] as const;
const largestSeed = 0xffff_ffff;

/**
 * `<training-settings .hyperparameters=${h} .isTraining=${false}>`, about 520 × 220 px.
 *
 * @fires HyperparametersChangedEvent (`hyperparameters-changed`)
 */
@customElement('training-settings')
export class TrainingSettings extends LitElement {
  @property({ attribute: false }) hyperparameters: Hyperparameters = {
    optimizer: { type: 'rmsprop' },
    batchSize: 64,
    epochs: 5,
    seed: 1,
  };
  /** Changes what is said about when a setting takes effect. */
  @property({ attribute: false }) isTraining = false;

  /** What an optimizer was set to before another one was tried. */
  #left = new Map<OptimizerType, OptimizerConfig>();

  override render(): TemplateResult {
    return html`${this.#renderOptimizer(this.hyperparameters)} ${this.#renderRun(this.hyperparameters)}`;
  }

  #renderOptimizer({ optimizer }: Hyperparameters): TemplateResult {
    return html`
      <section>
        <segmented-control
          label="optimizer"
          is-label-hidden
          term="optimizer"
          .options=${optimizerForms.map(({ type, label }) => ({ value: type, label }))}
          .value=${live(optimizer.type)}
          @value-change=${this.#onOptimizer}
        ></segmented-control>
        <range-field
          label="learning rate"
          term="learning-rate"
          scale="log"
          min="0.00001"
          max="1"
          hint="How far a step goes along the gradient."
          .value=${live(learningRateOf(optimizer))}
          @value-input=${stop}
          @value-change=${this.#onLearningRate}
        ></range-field>
        <p>${this.isTraining ? 'Both act from the next step on.' : 'Both can be changed while training.'}</p>
        ${renderOptimizerDetails(optimizer, (next) => this.#change({ optimizer: next }))}
      </section>
    `;
  }

  #renderRun({ batchSize, epochs, seed, loss }: Hyperparameters): TemplateResult {
    return html`
      <section>
        <range-field
          label="batch size"
          term="batch-size"
          min="1"
          max="4096"
          unit="images"
          hint="Images per training step."
          .stops=${batchSizes}
          .value=${live(batchSize)}
          @value-input=${stop}
          @value-change=${this.#onNumber('batchSize')}
        ></range-field>
        ${this.#renderLoss(loss)}
        <p>These rebuild the network; its weights are kept.</p>
        <number-field
          label="epochs"
          term="epoch"
          min="1"
          max="1000"
          hint="Passes over the training images."
          .value=${live(epochs)}
          @value-input=${stop}
          @value-change=${this.#onNumber('epochs')}
        ></number-field>
        <number-field
          label="seed"
          term="seed"
          min="0"
          max=${largestSeed}
          hint="Decides the initial weights and the order of the images."
          .value=${live(seed)}
          @value-input=${stop}
          @value-change=${this.#onNumber('seed')}
        >
          <button type="button" @click=${this.#drawSeed}>New seed</button>
        </number-field>
        <p>The seed takes effect at Rewind.</p>
      </section>
    `;
  }

  #renderLoss(loss: LossConfig | undefined): TemplateResult {
    const type = lossName(loss);
    const smoothing = smoothingOf(loss);
    return html`<select-field
        label="loss"
        term="loss"
        title=${losses.find((candidate) => candidate.type === type)?.hint ?? ''}
        .options=${losses.map(({ type: value, label }) => ({ value, label }))}
        .value=${type}
        @value-change=${this.#onLoss}
      ></select-field>
      ${
        smoothing === undefined
          ? nothing
          : html`<number-field
              label="smoothing"
              term="loss"
              min="0"
              max="0.9"
              step="0.05"
              hint="label_smoothing: share of the target that is spread over all classes."
              .value=${live(smoothing)}
              @value-input=${stop}
              @value-change=${(event: ValueChangeEvent) => this.#setLoss(event, writtenLoss(type, event.value))}
            ></number-field>`
      }`;
  }

  #onLoss = (event: ValueChangeEvent<string>): void => {
    const chosen = losses.find(({ type }) => type === event.value);
    if (chosen) this.#setLoss(event, writtenLoss(chosen.type, 0));
  };

  #setLoss(event: Event, loss: LossConfig | undefined): void {
    event.stopPropagation();
    const { loss: _before, ...rest } = this.hyperparameters;
    this.#tell(loss === undefined ? rest : { ...rest, loss });
  }

  #onOptimizer = (event: ValueChangeEvent<string>): void => {
    const form = optimizerForms.find(({ type }) => type === event.value);
    if (form === undefined) return;
    this.#left.set(this.hyperparameters.optimizer.type, this.hyperparameters.optimizer);
    this.#setOptimizer(event, this.#left.get(form.type) ?? { type: form.type, learningRate: form.learningRate });
  };

  #onLearningRate = (event: ValueChangeEvent): void => {
    const { optimizer } = this.hyperparameters;
    this.#setOptimizer(event, withSchedule(optimizer, scheduleOf(optimizer).type, event.value));
  };

  #onNumber(key: 'batchSize' | 'epochs' | 'seed'): (event: ValueChangeEvent) => void {
    return (event) => {
      event.stopPropagation();
      this.#change({ [key]: event.value });
    };
  }

  #drawSeed = (): void => {
    // Six figures are seed enough and can still be told to a neighbour.
    const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
    this.#change({ seed: random % 1_000_000 });
  };

  #setOptimizer(event: Event, optimizer: OptimizerConfig): void {
    event.stopPropagation();
    this.#change({ optimizer });
  }

  #change(change: Partial<Hyperparameters>): void {
    this.#tell({ ...this.hyperparameters, ...change });
  }

  #tell(hyperparameters: Hyperparameters): void {
    this.hyperparameters = hyperparameters;
    this.dispatchEvent(new HyperparametersChangedEvent(this.hyperparameters));
  }

  static override styles = [controlStyles, buttonStyles, switchStyles, trainingSettingsStyles];
}

/** The events of the controls inside are this form's own business. */
function stop(event: Event): void {
  event.stopPropagation();
}

declare global {
  interface HTMLElementTagNameMap {
    'training-settings': TrainingSettings;
  }
}
