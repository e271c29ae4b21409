/** One layer as a row of the model's list: handle, name, figures, buttons, and its arguments when it is open. */
import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { ModelDraft } from '../../app/state.ts';
import { formatBytes, formatCompactCount, formatCount, formatShape } from '../format.ts';
import { fieldText, layerTitle } from '../layer-text.ts';
import type { OrderMove } from '../order-drag.ts';
import './layer-editor.ts';
import { memoryBytes } from './layer-facts.ts';
import { copyIcon, gripIcon, removeIcon } from './editor-icons.ts';

/** What a person wants of a row. */
export type RowIntent =
  | { readonly type: 'toggle' | 'duplicate' | 'remove' }
  | { readonly type: 'drag'; readonly event: PointerEvent }
  | { readonly type: 'move'; readonly by: -1 | 1 };

/** A row and what it is told. */
export interface Row {
  readonly draft: ModelDraft;
  readonly index: number;
  readonly isOpen: boolean;
  /** The drag under way. */
  readonly move: OrderMove | undefined;
  readonly act: (index: number, intent: RowIntent) => void;
}

const columns = 8;

/** The row, and below it the layer's arguments while it is open. */
export function renderRow(row: Row): TemplateResult {
  const { draft, index, isOpen, act } = row;
  const name = draft.names[index] ?? '';
  const type = draft.config.layers[index]?.type ?? 'flatten';
  const isOnly = draft.names.length < 2;
  return html`<tr class=${classMap({ layer: true, ...dragClasses(row) })}>
      <td>${renderHandle(row, name)}</td>
      <th scope="row">
        <button type="button" class="toggle" aria-expanded=${isOpen} @click=${() => act(index, { type: 'toggle' })}>
          ${name} <span class="type">${layerTitle(type)}</span>
        </button>
      </th>
      ${renderFigures(draft, name)}
      <td class="buttons">
        <button
          type="button"
          aria-label="Duplicate ${name}"
          title="Duplicate"
          @click=${() => act(index, { type: 'duplicate' })}
        >
          ${copyIcon}
        </button>
        <button
          type="button"
          aria-label="Remove ${name}"
          title="Remove"
          ?disabled=${isOnly}
          @click=${() => act(index, { type: 'remove' })}
        >
          ${removeIcon}
        </button>
      </td>
    </tr>
    ${
      isOpen
        ? html`<tr class="opened">
            <td colspan=${columns}><layer-editor .index=${index} .isInList=${true}></layer-editor></td>
          </tr>`
        : nothing
    }`;
}

function renderHandle({ index, act }: Row, name: string): TemplateResult {
  const onKey = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined;
    if (!by) return;
    event.preventDefault();
    act(index, { type: 'move', by });
  };
  return html`<button
    type="button"
    class="handle"
    aria-label="Move ${name}"
    aria-description="Arrow up and arrow down move the layer; it can also be dragged."
    title="Drag, or press arrow up and arrow down"
    @pointerdown=${(event: PointerEvent) => act(index, { type: 'drag', event })}
    @keydown=${onKey}
  >
    ${gripIcon}
  </button>`;
}

function dragClasses({ index, move }: Row): Readonly<Record<string, boolean>> {
  if (!move) return {};
  const { from, to } = move;
  return {
    dragged: index === from,
    'drop-before': to < from && index === to,
    'drop-after': to > from && index === to,
  };
}

function renderFigures({ layers, issues, config }: ModelDraft, name: string): TemplateResult {
  const layer = layers.find((candidate) => candidate.name === name);
  const issue = issues.find((candidate) => candidate.layer === name);
  if (!layer || issue) {
    return html`<td colspan="5" class=${issue ? 'problem' : 'unknown'}>
      ${issue ? 'cannot be built' : 'not reached'}
    </td>`;
  }
  return html`<td>${formatShape(layer.outputShape)}</td>
    <td>${formatCount(layer.params)}</td>
    <td>${formatCompactCount(layer.macs)}</td>
    <td>${formatBytes(memoryBytes(layer))}</td>
    <td>${fieldText(layer, config.inputShape).size}</td>`;
}
