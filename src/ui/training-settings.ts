/** How the network is trained: optimizer, learning rate, batch size, epochs, seed. Knows no training and no worker. */
import { LitElement, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { OptimizerConfig, OptimizerType } from '../engine/model/training-config.ts';
import type { Hyperparameters } from '../worker/protocol.ts';
import { buttonStyles, controlStyles } from './control-styles.ts';
import { formatSetting } from './format.ts';
import './number-field.ts';
import {
  describeOptimizer,
  formOf,
  learningRateOf,
  numberOf,
  optimizerForms,
  switchOf,
  type OptimizerNumberField,
  type OptimizerSwitchField,
} from './optimizer-fields.ts';
import './range-field.ts';
import './segmented-control.ts';
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
          .options=${optimizerForms.map(({ type, label }) => ({ value: type, label }))}
          .value=${live(optimizer.type)}
          @value-change=${this.#onOptimizer}
        ></segmented-control>
        <range-field
          label="learning rate"
          scale="log"
          min="0.00001"
          max="1"
          hint="How far a step goes along the gradient."
          .value=${live(learningRateOf(optimizer))}
          @value-input=${stop}
          @value-change=${this.#onLearningRate}
        ></range-field>
        <p>${this.isTraining ? 'Both act from the next step on.' : 'Both can be changed while training.'}</p>
        ${this.#renderDetails(optimizer)}
      </section>
    `;
  }

  #renderRun({ batchSize, epochs, seed }: Hyperparameters): TemplateResult {
    return html`
      <section>
        <range-field
          label="batch size"
          min="1"
          max="4096"
          unit="images"
          hint="Images per training step."
          .stops=${batchSizes}
          .value=${live(batchSize)}
          @value-input=${stop}
          @value-change=${this.#onNumber('batchSize')}
        ></range-field>
        <p>Rebuilds the network; its weights are kept.</p>
        <number-field
          label="epochs"
          min="1"
          max="1000"
          hint="Passes over the training images."
          .value=${live(epochs)}
          @value-input=${stop}
          @value-change=${this.#onNumber('epochs')}
        ></number-field>
        <number-field
          label="seed"
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

  #renderDetails(optimizer: OptimizerConfig): TemplateResult {
    const { label, numbers, switches } = formOf(optimizer.type);
    return html`<details>
      <summary>
        <span class="more">More of ${label}</span>
        <span class="now">${describeOptimizer(optimizer, formatSetting)}</span>
      </summary>
      <div class="fields">
        ${numbers.map((field) => this.#renderNumber(optimizer, field))}
        ${switches.map((field) => this.#renderSwitch(optimizer, field))}
      </div>
    </details>`;
  }

  #renderNumber(optimizer: OptimizerConfig, field: OptimizerNumberField): TemplateResult {
    return html`<number-field
      label=${field.label}
      min=${field.min}
      max=${field.max}
      step=${field.step}
      hint=${field.hint}
      .value=${live(numberOf(optimizer, field))}
      @value-input=${stop}
      @value-change=${(event: ValueChangeEvent) => this.#setOptimizer(event, { ...optimizer, [field.key]: event.value })}
    ></number-field>`;
  }

  #renderSwitch(optimizer: OptimizerConfig, field: OptimizerSwitchField): TemplateResult {
    return html`<label class="switch" title=${field.hint}>
      <span>${field.label}</span>
      <input
        type="checkbox"
        .checked=${live(switchOf(optimizer, field))}
        @change=${(event: Event) => this.#setOptimizer(event, { ...optimizer, [field.key]: !switchOf(optimizer, field) })}
      />
    </label>`;
  }

  #onOptimizer = (event: ValueChangeEvent<string>): void => {
    const form = optimizerForms.find(({ type }) => type === event.value);
    if (form === undefined) return;
    this.#left.set(this.hyperparameters.optimizer.type, this.hyperparameters.optimizer);
    this.#setOptimizer(event, this.#left.get(form.type) ?? { type: form.type, learningRate: form.learningRate });
  };

  #onLearningRate = (event: ValueChangeEvent): void => {
    this.#setOptimizer(event, { ...this.hyperparameters.optimizer, learningRate: event.value });
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
    this.hyperparameters = { ...this.hyperparameters, ...change };
    this.dispatchEvent(new HyperparametersChangedEvent(this.hyperparameters));
  }

  static override styles = [controlStyles, buttonStyles, trainingSettingsStyles];
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
