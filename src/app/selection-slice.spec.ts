/*
 * Plan: hovering wins over what is pinned and leaves it pinned; the same cell again is no change; a new network lets go of cells
 * it does not have.
 */
import { expect, test } from 'playwright/test';
import type { CellAddress } from '../engine/model/cell-address.ts';
import { lectureModel } from '../engine/model/presets.ts';
import type { Message } from './intent.ts';
import { initialState, reduce } from './reduce.ts';
import { activeCell } from './selection-slice.ts';
import type { PlaygroundState } from './state.ts';

const corner: CellAddress = { layer: 'conv2d_1', row: 25, column: 25, channel: 31 };
const centre: CellAddress = { layer: 'conv2d_1', row: 12, column: 12, channel: 0 };
const after = (...messages: readonly Message[]): PlaygroundState => messages.reduce(reduce, initialState());
const built = (filters: number): Message => ({
  type: 'built',
  config: {
    ...lectureModel,
    layers: [{ type: 'conv2d', filters, kernelSize: 3, name: 'conv2d_1' }, ...lectureModel.layers.slice(1)],
  },
  summary: [],
  keptWeights: [],
  origin: 'shipped',
  elapsedMs: 1,
});

test('a hovered cell is shown before the pinned one, which stays', () => {
  const state = after({ type: 'cellPinned', cell: centre }, { type: 'cellHovered', cell: corner });
  expect(activeCell(state)).toEqual(corner);
  expect(activeCell(reduce(state, { type: 'cellHovered' }))).toEqual(centre);
  expect(reduce(state, { type: 'cellHovered', cell: { ...corner } })).toBe(state);
});

test('a network without the cell lets it go', () => {
  const state = after(built(32), { type: 'cellPinned', cell: corner });
  expect(activeCell(reduce(state, built(32)))).toEqual(corner);
  expect(activeCell(reduce(state, built(16)))).toBeUndefined();
});
