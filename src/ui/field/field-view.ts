/** The cell in hand, what it sees of the image and what nobody sees, in a picture and in words; and which field is drawn. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { activeGradient, type FieldKind } from '../../app/field-slice.ts';
import { activeCell, isSameCell } from '../../app/selection-slice.ts';
import type { PlaygroundState } from '../../app/state.ts';
import type { CellAddress } from '../../engine/model/cell-address.ts';
import type { Shape } from '../../engine/model/resolved.ts';
import { controlStyles } from '../control-styles.ts';
import { IntentEvent } from '../page-events.ts';
import '../map-canvas.ts';
import { fitTiles, tilesOf } from '../map-layout.ts';
import '../segmented-control.ts';
import type { ValueChangeEvent } from '../value-events.ts';
import { cellText } from './cell-text.ts';
import { fieldOf, unseenBy } from './field-of.ts';
import { fieldWords, gradientText, unseenText, type FieldWords } from './field-text.ts';
import { fieldViewStyles } from './field-view-styles.ts';
import { StateWatch } from './state-watch.ts';

const kinds: readonly { readonly value: FieldKind; readonly label: string; readonly hint: string }[] = [
  { value: 'theoretical', label: 'theoretical', hint: 'Every pixel that can reach the cell.' },
  {
    value: 'effective',
    label: 'effective',
    hint: 'How strongly each pixel moves the cell, for this image: |d cell / d pixel|.',
  },
];

/** Plain text, compared by its JSON. */
interface Said {
  readonly inputShape?: Shape;
  readonly cell?: CellAddress;
  readonly name: string;
  readonly isPinned: boolean;
  readonly field?: FieldWords;
  readonly unseen: string;
  readonly kind: FieldKind;
  /** Empty while it is worked out. */
  readonly gradient: string;
}

/** `<field-view></field-view>`: as wide as its place, which need not be wide. */
@customElement('field-view')
export class FieldView extends LitElement {
  readonly #watch = new StateWatch<Said | undefined>(this, saidOf);

  readonly #phone = matchMedia('(max-width: 699px)');

  override connectedCallback(): void {
    super.connectedCallback();
    this.#phone.addEventListener('change', this.#onResize);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#phone.removeEventListener('change', this.#onResize);
  }

  override render(): TemplateResult {
    const said = this.#watch.part;
    const isPictured = said?.field !== undefined;
    return html`
      ${said?.cell ? nothing : html`<p class="hint">Point at a cell of a map, or tap it, to see what it sees.</p>`}
      ${
        // Elsewhere the picture of the input stands right above.
        this.#phone.matches && said?.inputShape
          ? html`<div class="picture ${isPictured ? '' : 'absent'}">${renderInput(said.inputShape)}</div>`
          : nothing
      }
      ${said?.cell ? this.#renderWords(said) : nothing}
    `;
  }

  #onResize = (): void => {
    this.requestUpdate();
  };

  #renderWords({ name, isPinned, field, unseen, kind, gradient }: Said): TemplateResult {
    const isEffective = kind === 'effective';
    return html`<div class="words">
      <p class="cell">${name}${isPinned ? html` <span class="pin">pinned</span>` : nothing}</p>
      ${field ? renderField(field, isEffective) : nothing}
      ${unseen && !isEffective ? html`<p><span class="hatch" aria-hidden="true"></span>${unseen}</p>` : nothing}
      ${isEffective && field ? html`<p>${gradient || 'Working out its gradient…'}</p>` : nothing}
      ${field ? this.#renderKind(kind) : nothing}
    </div>`;
  }

  #renderKind(kind: FieldKind): TemplateResult {
    return html`<segmented-control
      label="Receptive field"
      is-label-hidden
      .options=${kinds}
      .value=${kind}
      @value-change=${({ value }: ValueChangeEvent<string>) =>
        this.dispatchEvent(
          new IntentEvent({ type: 'fieldKindChosen', kind: value === 'effective' ? 'effective' : 'theoretical' }),
        )}
    ></segmented-control>`;
  }

  static override styles = [controlStyles, fieldViewStyles];
}

/** Room for the picture, in CSS px: four for each of MNIST's pixels. */
const room = { width: 116, height: 116 };

function renderInput(shape: Shape): TemplateResult {
  const tiles = tilesOf(shape);
  return html`<map-canvas
    map-id="field"
    .target=${{ kind: 'input', layer: '' }}
    .tiles=${tiles}
    .layout=${fitTiles(tiles, { ...room, devicePixelRatio })}
    description="What the cell sees of the ${shape.slice(0, 2).join(' by ')} pixels of the input"
  ></map-canvas>`;
}

function renderField({ size, share, place, padding }: FieldWords, isShort: boolean): TemplateResult {
  return html`
    <p>sees <b>${size}</b>, <b>${share}</b></p>
    ${isShort ? nothing : html`<p>${place}</p>`} ${padding === '' || isShort ? nothing : html`<p>${padding}</p>`}
  `;
}

function saidOf(state: PlaygroundState): Said | undefined {
  const cell = activeCell(state);
  const { built, field, selection } = state;
  const inputShape = built && { inputShape: built.model.inputShape };
  const nothingSaid: Said = { ...inputShape, name: '', isPinned: false, unseen: '', kind: field.kind, gradient: '' };
  const shape = cell && built && shapeOf(state, cell.layer);
  if (!cell || !built || !shape) return nothingSaid;
  const box = cell.layer === '' ? undefined : fieldOf(state)?.get('');
  const unseen = unseenBy(state);
  const gradient = activeGradient(state);
  return {
    ...inputShape,
    cell,
    name: cellText(cell, shape),
    isPinned: isSameCell(selection.pinned, cell),
    ...(box && { field: fieldWords(built.model, cell, box) }),
    unseen: cell.layer !== '' && unseen ? unseenText(cell.layer, unseen) : '',
    kind: field.kind,
    gradient: gradient ? gradientText(gradient, built.model.inputShape[1] ?? 1) : '',
  };
}

function shapeOf({ built }: PlaygroundState, layer: string): Shape | undefined {
  return layer === '' ? built?.model.inputShape : built?.model.layers.find(({ name }) => name === layer)?.outputShape;
}

declare global {
  interface HTMLElementTagNameMap {
    'field-view': FieldView;
  }
}
