/*
 * Plan. Without a choice the last convolution's first filter is meant; a pinned cell's filter is from then on, a pinned pixel or
 * a flattened cell is not. A climb asks for the middle cell, or for the whole map where there is one, from the next noise each time.
 * Its reports count while it is under way, and the last one ends it without a further request. It is broken off by another
 * filter, scope or smoothness, by a failure, another panel and another network, and what it found goes with what it was found for.
 */
import { expect, test } from 'playwright/test';
import { followMessages, type Followed } from '../../e2e/support/followed-messages.ts';
import { lectureModel } from '../engine/model/presets.ts';
import { climbTarget } from './climb-slice.ts';
import type { Message } from './intent.ts';

const built: Message = {
  type: 'built',
  ...{ config: lectureModel, summary: [], keptWeights: [], origin: 'shipped', elapsedMs: 1 },
};
const start: Message = { type: 'climbStarted' };
const open: Message = { type: 'panelChosen', panel: 'saliency' };
const target = (layer: string, channel: number): Message => ({ type: 'climbTargetChosen', target: { layer, channel } });
const pin = (layer: string, channel: number): Message => ({
  type: 'cellPinned',
  cell: { layer, row: 0, column: 0, channel },
});
const report = (id: number, isOver: boolean): Message => ({
  type: 'climbed',
  ...{ id, steps: isOver ? 48 : 3, planned: 48, before: -1, value: 2, pixels: new Float32Array(784), isOver },
});

const follow = (...messages: readonly Message[]): Followed => followMessages(messages, ['climb', 'stopClimb']);

const meant = (...messages: readonly Message[]): readonly unknown[] => {
  const found = climbTarget(follow(...messages).state);
  return [found?.layer.name, found?.channel];
};

test('which filter is meant', () => {
  expect(meant()).toEqual([undefined, undefined]);
  expect(meant(built)).toEqual(['conv2d_3', 0]);
  expect(meant(built, target('conv2d_1', 9))).toEqual(['conv2d_1', 9]);
  expect(meant(built, pin('max_pooling2d_1', 5))).toEqual(['max_pooling2d_1', 5]);
  expect(meant(built, pin('dense_2', 3), { type: 'cellPinned' })).toEqual(['dense_2', 3]);
  expect(meant(built, pin('', 0), pin('flatten_1', 3))).toEqual(['conv2d_3', 0]);
  expect(meant(built, target('conv2d_1', 31), built)).toEqual(['conv2d_1', 31]);
  expect(meant(built, target('conv2d_1', 32), built)).toEqual(['conv2d_3', 0]);
});

test('a climb is for the middle cell, or for the map, from other noise each time', () => {
  const { asked } = follow(
    ...[built, open, start, report(1, true), start, report(2, true)],
    { type: 'climbScopeChosen', scope: 'map' },
    start,
    target('dense_2', 3),
    start,
  );
  expect(asked).toEqual([
    { type: 'climb', id: 1, aim: { layer: 'conv2d_3', row: 1, column: 1, channel: 0 }, isSmooth: true, seed: 1 },
    { type: 'climb', id: 2, aim: { layer: 'conv2d_3', row: 1, column: 1, channel: 0 }, isSmooth: true, seed: 2 },
    { type: 'climb', id: 3, aim: { layer: 'conv2d_3', channel: 0 }, isSmooth: true, seed: 1 },
    { type: 'stopClimb' },
    { type: 'climb', id: 4, aim: { layer: 'dense_2', row: 0, column: 0, channel: 3 }, isSmooth: true, seed: 1 },
  ]);
});

test('reports count for their climb, and stay when it is over or stopped', () => {
  const steps = (...messages: readonly Message[]) =>
    follow(built, open, start, ...messages).state.climb.progress?.steps;
  expect(steps(report(1, false))).toBe(3);
  expect(steps(report(2, false))).toBeUndefined();
  expect(steps(report(1, true))).toBe(48);
  expect(steps(report(1, false), { type: 'climbStopped' }, report(1, true))).toBe(3);
});

const breakingOff: readonly (readonly [string, Message, isKept: boolean])[] = [
  ['stop', { type: 'climbStopped' }, true],
  ['another filter', target('conv2d_3', 1), false],
  ['a pinned cell', pin('conv2d_2', 1), false],
  ['another scope', { type: 'climbScopeChosen', scope: 'map' }, false],
  ['no smoothing', { type: 'climbSmoothnessChosen', isSmooth: false }, false],
  ['another panel', { type: 'panelChosen', panel: 'explain' }, true],
  ['a failure', { type: 'failed', code: 'outOfMemory', message: 'No room.' }, true],
  ['another network', built, false],
];

for (const [what, message, isKept] of breakingOff) {
  test(`broken off by: ${what}`, () => {
    const { state, asked } = follow(built, open, start, report(1, false), message);
    expect(asked.at(-1)).toEqual({ type: 'stopClimb' });
    expect(state.climb.climb).toBeUndefined();
    expect(state.climb.progress !== undefined).toBe(isKept);
  });
}
