/*
 * Plan. Answers in two parts make one measurement, a new id begins anew; images are asked for when they are shown and only once;
 * a cell lists its own; the panel's opening and closing are told; other data leave nothing behind.
 */
import { expect, test } from 'playwright/test';
import type { Request } from '../worker/protocol.ts';
import type { Message } from './intent.ts';
import { shownMistakes } from './mistakes-slice.ts';
import { PlaygroundStore } from './store.ts';

const answers = (id: number, first: number, ...given: readonly number[]): Message => ({
  type: 'answers',
  id,
  step: 10 * id,
  first,
  planned: 4,
  classes: 2,
  labels: Uint8Array.from(given, () => 0),
  answers: Uint8Array.from(given),
  certainties: Float32Array.from(given, (_, place) => 0.5 + 0.125 * place),
});

function startedStore(): { store: PlaygroundStore; sent: Request[] } {
  const sent: Request[] = [];
  return { store: new PlaygroundStore((request) => sent.push(request)), sent };
}

test('parts of one measurement add up; another measurement begins anew', () => {
  const { store } = startedStore();
  store.dispatch(answers(1, 0, 0, 1));
  store.dispatch(answers(1, 2, 1, 1));
  expect(store.state.mistakes.measurement).toMatchObject({ step: 10, right: 1, planned: 4 });
  expect([...(store.state.mistakes.measurement?.confusion ?? [])]).toEqual([1, 3, 0, 0]);
  store.dispatch(answers(2, 0, 0, 0));
  expect([...(store.state.mistakes.measurement?.confusion ?? [])]).toEqual([2, 0, 0, 0]);
  expect(store.state.mistakes.listed).toEqual([]);
});

test('images are asked for once, when they are to be shown', () => {
  const { store, sent } = startedStore();
  store.dispatch(answers(1, 0, 1, 0, 1, 0));
  expect(sent).toEqual([{ type: 'fetchExamples', indices: [2, 0] }]);
  const images = new Uint8Array(8).fill(9);
  store.dispatch({ type: 'exampleImages', indices: [2, 0], shape: [2, 2, 1], images });
  expect(store.state.mistakes.images.get(0)).toHaveLength(4);
  store.dispatch({ type: 'confusionCellChosen', cell: { label: 0, answer: 0 } });
  expect(shownMistakes(store.state.mistakes)).toEqual([1, 3]);
  expect(sent.at(-1)).toEqual({ type: 'fetchExamples', indices: [1, 3] });
  store.dispatch({ type: 'confusionCellChosen' });
  expect(sent).toHaveLength(2);
  store.dispatch({ type: 'dataReady', rung: 'cache', trainSize: 1, testSize: 1, validationSize: 1 });
  expect(store.state.mistakes).toMatchObject({ listed: [], images: new Map() });
  expect(store.state.mistakes.measurement).toBeUndefined();
});

test('the worker is told when the panel is opened and closed', () => {
  const { store, sent } = startedStore();
  store.dispatch({ type: 'panelChosen', panel: 'mistakes' });
  store.dispatch({ type: 'panelChosen', panel: 'mistakes' });
  store.dispatch({ type: 'panelChosen', panel: 'training' });
  expect(sent.filter(({ type }) => type === 'watchMistakes')).toEqual([
    { type: 'watchMistakes', isWatching: true },
    { type: 'watchMistakes', isWatching: false },
  ]);
});
