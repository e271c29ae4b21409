/** All slices of the state by name, and their turn in the reducer and among the requests. */
import type { Request } from '../worker/protocol.ts';
import { dockSlice } from './dock-slice.ts';
import type { Message } from './intent.ts';
import type { Slice } from './slice.ts';
import type { PlaygroundState, Slices } from './state.ts';
import { selectionSlice } from './selection-slice.ts';
import { tuningSlice } from './tuning-slice.ts';

const slices: { readonly [K in keyof Slices]: Slice<Slices[K]> } = {
  dock: dockSlice,
  selection: selectionSlice,
  tuning: tuningSlice,
};

type Name = keyof Slices;
// The record above has exactly these keys; TypeScript's own `Object.keys` forgets that.
const names = Object.keys(slices) as readonly Name[];

/** Every slice as it starts. */
export function initialSlices(): Slices {
  const { dock, selection, tuning } = slices;
  return { dock: dock.initial, selection: selection.initial, tuning: tuning.initial };
}

/** The state with every slice after `message`; the same object when none changed. */
export function reduceSlices(state: PlaygroundState, message: Message): PlaygroundState {
  return names.reduce((next, name) => withSlice(next, name, message), state);
}

function withSlice(state: PlaygroundState, name: Name, message: Message): PlaygroundState {
  // A slice and its share of the state have the same name and thereby the same type.
  const slice: Slice<unknown> = slices[name];
  const after = slice.reduce(state[name], message, state);
  return after === state[name] ? state : { ...state, [name]: after };
}

/** What all slices ask of the worker. */
export function sliceRequests(message: Message, before: PlaygroundState, after: PlaygroundState): readonly Request[] {
  return names.flatMap((name) => slices[name].requests?.(message, before, after) ?? []);
}
