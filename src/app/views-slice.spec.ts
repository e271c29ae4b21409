/*
 * Plan: what is asked of the worker for a layer seen large, and what is kept of its answers. Opening watches, closing lets go,
 * measurements of another layer are not taken; the history keeps its ends and its length; a rebuilt network closes a layer
 * that is gone and forgets what was measured of one that stays.
 */
import { expect, test } from 'playwright/test';
import { lectureModel, leNet5Model } from '../engine/model/presets.ts';
import type { Distribution, Histogram } from '../worker/protocol.ts';
import { initialState, reduce } from './reduce.ts';
import { requestsFor } from './requests.ts';
import type { Message } from './intent.ts';
import type { PlaygroundState } from './state.ts';
import { historySize } from './views-slice.ts';

const flat: Histogram = { limit: 1, bins: [1, 1], count: 2, zeros: 0, largest: 1, mean: 0, spread: 1 };
const distribution = (step: number, layer = 'conv2d_1'): Message => ({
  type: 'distribution',
  layer,
  distribution: { step, activations: flat } satisfies Distribution,
});
const built = (config: typeof lectureModel): Message => ({
  type: 'built',
  config,
  summary: [],
  keptWeights: [],
  origin: 'initial',
  elapsedMs: 1,
});

const after = (...messages: readonly Message[]): PlaygroundState => messages.reduce(reduce, initialState());
const opened = after(built(lectureModel), { type: 'layerExpanded', layer: 'conv2d_1' });

function asked(message: Message, before: PlaygroundState) {
  return requestsFor(message, before, reduce(before, message)).filter(({ type }) =>
    /watchLayer|findDeadUnits/.test(type),
  );
}

test('opening watches, choosing says for what, closing lets go', () => {
  const before = after(built(lectureModel));
  const watch = { layer: 'conv2d_1', view: 'activations', isGradient: false, filter: 0 };
  expect(asked({ type: 'layerExpanded', layer: 'conv2d_1' }, before)).toEqual([{ type: 'watchLayer', watch }]);
  expect(asked({ type: 'layerViewChosen', view: 'filters' }, opened)).toMatchObject([{ watch: { view: 'filters' } }]);
  expect(asked({ type: 'filterChosen', filter: 5 }, opened)).toMatchObject([{ watch: { filter: 5 } }]);
  expect(asked({ type: 'mapScaleChosen', scale: 'perMap' }, opened)).toEqual([]);
  expect(asked({ type: 'layerExpanded' }, opened)).toEqual([{ type: 'watchLayer' }]);
  expect(asked({ type: 'layerViewChosen', view: 'filters' }, before)).toEqual([]);
});

test('a layer opens by the view that all maps have', () => {
  const filters = after(built(lectureModel), { type: 'mapKindChosen', kind: 'weights' });
  expect(reduce(filters, { type: 'layerExpanded', layer: 'conv2d_1' }).views.view).toBe('filters');
  expect(opened.views.view).toBe('activations');
});

test('measurements of the layer in hand are kept, others not', () => {
  expect(reduce(opened, distribution(1)).views.distributions).toHaveLength(1);
  expect(reduce(opened, distribution(1, 'conv2d_2')).views.distributions).toHaveLength(0);
  expect(reduce(after(built(lectureModel)), distribution(1)).views.distributions).toHaveLength(0);
});

test('the history holds the whole time in a few steps; at rest the newest counts', () => {
  const steps = Array.from({ length: 5 * historySize }, (_, step) => distribution(step));
  const { distributions } = steps.reduce(reduce, opened).views;
  expect(distributions.length).toBeLessThanOrEqual(historySize);
  expect(distributions[0]?.step).toBe(0);
  expect(distributions.at(-1)?.step).toBe(5 * historySize - 1);
  expect([...distributions].sort((a, b) => a.step - b.step)).toEqual(distributions);
  expect([distribution(3), distribution(3)].reduce(reduce, opened).views.distributions).toHaveLength(1);
});

test('dead units are looked for once, in the layer in hand, when there are images', () => {
  const seek: Message = { type: 'deadUnitsSought' };
  expect(asked(seek, opened)).toEqual([]);
  const ready = reduce(opened, { type: 'dataReady', rung: 'cache', trainSize: 9, testSize: 9, validationSize: 9 });
  expect(asked(seek, ready)).toEqual([{ type: 'findDeadUnits', layer: 'conv2d_1' }]);
  const seeking = reduce(ready, seek);
  expect(asked(seek, seeking)).toEqual([]);
  const found: Message = { type: 'deadUnits', layer: 'conv2d_1', dead: [3], units: 32, images: 9, step: 0 };
  const done = reduce(seeking, found);
  expect(done.views).toMatchObject({ deadUnits: { dead: [3] } });
  expect(done.views.searched).toBeUndefined();
  expect(reduce(done, { type: 'wasReset' }).views.deadUnits, 'of other weights').toBeUndefined();
});

test('a cell pinned in the layer in hand chooses its filter', () => {
  const cell = { layer: 'conv2d_1', row: 0, column: 0, channel: 7 };
  expect(reduce(opened, { type: 'cellPinned', cell }).views.filter).toBe(7);
  expect(reduce(opened, { type: 'cellPinned', cell: { ...cell, layer: 'conv2d_2' } }).views.filter).toBe(0);
});

test('another network: a layer that is gone closes, one that stays is measured anew', () => {
  const measured = reduce(opened, distribution(1));
  const kept = reduce(measured, built(leNet5Model));
  expect(kept.views).toMatchObject({ expanded: 'conv2d_1', distributions: [] });
  const pooled = reduce(after(built(lectureModel)), { type: 'layerExpanded', layer: 'max_pooling2d_1' });
  expect(reduce(pooled, built(leNet5Model)).views.expanded).toBeUndefined();
});
