/*
 * Plan. The chosen image as a person's story in messages: moves stay while images come and go, but not for an example wanted as it
 * is; a class wanted is asked for; a picture gets its colours when the network has three channels; every other image is sent to
 * the worker once, with its shape. The sweep asks one question at a time, and again when the image or the network is another. The
 * accuracy over the shifts is asked for while it is looked at, stays for every image, and stands beside the next network's.
 */
import { expect, test } from 'playwright/test';
import { lectureModel } from '../engine/model/presets.ts';
import type { Request } from '../worker/protocol.ts';
import { noMoves } from './image-moves.ts';
import type { Message } from './intent.ts';
import { sweepShifts } from './shift-sweep.ts';
import { PlaygroundStore } from './store.ts';

const built = (changes: object = {}): Message => ({
  type: 'built',
  config: { ...lectureModel, ...changes },
  summary: [],
  keptWeights: [],
  origin: 'shipped',
  elapsedMs: 1,
});
const picked = (index: number, label: number): Message => ({
  type: 'inputPicked',
  pixels: new Float32Array(784).fill(0.5),
  shape: [28, 28, 1],
  label,
  index,
});
const adapter = { vendor: 'test', architecture: '', description: '', isSoftware: true, hasFloat16: false };

function startedStore(): { store: PlaygroundStore; sent: Request[] } {
  const sent: Request[] = [];
  const store = new PlaygroundStore((request) => sent.push(request));
  store.dispatch({ type: 'ready', adapter });
  store.dispatch(built());
  store.dispatch({ type: 'dataReady', rung: 'cache', trainSize: 60_000, testSize: 10_000, validationSize: 1000 });
  store.dispatch(picked(0, 7));
  sent.length = 0;
  return { store, sent };
}

test('moves stay from image to image and are sent with each; the original stays as it was', () => {
  const { store, sent } = startedStore();
  store.dispatch({ type: 'imageMoved', moves: { ...noMoves, shiftX: 20 } });
  store.dispatch(picked(1, 2));
  const { pixels, original, label } = store.state.input;
  expect(label).toBe(2);
  expect(pixels.reduce((sum, value) => sum + value, 0)).toBe(28 * 8 * 0.5);
  expect(original.every((value) => value === 0.5)).toBe(true);
  expect(sent.map(({ type }) => type)).toEqual(['setInput', 'setInput']);
  expect(sent[1]).toMatchObject({ pixels, shape: [28, 28, 1] });
});

test('an example chosen by its number comes as it is', () => {
  const { store, sent } = startedStore();
  store.dispatch({ type: 'imageMoved', moves: { ...noMoves, rotation: 45 } });
  store.dispatch({ type: 'exampleChosen', index: 321 });
  expect(sent.at(-1)).toEqual({ type: 'pickExample', index: 321, direction: 1 });
  store.dispatch(picked(321, 4));
  expect(store.state.input.pixels).toBe(store.state.input.original);
});

test('examples go forth and back around the whole test set, by class and at random', () => {
  const { store, sent } = startedStore();
  store.dispatch({ type: 'exampleRequested', direction: -1 });
  store.dispatch({ type: 'exampleLabelChosen', label: 3 });
  store.dispatch({ type: 'exampleRequested' });
  store.dispatch({ type: 'exampleRequested', share: 0.25 });
  store.dispatch({ type: 'exampleLabelChosen' });
  store.dispatch({ type: 'exampleRequested' });
  expect(sent).toEqual([
    { type: 'pickExample', index: 9999, direction: -1 },
    { type: 'pickExample', index: 0, direction: 1, label: 3 },
    { type: 'pickExample', index: 1, direction: 1, label: 3 },
    { type: 'pickExample', index: 2500, direction: 1, label: 3 },
    { type: 'pickExample', index: 1, direction: 1 },
  ]);
});

test('a picture is a digit for one channel and has its colours for three', () => {
  const { store, sent } = startedStore();
  const rgba = new Uint8ClampedArray(40 * 40 * 4).fill(255);
  for (let place = 15; place < 25; place++) rgba.set([200, 0, 0, 255], (place * 40 + 20) * 4);
  store.dispatch({ type: 'pictureTaken', picture: { width: 40, height: 40, rgba }, name: 'red.png' });
  expect(store.state.input).toMatchObject({ shape: [28, 28, 1], source: 'picture', name: 'red.png' });
  expect(store.state.input.label).toBeUndefined();
  store.dispatch(built({ inputShape: [32, 32, 3] }));
  expect(store.state.input.shape).toEqual([32, 32, 3]);
  expect(store.state.input.pixels[0]).toBe(1);
  expect(sent.filter(({ type }) => type === 'setInput')).toHaveLength(2);
});

test('the sweep asks once at a time, again for another image, and keeps the curve of the network before', () => {
  const { store, sent } = startedStore();
  store.dispatch({ type: 'sweepWatched', isWatched: true });
  store.dispatch({ type: 'imageMoved', moves: { ...noMoves, shiftX: 3 } });
  store.dispatch({ type: 'wasReset' });
  const asked = (): Request[] => sent.filter(({ type }) => type === 'predictImages');
  expect(asked()).toHaveLength(1);
  const answer = (share: number): void => {
    const outputs = new Float32Array(sweepShifts.length * 10).fill(share);
    store.dispatch({ type: 'imagesPredicted', id: store.state.sweep.asked, classes: 10, outputs });
  };
  answer(0.25);
  expect(store.state.sweep.curve).toEqual({ network: 'Lecture CNN', about: 7, shares: sweepShifts.map(() => 0.25) });
  expect(asked()).toHaveLength(2);
  answer(0.5);
  expect(asked()).toHaveLength(2);
  store.dispatch(built({ name: 'Dense only' }));
  answer(0.75);
  expect(store.state.sweep.before).toMatchObject({ network: 'Lecture CNN' });
  expect(store.state.sweep.curve).toMatchObject({ network: 'Dense only' });
  store.dispatch({ type: 'digitDrawn', pixels: new Float32Array(784) });
  expect(store.state.sweep.before).toBeUndefined();
  expect(asked()).toHaveLength(4);
});

test('the accuracy over the shifts is kept from network to network, and goes with its data', () => {
  const { store, sent } = startedStore();
  store.dispatch({ type: 'sweepWatched', isWatched: true });
  expect(sent).toContainEqual({ type: 'watchShiftAccuracy', shifts: sweepShifts });
  const shares = sweepShifts.map(() => 0.5);
  store.dispatch({ type: 'shiftAccuracy', count: 64, planned: 500, shares });
  store.dispatch({ type: 'digitDrawn', pixels: new Float32Array(784) });
  expect(store.state.sweep.accuracy).toEqual({ network: 'Lecture CNN', count: 64, shares });
  store.dispatch(built({ name: 'Dense only' }));
  expect(store.state.sweep.accuracy).toBeUndefined();
  store.dispatch({ type: 'wasReset' });
  expect(store.state.sweep.accuracyBefore).toEqual({ network: 'Lecture CNN', count: 64, shares });
  store.dispatch({ type: 'sweepWatched', isWatched: false });
  expect(sent.at(-1)).toEqual({ type: 'watchShiftAccuracy', shifts: [] });
  store.dispatch({ type: 'dataReady', rung: 'files', trainSize: 10, testSize: 10, validationSize: 10 });
  expect(store.state.sweep.accuracyBefore).toBeUndefined();
});
