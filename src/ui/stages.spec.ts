/*
 * Plan: the stages of the lecture's network and of a draft that cannot be: flatten folded into the dense layer after it, the
 * issue at the first impossible layer, nothing worked out behind it, and names from the network that runs. Graphs: the small
 * ResNet's layers all stand there, its three shortcuts are the only lines that go past a stage, and a flatten before the
 * answer stays. Lines that overlap lie in lanes of their own.
 */
import { test, expect } from 'playwright/test';
import { withLayer, workOut } from '../app/draft.ts';
import type { ModelConfig } from '../engine/model/config.ts';
import { lectureModel, lecturePatternModel, smallResNetModel } from '../engine/model/presets.ts';
import { skipsOf, stagesOf } from './stages.ts';

const draft = workOut(lectureModel);
const built = draft.model && { model: draft.model, summary: [] };

test('the lecture has seven stages, flatten told by dense_1', () => {
  const stages = stagesOf(draft, built);
  expect(stages.map(({ config }) => config.type)).toEqual([
    'conv2d',
    'maxPooling2d',
    'conv2d',
    'maxPooling2d',
    'conv2d',
    'dense',
    'dense',
  ]);
  expect(stages[5]?.flatten?.outputShape).toEqual([576]);
  expect(stages[6]?.flatten).toBeUndefined();
  expect(skipsOf(stages)).toEqual([]);
});

test('an impossible layer carries its issue; the layers behind it keep their names and their running maps', () => {
  const impossible = withLayer(draft, 2, { type: 'conv2d', filters: 64, kernelSize: 99 });
  const stages = stagesOf(impossible, built);
  expect(stages[2]).toMatchObject({ name: 'conv2d_2', issue: { code: 'emptyOutput' } });
  expect(stages[2]?.layer).toBeUndefined();
  expect(stages[4]?.issue).toBeUndefined();
  expect(stages[4]).toMatchObject({ name: 'conv2d_3', built: { outputShape: [3, 3, 64] } });
});

test('without a running network a draft alone makes stages', () => {
  expect(stagesOf(draft, undefined).map(({ name }) => name)[0]).toBe('conv2d_1');
});

test('a flatten right before the answer has a stage of its own, as the answer has a column of its own', () => {
  const stages = stagesOf(workOut(lecturePatternModel), undefined);
  expect(stages.map(({ config }) => config.type)).toEqual(['conv2d', 'activation', 'maxPooling2d', 'flatten', 'dense']);
  expect(stages.map(({ isNarrow }) => isNarrow)).toEqual([false, true, false, true, false]);
});

test('the small ResNet: every layer, and its shortcuts as lines past them', () => {
  const stages = stagesOf(workOut(smallResNetModel), undefined);
  expect(stages).toHaveLength(smallResNetModel.layers.length);
  const named = skipsOf(stages).map(({ from, to, lane }) => [stages[from]?.name, stages[to]?.name, lane]);
  expect(named).toHaveLength(5);
  expect(named).toEqual(
    expect.arrayContaining([
      ['stage0', 'stage1_sum', 0],
      // Where maps are halved, the shortcut convolution reads the stage before, and the sum what the stage made.
      ['stage2_b', 'stage2_sum', 0],
      ['stage1', 'stage2_shortcut_conv', 1],
      ['stage3_b', 'stage3_sum', 0],
      ['stage2', 'stage3_shortcut_conv', 1],
    ]),
  );
});

test('a line from the input begins before the first stage', () => {
  const config: ModelConfig = {
    inputShape: [8, 8, 1],
    layers: [
      { type: 'conv2d', name: 'a', filters: 2, kernelSize: 3, padding: 'same' },
      { type: 'concatenate', name: 'both', inputs: ['input', 'a'] },
      { type: 'flatten' },
      { type: 'dense', units: 2, activation: 'softmax' },
    ],
  };
  expect(skipsOf(stagesOf(workOut(config), undefined))).toEqual([{ from: -1, to: 1, lane: 0 }]);
});
