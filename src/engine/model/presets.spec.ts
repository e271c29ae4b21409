/*
 * Plan. Every preset resolves. Its parameters are counted here by hand, layer by layer, from the shapes that the comment on its
 * source leads to, and must be the resolver's, each layer's with weights and the sum. The residual network's trainable numbers
 * leave out two moving statistics per normalized channel, and its shortcuts join maps of one shape.
 */
import { expect, test } from 'playwright/test';
import type { ModelConfig } from './config.ts';
import {
  alexNet32Model,
  denseOnlyModel,
  leNet5Model,
  lectureModel,
  lecturePatternModel,
  lectureWithoutPoolingModel,
  smallResNetModel,
  smallVggModel,
} from './presets.ts';
import { resolveModel } from './resolve.ts';
import type { ResolvedModel } from './resolved.ts';

function resolved(config: ModelConfig): ResolvedModel {
  const resolution = resolveModel(config);
  if (!resolution.ok) throw new Error(resolution.issues.map(({ message }) => message).join('\n'));
  return resolution.model;
}

/** Parameters of the layers that have some, in their order, worked out by hand, and what the sum is. */
const counts: readonly (readonly [preset: ModelConfig, layers: readonly number[], total: number])[] = [
  [lectureModel, [9 * 32 + 32, 9 * 32 * 64 + 64, 9 * 64 * 64 + 64, 576 * 64 + 64, 64 * 10 + 10], 93_322],
  [
    lectureWithoutPoolingModel,
    [9 * 32 + 32, 9 * 32 * 64 + 64, 9 * 64 * 64 + 64, 22 * 22 * 64 * 64 + 64, 64 * 10 + 10],
    2_038_922,
  ],
  [denseOnlyModel, [784 * 104 + 104, 104 * 90 + 90, 90 * 22 + 22, 22 * 10 + 10], 93_322],
  [lecturePatternModel, [25 * 3 * 12 + 12, 14 * 14 * 12 * 10 + 10], 24_442],
  [leNet5Model, [25 * 6 + 6, 25 * 6 * 16 + 16, 400 * 120 + 120, 120 * 84 + 84, 84 * 10 + 10], 61_706],
  [smallVggModel, [896, 9_248, 18_496, 36_928, 73_856, 147_584, 2048 * 128 + 128, 1_290], 550_570],
  [
    smallResNetModel,
    [
      ...[27 * 16, 4 * 16],
      ...[9 * 16 * 16, 4 * 16, 9 * 16 * 16, 4 * 16],
      ...[9 * 16 * 32, 4 * 32, 9 * 32 * 32, 4 * 32, 16 * 32, 4 * 32],
      ...[9 * 32 * 64, 4 * 64, 9 * 64 * 64, 4 * 64, 32 * 64, 4 * 64],
      64 * 10 + 10,
    ],
    78_714,
  ],
  [alexNet32Model, [3_648, 153_728, 221_376, 331_968, 221_312, 1152 * 512 + 512, 262_656, 5_130], 1_790_154],
];

for (const [preset, layers, total] of counts) {
  test(`${preset.name}: ${total} parameters`, () => {
    const model = resolved(preset);
    expect(model.layers.map(({ params }) => params).filter((params) => params > 0)).toEqual(layers);
    expect(model.params).toBe(total);
    expect(model.layers.at(-1)?.outputShape).toEqual([10]);
  });
}

test('the presets have names of their own', () => {
  expect(new Set(counts.map(([{ name }]) => name)).size).toBe(counts.length);
});

test('the dense network and the lecture’s have as many parameters', () => {
  expect(resolved(denseOnlyModel).params).toBe(resolved(lectureModel).params);
});

test('the residual network: 336 normalized channels are not trained twice over, maps 32, 16, 8', () => {
  const model = resolved(smallResNetModel);
  expect(model.trainableParams).toBe(78_714 - 2 * (16 + 2 * 16 + 3 * 32 + 3 * 64));
  const sums = model.layers.filter(({ type }) => type === 'add');
  expect(sums.map(({ outputShape }) => outputShape)).toEqual([
    [32, 32, 16],
    [16, 16, 32],
    [8, 8, 64],
  ]);
  for (const { inputShapes } of sums) expect(inputShapes[0]).toEqual(inputShapes[1]);
});

test('what is not normalized is trained whole', () => {
  for (const [preset] of counts.filter(([preset]) => preset !== smallResNetModel)) {
    const { params, trainableParams } = resolved(preset);
    expect(trainableParams, preset.name).toBe(params);
  }
});
