/** The whole model as a list: choose a preset, move, copy, remove and open layers, and see what each of them costs. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, queryAll, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { isSameModel } from '../../app/draft.ts';
import type { EditHistory } from '../../app/edit-history.ts';
import type { EditIntent } from '../../app/edit-intents.ts';
import { presets } from '../../app/preset-list.ts';
import type { RebuildState } from '../../app/rebuild-slice.ts';
import type { ModelDraft } from '../../app/state.ts';
import type { LayerSummary } from '../../engine/contract.ts';
import { buttonStyles, controlStyles } from '../control-styles.ts';
import { formatBytes, formatCompactCount, formatCount } from '../format.ts';
import { OrderDrag } from '../order-drag.ts';
import { IntentEvent } from '../page-events.ts';
import '../words/explained-term.ts';
import './add-layer.ts';
import { memoryBytes } from './layer-facts.ts';
import { modelEditorStyles } from './model-editor-styles.ts';
import { renderRow, type RowIntent } from './model-row.ts';
import { rebuildText } from '../rebuild-text.ts';

/** `<model-editor .draft=${d} .history=${h} .rebuild=${r} .summary=${s}>`. */
@customElement('model-editor')
export class ModelEditor extends LitElement {
  @property({ attribute: false }) draft!: ModelDraft;
  @property({ attribute: false }) history!: EditHistory;
  @property({ attribute: false }) rebuild!: RebuildState;
  /** What the engine holds for the network that runs, for its memory. */
  @property({ attribute: false }) summary: readonly LayerSummary[] = [];

  /** Name of the layer whose arguments are open. */
  @state() private open = '';
  @state() private announcement = '';

  @queryAll('tr.layer') private rows!: NodeListOf<HTMLElement>;
  @query('#undo') private undoButton!: HTMLElement;

  #drag = new OrderDrag(this, {
    axis: 'y',
    things: () => [...this.rows],
    onDrop: ({ from, to }) => this.#move(from, to),
  });

  override render(): TemplateResult {
    return html`
      ${this.#renderTop()} ${this.#renderTable()} ${this.#renderTotals()}
      <add-layer .draft=${this.draft} .at=${Math.max(0, this.draft.names.length - 1)}></add-layer>
      ${this.#renderRebuild()}
      <div class="visually-hidden" role="status">${this.announcement}</div>
    `;
  }

  #renderTop(): TemplateResult {
    const { past, future } = this.history;
    const chosen = presets.find(({ config }) => isSameModel(config, this.draft.config));
    const step = (id: string, verb: string, label: string | undefined, intent: EditIntent): TemplateResult =>
      html`<button
        id=${id}
        type="button"
        title=${label ? `${verb} the ${label}` : `Nothing to ${verb.toLowerCase()}`}
        ?disabled=${label === undefined}
        @click=${() => this.#send(intent)}
      >
        ${verb}
      </button>`;
    return html`<div class="top">
        <label for="preset">Preset</label>
        <select id="preset" @change=${this.#choosePreset} .value=${live(chosen?.id ?? '')}>
          ${chosen ? nothing : html`<option value="" selected>edited</option>`}
          ${presets.map(({ id, label }) => html`<option value=${id} ?selected=${id === chosen?.id}>${label}</option>`)}
        </select>
        ${step('undo', 'Undo', past.at(-1)?.label, { type: 'undoPressed' })}
        ${step('redo', 'Redo', future.at(-1)?.label, { type: 'redoPressed' })}
        <button
          type="button"
          ?disabled=${chosen?.id === 'lecture'}
          @click=${() => this.#send({ type: 'lectureRestored' })}
        >
          Restore lecture network
        </button>
      </div>
      <p>${chosen?.about ?? 'Undo goes back through all edits of this visit.'}</p>`;
  }

  #renderTable(): TemplateResult {
    return html`<div class="scroller">
      <table>
        <caption class="visually-hidden">
          Layers of the network
        </caption>
        <thead>
          <tr>
            <td></td>
            <th scope="col">layer</th>
            <th scope="col">output</th>
            <th scope="col"><explained-term term="parameter">parameters</explained-term></th>
            <th scope="col"><explained-term term="mac">multiply-adds</explained-term></th>
            <th scope="col" title="Outputs for one image and parameters, 4 bytes each.">memory</th>
            <th scope="col"><explained-term term="receptive-field">sees</explained-term></th>
            <td></td>
          </tr>
        </thead>
        <tbody>
          ${this.draft.names.map((name, index) =>
            renderRow({
              draft: this.draft,
              index,
              isOpen: name === this.open,
              move: this.#drag.move,
              act: this.#act,
            }),
          )}
        </tbody>
        ${this.#renderFoot()}
      </table>
    </div>`;
  }

  #renderFoot(): TemplateResult | typeof nothing {
    const { model } = this.draft;
    if (!model) return nothing;
    const bytes = model.layers.reduce((sum, layer) => sum + memoryBytes(layer), 0);
    return html`<tfoot>
      <tr>
        <td></td>
        <th scope="row">total</th>
        <td>from ${model.inputShape.join('×')}</td>
        <td>${formatCount(model.params)}</td>
        <td>${formatCompactCount(model.macs)}</td>
        <td>${formatBytes(bytes)}</td>
        <td></td>
        <td></td>
      </tr>
    </tfoot>`;
  }

  #renderTotals(): TemplateResult | typeof nothing {
    const bytes = this.summary.reduce((sum, layer) => sum + layer.bytes, 0);
    if (bytes === 0) return nothing;
    return html`<p>
      The network that runs takes ${formatBytes(bytes)} of GPU memory to train: weights, optimizer, outputs and
      gradients of a batch.
    </p>`;
  }

  #renderRebuild(): TemplateResult | typeof nothing {
    const text = rebuildText(this.rebuild, 'full');
    return text === '' ? nothing : html`<p class="rebuild">${text}</p>`;
  }

  #choosePreset = (event: Event): void => {
    if (!(event.currentTarget instanceof HTMLSelectElement)) return;
    const { value } = event.currentTarget;
    const preset = presets.find(({ id }) => id === value);
    if (!preset) return;
    this.#send({ type: 'modelChosen', config: preset.config });
    this.announcement = `${preset.label}.`;
  };

  #act = (index: number, intent: RowIntent): void => {
    const name = this.draft.names[index] ?? '';
    switch (intent.type) {
      case 'toggle':
        this.open = this.open === name ? '' : name;
        return;
      case 'drag':
        this.#drag.begin(intent.event, index);
        return;
      case 'move':
        this.#move(index, index + intent.by);
        return;
      case 'duplicate':
        this.#send({ type: 'layerDuplicated', index });
        this.announcement = `${name} was duplicated.`;
        return;
      case 'remove':
        this.#send({ type: 'layerRemoved', index });
        this.announcement = `${name} was removed.`;
        void this.#focusRow(Math.min(index, this.draft.names.length - 2), '.toggle');
    }
  };

  #move(from: number, to: number): void {
    const { names } = this.draft;
    if (to < 0 || to >= names.length) return;
    this.#send({ type: 'layerMoved', from, to });
    this.announcement = `${names[from]} is now layer ${to + 1} of ${names.length}.`;
    void this.#focusRow(to, '.handle');
  }

  /** Where the person was, the row having moved or gone. */
  async #focusRow(index: number, part: string): Promise<void> {
    await this.updateComplete;
    (this.rows[index]?.querySelector<HTMLElement>(part) ?? this.undoButton).focus();
  }

  #send(intent: EditIntent): void {
    this.dispatchEvent(new IntentEvent(intent));
  }

  static override styles = [controlStyles, buttonStyles, modelEditorStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'model-editor': ModelEditor;
  }
}
