/*
 * Plan: edits of the model as a person makes them, without a page.
 *  - Adding, removing, copying and moving keep every other layer's name, and what read a layer reads the right one after.
 *  - LeNet-5 comes out of the lecture's network, edit by edit.
 *  - A layer whose type is changed is called by its type, and its readers follow.
 *  - A drag is one entry of the history; undo restores the very same object, redo too; a new edit ends the redoing.
 *  - A layer that is added does not take the name of one in the running network, nor thereby its weights.
 *  - Weights that were kept are told by layers.
 *  - Seeded sequences of edits, two dozen of thirty, many of them impossible: nothing throws, names stay unique, all undos
 *    lead back to the start, and every repair offered mends its layer.
 */
import { test, expect } from 'playwright/test';
import { seededDraws } from '../../e2e/support/seeded-draws.ts';
import type { LayerConfig } from '../engine/model/config.ts';
import { lectureModel, leNet5Model, smallResNetModel } from '../engine/model/presets.ts';
import { layerTypes } from '../engine/model/rules/layer-rules.ts';
import { isSameModel, workOut } from './draft.ts';
import { graphOf } from './layer-graph.ts';
import type { Intent, Message } from './intent.ts';
import { onDigits, presets } from './preset-list.ts';
import { initialState, reduce } from './reduce.ts';
import { repairsOf } from './repairs.ts';
import type { PlaygroundState } from './state.ts';

const adapter = { vendor: 'test', architecture: '', description: '', isSoftware: true, hasFloat16: false };

function started(): PlaygroundState {
  return after(reduce(initialState(), { type: 'ready', adapter }), built(lectureModel));
}

function built(config: typeof lectureModel, keptWeights: readonly string[] = []): Message {
  return { type: 'built', config, summary: [], keptWeights, origin: 'trained', elapsedMs: 1 };
}

function after(state: PlaygroundState, ...messages: readonly Message[]): PlaygroundState {
  return messages.reduce(reduce, state);
}

const sourcesOf = ({ draft }: PlaygroundState): Readonly<Record<string, string>> =>
  Object.fromEntries(graphOf(draft.config).map(({ name, sources }) => [name, sources.join()]));

test('a layer put in between keeps every name and joins the chain', () => {
  const state = after(started(), { type: 'layerAdded', at: 2, layerType: 'conv2d' });
  expect(state.draft.names).toEqual([
    'conv2d_1',
    'max_pooling2d_1',
    'conv2d_4',
    'conv2d_2',
    'max_pooling2d_2',
    'conv2d_3',
    'flatten_1',
    'dense_1',
    'dense_2',
  ]);
  expect(sourcesOf(state)).toMatchObject({ conv2d_4: 'max_pooling2d_1', conv2d_2: 'conv2d_4' });
  expect(state.draft.layers[2]?.outputShape).toEqual([13, 13, 32]);
  expect(state.draft.layers[3]?.weights[0]).toMatchObject({ name: 'conv2d_2/kernel', shape: [3, 3, 32, 64] });
  expect(state.requested).toBe(state.draft.config);
});

test('removing, copying and moving in a chain', () => {
  const without = after(started(), { type: 'layerRemoved', index: 2 });
  expect(sourcesOf(without)).toMatchObject({ max_pooling2d_2: 'max_pooling2d_1', conv2d_3: 'max_pooling2d_2' });
  expect(without.draft.names).not.toContain('conv2d_2');

  const copied = after(started(), { type: 'layerDuplicated', index: 6 });
  expect(sourcesOf(copied)).toMatchObject({ dense_3: 'dense_1', dense_2: 'dense_3' });
  expect(copied.draft.config.layers[7]).toMatchObject({ type: 'dense', units: 64, activation: 'relu' });

  const moved = after(started(), { type: 'layerMoved', from: 1, to: 2 });
  expect(moved.draft.names.slice(0, 4)).toEqual(['conv2d_1', 'conv2d_2', 'max_pooling2d_1', 'max_pooling2d_2']);
  expect(sourcesOf(moved)).toMatchObject({
    conv2d_2: 'conv2d_1',
    max_pooling2d_1: 'conv2d_2',
    max_pooling2d_2: 'max_pooling2d_1',
  });
  const back = after(moved, { type: 'layerMoved', from: 2, to: 1 });
  expect(isSameModel(back.draft.config, lectureModel)).toBe(true);
});

test('a shortcut goes around a layer put on its branch, and follows a layer that is removed', () => {
  const resNet = after(started(), { type: 'modelChosen', config: onDigits(smallResNetModel) });
  const at = resNet.draft.names.indexOf('stage1_a_conv');
  const grown = after(resNet, { type: 'layerAdded', at, layerType: 'dropout' });
  expect(sourcesOf(grown)).toMatchObject({
    dropout_1: 'stage0',
    stage1_a_conv: 'dropout_1',
    stage1_sum: 'stage1_b,stage0',
  });
  expect(grown.draft.issues).toEqual([]);
  const cut = after(resNet, { type: 'layerRemoved', index: resNet.draft.names.indexOf('stage1_b') });
  expect(sourcesOf(cut)['stage1_sum']).toBe('stage1_b_conv,stage0');
  expect(cut.draft.issues).toEqual([]);
});

test('LeNet-5 from the lecture, edit by edit', () => {
  const edited = (index: number, layer: LayerConfig): Intent => ({ type: 'layerEdited', index, layer });
  const conv = { type: 'conv2d', kernelSize: 5, activation: 'tanh' } as const;
  const state = after(
    started(),
    { type: 'layerRemoved', index: 4 },
    edited(0, { ...conv, filters: 6, padding: 'same' }),
    edited(1, { type: 'averagePooling2d' }),
    edited(2, { ...conv, filters: 16 }),
    edited(3, { type: 'averagePooling2d' }),
    { type: 'layerDuplicated', index: 5 },
    edited(5, { type: 'dense', units: 120, activation: 'tanh' }),
    edited(6, { type: 'dense', units: 84, activation: 'tanh' }),
    { type: 'editCommitted' },
  );
  const shapes = ({ layers }: ReturnType<typeof workOut>): unknown =>
    layers.map(({ type, outputShape }) => [type, outputShape]);
  expect(shapes(state.draft)).toEqual(shapes(workOut(leNet5Model)));
  expect(state.draft.model?.params).toBe(61_706);
});

test('a pooling of another kind is called by its kind; its readers follow', () => {
  const named = after(
    started(),
    { type: 'layerAdded', at: 8, layerType: 'dropout' },
    { type: 'layerRemoved', index: 8 },
  );
  const state = after(named, { type: 'layerEdited', index: 1, layer: { type: 'averagePooling2d' } });
  expect(state.draft.names[1]).toBe('average_pooling2d_1');
  expect(sourcesOf(state)['conv2d_2']).toBe('average_pooling2d_1');
  const back = after(state, { type: 'layerEdited', index: 1, layer: { type: 'maxPooling2d', poolSize: 2 } });
  expect(isSameModel(back.draft.config, lectureModel)).toBe(true);
});

test('a drag is one entry; undo restores the same object, and a new edit ends the redoing', () => {
  const start = started();
  const drag = [24, 20, 16].map((filters): Intent => ({
    type: 'layerEdited',
    index: 0,
    layer: { type: 'conv2d', filters, kernelSize: 3, activation: 'relu' },
  }));
  const dragged = after(start, ...drag, { type: 'editCommitted' });
  expect(dragged.history.past.map(({ label }) => label)).toEqual(['filters of conv2d_1']);
  const undone = after(dragged, { type: 'undoPressed' });
  expect(undone.draft.config).toBe(lectureModel);
  expect(after(undone, { type: 'undoPressed' })).toBe(undone);
  const redone = after(undone, { type: 'redoPressed' });
  expect(redone.draft.config).toBe(dragged.draft.config);
  expect(after(undone, { type: 'layerRemoved', index: 0 }).history.future).toEqual([]);

  const held = after(dragged, {
    type: 'layerEdited',
    index: 7,
    layer: { type: 'dense', units: 12, activation: 'softmax' },
  });
  expect(after(held, { type: 'undoPressed' }).draft.config).toBe(dragged.draft.config);
});

test('a new layer takes no name, and so no weights, of the network that runs', () => {
  const state = after(
    started(),
    { type: 'layerRemoved', index: 2 },
    { type: 'layerAdded', at: 2, layerType: 'conv2d' },
  );
  expect(state.draft.names[2]).toBe('conv2d_4');
});

test('kept weights are told by layers', () => {
  const config = after(started(), { type: 'layerAdded', at: 2, layerType: 'conv2d' }).draft.config;
  const names = ['conv2d_1', 'conv2d_2', 'conv2d_3', 'dense_1'].flatMap((name) => [`${name}/kernel`, `${name}/bias`]);
  const { rebuild } = after(started(), built(config, [...names, 'dense_2/kernel']));
  expect(rebuild).toEqual({
    builds: 2,
    kept: ['conv2d_1', 'conv2d_2', 'conv2d_3', 'dense_1'],
    fresh: ['conv2d_4', 'dense_2'],
    newsLeft: 40,
  });
});

test('every preset can be built on the digits; those for colour pictures keep their counts', () => {
  const counts = presets.map(({ id, config }) => [id, workOut(config).model?.params, config.inputShape.join()]);
  expect(counts).toEqual([
    ['lecture', 93_322, '28,28,1'],
    ['withoutPooling', 2_038_922, '28,28,1'],
    ['denseOnly', 93_322, '28,28,1'],
    ['leNet5', 61_706, '28,28,1'],
    ['pattern', 912 + 14 * 14 * 12 * 10 + 10, '28,28,1'],
    ['smallVgg', 550_570, '28,28,1'],
    ['smallResNet', 78_714, '28,28,1'],
    ['alexNet', 1_790_154, '28,28,1'],
  ]);
});

test('impossible layers have a way out', () => {
  const labels = (...intents: readonly Intent[]): readonly string[] =>
    repairsOf(after(started(), ...intents).draft).map(({ label }) => label);
  expect(labels({ type: 'layerMoved', from: 4, to: 5 })).toEqual(['Move before flatten_1', 'Reshape to 5×5×64']);
  expect(labels({ type: 'layerRemoved', index: 5 })).toEqual(['Put a flatten before it']);
  expect(labels({ type: 'layerRemoved', index: 7 })).toEqual(['Use softmax', 'Add a dense layer with softmax']);
  const joined: LayerConfig = { type: 'add', inputs: ['conv2d_1', 'max_pooling2d_1'] };
  expect(
    labels({ type: 'layerAdded', at: 2, layerType: 'add' }, { type: 'layerEdited', index: 2, layer: joined }),
  ).toEqual(['Remove add_1']);
  const unknown: LayerConfig = { type: 'flatten', inputs: ['conv2d_9'] };
  expect(labels({ type: 'layerEdited', index: 5, layer: unknown })).toEqual(['Read conv2d_3']);
});

test('two dozen seeded sequences of edits: nothing throws, every undo leads back, every repair mends', () => {
  let impossible = 0;
  for (let seed = 1; seed <= 24; seed++) {
    const draws = seededDraws(seed);
    const preset = presets[draws.below(presets.length - 1)];
    const start = after(started(), { type: 'modelChosen', config: preset?.config ?? lectureModel });
    const trail = [start.draft.config];
    let state = start;
    for (let edit = 0; edit < 30; edit++) {
      state = after(state, randomEdit(draws, state), { type: 'editCommitted' });
      expect(new Set(state.draft.names).size, `seed ${seed}`).toBe(state.draft.names.length);
      if (JSON.stringify(state.draft.config) !== JSON.stringify(trail.at(-1))) trail.push(state.draft.config);
      if (state.draft.issues.length === 0) continue;
      impossible += 1;
      const [repair] = repairsOf(state.draft);
      const [issue] = state.draft.issues;
      if (!repair) continue;
      const mended = workOut(repair.config);
      expect(
        mended.issues.some(({ layer }) => layer === issue?.layer),
        `seed ${seed}: ${repair.label}`,
      ).toBe(false);
      if (draws.below(2) === 0) continue;
      state = after(state, { type: 'modelChosen', config: repair.config });
      trail.push(state.draft.config);
    }
    for (const config of trail.toReversed().slice(1)) {
      state = after(state, { type: 'undoPressed' });
      expect(JSON.stringify(state.draft.config)).toBe(JSON.stringify(config));
    }
    expect(state.draft).toEqual(start.draft);
  }
  expect(impossible).toBeGreaterThan(100);
});

function randomEdit(draws: ReturnType<typeof seededDraws>, { draft }: PlaygroundState): Intent {
  const count = draft.names.length;
  // One too far on either side.
  const place = (): number => draws.below(count + 2) - 1;
  const index = place();
  const layer = draft.config.layers[index];
  switch (draws.below(6)) {
    case 0:
      return { type: 'layerAdded', at: place(), layerType: draws.pick(['conv2d', ...layerTypes]) };
    case 1:
      return { type: 'layerRemoved', index };
    case 2:
      return { type: 'layerDuplicated', index };
    case 3:
      return { type: 'layerMoved', from: index, to: place() };
    case 4:
      return {
        type: 'layerEdited',
        index,
        layer: { ...(layer ?? { type: 'flatten' }), ...randomArgument(draws, draft.names) },
      };
    default:
      return { type: 'layerEdited', index, layer: { type: 'conv2d', filters: 8, kernelSize: draws.between(1, 9) } };
  }
}

/** Arguments that fit some layers and not others. */
function randomArgument({ pick, below }: ReturnType<typeof seededDraws>, names: readonly string[]): object {
  const name = (): string => names[below(names.length)] ?? 'nobody';
  return pick<object>([
    { inputs: [name()] },
    { inputs: [name(), name()] },
    { inputs: [] },
    { strides: 3 },
    { units: 4 },
    { axis: 7 },
    { rate: 2 },
    { groups: 3 },
    { padding: 'same' },
    { targetShape: [-1, 2] },
    { name: 'a name' },
    { name: name() },
  ]);
}
