/*
 * Plan: the config of what follows a layer. In a chain it is the rest of it, in a graph the rest as long as everything behind
 * reads only the layer or what comes after it: in the small ResNet that is so for the sums, and not beside a shortcut. Every
 * config must resolve to the shapes and weights that the layers have in the whole network.
 */
import { expect, test } from 'playwright/test';
import { lectureModel, smallResNetModel } from '../engine/model/presets.ts';
import { resolveModel } from '../engine/model/resolve.ts';
import type { ModelConfig } from '../engine/model/config.ts';
import { tailConfig } from './tail-network.ts';

function modelOf(config: ModelConfig) {
  const resolution = resolveModel(config);
  if (!resolution.ok) throw new Error(resolution.issues[0]?.message);
  return resolution.model;
}

function expectSameLayers(whole: ModelConfig, layer: string): void {
  const model = modelOf(whole);
  const config = tailConfig(model, layer);
  if (!config) throw new Error(`${layer}: it must have a tail. Received none.`);
  const place = model.layers.findIndex(({ name }) => name === layer);
  const told = ({ name, outputShape, weights }: (typeof model.layers)[number]) => ({ name, outputShape, weights });
  const own = modelOf(config).layers.filter(({ name }) => name !== 'tail_flatten');
  expect(own.map(told)).toEqual(model.layers.slice(place + 1).map(told));
}

for (const layer of ['conv2d_1', 'max_pooling2d_2', 'flatten_1', 'dense_1']) {
  test(`what follows ${layer} of the lecture's network`, () => {
    expectSameLayers(lectureModel, layer);
  });
}

test('in a graph, behind whatever everything goes through', () => {
  expectSameLayers(smallResNetModel, 'stage1');
  expectSameLayers(smallResNetModel, 'stage2_sum');
  const model = modelOf(smallResNetModel);
  expect(tailConfig(model, 'stage2_b')).toBeUndefined();
  expect(tailConfig(model, 'stage1_a_relu')).toBeUndefined();
});

test('nothing follows the answer, nor a layer that is not there', () => {
  const model = modelOf(lectureModel);
  expect(tailConfig(model, 'dense_2')).toBeUndefined();
  expect(tailConfig(model, 'dense_9')).toBeUndefined();
});
