/**
 * The plan: the lecture's network has few enough layers for its arithmetic to be written out by hand. Every dispatch's label
 * gets its layer's work, labels that name several things get the sum, others nothing, and the labels of a step together
 * give the whole.
 */
import { expect, test } from 'playwright/test';
import type { ModelConfig } from './config.ts';
import { lectureModel } from './presets.ts';
import { resolveModel } from './resolve.ts';
import { StepWork } from './step-work.ts';

const batchSize = 64;

function workOf(model: ModelConfig): StepWork {
  const resolution = resolveModel(model);
  if (!resolution.ok) throw new Error(resolution.issues[0]?.message);
  return new StepWork(resolution.model, batchSize);
}

/** Outputs that are read × window × channels × filters, a multiplication and an addition each. */
const conv1 = 2 * batchSize * 26 * 26 * 9 * 32;
/** The pooling reads 10 of 11 rows and columns. */
const conv2 = 2 * batchSize * 10 * 10 * 9 * 32 * 64;
const conv3 = 2 * batchSize * 3 * 3 * 9 * 64 * 64;
const dense1 = 2 * batchSize * 576 * 64;
const dense2 = 2 * batchSize * 64 * 10;

const rows = [
  ['conv2d_1 forward', conv1],
  ['conv2d_2 forward', conv2],
  ['conv2d_3 weightGradient', conv3],
  ['dense_1 inputGradient', dense1],
  ['dense_2 forward inputGradient', 2 * dense2],
  ['conv2d_2+max_pooling2d_2 forward', conv2],
  ['dense_2 weightGradient + dense_1 inputGradient', dense2 + dense1],
  ['dense_2 head', 2 * dense2],
  ['conv2d_1 inputGradient', 0],
  ['max_pooling2d_1 maxForward', 0],
  ['optimizer rmsprop', 0],
  ['conv2d_12 forward', 0],
] as const;

for (const [label, flops] of rows) {
  test(`${label}: ${flops} FLOP`, () => {
    expect(workOf(lectureModel).of(label)).toBeCloseTo(flops, 3);
  });
}

test('a step is everything forward, every weight’s gradient, and inputs’ gradients where somebody learns below', () => {
  expect(workOf(lectureModel).total).toBeCloseTo(2 * conv1 + 3 * (conv2 + conv3 + dense1 + dense2), 3);
});

test('nothing flows to frozen layers', () => {
  const layers = lectureModel.layers.map((layer, index) => ({ ...layer, trainable: index > 4 }));
  expect(workOf({ ...lectureModel, layers }).total).toBeCloseTo(conv1 + conv2 + conv3 + 2 * dense1 + 3 * dense2, 3);
});
