/*
 * Plan. A term for every type of layer, every argument, activation, optimizer, setting and hyperparameter that the engine
 * knows (their keys are checked by the compiler; that the values are in the table is checked here), each with a title of its
 * own, a sentence, and related terms that exist and are not itself. With the lecture's network every present number is put
 * in: no formula says undefined or NaN, and the lecture's own figures come out. With a model that cannot be built, with one of
 * every layer type, and before anything is known, the numbers still can be asked for.
 */
import { expect, test } from 'playwright/test';
import { initialState, reduce } from '../../app/reduce.ts';
import type { PlaygroundState } from '../../app/state.ts';
import { workOut } from '../../app/draft.ts';
import type { LayerConfig } from '../../engine/model/config.ts';
import {
  activationTerms,
  argumentTerms,
  layerTerms,
  optimizerSettingTerms,
  optimizerTerms,
  settingTerms,
} from './term-of.ts';
import type { TermName } from './term-name.ts';
import { termNames, terms } from './terms.ts';

const groups: Readonly<Record<string, Readonly<Record<string, TermName>>>> = {
  'layer types': layerTerms,
  arguments: argumentTerms,
  activations: activationTerms,
  optimizers: optimizerTerms,
  'optimizer settings': optimizerSettingTerms,
  hyperparameters: settingTerms,
};

for (const [group, names] of Object.entries(groups)) {
  test(`every one of the ${group} has a term`, () => {
    expect(Object.keys(names).length).toBeGreaterThan(3);
    for (const [key, name] of Object.entries(names)) expect(Object.keys(terms), key).toContain(name);
  });
}

test('every term has a title of its own, sentences, and other terms beside it', () => {
  expect(termNames.length).toBe(Object.keys(terms).length);
  expect(new Set(termNames.map((name) => terms[name].title)).size).toBe(termNames.length);
  for (const name of termNames) {
    const { text, related = [] } = terms[name];
    expect(text, name).toMatch(/^[^a-z].*[.)]$/);
    expect(text.length, name).toBeLessThan(420);
    expect(related, name).not.toContain(name);
    for (const other of related) expect(Object.keys(terms), name).toContain(other);
  }
});

function linesOf(state: PlaygroundState, name: TermName, layer = ''): readonly string[] {
  return terms[name].numbers?.({ state, layer }) ?? [];
}

const everyLayer: readonly LayerConfig[] = [
  { type: 'zeroPadding2d' },
  { type: 'padding2d', mode: 'reflect' },
  { type: 'conv2d', filters: 4, kernelSize: 3, activation: 'leakyRelu', kernelRegularizer: 'l2' },
  { type: 'depthwiseConv2d', kernelSize: 3 },
  { type: 'separableConv2d', filters: 4, kernelSize: 3 },
  { type: 'conv2dTranspose', filters: 4, kernelSize: 2, strides: 2 },
  { type: 'maxPooling2d' },
  { type: 'averagePooling2d' },
  { type: 'upSampling2d' },
  { type: 'batchNormalization' },
  { type: 'layerNormalization' },
  { type: 'spatialDropout2d', rate: 0.2 },
  { type: 'add', inputs: ['spatial_dropout2d_1', 'layer_normalization_1'] },
  { type: 'concatenate', inputs: ['add_1', 'batch_normalization_1'] },
  { type: 'activation', activation: 'relu' },
  { type: 'globalAveragePooling2d', keepdims: true },
  { type: 'reshape', targetShape: [-1] },
  { type: 'flatten' },
  { type: 'dropout', rate: 0.5 },
  { type: 'dense', units: 10, activation: 'softmax' },
];

const withLayers = (layers: readonly LayerConfig[]): PlaygroundState => ({
  ...initialState(),
  draft: workOut({ inputShape: [28, 28, 1], layers }),
});

const states: Readonly<Record<string, PlaygroundState>> = {
  'the lecture’s network': initialState(),
  'one of every layer': withLayers(everyLayer),
  'a model that cannot be': withLayers([{ type: 'conv2d', filters: 4, kernelSize: 99 }]),
  'a run under way': reduce(initialState(), {
    type: 'progress',
    steps: [{ step: 1, epoch: 0, loss: 0.5, accuracy: 0.75 }],
    ...{
      epoch: 0,
      epochs: 5,
      stepInEpoch: 1,
      stepsPerEpoch: 938,
      imagesPerSecond: 640,
      msPerStep: 100,
      secondsLeft: 9,
    },
  }),
};

for (const [title, state] of Object.entries(states)) {
  test(`the numbers of all terms can be put in: ${title}`, () => {
    const layers = ['', ...state.draft.layers.map(({ name }) => name)];
    for (const name of termNames) {
      for (const layer of layers) {
        for (const line of linesOf(state, name, layer)) expect(line, name).not.toMatch(/undefined|NaN|null|\[object/);
      }
    }
  });
}

test('the model of every layer is whole', () => {
  expect(states['one of every layer']?.draft.issues).toEqual([]);
});

const lecture: readonly (readonly [TermName, string, string])[] = [
  ['convolution', 'conv2d_2', '3·3·32·64+64 = 18,496 parameters'],
  ['floor-formula', 'conv2d_1', 'conv2d_1: ⌊(28−3)/1⌋+1 = 26'],
  ['max-pooling', 'max_pooling2d_1', 'drops 75.0'],
  ['max-pooling', 'max_pooling2d_2', 'The last 1 row and 1 column of its 11×11 input lie in no window'],
  ['receptive-field', 'conv2d_3', 'conv2d_3 sees 18×18 pixels, 41.3'],
  ['receptive-field', 'conv2d_3', 'layer by layer: 1 → 3 → 4 → 8 → 10 → 18'],
  ['unseen-cells', 'max_pooling2d_2', 'conv2d_3 sees the image’s rows 0–25 of 0–27'],
  ['parameter', 'dense_1', 'all layers: 93,322'],
  ['mac', '', 'one image: 2,794,240'],
  ['mac', '', '80'],
  ['flattened-size', 'dense_1', '576'],
  ['kernel', 'conv2d_2', '3·3·32 = 288 weights a filter'],
];

for (const [name, layer, expected] of lecture) {
  test(`${name} of ${layer || 'the model'}: ${expected}`, () => {
    expect(linesOf(initialState(), name, layer).join('\n')).toContain(expected);
  });
}

test('steps of an epoch are those of the data and the batch', () => {
  const state: PlaygroundState = {
    ...initialState(),
    data: { ...initialState().data, sizes: { train: 60_000, validation: 1000, test: 10_000 } },
  };
  expect(linesOf(state, 'epoch')).toEqual([
    '⌈60,000 / 64⌉ = 938 steps an epoch',
    'the last one has 32 images',
    '5 epochs: 4,690 steps',
  ]);
});
