/** Which cell of which map is looked at: the one under the pointer or focus, else the one that was pinned. */
import type { CellAddress } from '../engine/model/cell-address.ts';
import { hasCell } from '../engine/shape/cells.ts';
import type { Slice } from './slice.ts';
import type { PlaygroundState } from './state.ts';

export interface SelectionState {
  readonly hovered?: CellAddress;
  readonly pinned?: CellAddress;
}

/** Hovering shows, pinning keeps; without a cell nothing is hovered or pinned any more. */
export interface SelectionIntent {
  readonly type: 'cellHovered' | 'cellPinned';
  readonly cell?: CellAddress;
}

/** Cells of a network that has been replaced are let go when the new one has none there. */
export const selectionSlice: Slice<SelectionState> = {
  initial: {},
  reduce(selection, message, state) {
    switch (message.type) {
      case 'cellHovered':
        return changed(selection, 'hovered', message.cell);
      case 'cellPinned':
        return changed(selection, 'pinned', message.cell);
      case 'built': {
        const { hovered, pinned } = selection;
        const kept = changed(selection, 'hovered', hovered && isThere(hovered, state) ? hovered : undefined);
        return changed(kept, 'pinned', pinned && isThere(pinned, state) ? pinned : undefined);
      }
      default:
        return selection;
    }
  },
};

/** The cell that is explained and whose receptive field is drawn. */
export function activeCell({ selection }: PlaygroundState): CellAddress | undefined {
  return selection.hovered ?? selection.pinned;
}

/** Whether the network on screen has such a cell. */
function isThere(cell: CellAddress, { built }: PlaygroundState): boolean {
  const shape =
    cell.layer === ''
      ? built?.model.inputShape
      : built?.model.layers.find(({ name }) => name === cell.layer)?.outputShape;
  return shape !== undefined && hasCell(shape, cell);
}

function changed(
  selection: SelectionState,
  which: 'hovered' | 'pinned',
  cell: CellAddress | undefined,
): SelectionState {
  if (isSameCell(selection[which], cell)) return selection;
  const { [which]: _before, ...rest } = selection;
  return cell ? { ...rest, [which]: cell } : rest;
}

/** Whether two addresses name the same cell. */
export function isSameCell(a: CellAddress | undefined, b: CellAddress | undefined): boolean {
  if (!a || !b) return a === b;
  return a.layer === b.layer && a.row === b.row && a.column === b.column && a.channel === b.channel;
}
