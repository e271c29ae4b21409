/*
 * Plan: the stages of the lecture's network and of a draft that cannot be: flatten folded into the dense layer after it, the
 * issue at the first impossible layer, nothing worked out behind it, and names from the network that runs.
 */
import { test, expect } from 'playwright/test';
import { withLayer, workOut } from '../app/draft.ts';
import { lectureModel } from '../engine/model/presets.ts';
import { stagesOf } from './stages.ts';

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
