/*
 * Plan. Nothing is asked of the worker before the panel is open and an answer known; then the gradient of the answer's score is,
 * again when the answer becomes another, not when it only becomes surer, and of a chosen class whatever the answer is. Closing
 * the panel ends it. What was worked out is shown for its class only, and forgotten with the network; a class that the new network
 * has not is let go.
 */
import { expect, test } from 'playwright/test';
import { followMessages } from '../../e2e/support/followed-messages.ts';
import type { ModelConfig } from '../engine/model/config.ts';
import { lectureModel } from '../engine/model/presets.ts';
import type { Message } from './intent.ts';
import { shownSaliency, shownUnit } from './saliency-slice.ts';
import type { PlaygroundState } from './state.ts';

const open: Message = { type: 'panelChosen', panel: 'saliency' };
const built = (config: ModelConfig = lectureModel): Message => ({
  type: 'built',
  ...{ config, summary: [], keptWeights: [], origin: 'shipped', elapsedMs: 1 },
});
const answer = (unit: number, share: number): Message => ({
  type: 'prediction',
  probabilities: Array.from({ length: 10 }, (_, index) => (index === unit ? share : (1 - share) / 9)),
});
const plane = Float32Array.of(1, -2);
const traced = (unit: number): Message => ({
  type: 'saliencyTraced',
  ...{ unit, score: 3, height: 1, width: 2, image: plane, gradient: plane, product: plane },
});

function follow(...messages: readonly Message[]): {
  readonly state: PlaygroundState;
  readonly asked: readonly unknown[];
} {
  const { state, asked } = followMessages(messages, ['traceSaliency']);
  return { state, asked: asked.map((request) => ('unit' in request ? request.unit : 'none')) };
}

test('nothing is asked while the panel is closed or no answer is known', () => {
  expect(follow(built(), answer(7, 0.9), { type: 'saliencyClassChosen', unit: 3 }).asked).toEqual([]);
  expect(follow(open, built()).asked).toEqual([]);
});

test('the answer’s score, or that of the class chosen', () => {
  const { asked } = follow(
    ...[built(), answer(7, 0.5), open, answer(7, 0.9), answer(1, 0.6)],
    { type: 'saliencyClassChosen', unit: 4 },
    answer(2, 0.6),
    { type: 'saliencyClassChosen' },
    { type: 'panelChosen', panel: 'explain' },
  );
  expect(asked).toEqual([7, 1, 4, 2, 'none']);
});

test('what was worked out counts for its class, and for its network', () => {
  const ready = [built(), answer(7, 0.9), open] as const;
  expect(shownSaliency(follow(...ready, traced(7)).state)?.score).toBe(3);
  expect(shownSaliency(follow(...ready, traced(6)).state)).toBeUndefined();
  expect(shownSaliency(follow(...ready, traced(7), built()).state)).toBeUndefined();
});

test('a class that the new network has not is let go', () => {
  const layers: ModelConfig['layers'] = [
    ...lectureModel.layers.slice(0, -1),
    { type: 'dense', units: 12, activation: 'softmax' },
  ];
  const more = { ...lectureModel, layers };
  const chosen: Message = { type: 'saliencyClassChosen', unit: 11 };
  expect(shownUnit(follow(built(more), answer(1, 0.9), chosen).state)).toBe(11);
  expect(shownUnit(follow(built(more), answer(1, 0.9), chosen, built()).state)).toBe(1);
});
