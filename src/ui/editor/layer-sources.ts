/** What a layer reads: one choice, or several for a layer that joins. Every layer before it can be chosen. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ModelDraft } from '../../app/state.ts';
import type { LayerConfig } from '../../engine/model/config.ts';
import { inputName } from '../../engine/model/layer-names.ts';
import { inputCounts } from '../../engine/model/rules/layer-rules.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { formatShape } from '../format.ts';
import { IntentEvent } from '../page-events.ts';
import '../select-field.ts';
import type { ValueChangeEvent } from '../value-events.ts';

/** `<layer-sources .draft=${d} .index=${3}>`: fires an edit of the layer's `inputs`. */
@customElement('layer-sources')
export class LayerSources extends LitElement {
  @property({ attribute: false }) draft!: ModelDraft;
  /** Place of the layer in the config. */
  @property({ type: Number }) index = 0;

  override render(): TemplateResult | typeof nothing {
    const layer = this.draft.config.layers[this.index];
    if (!layer) return nothing;
    const { min, max } = inputCounts(layer.type);
    const sources = layer.inputs ?? [this.draft.names[this.index - 1] ?? inputName];
    return html`
      ${sources.map((source, place) => this.#renderSource(layer, sources, source, place, min))}
      ${
        max > 1 && sources.length < max
          ? html`<button type="button" @click=${() => this.#apply(layer, [...sources, sources.at(-1) ?? inputName])}>
              Add an input
            </button>`
          : nothing
      }
    `;
  }

  #renderSource(
    layer: LayerConfig,
    sources: readonly string[],
    source: string,
    place: number,
    min: number,
  ): TemplateResult {
    return html`<div class="source">
      <select-field
        label=${sources.length > 1 ? `inputs[${place}]` : 'inputs'}
        term="skip-connection"
        title="The layer whose outputs it reads."
        .options=${this.#options(source)}
        .value=${source}
        @value-change=${(event: ValueChangeEvent<string>) => this.#apply(layer, sources.with(place, event.value))}
      ></select-field>
      ${
        sources.length > min
          ? html`<button
              type="button"
              aria-label="Remove input ${place + 1}"
              @click=${() => this.#apply(layer, sources.toSpliced(place, 1))}
            >
              Remove
            </button>`
          : nothing
      }
    </div>`;
  }

  /** The layers before it with their shapes; what it reads now, even if that cannot be. */
  #options(source: string): readonly { readonly value: string; readonly label: string }[] {
    const { names, layers, config } = this.draft;
    const before = names.slice(0, this.index).map((name) => {
      const shape = layers.find((layer) => layer.name === name)?.outputShape;
      return { value: name, label: shape ? `${name}, ${formatShape(shape)}` : name };
    });
    const known = [{ value: inputName, label: `${inputName}, ${formatShape(config.inputShape)}` }, ...before];
    return known.some(({ value }) => value === source)
      ? known
      : [...known, { value: source, label: `${source}, not before it` }];
  }

  #apply(layer: LayerConfig, inputs: readonly string[]): void {
    const previous = this.draft.names[this.index - 1] ?? inputName;
    const { inputs: _before, ...rest } = layer;
    const isFollowing = inputs.length === 1 && inputs[0] === previous;
    const next: LayerConfig = isFollowing ? rest : { ...rest, inputs };
    this.dispatchEvent(new IntentEvent({ type: 'layerEdited', index: this.index, layer: next }));
    this.dispatchEvent(new IntentEvent({ type: 'editCommitted' }));
  }

  static override styles = [
    controlStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        gap: var(--space-1);
      }
      .source {
        display: flex;
        gap: var(--space-1);
      }
      select-field {
        flex: 1;
        min-width: 0;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'layer-sources': LayerSources;
  }
}
