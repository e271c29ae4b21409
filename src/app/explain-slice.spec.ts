/*
 * Plan: numbers are asked for when a cell is looked at and the panel is open, once per cell, and no more when it is let go or
 * another panel is chosen; numbers of another cell are not taken over; they stay when the pointer leaves, go with the network;
 * an open slide asks for its plane too.
 */
import { expect, test } from 'playwright/test';
import type { CellAddress } from '../engine/model/cell-address.ts';
import { lectureModel } from '../engine/model/presets.ts';
import type { CellNumbers } from '../worker/protocol.ts';
import type { Message } from './intent.ts';
import { initialState, reduce } from './reduce.ts';
import { requestsFor } from './requests.ts';
import type { PlaygroundState } from './state.ts';

const cell: CellAddress = { layer: 'conv2d_1', row: 3, column: 4, channel: 5 };
const other: CellAddress = { ...cell, column: 5 };
const numbers: CellNumbers = {
  cell,
  step: 7,
  outputs: Float32Array.of(0.5),
  inputs: [],
  weights: {},
  hasAllChannels: false,
};
const explained: Message = { type: 'cellExplained', ...numbers };
const built: Message = {
  type: 'built',
  config: lectureModel,
  summary: [],
  keptWeights: [],
  origin: 'shipped',
  elapsedMs: 1,
};

const after = (...messages: readonly Message[]): PlaygroundState => messages.reduce(reduce, initialState());

/** What the worker is asked about cells when the last message comes. */
function asked(...messages: readonly Message[]): unknown {
  const before = after(...messages.slice(0, -1));
  const last = messages.at(-1) ?? { type: 'cellHovered' };
  return requestsFor(last, before, reduce(before, last)).filter(({ type }) => type === 'explainCell');
}

test('a cell is asked for once, and let go', () => {
  expect(asked({ type: 'cellHovered', cell })).toEqual([{ type: 'explainCell', cell }]);
  expect(asked({ type: 'cellHovered', cell }, { type: 'cellPinned', cell })).toEqual([]);
  expect(asked({ type: 'cellHovered', cell }, { type: 'cellHovered', cell: other })).toEqual([
    { type: 'explainCell', cell: other },
  ]);
  expect(asked({ type: 'cellHovered', cell }, { type: 'cellHovered' })).toEqual([{ type: 'explainCell' }]);
});

test('nothing is read for a panel that is not open', () => {
  const training: Message = { type: 'panelChosen', panel: 'training' };
  expect(asked(training, { type: 'cellHovered', cell })).toEqual([]);
  expect(asked({ type: 'cellPinned', cell }, training)).toEqual([{ type: 'explainCell' }]);
  expect(asked({ type: 'cellPinned', cell }, training, { type: 'panelChosen', panel: 'explain' })).toEqual([
    { type: 'explainCell', cell },
  ]);
});

test('an open slide asks for its plane, and no longer when closed', () => {
  const pinned: Message = { type: 'cellPinned', cell };
  const opened: Message = { type: 'slideOpened', inputChannel: 2 };
  expect(asked(pinned, opened)).toEqual([{ type: 'explainCell', cell, inputPlane: 2 }]);
  expect(asked(pinned, opened, { type: 'slideClosed' })).toEqual([{ type: 'explainCell', cell }]);
});

test('numbers are those of the cell looked at, stay when it is left, and go with the network', () => {
  const hovered: Message = { type: 'cellHovered', cell };
  expect(after(hovered, explained).explain.numbers).toEqual(numbers);
  expect(after({ type: 'cellHovered', cell: other }, explained).explain.numbers).toBeUndefined();
  expect(after(hovered, explained, { type: 'cellHovered' }).explain.numbers).toEqual(numbers);
  expect(after(hovered, explained, built).explain.numbers).toBeUndefined();
});
