/** The receptive field of the cell in hand in every layer before it, worked out once for all who draw it. Pure but for that. */
import { activeCell } from '../../app/selection-slice.ts';
import type { PlaygroundState } from '../../app/state.ts';
import type { CellAddress } from '../../engine/model/cell-address.ts';
import { fieldOfCell, unseenPixels, type CellBox, type UnseenPixels } from '../../engine/model/cell-field.ts';
import { inputName } from '../../engine/model/layer-names.ts';
import type { ResolvedModel } from '../../engine/model/resolved.ts';

/** Boxes by name of layer; the empty name is the input's. */
export type FieldBoxes = ReadonlyMap<string, CellBox>;

interface Traced {
  readonly model: ResolvedModel;
  readonly cell: CellAddress;
  readonly boxes: FieldBoxes;
  readonly unseen: UnseenPixels;
}

/** The last answer: a dozen canvases ask the same question at every change. */
let traced: Traced | undefined;

/** What the active cell depends on; undefined while there is none, or no network that has it. */
export function fieldOf(state: PlaygroundState): FieldBoxes | undefined {
  return trace(state)?.boxes;
}

/** What no cell of the active cell's layer sees of the image. */
export function unseenBy(state: PlaygroundState): UnseenPixels | undefined {
  return trace(state)?.unseen;
}

function trace(state: PlaygroundState): Traced | undefined {
  const model = state.built?.model;
  const cell = activeCell(state);
  if (!model || !cell) return undefined;
  if (traced?.model === model && traced.cell === cell) return traced;
  const name = cell.layer === '' ? inputName : cell.layer;
  const boxes = [...fieldOfCell(model, name, cell)].map(
    ([layer, box]) => [layer === inputName ? '' : layer, box] as const,
  );
  const unseen =
    traced?.model === model && traced.cell.layer === cell.layer ? traced.unseen : unseenPixels(model, name);
  traced = { model, cell, boxes: new Map(boxes), unseen };
  return traced;
}
