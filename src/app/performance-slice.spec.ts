/*
 * Plan. The panel's moments: the worker is asked to watch when the panel opens and to stop when it closes, and not otherwise;
 * samples of training are kept, at most so many, samples at rest are not; opened again, the line starts anew. A rebuilt
 * network has no profile until one comes; the peak stays.
 */
import { expect, test } from 'playwright/test';
import { initialState, reduce } from './reduce.ts';
import { requestsFor } from './requests.ts';
import type { Message } from './intent.ts';
import type { PlaygroundState } from './state.ts';
import type { PerformanceSample } from '../worker/protocol.ts';

const sample = (atMs: number, msPerStep: number): PerformanceSample => ({
  ...{ atMs, msPerStep, imagesPerSecond: 640, stepsPerSubmit: 4, memoryBytes: 1e6, bufferCount: 12 },
});
const told = (one: PerformanceSample): Message => ({ type: 'performance', sample: one });
const after = (state: PlaygroundState, ...messages: readonly Message[]) => messages.reduce(reduce, state);
const requested = (state: PlaygroundState, message: Message) =>
  requestsFor(message, state, reduce(state, message)).filter(({ type }) => type === 'watchPerformance');

test('the worker watches exactly while the panel is open', () => {
  const closed = initialState();
  expect(requested(closed, { type: 'panelChosen', panel: 'speed' })).toEqual([
    { type: 'watchPerformance', isWatching: true },
  ]);
  const open = after(closed, { type: 'panelChosen', panel: 'speed' });
  expect(requested(open, { type: 'panelChosen', panel: 'speed' })).toEqual([]);
  expect(requested(open, told(sample(0, 4)))).toEqual([]);
  expect(requested(open, { type: 'panelChosen', panel: 'training' })).toEqual([
    { type: 'watchPerformance', isWatching: false },
  ]);
});

test('samples of training are kept, the latest of them', () => {
  const many = Array.from({ length: 300 }, (_, index) => told(sample(index * 500, 4)));
  const { performance } = after(initialState(), ...many, told(sample(999_999, 0)));
  expect(performance.history).toHaveLength(240);
  expect(performance.history.at(-1)?.atMs).toBe(299 * 500);
  expect(performance.now?.atMs).toBe(999_999);
});

test('opened again, the line starts anew', () => {
  const open: Message = { type: 'panelChosen', panel: 'speed' };
  const state = after(initialState(), open, told(sample(0, 4)));
  expect(after(state, open).performance.history).toHaveLength(1);
  expect(after(state, { type: 'panelChosen', panel: 'training' }, open).performance.history).toEqual([]);
});

test('a rebuilt network has no profile until one comes; the peak stays', () => {
  const profile: Message = { type: 'stepProfile', batchSize: 64, dispatches: [{ label: 'finish', ms: 0.1 }] };
  const state = after(initialState(), profile, { type: 'peakMeasured', gflops: 900 });
  expect(state.performance.profile?.dispatches).toHaveLength(1);
  const { config } = state.draft;
  const built: Message = { type: 'built', config, summary: [], keptWeights: [], origin: 'initial', elapsedMs: 5 };
  const { performance } = after(state, built);
  expect(performance.profile).toBeUndefined();
  expect(performance.peakGflops).toBe(900);
});

test('measured again when it is asked for', () => {
  const state = initialState();
  const message: Message = { type: 'performanceRemeasured' };
  expect(requestsFor(message, state, reduce(state, message))).toContainEqual({ type: 'measurePerformance' });
});
