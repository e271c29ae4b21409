/** The cell that is explained: its latest numbers, and whether the window's slide over the input is shown. */
import type { CellNumbers, ExplainRequest } from '../worker/protocol.ts';
import { activeCell, isSameCell } from './selection-slice.ts';
import type { Slice } from './slice.ts';
import type { PlaygroundState } from './state.ts';

/** What is known about the cell that is looked at, or was last. */
export interface ExplainState {
  /** Absent before the first cell and after the network has been replaced. */
  readonly numbers?: CellNumbers;
  /** Present while the slide is shown: the input channel that the window slides over. */
  readonly slide?: { readonly inputChannel: number };
}

/** The slide is opened, its channel changed, or closed again. */
export type ExplainIntent =
  { readonly type: 'slideOpened'; readonly inputChannel: number } | { readonly type: 'slideClosed' };

/** Numbers stay on the page when the pointer leaves the maps, and are read no more. */
export const explainSlice: Slice<ExplainState> = {
  initial: {},
  reduce(explain, message, state) {
    switch (message.type) {
      case 'cellExplained': {
        const { type: _type, ...numbers } = message;
        return isSameCell(numbers.cell, activeCell(state)) ? { ...explain, numbers } : explain;
      }
      case 'slideOpened':
        return { ...explain, slide: { inputChannel: message.inputChannel } };
      case 'slideClosed': {
        const { slide: _closed, ...rest } = explain;
        return rest;
      }
      case 'built': {
        const { numbers: _outdated, ...rest } = explain;
        return rest;
      }
      default:
        return explain;
    }
  },
  requests(_message, before, after) {
    const [old, now] = [wanted(before), wanted(after)];
    if (isSameCell(old.cell, now.cell) && old.inputPlane === now.inputPlane) return [];
    return [now];
  },
};

/** What the worker should be reading: nothing while no cell is looked at or another panel is open. */
function wanted(state: PlaygroundState): ExplainRequest {
  const cell = state.dock.panel === 'explain' ? activeCell(state) : undefined;
  const { slide } = state.explain;
  return { type: 'explainCell', ...(cell && { cell, ...(slide && { inputPlane: slide.inputChannel }) }) };
}
