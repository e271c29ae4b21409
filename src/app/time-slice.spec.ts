/*
 * Plan: a person goes through time, in messages, without a worker.
 *  - Choosing a moment shows it at once and asks for it; an answer that comes too late moves nothing; the way back asks too.
 *  - Going on cuts the curves at the moment and keeps what came after it as the earlier run; a rewind keeps the whole run.
 *  - A pace is asked for, and full speed again.
 *  - What a person must be told: a rebuild takes the snapshots, another optimizer starts empty. A rewind is told by itself.
 *  - From a loss that is no number the way back is the last snapshot after which it was one, and no worse than at first.
 */
import { expect, test } from 'playwright/test';
import type { Place, Request } from '../worker/protocol.ts';
import type { Message } from './intent.ts';
import { PlaygroundStore } from './store.ts';
import { lastGoodPlace, lookedAtStep } from './time-slice.ts';

const place = (step: number): Place => ({ step, epoch: 0, stepInEpoch: step });
const snapshots = (...steps: readonly number[]): Message => ({
  type: 'snapshots',
  places: steps.map(place),
  bytes: steps.length * 750_000,
  roomBytes: 64_000_000,
});
const progress = (...losses: readonly (readonly [step: number, loss: number])[]): Message => ({
  type: 'progress',
  steps: losses.map(([step, loss]) => ({ step, epoch: 0, loss, accuracy: 1 - loss / 4 })),
  ...{ epoch: 0, epochs: 5, stepInEpoch: losses.length, stepsPerEpoch: 938 },
  ...{ imagesPerSecond: 1000, msPerStep: 64, secondsLeft: 300 },
});

function trained(): { store: PlaygroundStore; sent: Request[] } {
  const sent: Request[] = [];
  const store = new PlaygroundStore((request) => sent.push(request));
  store.dispatch(progress([1, 2.3], [2, 2.1], [3, 1.7], [4, 1.2]));
  store.dispatch({ type: 'evaluated', kind: 'test', step: 4, epoch: 0, loss: 1.1, accuracy: 0.7, count: 10_000 });
  store.dispatch(snapshots(0, 1, 2, 3));
  return { store, sent };
}

test('a moment is shown at once and asked for; late answers move nothing', () => {
  const { store, sent } = trained();
  store.dispatch({ type: 'momentChosen', place: place(3) });
  store.dispatch({ type: 'momentChosen', place: place(1) });
  expect(lookedAtStep(store.state)).toBe(1);
  expect(sent).toEqual([
    { type: 'lookBack', step: 3 },
    { type: 'lookBack', step: 1 },
  ]);
  store.dispatch({ type: 'lookedBack', asked: 3, place: place(3) });
  expect(lookedAtStep(store.state)).toBe(1);
  // The snapshot of step 1 was let go meanwhile.
  store.dispatch({ type: 'lookedBack', asked: 1, place: place(0) });
  expect(lookedAtStep(store.state)).toBe(0);
  store.dispatch({ type: 'nowChosen' });
  expect(lookedAtStep(store.state)).toBeUndefined();
  expect(sent.at(-1)).toEqual({ type: 'returnToNow' });
});

test('going on cuts the curves and keeps the rest in sight', () => {
  const { store } = trained();
  const before = store.state.loss;
  store.dispatch({ type: 'momentChosen', place: place(2) });
  store.dispatch({ type: 'wentOn', step: 2, keepsOptimizer: true });
  expect(lookedAtStep(store.state)).toBeUndefined();
  expect(store.state.loss.train.map(({ step }) => step)).toEqual([1, 2]);
  expect(store.state.loss.test).toEqual([]);
  expect(store.state.earlierRun?.loss).toBe(before);
  store.dispatch(progress([3, 1.7]));
  expect(store.state.loss.train).toEqual(before.train.slice(0, 3));
  expect(store.state.time.note).toBeUndefined();
});

test('a rewind keeps the run as the earlier one, and says nothing of snapshots', () => {
  const { store } = trained();
  const before = store.state.accuracy;
  store.dispatch({ type: 'rewindPressed' });
  store.dispatch({ type: 'wasReset' });
  expect(store.state.accuracy.train).toEqual([]);
  expect(store.state.earlierRun?.accuracy).toBe(before);
  store.dispatch(snapshots());
  expect(store.state.time).toMatchObject({ places: [], bytes: 0 });
  expect(store.state.time.note).toBeUndefined();
  // A second one, of a run without a step, leaves the first one's in sight.
  store.dispatch({ type: 'wasReset' });
  expect(store.state.earlierRun?.accuracy).toBe(before);
});

test('a pace is asked for, and full speed again', () => {
  const { store, sent } = trained();
  store.dispatch({ type: 'paceChosen', stepsPerSecond: 2 });
  expect(store.state.time.stepsPerSecond).toBe(2);
  store.dispatch({ type: 'paceChosen' });
  expect(store.state.time.stepsPerSecond).toBeUndefined();
  expect(sent).toEqual([{ type: 'setPace', stepsPerSecond: 2 }, { type: 'setPace' }]);
});

test('a rebuild and an empty optimizer are told until the next act', () => {
  const { store } = trained();
  store.dispatch(snapshots());
  expect(store.state.time.note).toBe('rebuilt');
  store.dispatch({ type: 'trainPressed' });
  expect(store.state.time.note).toBeUndefined();
  store.dispatch({ type: 'wentOn', step: 2, keepsOptimizer: false });
  expect(store.state.time.note).toBe('emptyOptimizer');
  store.dispatch(progress([3, 1.6]));
  expect(store.state.time.note).toBe('emptyOptimizer');
});

test('the way back from NaN is the last snapshot with a sound loss after it', () => {
  const { store, sent } = trained();
  store.dispatch(progress([5, 9.9], [6, NaN]));
  store.dispatch(snapshots(0, 1, 2, 3, 4, 5));
  // After step 4 the loss was 9.9, after step 5 none.
  expect(lastGoodPlace(store.state)).toEqual(place(3));
  store.dispatch({ type: 'failed', code: 'nonFinite', message: 'x' });
  store.dispatch({ type: 'rateLowered', place: place(3) });
  expect(sent).toEqual([
    { type: 'setOptimizer', optimizer: { type: 'rmsprop', learningRate: 0.0001 } },
    { type: 'lookBack', step: 3 },
  ]);
  expect(lookedAtStep(store.state)).toBe(3);
  expect(store.state.alert).toBeUndefined();
  store.dispatch(snapshots(0));
  expect(lastGoodPlace(store.state)).toBeUndefined();
});
