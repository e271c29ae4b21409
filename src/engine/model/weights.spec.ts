/*
 * Plan. What the JSON of a weight becomes: frozen layers count numbers but train none, regularizers are two factors with Keras's
 * defaults, constraints have their axes counted from 0, and every weight of a layer reads its own arguments.
 */
import { expect, test } from 'playwright/test';
import { layerOf, resolved, softmax, weightOf } from '../../../e2e/support/resolved-layers.ts';

const conv = { type: 'conv2d', filters: 4, kernelSize: 3 };

test('a frozen layer keeps its numbers and trains none; the others do not follow', () => {
  const model = resolved({
    inputShape: [9, 7, 4],
    layers: [{ ...conv, trainable: false }, { type: 'batchNormalization' }, { type: 'flatten' }, softmax],
  });
  const [frozen, normalization] = model.layers;
  expect(frozen).toMatchObject({ isTrainable: false, params: 148, trainableParams: 0 });
  expect(frozen?.weights.map(({ isTrainable }) => isTrainable)).toEqual([false, false]);
  expect(normalization).toMatchObject({ isTrainable: true, params: 16, trainableParams: 8 });
  expect(model.trainableParams).toBe(model.params - 148 - 8);
});

const regularizers: readonly (readonly [config: unknown, l1: number, l2: number])[] = [
  ['l1', 0.01, 0],
  ['l2', 0, 0.01],
  ['l1l2', 0.01, 0.01],
  [{ type: 'l1' }, 0.01, 0],
  [{ type: 'l2', l2: 0.5 }, 0, 0.5],
  // Keras: an L1L2 made with arguments has only those.
  [{ type: 'l1l2', l2: 0.25 }, 0, 0.25],
];
for (const [config, l1, l2] of regularizers) {
  test(`a regularizer ${JSON.stringify(config)} is ${l1}·|w| + ${l2}·w²`, () => {
    const layer = layerOf([9, 7, 4], { ...conv, kernelRegularizer: config, activityRegularizer: config });
    expect(weightOf(layer, 'kernel').regularizer).toEqual({ l1, l2 });
    expect(weightOf(layer, 'bias').regularizer).toBeUndefined();
    expect(layer).toMatchObject({ activityRegularizer: { l1, l2 } });
  });
}

test('a regularizer that adds nothing is none', () => {
  const layer = layerOf([9, 7, 4], {
    ...conv,
    kernelRegularizer: { type: 'l1l2' },
    biasRegularizer: { type: 'l1', l1: 0 },
  });
  for (const weight of layer.weights) expect(weight.regularizer).toBeUndefined();
  expect('activityRegularizer' in layer).toBe(false);
});

const constraints: readonly (readonly [config: unknown, resolved: Record<string, unknown>])[] = [
  ['nonNeg', { type: 'nonNeg' }],
  ['unitNorm', { type: 'unitNorm', axes: [0], minValue: 1, maxValue: 1, rate: 1 }],
  ['maxNorm', { type: 'maxNorm', axes: [0], minValue: 0, maxValue: 2, rate: 1 }],
  ['minMaxNorm', { type: 'minMaxNorm', axes: [0], minValue: 0, maxValue: 1, rate: 1 }],
  [
    { type: 'maxNorm', maxValue: 3, axis: [2, 0, 1] },
    { type: 'maxNorm', axes: [0, 1, 2], maxValue: 3 },
  ],
  [
    { type: 'unitNorm', axis: -1 },
    { type: 'unitNorm', axes: [3] },
  ],
  [
    { type: 'minMaxNorm', minValue: 0.5, maxValue: 0.75, rate: 0.25, axis: [-4] },
    { type: 'minMaxNorm', axes: [0], minValue: 0.5, maxValue: 0.75, rate: 0.25 },
  ],
];
for (const [config, constraint] of constraints) {
  test(`the constraint ${JSON.stringify(config)}`, () => {
    expect(weightOf(layerOf([9, 7, 4], { ...conv, kernelConstraint: config }), 'kernel').constraint).toMatchObject(
      constraint,
    );
  });
}

test('every weight reads its own three arguments', () => {
  const given = (stem: string, value: number) => ({
    [`${stem}Initializer`]: { type: 'constant', value },
    [`${stem}Regularizer`]: { type: 'l1', l1: value },
    [`${stem}Constraint`]: { type: 'maxNorm', maxValue: value },
  });
  const expected = (name: string, value: number) => ({
    name,
    initializer: { type: 'constant', value },
    regularizer: { l1: value, l2: 0 },
    constraint: { type: 'maxNorm', maxValue: value },
  });
  const separable = { type: 'separableConv2d', name: 's', filters: 2, kernelSize: 3 };
  expect(
    layerOf([9, 7, 4], { ...separable, ...given('depthwise', 1), ...given('pointwise', 2), ...given('bias', 3) }),
  ).toMatchObject({
    weights: [expected('s/depthwise_kernel', 1), expected('s/pointwise_kernel', 2), expected('s/bias', 3)],
  });
  const statistics = { movingMeanInitializer: 'ones', movingVarianceInitializer: { type: 'constant', value: 4 } };
  const batch = { type: 'batchNormalization', name: 'b', ...given('gamma', 1), ...given('beta', 2), ...statistics };
  expect(layerOf([9, 7, 4], batch)).toMatchObject({
    weights: [
      expected('b/gamma', 1),
      expected('b/beta', 2),
      { name: 'b/moving_mean', initializer: 'ones' },
      { name: 'b/moving_variance', initializer: { type: 'constant', value: 4 } },
    ],
  });
  const depthwise = {
    type: 'depthwiseConv2d',
    name: 'd',
    kernelSize: 3,
    ...given('depthwise', 1),
    ...given('bias', 2),
  };
  expect(layerOf([9, 7, 4], depthwise)).toMatchObject({ weights: [expected('d/kernel', 1), expected('d/bias', 2)] });
});
