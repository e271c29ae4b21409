/** The controls of one layer: sliders for numbers, segments and selects for choices, and the way to all the rest. Knows no shapes. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ActivationName, LayerConfig } from '../engine/model/config.ts';
import { given, pairOf, withArgument } from './editor/layer-argument-values.ts';
import './editor/layer-menu.ts';
import { IntentEvent } from './page-events.ts';
import './range-field.ts';
import './segmented-control.ts';
import './select-field.ts';
import { stageFields, type RangeField, type SegmentsField, type StageField } from './stage-fields.ts';
import type { ValueChangeEvent, ValueInputEvent } from './value-events.ts';
import { activationTerms, layerTerms } from './words/term-of.ts';

const activations: readonly { readonly value: ActivationName; readonly label: string }[] = [
  { value: 'relu', label: 'ReLU' },
  { value: 'leakyRelu', label: 'leaky ReLU' },
  { value: 'elu', label: 'ELU' },
  { value: 'selu', label: 'SELU' },
  { value: 'gelu', label: 'GELU' },
  { value: 'silu', label: 'SiLU' },
  { value: 'sigmoid', label: 'sigmoid' },
  { value: 'tanh', label: 'tanh' },
  { value: 'softplus', label: 'softplus' },
  { value: 'softmax', label: 'softmax' },
  { value: 'linear', label: 'linear' },
];

/** `<stage-controls .layer=${config} .index=${0} name="conv2d_1">`: fires `layerEdited` on every move, `editCommitted` on release. */
@customElement('stage-controls')
export class StageControls extends LitElement {
  @property({ attribute: false }) layer!: LayerConfig;
  @property({ type: Number }) index = 0;
  /** The layer's, for the numbers of explanations. */
  @property() name = '';
  /** The way to all other arguments stands here, unless it stands elsewhere. */
  @property({ type: Boolean, attribute: 'has-menu' }) hasMenu = false;

  override render(): TemplateResult {
    return html`<div class="controls">
      ${stageFields[this.layer.type].map((field) => this.#renderField(field))}
      ${this.hasMenu ? html`<layer-menu .index=${this.index} name=${this.name}></layer-menu>` : nothing}
    </div>`;
  }

  #renderField(field: StageField): TemplateResult {
    switch (field.kind) {
      case 'range':
        return this.#renderRange(field);
      case 'segments':
        return this.#renderSegments(field);
      case 'activation':
        return this.#renderActivation();
    }
  }

  #renderRange(field: RangeField): TemplateResult {
    const { label, hint, term, min, max, step } = field;
    const value = rangeValue(this.layer, field);
    const set = (next: number, isFinal: boolean): void =>
      this.#edit(withArgument(this.layer, { ...field, kind: 'number' }, next), isFinal);
    return html`<range-field
      label=${label}
      hint=${hint}
      term=${term}
      layer=${this.name}
      min=${min}
      max=${Math.max(max, value)}
      step=${step}
      .value=${value}
      @value-input=${(event: ValueInputEvent) => set(event.value, false)}
      @value-change=${(event: ValueChangeEvent) => set(event.value, true)}
    ></range-field>`;
  }

  #renderSegments(field: SegmentsField): TemplateResult {
    const { key, label, term, options, fallback } = field;
    const value = given(this.layer, key) ?? fallback;
    const words = options.map((option) => option.value);
    return html`<segmented-control
      label=${label}
      term=${term ?? (key === 'type' ? layerTerms[this.layer.type] : '')}
      layer=${this.name}
      is-label-hidden
      .options=${options}
      .value=${typeof value === 'string' ? value : ''}
      @value-change=${(event: ValueChangeEvent<string>) =>
        this.#edit(
          withArgument(
            this.layer,
            { kind: 'choice', key, hint: '', options: words, ...(fallback && { fallback }) },
            event.value,
          ),
          true,
        )}
    ></segmented-control>`;
  }

  #renderActivation(): TemplateResult {
    const value = given(this.layer, 'activation');
    const chosen = activations.find((option) => option.value === value)?.value ?? 'linear';
    return html`<select-field
      label="activation"
      term=${activationTerms[chosen]}
      layer=${this.name}
      .options=${activations}
      .value=${chosen}
      @value-change=${(event: ValueChangeEvent<string>) =>
        this.#edit(
          withArgument(this.layer, { kind: 'choice', key: 'activation', hint: '', options: [] }, event.value),
          true,
        )}
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
      column-gap: var(--space-5);
    }
    select-field {
      --field-label-width: 54px;
    }
    layer-menu {
      margin-top: 3px;
    }
    @container (min-width: 250px) {
      @media (pointer: fine) {
        .controls {
          grid-template-columns: 1fr 1fr;
        }
      }
    }
    /* The word would leave its choices no room. */
    @container (max-width: 130px) {
      select-field {
        grid-template-columns: minmax(0, 1fr);
      }
    }
    /* Too narrow for a slider: everything is behind the button. */
    @container (max-width: 100px) {
      .controls > :not(layer-menu) {
        display: none;
      }
    }
  `;
}

/** What the slider stands at: the argument, the one it follows, or its default; the rows where the axes differ. */
function rangeValue(layer: LayerConfig, { key, fallback, fallbackKey, min }: RangeField): number {
  const inherited = fallbackKey === undefined ? fallback : pairOf(given(layer, fallbackKey), [2, 2])[0];
  const value = given(layer, key);
  const [rows] = typeof value === 'number' ? [value] : pairOf(value, [inherited ?? min, inherited ?? min]);
  return rows;
}

declare global {
  interface HTMLElementTagNameMap {
    'stage-controls': StageControls;
  }
}
