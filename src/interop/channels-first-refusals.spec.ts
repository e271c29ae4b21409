/*
 * Plan. A table of channels-first models that mean something else channels last, or nothing, each refused with its message in
 * full; beside each stands, where there is one, the neighbour that is not refused. Weights of wrong names and shapes likewise.
 * Then 5,000 changed models: each is refused in the house's form or converted into a model the engine resolves, and none is
 * thrown at; converted weights keep every number. Long chains of joins are refused before they grow.
 */
import { expect, test } from 'playwright/test';
import { mutantModels, soundModels } from '../../e2e/engine/mutant-models.ts';
import { randomFloats, seededUniform } from '../../e2e/engine/reference/seeded-random.ts';
import { seededDraws, type SeededDraws } from '../../e2e/support/seeded-draws.ts';
import type { NamedTensor } from '../engine/contract.ts';
import { isRecord } from '../engine/model/field-reader.ts';
import { resolveModel } from '../engine/model/resolve.ts';
import { fromChannelsFirst, type ChannelsFirstImport } from './channels-first.ts';

type Json = Readonly<Record<string, unknown>>;

const dataFormat = 'channelsFirst';
const row = { type: 'flatten', name: 'row' };
const softmax = { type: 'dense', name: 'classes', units: 4, activation: 'softmax' };
const conv = { type: 'conv2d', filters: 3, kernelSize: 3 };

const modelOf = (layers: readonly unknown[], more: Json = {}): Json => ({
  dataFormat,
  inputShape: [2, 8, 7],
  layers,
  ...more,
});
const before = (...layers: readonly unknown[]): Json => modelOf([...layers, row, softmax]);

const messagesOf = (result: ChannelsFirstImport): readonly string[] =>
  result.ok ? [] : result.issues.map(({ message }) => message);

const refused: readonly (readonly [config: unknown, message: string, neighbour?: unknown])[] = [
  [null, 'model: must be a JSON object. Received config=null.'],
  [
    modelOf([row, softmax], { inputShape: [8, 7] }),
    'model: inputShape must be [channels, height, width]. Received inputShape=[8,7].',
  ],
  [
    modelOf([row, softmax], { dataFormat: 'channelsLast' }),
    'model: dataFormat must be channelsFirst, on the model or on each of its layers. Received dataFormat="channelsLast".',
  ],
  [
    { inputShape: [2, 8, 7], layers: [conv, row, softmax] },
    'model: dataFormat must be channelsFirst, on the model or on each of its layers. Received dataFormat=undefined.',
    { inputShape: [2, 8, 7], layers: [{ ...conv, dataFormat }, row, softmax] },
  ],
  [
    { inputShape: [2, 8, 7], layers: [{ ...conv, dataFormat }, { type: 'maxPooling2d' }, row, softmax] },
    "max_pooling2d_1: dataFormat must be channelsFirst, as the model's. Received dataFormat=undefined.",
    { inputShape: [2, 8, 7], layers: [{ ...conv, dataFormat }, { type: 'maxPooling2d', dataFormat }, row, softmax] },
  ],
  [
    before({ ...conv, dataFormat: 'channelsLast' }),
    'conv2d_1: dataFormat must be channelsFirst, as the model\'s. Received dataFormat="channelsLast".',
    before({ ...conv, dataFormat }),
  ],
  [
    modelOf([{ ...row, dataFormat: 3 }, softmax]),
    "row: dataFormat must be channelsFirst, as the model's. Received dataFormat=3.",
    modelOf([{ ...row, dataFormat: 'channelsLast' }, softmax]),
  ],
  [
    before({ type: 'batchNormalization', axis: -1 }),
    'batch_normalization_1: axis must be 1, the channels. Received axis=-1.',
    modelOf([row, { type: 'batchNormalization', axis: -1 }, softmax]),
  ],
  [
    before({ type: 'layerNormalization' }),
    'layer_normalization_1: axis must be 1, [1, 3] or [1, 2, 3], so that the channels are in it; without one it is −1, the width. Received axis=undefined.',
    modelOf([row, { type: 'layerNormalization' }, softmax]),
  ],
  [
    before({ type: 'layerNormalization', axis: [1, 2] }),
    'layer_normalization_1: axis must be 1, [1, 3] or [1, 2, 3], so that the channels are in it; without one it is −1, the width. Received axis=[1,2].',
    before({ type: 'layerNormalization', axis: [1, 3] }),
  ],
  [
    before({ type: 'layerNormalization', axis: [1, 2, 3], betaConstraint: { type: 'maxNorm' } }),
    'layer_normalization_1: betaConstraint must be nonNeg or none when several axes are normalized. Received betaConstraint={"type":"maxNorm"}.',
    before({ type: 'layerNormalization', axis: 1, betaConstraint: { type: 'maxNorm' } }),
  ],
  [
    before({ ...conv, activation: 'softmax' }),
    'conv2d_1: softmax is over the last axis, which is the width of a channels-first image; the engine\'s is over channels. Received activation="softmax".',
    modelOf([row, { type: 'activation', activation: 'softmax' }, softmax]),
  ],
  [
    modelOf([row, { type: 'reshape', targetShape: [4, 4, 7] }, { type: 'flatten' }, softmax]),
    'reshape_1: a reshape to an image or from one means other cells when channels are last. Received targetShape=[4,4,7], inputs=[112].',
    modelOf([row, { type: 'reshape', targetShape: [2, 7, 8] }, { type: 'flatten' }, softmax]),
  ],
  [
    before({ type: 'reshape', targetShape: [16, 7] }),
    'reshape_1: a reshape to an image or from one means other cells when channels are last. Received targetShape=[16,7], inputs=[2,8,7].',
  ],
  [
    modelOf([row, { type: 'dense', units: 112 }, { type: 'add', inputs: ['row', 'dense_1'] }, softmax]),
    'add_1: needs rows whose cells stand in one order, such as flattened images of one shape. Received inputs=row, dense_1.',
    modelOf([row, { type: 'dropout', rate: 0 }, { type: 'add', inputs: ['row', 'dropout_1'] }, softmax]),
  ],
  [
    modelOf([row, { type: 'activation', activation: 'softmax' }]),
    "activation_1: its outputs are the model's and would stand in another order; put a dense layer last. Received outputs=[112].",
    modelOf([{ type: 'globalMaxPooling2d' }, { type: 'activation', activation: 'softmax' }]),
  ],
  [
    modelOf([row, { ...softmax, dataFormat }]),
    'classes: there is no field "dataFormat"; it has type, name, trainable, inputs, units, activation, negativeSlope, activityRegularizer, useBias, biasRegularizer, biasConstraint, biasInitializer, kernelRegularizer, kernelConstraint, kernelInitializer. Received dataFormat="channelsFirst".',
  ],
];

for (const [config, message, neighbour] of refused) {
  test(message, () => {
    const result = fromChannelsFirst({ config });
    expect(messagesOf(result)).toEqual([message]);
    if (neighbour !== undefined) expect(messagesOf(fromChannelsFirst({ config: neighbour }))).toEqual([]);
  });
}

test('rows joined of very many parts are refused', () => {
  const joins = Array.from({ length: 6 }, () => ({ type: 'concatenate' })).map((layer, i) => ({
    ...layer,
    name: `join_${i}`,
    inputs: Array.from({ length: 8 }, () => (i === 0 ? 'row' : `join_${i - 1}`)),
  }));
  const config = modelOf([row, ...joins, softmax], { inputShape: [2, 1, 2] });
  expect(messagesOf(fromChannelsFirst({ config }))).toEqual([
    'join_4: a row may be joined of at most 4096 flattened parts. Received parts=32768.',
  ]);
});

const kernel: NamedTensor = { name: 'classes/kernel', shape: [112, 4], data: new Float32Array(448) };

const wrongWeights: readonly (readonly [weights: readonly NamedTensor[], message: string])[] = [
  [
    [kernel, { ...kernel, name: 'dense_1/kernel' }],
    'model: weights must be named as the layers\' and be given once. Received name="dense_1/kernel".',
  ],
  [[kernel, kernel], 'model: weights must be named as the layers\' and be given once. Received name="classes/kernel".'],
  [
    [{ ...kernel, shape: [4, 112] }],
    'classes: kernel must be of shape [112,4] and have as many numbers. Received shape=[4,112], numbers=448.',
  ],
  [
    [{ ...kernel, data: new Float32Array(447) }],
    'classes: kernel must be of shape [112,4] and have as many numbers. Received shape=[112,4], numbers=447.',
  ],
];

for (const [weights, message] of wrongWeights) {
  test(`weights: ${message}`, () => {
    const config = modelOf([row, softmax]);
    expect(messagesOf(fromChannelsFirst({ config, weights: [kernel] }))).toEqual([]);
    expect(messagesOf(fromChannelsFirst({ config, weights }))).toEqual([message]);
  });
}

/** The value as a parser would have made it: no cycles, no strange prototypes; functions and the like stay. */
function plain(value: unknown, depth = 5): unknown {
  if (depth === 0) return null;
  if (Array.isArray(value)) return Array.from<unknown, unknown>(value, (item) => plain(item, depth - 1));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, plain(inner, depth - 1)]));
}

/** The mutant read as channels-first: its input turned, its joins along channels, formats put here and there. */
function asChannelsFirst(model: unknown, { below, pick }: SeededDraws): unknown {
  if (!isRecord(model)) return model;
  const shape = model['inputShape'];
  const layers = model['layers'];
  const turned = (layer: unknown): unknown => {
    if (!isRecord(layer)) return layer;
    const format = pick<unknown>([
      undefined,
      dataFormat,
      below(20) === 0 ? pick<unknown>(['channelsLast', null, 3, []]) : undefined,
    ]);
    return {
      ...layer,
      ...(layer['type'] === 'concatenate' && layer['axis'] === -1 && { axis: 1 }),
      ...(format !== undefined && /2d|flatten/.test(String(layer['type'])) && { dataFormat: format }),
    };
  };
  return {
    ...model,
    ...(below(30) > 0 && { dataFormat }),
    ...(Array.isArray(shape) && shape.length === 3 && { inputShape: [shape[2], shape[0], shape[1]] }),
    ...(Array.isArray(layers) && { layers: layers.map(turned) }),
  };
}

/** What is wrong with an answer. */
function faultsOf(result: ChannelsFirstImport): readonly string[] {
  if (!result.ok) {
    const isFormed = (layer: string, message: string) =>
      message.startsWith(`${layer}: `) && /\. Received [\w ]+=[^]+\.$/.test(message);
    const faults = result.issues.filter(({ layer, message }) => !isFormed(layer, message));
    return result.issues.length === 0 ? ['no issue'] : faults.map(({ message }) => message);
  }
  const resolution = resolveModel(result.config, { loss: 'meanSquaredError' });
  return resolution.ok ? [] : resolution.issues.map(({ message }) => message);
}

/** Weights of a converted model with up to 5,000 numbers, all different. */
function weightsFor({ config }: Extract<ChannelsFirstImport, { readonly ok: true }>): readonly NamedTensor[] {
  const resolution = resolveModel(config, { loss: 'meanSquaredError' });
  if (!resolution.ok || resolution.model.params > 5000) return [];
  const next = seededUniform(3);
  return resolution.model.layers
    .flatMap(({ weights }) => weights)
    .map(({ name, shape }) => ({
      name,
      // Only a layer normalization's image has its own shape channels-first.
      shape: shape.length === 3 ? [shape[2] ?? 0, shape[0] ?? 0, shape[1] ?? 0] : shape,
      data: randomFloats(
        shape.reduce((product, size) => product * size, 1),
        next,
      ),
    }));
}

test('5,000 changed models are converted or refused, never thrown at', () => {
  const draws = seededDraws(23);
  for (const sound of soundModels) {
    const calm = { ...draws, below: () => 1 };
    expect(faultsOf(fromChannelsFirst({ config: asChannelsFirst(sound, calm) }))).toEqual([]);
  }
  const models = mutantModels(5000, 29).map((model) => asChannelsFirst(plain(model), draws));
  const results = models.map((config) => fromChannelsFirst({ config }));
  expect(results.flatMap(faultsOf)).toEqual([]);
  expect(results.filter(({ ok }) => ok).length).toBeGreaterThan(200);
  expect(results.filter(({ ok }) => !ok).length).toBeGreaterThan(2500);
  let rearranged = 0;
  for (const [index, result] of results.entries()) {
    if (!result.ok) continue;
    const weights = weightsFor(result);
    const again = fromChannelsFirst({ config: models[index], weights });
    expect(messagesOf(again)).toEqual([]);
    for (const [i, { name, data }] of (again.ok ? again.weights : []).entries()) {
      const given = weights[i];
      expect(name).toBe(given?.name);
      if (data === given?.data) continue;
      rearranged++;
      expect(data.toSorted().join()).toBe(given?.data.toSorted().join());
    }
  }
  expect(rearranged).toBeGreaterThan(50);
});
