/** All slices of the state by name, and their turn in the reducer and among the requests. */
import type { Request } from '../worker/protocol.ts';
import { climbSlice } from './climb-slice.ts';
import { dockSlice } from './dock-slice.ts';
import { explainSlice } from './explain-slice.ts';
import { fieldSlice } from './field-slice.ts';
import { inputSlice } from './input-slice.ts';
import type { Message } from './intent.ts';
import { mistakesSlice } from './mistakes-slice.ts';
import { performanceSlice } from './performance-slice.ts';
import type { Slice } from './slice.ts';
import type { PlaygroundState, Slices } from './state.ts';
import { rebuildSlice } from './rebuild-slice.ts';
import { saliencySlice } from './saliency-slice.ts';
import { selectionSlice } from './selection-slice.ts';
import { surgerySlice } from './surgery-slice.ts';
import { timeSlice } from './time-slice.ts';
import { sweepSlice } from './sweep-slice.ts';
import { tuningSlice } from './tuning-slice.ts';
import { viewsSlice } from './views-slice.ts';

const slices: { readonly [K in keyof Slices]: Slice<Slices[K]> } = {
  climb: climbSlice,
  dock: dockSlice,
  explain: explainSlice,
  field: fieldSlice,
  input: inputSlice,
  mistakes: mistakesSlice,
  performance: performanceSlice,
  rebuild: rebuildSlice,
  saliency: saliencySlice,
  selection: selectionSlice,
  time: timeSlice,
  surgery: surgerySlice,
  sweep: sweepSlice,
  tuning: tuningSlice,
  views: viewsSlice,
};

type Name = keyof Slices;
// The record above has exactly these keys; TypeScript's own `Object.keys` forgets that.
const names = Object.keys(slices) as readonly Name[];

/** Every slice as it starts. */
export function initialSlices(): Slices {
  return {
    climb: slices.climb.initial,
    dock: slices.dock.initial,
    explain: slices.explain.initial,
    field: slices.field.initial,
    input: slices.input.initial,
    mistakes: slices.mistakes.initial,
    performance: slices.performance.initial,
    rebuild: slices.rebuild.initial,
    saliency: slices.saliency.initial,
    selection: slices.selection.initial,
    time: slices.time.initial,
    surgery: slices.surgery.initial,
    sweep: slices.sweep.initial,
    tuning: slices.tuning.initial,
    views: slices.views.initial,
  };
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
