/** The controls of one layer: sliders for numbers, segments and selects for choices. Knows configs, no shapes. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type {
  ActivationName,
  Conv2DConfig,
  DenseConfig,
  LayerConfig,
  Pair,
  Pooling2DConfig,
} from '../engine/model/config.ts';
import { IntentEvent } from './page-events.ts';
import './range-field.ts';
import './segmented-control.ts';
import './select-field.ts';
import type { ValueChangeEvent, ValueInputEvent } from './value-events.ts';

interface PaddingOption {
  readonly value: 'valid' | 'same' | 'replicate';
  readonly label: string;
  readonly hint: string;
}

const activations: readonly { readonly value: ActivationName; readonly label: string }[] = [
  { value: 'relu', label: 'ReLU' },
  { value: 'leakyRelu', label: 'leaky ReLU' },
  { value: 'sigmoid', label: 'sigmoid' },
  { value: 'tanh', label: 'tanh' },
  { value: 'linear', label: 'linear' },
];
const valid: PaddingOption = { value: 'valid', label: 'valid', hint: 'No padding: the window stays inside.' };
const same: PaddingOption = {
  value: 'same',
  label: 'same',
  hint: 'Zeros around the input: with stride 1, it keeps its size.',
};
const replicate: PaddingOption = {
  value: 'replicate',
  label: 'replicate',
  hint: 'As “same”, but the border cells are repeated.',
};
const pools = [
  { value: 'maxPooling2d', label: 'max', hint: 'Keeps the largest value of each window.' },
  { value: 'averagePooling2d', label: 'average', hint: 'Keeps the mean of each window.' },
];

/** `<stage-controls .layer=${config} .index=${0}>`: fires `layerEdited` on every move, `editCommitted` on release. */
@customElement('stage-controls')
export class StageControls extends LitElement {
  @property({ attribute: false }) layer!: LayerConfig;
  @property({ type: Number }) index = 0;

  override render(): TemplateResult {
    return html`<div class="controls">${this.#renderFields(this.layer)}</div>`;
  }

  #renderFields(layer: LayerConfig): TemplateResult {
    switch (layer.type) {
      case 'conv2d':
        return this.#renderConv(layer);
      case 'maxPooling2d':
      case 'averagePooling2d':
        return this.#renderPool(layer);
      case 'dense':
        return this.#renderDense(layer);
      case 'activation':
        return this.#choiceOf(layer.activation, (activation) => ({ ...layer, activation }));
      default:
        return html``;
    }
  }

  #renderConv(layer: Conv2DConfig): TemplateResult {
    return html`
      ${this.#range('filters', 128, layer.filters, 'Maps that the layer makes.', (filters) => ({ ...layer, filters }))}
      ${this.#range('kernel', 11, first(layer.kernelSize), 'Side of the window, in cells.', (kernelSize) => ({ ...layer, kernelSize }))}
      ${this.#range('stride', 4, first(layer.strides), 'Cells between two windows.', (strides) => ({ ...layer, strides }))}
      ${this.#range('dilation', 3, first(layer.dilationRate), 'Distance between the cells of a window.', (dilationRate) => ({ ...layer, dilationRate }))}
      ${this.#segments('padding', [valid, same, replicate], layer.padding, (padding) => ({ ...layer, padding }))}
      ${this.#choiceOf(layer.activation, (activation) => ({ ...layer, activation }))}
    `;
  }

  #renderPool(layer: Pooling2DConfig): TemplateResult {
    const size = first(layer.poolSize, 2);
    return html`
      ${this.#range('pool', 6, size, 'Side of the window, in cells.', (poolSize) => ({ ...layer, poolSize }))}
      ${this.#range('stride', 4, first(layer.strides, size), 'Cells between two windows.', (strides) => ({ ...layer, strides }))}
      ${this.#segments('padding', [valid, same], layer.padding, (padding) =>
        padding === 'replicate' ? layer : { ...layer, padding },
      )}
      <segmented-control
        label="pooling"
        is-label-hidden
        .options=${pools}
        .value=${layer.type}
        @value-change=${(event: ValueChangeEvent<string>) =>
          this.#edit({ ...layer, type: event.value === 'averagePooling2d' ? event.value : 'maxPooling2d' }, true)}
      ></segmented-control>
    `;
  }

  #renderDense(layer: DenseConfig): TemplateResult {
    return html`
      ${this.#range('units', 256, layer.units, 'Outputs of the layer.', (units) => ({ ...layer, units }))}
      ${this.#choiceOf(layer.activation, (activation) => ({ ...layer, activation }))}
    `;
  }

  #range(
    label: string,
    max: number,
    value: number,
    hint: string,
    apply: (value: number) => LayerConfig,
  ): TemplateResult {
    return html`<range-field
      label=${label}
      hint=${hint}
      min="1"
      max=${Math.max(max, value)}
      .value=${value}
      @value-input=${(event: ValueInputEvent) => this.#edit(apply(event.value), false)}
      @value-change=${(event: ValueChangeEvent) => this.#edit(apply(event.value), true)}
    ></range-field>`;
  }

  #segments(
    label: string,
    options: readonly PaddingOption[],
    value: unknown,
    apply: (value: PaddingOption['value']) => LayerConfig,
  ): TemplateResult {
    return html`<segmented-control
      label=${label}
      is-label-hidden
      .options=${options}
      .value=${typeof value === 'string' ? value : value === undefined ? 'valid' : ''}
      @value-change=${(event: ValueChangeEvent<string>) => {
        const chosen = options.find((option) => option.value === event.value);
        if (chosen) this.#edit(apply(chosen.value), true);
      }}
    ></segmented-control>`;
  }

  #choiceOf(activation: ActivationName | undefined, apply: (value: ActivationName) => LayerConfig): TemplateResult {
    return html`<select-field
      label="activation"
      .options=${activations}
      .value=${activation ?? 'linear'}
      @value-change=${(event: ValueChangeEvent<string>) => {
        const chosen = activations.find(({ value }) => value === event.value);
        if (chosen) this.#edit(apply(chosen.value), true);
      }}
    ></select-field>`;
  }

  #edit(layer: LayerConfig, isFinal: boolean): void {
    this.dispatchEvent(new IntentEvent({ type: 'layerEdited', index: this.index, layer }));
    if (isFinal) this.dispatchEvent(new IntentEvent({ type: 'editCommitted' }));
  }

  static override styles = css`
    :host {
      display: block;
      container-type: inline-size;
      --field-label-width: 43px;
      --field-value-width: 24px;
    }
    .controls {
      display: grid;
      align-content: start;
      gap: 1px var(--space-5);
    }
    select-field {
      --field-label-width: 54px;
    }
    @container (min-width: 250px) {
      @media (pointer: fine) {
        .controls {
          grid-template-columns: 1fr 1fr;
        }
      }
    }
  `;
}

function first(pair: Pair | undefined, otherwise = 1): number {
  if (pair === undefined) return otherwise;
  return typeof pair === 'number' ? pair : pair[0];
}

declare global {
  interface HTMLElementTagNameMap {
    'stage-controls': StageControls;
  }
}
