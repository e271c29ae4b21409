/*
 * Plan. The first network puts its first filter in hand; a pinned cell puts its own there, behind pooling too; a filter that the
 * next network lacks gives way. The worker is asked to read a filter while the panel is open, and to stop when it is closed.
 * Numbers of a filter that is no longer in hand are not taken. Operations become requests; what the worker tells of holds, effects and
 * notices is kept, a notice in the place of an effect that is past.
 */
import { expect, test } from 'playwright/test';
import { lectureModel } from '../engine/model/presets.ts';
import type { SurgeryStep } from '../worker/protocol.ts';
import { cellChange } from './filter-edits.ts';
import type { Message } from './intent.ts';
import { initialState, reduce } from './reduce.ts';
import { requestsFor } from './requests.ts';
import type { PlaygroundState } from './state.ts';
import { bankInHand, holdOf } from './surgery-slice.ts';

const built = (filters = 32): Message => ({
  type: 'built',
  config: {
    ...lectureModel,
    layers: [{ type: 'conv2d', filters, kernelSize: 3, activation: 'relu' }, ...lectureModel.layers.slice(1)],
  },
  summary: [],
  keptWeights: [],
  origin: 'shipped',
  elapsedMs: 1,
});
const open: Message = { type: 'panelChosen', panel: 'filters' };
const pinned = (layer: string, channel: number): Message => ({
  type: 'cellPinned',
  cell: { layer, row: 0, column: 0, channel },
});
const after = (...messages: readonly Message[]): PlaygroundState => messages.reduce(reduce, initialState());

function requestTypes(state: PlaygroundState, message: Message): readonly string[] {
  return requestsFor(message, state, reduce(state, message)).map(({ type }) => type);
}

test('the filter in hand', () => {
  expect(after(built()).surgery.address).toEqual({ weight: 'conv2d_1/kernel', filter: 0 });
  const state = after(built(), pinned('max_pooling2d_1', 31));
  expect(state.surgery.address).toEqual({ weight: 'conv2d_1/kernel', filter: 31 });
  expect(bankInHand(state)?.filters).toBe(32);
  expect(reduce(state, pinned('', 0)).surgery).toBe(state.surgery);
  expect(reduce(state, built(16)).surgery.address).toEqual({ weight: 'conv2d_1/kernel', filter: 0 });
  expect(reduce(state, built(40)).surgery.address?.filter).toBe(31);
});

test('a slice stays within the kernel', () => {
  const chosen = after(built(), pinned('conv2d_2', 3), { type: 'sliceChosen', slice: 31 });
  expect(reduce(chosen, pinned('conv2d_2', 4)).surgery.slice).toBe(31);
  expect(reduce(chosen, pinned('conv2d_1', 4)).surgery.slice).toBe(0);
  expect(reduce(chosen, built(8)).surgery.slice).toBe(7);
});

test('a filter is read while the panel is open', () => {
  const closed = after(built());
  expect(requestTypes(closed, pinned('conv2d_2', 1))).not.toContain('watchFilter');
  const state = reduce(closed, open);
  expect(requestsFor(open, closed, state)).toContainEqual({
    type: 'watchFilter',
    address: { weight: 'conv2d_1/kernel', filter: 0 },
  });
  expect(requestTypes(state, pinned('conv2d_2', 1))).toContain('watchFilter');
  const closing: Message = { type: 'panelChosen', panel: 'training' };
  expect(requestsFor(closing, state, reduce(state, closing))).toContainEqual({ type: 'watchFilter' });
});

test('numbers of the filter in hand only', () => {
  const numbers = Float32Array.of(1, 2, 3);
  const state = after(built());
  const others: Message = { type: 'filterNumbers', address: { weight: 'conv2d_1/kernel', filter: 1 }, numbers };
  expect(reduce(state, others).surgery.numbers).toBeUndefined();
  const own = reduce(state, { ...others, address: { weight: 'conv2d_1/kernel', filter: 0 } });
  expect(own.surgery.numbers).toBe(numbers);
  expect(reduce(own, pinned('conv2d_1', 1)).surgery.numbers).toBeUndefined();
});

test('operations are asked for, and what they did is kept', () => {
  const address = { weight: 'conv2d_1/kernel', filter: 0 };
  const step: SurgeryStep = { kind: 'edited', address };
  const state = after(built());
  const change = cellChange(4, 0.5);
  const edit: Message = { type: 'filterEdited', step, change, gesture: 7 };
  expect(requestsFor(edit, state, reduce(state, edit))).toEqual([{ type: 'editFilter', step, ...change, gesture: 7 }]);
  const hold = { isFrozen: true, isOff: false };
  expect(requestTypes(state, { type: 'filterHeld', step, hold })).toEqual(['holdFilter']);
  expect(requestTypes(state, { type: 'surgeryUndone' })).toEqual(['undoSurgery']);
  expect(requestTypes(state, { type: 'surgeryRedone' })).toEqual(['redoSurgery']);
  const held = reduce(state, { type: 'surgeryState', held: [{ ...address, ...hold }], undo: step });
  expect(holdOf(held.surgery, address)).toEqual(hold);
  expect(holdOf(held.surgery, { ...address, filter: 1 })).toEqual({ isFrozen: false, isOff: false });
  expect(reduce(held, { type: 'surgeryState', held: [] }).surgery.undo).toBeUndefined();
  const effect = { step, isUndone: false, count: 1000, isTraining: false };
  const told = reduce(held, { type: 'surgeryEffect', effect });
  const rewound = reduce(told, { type: 'surgeryNotice', notice: { kind: 'rewound' } });
  expect([rewound.surgery.effect, rewound.surgery.notice?.kind]).toEqual([undefined, 'rewound']);
  expect(reduce(rewound, { type: 'surgeryEffect', effect }).surgery.notice).toBeUndefined();
});
