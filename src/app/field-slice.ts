/** Which receptive field is drawn on the input: what a cell could depend on, or how strongly it does. */
import type { CellAddress } from '../engine/model/cell-address.ts';
import type { CellGradient } from '../worker/protocol.ts';
import { activeCell, isSameCell } from './selection-slice.ts';
import type { Slice } from './slice.ts';
import type { PlaygroundState } from './state.ts';

/** What is drawn of the field. */
export type FieldKind = 'theoretical' | 'effective';

export interface FieldState {
  readonly kind: FieldKind;
  /** The last gradient told; of a cell that need no longer be the active one. */
  readonly gradient?: CellGradient;
}

/** The person's choice. */
export interface FieldIntent {
  readonly type: 'fieldKindChosen';
  readonly kind: FieldKind;
}

/** Theoretical until asked for more. */
export const fieldSlice: Slice<FieldState> = {
  initial: { kind: 'theoretical' },
  reduce(field, message) {
    switch (message.type) {
      case 'fieldKindChosen':
        return message.kind === field.kind ? field : { kind: message.kind };
      case 'gradientTraced': {
        const { cell, magnitudes, peak } = message;
        return field.kind === 'effective' ? { ...field, gradient: { cell, magnitudes, peak } } : field;
      }
      case 'built':
        return field.gradient ? { kind: field.kind } : field;
      default:
        return field;
    }
  },
  requests(_message, before, after) {
    const cell = tracedCell(after);
    return isSameCell(tracedCell(before), cell) ? [] : [{ type: 'traceGradient', ...(cell && { cell }) }];
  },
};

/** The gradient of the active cell; undefined while none is drawn or it is still being worked out. */
export function activeGradient(state: PlaygroundState): CellGradient | undefined {
  const { gradient } = state.field;
  return gradient && isSameCell(gradient.cell, activeCell(state)) ? gradient : undefined;
}

/** The cell whose gradient is wanted; a pixel of the input has none. */
function tracedCell(state: PlaygroundState): CellAddress | undefined {
  const cell = activeCell(state);
  return state.field.kind === 'effective' && cell?.layer !== '' ? cell : undefined;
}
