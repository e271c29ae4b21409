/** Adds a layer: a type, and the place where it is to stand. Decides nothing about the layer itself. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { placeToAdd } from '../../app/places.ts';
import type { ModelDraft } from '../../app/state.ts';
import type { LayerType } from '../../engine/model/config.ts';
import { inputName } from '../../engine/model/layer-names.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { layerTitle } from '../layer-text.ts';
import { IntentEvent } from '../page-events.ts';
import { selectStyles } from '../select-styles.ts';

const families: readonly { readonly label: string; readonly types: readonly LayerType[] }[] = [
  { label: 'Convolution', types: ['conv2d', 'depthwiseConv2d', 'separableConv2d', 'conv2dTranspose'] },
  {
    label: 'Pooling',
    types: ['maxPooling2d', 'averagePooling2d', 'globalAveragePooling2d', 'globalMaxPooling2d'],
  },
  { label: 'Dense', types: ['dense', 'flatten', 'reshape'] },
  { label: 'Activation', types: ['activation'] },
  { label: 'Normalization', types: ['batchNormalization', 'layerNormalization'] },
  { label: 'Regularization', types: ['dropout', 'spatialDropout2d'] },
  { label: 'Padding and size', types: ['zeroPadding2d', 'padding2d', 'upSampling2d'] },
  { label: 'Joining', types: ['add', 'concatenate'] },
];

/** `<add-layer .draft=${d} .at=${3}>`: with `is-fixed`, the place cannot be chosen. */
@customElement('add-layer')
export class AddLayer extends LitElement {
  @property({ attribute: false }) draft!: ModelDraft;
  /** Place of the new layer in the config. */
  @property({ type: Number }) at = 0;
  /** Places that are one on the page: the layer takes the one that suits it. Empty where there is only `at`. */
  @property({ attribute: false }) places: readonly number[] = [];
  @property({ type: Boolean, attribute: 'is-fixed' }) isFixed = false;

  @state() private chosen: LayerType = 'conv2d';

  override render(): TemplateResult {
    const before = this.draft.names[this.at - 1] ?? inputName;
    return html`
      <label for="type">${this.isFixed ? `After ${before}, add` : 'Add'}</label>
      <select id="type" @change=${this.#choose}>
        ${families.map(
          ({ label, types }) =>
            html`<optgroup label=${label}>
              ${types.map(
                (type) => html`<option value=${type} ?selected=${type === this.chosen}>${layerTitle(type)}</option>`,
              )}
            </optgroup>`,
        )}
      </select>
      ${this.isFixed ? nothing : this.#renderPlace()}
      <button type="button" @click=${this.#add}>Add layer</button>
    `;
  }

  #renderPlace(): TemplateResult {
    const places = [inputName, ...this.draft.names];
    return html`<label for="place">after</label>
      <select id="place" @change=${this.#placeIt}>
        ${places.map((name, place) => html`<option value=${place} ?selected=${place === this.at}>${name}</option>`)}
      </select>`;
  }

  #add = (): void => {
    const at = this.places.length > 0 ? placeToAdd(this.draft, this.places, this.chosen) : this.at;
    this.dispatchEvent(new IntentEvent({ type: 'layerAdded', at, layerType: this.chosen }));
  };

  #choose = (event: Event): void => {
    if (!(event.currentTarget instanceof HTMLSelectElement)) return;
    const { value } = event.currentTarget;
    this.chosen = families.flatMap(({ types }) => types).find((type) => type === value) ?? this.chosen;
  };

  #placeIt = (event: Event): void => {
    if (event.currentTarget instanceof HTMLSelectElement) this.at = Number(event.currentTarget.value);
  };

  static override styles = [
    controlStyles,
    buttonStyles,
    selectStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
        font: 400 var(--text-s) / 1.3 var(--font);
        color: var(--ink-soft);
      }
      select {
        max-width: 190px;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'add-layer': AddLayer;
  }
}
