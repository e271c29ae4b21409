/*
 * Plan: the reducer and the requests that follow, as a person's story in messages, without a worker.
 *  - An edit shows at once and builds nothing; releasing it asks for one rebuild, and only for a model that can be.
 *  - An impossible edit keeps the running network, names the layer, and its fix makes it possible and builds it.
 *  - Steps become curves; a run that begins anew begins new curves; a rewind clears them.
 *  - Failures go where they are dealt with: no GPU, no data, a loss that is not a number.
 *  - The data ladder keeps what is in use while it climbs.
 *  - Tuning is on until switched off.
 *  - Nothing changes an earlier state.
 */
import { test, expect } from 'playwright/test';
import { lectureModel } from '../engine/model/presets.ts';
import type { Conv2DConfig } from '../engine/model/config.ts';
import type { Request } from '../worker/protocol.ts';
import type { Message } from './intent.ts';
import { PlaygroundStore } from './store.ts';
import { initialState, reduce } from './reduce.ts';
import { startRequests } from './requests.ts';

const adapter = { vendor: 'test', architecture: '', description: '', isSoftware: true, hasFloat16: false };
const conv = (changes: Partial<Conv2DConfig>): Conv2DConfig => ({
  type: 'conv2d',
  filters: 32,
  kernelSize: 3,
  ...changes,
});
const built = (config = lectureModel): Message => ({
  type: 'built',
  config,
  summary: [],
  keptWeights: [],
  origin: 'shipped',
  elapsedMs: 1,
});
const progress = (...steps: readonly number[]): Message => ({
  type: 'progress',
  steps: steps.map((step) => ({ step, epoch: 0, loss: 1 / step, accuracy: 1 - 1 / step })),
  epoch: 0,
  epochs: 5,
  stepInEpoch: steps.at(-1) ?? 0,
  stepsPerEpoch: 938,
  imagesPerSecond: 1000,
  msPerStep: 64,
  secondsLeft: 300,
});

function startedStore(): { store: PlaygroundStore; sent: Request[] } {
  const sent: Request[] = [];
  const store = new PlaygroundStore((request) => sent.push(request));
  store.dispatch({ type: 'ready', adapter });
  store.dispatch(built());
  return { store, sent };
}

test('the first state is the lecture network with 93,322 parameters and a sketched digit', () => {
  const state = initialState();
  expect(state.draft.model?.params).toBe(93_322);
  expect(state.draft.layers.map((layer) => layer.outputShape)[4]).toEqual([3, 3, 64]);
  expect(Math.max(...state.input.pixels)).toBe(1);
  expect(state.input.pixels.filter((pixel) => pixel > 0).length).toBeGreaterThan(60);
  expect(state.data.status).toBe('loading');
});

test('dragging works out shapes and builds nothing; releasing builds once', () => {
  const { store, sent } = startedStore();
  store.dispatch({ type: 'layerEdited', index: 0, layer: conv({ kernelSize: 5 }) });
  expect(store.state.draft.layers[0]?.outputShape).toEqual([24, 24, 32]);
  expect(store.state.built?.model.layers[0]?.outputShape).toEqual([26, 26, 32]);
  expect(sent).toEqual([]);
  store.dispatch({ type: 'editCommitted' });
  store.dispatch({ type: 'editCommitted' });
  expect(sent.map(({ type }) => type)).toEqual(['rebuild']);
  store.dispatch(built(store.state.draft.config));
  expect(store.state.requested).toBeUndefined();
  expect(store.state.built?.model.layers[0]?.outputShape).toEqual([24, 24, 32]);
});

test('an edit taken back before its release builds nothing', () => {
  const { store, sent } = startedStore();
  store.dispatch({ type: 'layerEdited', index: 0, layer: conv({ kernelSize: 5 }) });
  store.dispatch({ type: 'layerEdited', index: 0, layer: lectureModel.layers[0] ?? conv({}) });
  store.dispatch({ type: 'editCommitted' });
  expect(sent).toEqual([]);
});

test('an impossible shape is explained at its layer and is not built; its fix is', () => {
  const { store, sent } = startedStore();
  store.dispatch({ type: 'layerEdited', index: 4, layer: conv({ filters: 64, kernelSize: 9 }) });
  store.dispatch({ type: 'editCommitted' });
  expect(sent).toEqual([]);
  expect(store.state.draft.model).toBeUndefined();
  expect(store.state.draft.issues[0]?.layer).toBe('conv2d_3');
  expect(store.state.draft.layers).toHaveLength(4);
  expect(store.state.built?.model.params).toBe(93_322);
  const fix = store.state.draft.issues[0]?.fix;
  expect(fix).toBeDefined();
  if (fix) store.dispatch({ type: 'fixApplied', fix });
  expect(store.state.draft.issues).toEqual([]);
  expect(sent.map(({ type }) => type)).toEqual(['rebuild']);
});

test('the lecture network comes back in one rebuild', () => {
  const { store, sent } = startedStore();
  store.dispatch({ type: 'layerEdited', index: 0, layer: conv({ filters: 8 }) });
  store.dispatch({ type: 'editCommitted' });
  store.dispatch(built(store.state.draft.config));
  store.dispatch({ type: 'lectureRestored' });
  expect(sent.at(-1)).toMatchObject({ type: 'rebuild', config: lectureModel });
});

test('steps become curves; steps that start over start the curves over; a rewind clears them', () => {
  const { store } = startedStore();
  store.dispatch(progress(1, 2));
  store.dispatch(progress(3));
  store.dispatch({ type: 'evaluated', kind: 'validation', step: 3, epoch: 0, loss: 0.5, accuracy: 0.8, count: 1000 });
  expect(store.state.loss.train.map(({ step }) => step)).toEqual([1, 2, 3]);
  expect(store.state.accuracy.validation).toEqual([{ step: 3, value: 0.8 }]);
  store.dispatch(progress(1));
  expect(store.state.loss.train).toEqual([{ step: 1, value: 1 }]);
  expect(store.state.loss.validation).toEqual([]);
  store.dispatch({ type: 'wasReset' });
  expect(store.state.loss.train).toEqual([]);
  expect(store.state.progress).toBeUndefined();
});

test('a progress report without steps leaves the curves the same objects, so that charts stay untouched', () => {
  const { store } = startedStore();
  store.dispatch(progress(1));
  const { loss } = store.state;
  store.dispatch(progress());
  expect(store.state.loss).toBe(loss);
});

test('batch size and seed rebuild, the optimizer and the epochs are taken over', () => {
  const { store, sent } = startedStore();
  const { hyperparameters } = store.state;
  store.dispatch({ type: 'hyperparametersChanged', hyperparameters: { ...hyperparameters, epochs: 7 } });
  store.dispatch({
    type: 'hyperparametersChanged',
    hyperparameters: { ...hyperparameters, epochs: 7, optimizer: { type: 'adam', learningRate: 0.01 } },
  });
  store.dispatch({
    type: 'hyperparametersChanged',
    hyperparameters: { ...store.state.hyperparameters, batchSize: 32 },
  });
  expect(sent.map(({ type }) => type)).toEqual(['setEpochs', 'setOptimizer', 'rebuild']);
});

test('a loss that is not a number offers a tenth of the rate and a rewind', () => {
  const { store, sent } = startedStore();
  store.dispatch({ type: 'failed', code: 'nonFinite', message: 'loss: must be finite. Received loss=NaN.' });
  expect(store.state.alert?.code).toBe('nonFinite');
  store.dispatch({ type: 'rateLowered' });
  expect(store.state.alert).toBeUndefined();
  expect(sent).toEqual([
    { type: 'setOptimizer', optimizer: { type: 'rmsprop', learningRate: 0.0001 } },
    { type: 'reset' },
  ]);
});

test('without a GPU the page says so, keeps the model editable and asks for no rebuild', () => {
  const sent: Request[] = [];
  const store = new PlaygroundStore((request) => sent.push(request));
  store.dispatch({ type: 'failed', code: 'noAdapter', message: 'gpu: no adapter.' });
  expect(store.state.gpu).toEqual({ status: 'unavailable', message: 'gpu: no adapter.' });
  expect(store.state.alert).toBeUndefined();
  store.dispatch({ type: 'dataProgress', rung: 'site', loadedBytes: 5, totalBytes: 10 });
  store.dispatch({ type: 'dataRequested' });
  expect(store.state.data.status).toBe('waiting');
  store.dispatch({ type: 'layerEdited', index: 0, layer: conv({ filters: 16 }) });
  store.dispatch({ type: 'editCommitted' });
  expect(store.state.draft.layers[0]?.params).toBe(160);
  expect(sent).toEqual([]);
});

test('data in use stays in use while another rung is tried, fails or is cancelled', () => {
  const { store, sent } = startedStore();
  store.dispatch({ type: 'dataProgress', rung: 'site', loadedBytes: 5, totalBytes: 10 });
  expect(store.state.data.status).toBe('loading');
  store.dispatch({ type: 'dataReady', rung: 'site', trainSize: 60_000, testSize: 10_000, validationSize: 1000 });
  expect(sent).toEqual([{ type: 'pickExample', index: 0, direction: 1 }]);
  store.dispatch({ type: 'dataRequested', rung: 'mirror' });
  store.dispatch({ type: 'dataSkipped', rung: 'mirror', reason: 'offline' });
  store.dispatch({ type: 'failed', code: 'dataFailed', message: 'data: nothing could be loaded.' });
  expect(store.state.data).toMatchObject({ status: 'failed', rung: 'site', sizes: { train: 60_000 } });
  expect(store.state.data.skipped).toEqual([{ rung: 'mirror', reason: 'offline' }]);
  store.dispatch({ type: 'dataRequested', rung: 'generated' });
  expect(store.state.alert).toBeUndefined();
  store.dispatch({ type: 'dataCancelled' });
  expect(store.state.data.status).toBe('ready');
});

test('a drawing outlives the arrival of a data set', () => {
  const { store, sent } = startedStore();
  store.dispatch({ type: 'digitDrawn', pixels: new Float32Array(784) });
  store.dispatch({ type: 'dataReady', rung: 'cache', trainSize: 1, testSize: 1, validationSize: 1 });
  expect(sent.map(({ type }) => type)).toEqual(['setInput']);
});

test('tuning is on until it is switched off; what the worker knows of kernels is shown, and forgotten on request', () => {
  const { store, sent } = startedStore();
  expect(store.state.tuning).toEqual({ isOn: true, kernels: [] });
  const kernel = { key: 'a', labels: ['conv2d_1 forward'], ways: ['small', 'large'], choice: 'small' };
  const kernels = [{ ...kernel, state: 'waiting', tried: 0, refusals: [] }] as const;
  store.dispatch({ type: 'tuning', kernels });
  store.dispatch({ type: 'tuningSwitched', isOn: false });
  expect(store.state.tuning).toEqual({ isOn: false, kernels });
  store.dispatch({ type: 'tuningForgotten' });
  expect(sent).toEqual([{ type: 'setTuning', isOn: false }, { type: 'forgetTuning' }]);
  const black = { negative: [0, 0, 0], zero: [0, 0, 0], positive: [0, 0, 0], gap: [0, 0, 0] } as const;
  const palettes = { activations: black, weights: black, gradients: black };
  const start = startRequests(store.state, palettes, 'http://localhost/')[0];
  expect(start).toMatchObject({ type: 'start', isTuning: false });
});

test('a message never changes the state it started from', () => {
  const before = initialState();
  const copy = structuredClone(before);
  reduce(before, progress(1, 2));
  reduce(before, { type: 'layerEdited', index: 0, layer: conv({ filters: 1 }) });
  reduce(before, { type: 'fileChecked', name: 'a', isAccepted: false, message: 'not an IDX file', missing: [] });
  expect(before).toEqual(copy);
});
