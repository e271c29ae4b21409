/** One layer in full: its figures, where it stands, and every argument. Works nothing out itself. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { EditIntent } from '../../app/edit-intents.ts';
import type { ModelDraft } from '../../app/state.ts';
import type { LayerConfig } from '../../engine/model/config.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { StateWatch } from '../field/state-watch.ts';
import { layerTitle } from '../layer-text.ts';
import { IntentEvent } from '../page-events.ts';
import { switchStyles } from '../switch-styles.ts';
import './add-layer.ts';
import { renderArgument } from './argument-field.ts';
import { layerArguments } from './layer-arguments.ts';
import { layerEditorStyles } from './layer-editor-styles.ts';
import { renderFacts } from './layer-facts.ts';
import './layer-issue.ts';
import './layer-sources.ts';
import './name-field.ts';

/** `<layer-editor .index=${0}>`: what it shows of the layer it asks of the page around. */
@customElement('layer-editor')
export class LayerEditor extends LitElement {
  /** Place of the layer in the config. */
  @property({ type: Number }) index = 0;
  /** Whether it stands where the layer's name and its buttons stand already. */
  @property({ type: Boolean }) isInList = false;

  #watch = new StateWatch(this, ({ draft }) => draft);

  override render(): TemplateResult | typeof nothing {
    const draft = this.#watch.part;
    const layer = draft?.config.layers[this.index];
    if (!draft || !layer) return nothing;
    const name = draft.names[this.index] ?? '';
    const issue = draft.issues.find((candidate) => candidate.layer === name);
    return html`
      ${this.isInList ? nothing : html`<h3>${layerTitle(layer.type)} <span class="name">${name}</span></h3>`}
      ${renderFacts(draft, this.index)}
      ${issue ? html`<div class="issue" role="alert"><layer-issue .issue=${issue}></layer-issue></div>` : nothing}
      ${this.isInList ? nothing : this.#renderActions(draft, name)} ${this.#renderForm(draft, layer, name)}
      <add-layer .draft=${draft} .at=${this.index + 1} is-fixed></add-layer>
    `;
  }

  #renderActions({ names }: ModelDraft, name: string): TemplateResult {
    const { index } = this;
    const button = (label: string, aria: string, intent: EditIntent, isPossible: boolean): TemplateResult =>
      html`<button type="button" aria-label=${aria} ?disabled=${!isPossible} @click=${() => this.#send(intent)}>
        ${label}
      </button>`;
    return html`<div class="actions" role="group" aria-label="Place of ${name}">
      ${button('← Move left', `Move ${name} left`, { type: 'layerMoved', from: index, to: index - 1 }, index > 0)}
      ${button('Move right →', `Move ${name} right`, { type: 'layerMoved', from: index, to: index + 1 }, index < names.length - 1)}
      ${button('Duplicate', `Duplicate ${name}`, { type: 'layerDuplicated', index }, true)}
      ${button('Remove', `Remove ${name}`, { type: 'layerRemoved', index }, names.length > 1)}
    </div>`;
  }

  #renderForm(draft: ModelDraft, layer: LayerConfig, name: string): TemplateResult {
    const apply = (next: LayerConfig): void => {
      this.#send({ type: 'layerEdited', index: this.index, layer: next });
      this.#send({ type: 'editCommitted' });
    };
    return html`<div class="form" role="group" aria-label="Arguments of ${name}">
      ${layerArguments[layer.type].map((argument) => renderArgument(argument, layer, name, apply))}
      <layer-sources .draft=${draft} .index=${this.index}></layer-sources>
      <name-field
        .name=${name}
        .names=${draft.names}
        @name-change=${({ name: next }: { name: string }) => apply({ ...layer, name: next })}
      ></name-field>
    </div>`;
  }

  #send(intent: EditIntent): void {
    this.dispatchEvent(new IntentEvent(intent));
  }

  static override styles = [controlStyles, buttonStyles, switchStyles, layerEditorStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'layer-editor': LayerEditor;
  }
}
