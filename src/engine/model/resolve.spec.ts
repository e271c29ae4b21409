/*
 * Plan. The lecture's summary, to the digit. Then what resolving fills in: names by type and place, inputs given by name and the
 * order they need not follow, pairs from one number, defaults, fans and shapes of weights. Last, JSON nobody would write: a list
 * of strange values, and a few thousand seeded changes of a valid model, are resolved or refused with issues, never thrown at.
 */
import { expect, test } from 'playwright/test';
import { seededDraws, type SeededDraws } from '../../../e2e/support/seeded-draws.ts';
import { lectureModel } from './presets.ts';
import { checkModel, resolveModel } from './resolve.ts';
import type { ResolvedLayer, ResolvedModel } from './resolved.ts';

const softmax = { type: 'dense', units: 3, activation: 'softmax' };

function resolved(config: unknown): ResolvedModel {
  const resolution = resolveModel(config);
  if (!resolution.ok) throw new Error(resolution.issues.map(({ message }) => message).join('\n'));
  return resolution.model;
}

/** The layers of a model whose output a flatten and a softmax close. */
function layersOf(inputShape: readonly number[], layers: readonly unknown[]): readonly ResolvedLayer[] {
  return resolved({ inputShape, layers: [...layers, { type: 'flatten' }, softmax] }).layers;
}

test('the lecture: shapes, parameters, multiplications and fields', () => {
  const model = resolved(lectureModel);
  const summary = model.layers.map((layer) => {
    const { vertical, horizontal } = layer.receptiveField;
    expect(horizontal, layer.name).toEqual(vertical);
    return [layer.name, layer.outputShape.join('×'), layer.params, layer.macs, vertical.size];
  });
  expect(summary).toEqual([
    ['conv2d_1', '26×26×32', 320, 194_688, 3],
    ['max_pooling2d_1', '13×13×32', 0, 0, 4],
    ['conv2d_2', '11×11×64', 18_496, 2_230_272, 8],
    ['max_pooling2d_2', '5×5×64', 0, 0, 10],
    ['conv2d_3', '3×3×64', 36_928, 331_776, 18],
    ['flatten_1', '576', 0, 0, 26],
    ['dense_1', '64', 36_928, 36_864, 26],
    ['dense_2', '10', 650, 640, 26],
  ]);
  expect([model.name, model.params, model.macs]).toEqual(['Lecture CNN', 93_322, 2_794_240]);
});

test('the lecture without pooling: 30,976 numbers behind the flatten, 2,038,922 parameters', () => {
  const layers = lectureModel.layers.filter(({ type }) => type !== 'maxPooling2d');
  const model = resolved({ ...lectureModel, layers });
  expect(model.params).toBe(2_038_922);
  expect(model.layers.map(({ outputShape }) => outputShape[0])).toEqual([26, 24, 22, 30_976, 64, 10]);
  expect(model.layers[4]?.params).toBe(1_982_528);
});

test('names are numbered by type; names that are given count on', () => {
  const names = layersOf(
    [9, 9, 1],
    [
      { type: 'conv2d', filters: 1, kernelSize: 1 },
      { type: 'conv2d', filters: 1, kernelSize: 1, name: 'edges' },
      { type: 'averagePooling2d' },
      { type: 'conv2d', filters: 1, kernelSize: 1 },
      { type: 'activation', activation: 'tanh' },
    ],
  ).map(({ name }) => name);
  const expected = ['conv2d_1', 'edges', 'average_pooling2d_1', 'conv2d_3', 'activation_1', 'flatten_1', 'dense_1'];
  expect(names).toEqual(expected);
  expect(resolved({ inputShape: [1, 1, 1], layers: [{ type: 'flatten' }, softmax] }).name).toBe('Model');
});

test('inputs can be named; layers without them read the one before', () => {
  const layers = layersOf(
    [9, 9, 1],
    [
      { type: 'conv2d', filters: 2, kernelSize: 3, inputs: ['input'] },
      { type: 'maxPooling2d', inputs: ['conv2d_1'] },
      { type: 'activation', activation: 'relu' },
    ],
  );
  expect(layers.map(({ inputs }) => inputs[0])).toEqual([
    'input',
    'conv2d_1',
    'max_pooling2d_1',
    'activation_1',
    'flatten_1',
  ]);
});

test('a convolution’s defaults and weights', () => {
  const [layer] = layersOf([8, 6, 3], [{ type: 'conv2d', filters: 5, kernelSize: [2, 4] }]);
  expect(layer).toMatchObject({
    outputShape: [7, 3, 5],
    params: 2 * 4 * 3 * 5 + 5,
    macs: 7 * 3 * 5 * 2 * 4 * 3,
    padMode: 'zero',
    useBias: true,
    activation: { name: 'linear', negativeSlope: 0.2 },
    weights: [
      { name: 'conv2d_1/kernel', shape: [2, 4, 3, 5], initializer: 'glorotUniform', fanIn: 24, fanOut: 40 },
      { name: 'conv2d_1/bias', shape: [5], initializer: 'zeros' },
    ],
  });
  const [plain] = layersOf([8, 6, 3], [{ type: 'conv2d', filters: 5, kernelSize: 1, useBias: false }]);
  expect([plain?.params, plain?.weights.length]).toEqual([15, 1]);
});

const shapes: readonly (readonly [title: string, layer: object, outputShape: readonly number[]])[] = [
  ['same, stride 2', { type: 'conv2d', filters: 4, kernelSize: 3, strides: 2, padding: 'same' }, [14, 14, 4]],
  ['valid, stride 2', { type: 'conv2d', filters: 4, kernelSize: 3, strides: 2 }, [13, 13, 4]],
  ['replicate', { type: 'conv2d', filters: 4, kernelSize: 5, padding: 'replicate' }, [28, 28, 4]],
  [
    'explicit padding',
    {
      type: 'conv2d',
      filters: 4,
      kernelSize: 3,
      padding: [
        [1, 0],
        [2, 3],
      ],
    },
    [27, 31, 4],
  ],
  ['dilation', { type: 'conv2d', filters: 4, kernelSize: [3, 5], dilationRate: [4, 2] }, [20, 20, 4]],
  ['two strides', { type: 'conv2d', filters: 4, kernelSize: 1, strides: [3, 4] }, [10, 7, 4]],
  ['pooling by default', { type: 'maxPooling2d' }, [14, 14, 1]],
  ['pooling, strides follow the size', { type: 'averagePooling2d', poolSize: [3, 5] }, [9, 5, 1]],
  ['pooling, overlapping', { type: 'maxPooling2d', poolSize: 3, strides: 2, padding: 'same' }, [14, 14, 1]],
];
for (const [title, layer, outputShape] of shapes) {
  test(`28×28×1 through ${title}`, () => expect(layersOf([28, 28, 1], [layer])[0]?.outputShape).toEqual(outputShape));
}

test('replicate pads as much as same', () => {
  const window = (padding: string): unknown => {
    const [layer] = layersOf([28, 28, 1], [{ type: 'conv2d', filters: 1, kernelSize: 4, strides: 3, padding }]);
    return layer && 'window' in layer && layer.window;
  };
  expect(window('replicate')).toEqual(window('same'));
  expect(window('same')).toMatchObject({ vertical: { padBefore: 1, padAfter: 2 } });
});

function strangeConfigs(): unknown[] {
  const circular: Record<string, unknown> = { inputShape: [28, 28, 1] };
  circular['layers'] = [circular];
  let deep: unknown = [];
  for (let depth = 0; depth < 50_000; depth++) deep = [deep];
  const layers = [null, 5, 'flatten', [], {}, { type: null }, { type: 'toString' }, { type: ['dense'] }];
  return [
    ...[
      undefined,
      null,
      true,
      0,
      NaN,
      10n,
      'model',
      Symbol('model'),
      () => 1,
      [],
      [[]],
      {},
      new Date(0),
      circular,
      deep,
    ],
    ...[null, 'x', {}, [], new Array(300).fill({ type: 'flatten' }), deep].map((list) => ({
      inputShape: [8, 8, 1],
      layers: list,
    })),
    ...layers.map((layer) => ({ inputShape: [8, 8, 1], layers: [layer] })),
    ...[[28, 28], [0, 1, 1], [1.5, 1, 1], ['8', 8, 1], [8, 8, 1, 1], null, deep, {}].map((inputShape) => ({
      inputShape,
      layers: [softmax],
    })),
    JSON.parse(
      '{"__proto__":{"layers":[]},"inputShape":[1,1,1],"layers":[{"__proto__":{"type":"dense"}}],"constructor":1}',
    ),
    {
      inputShape: [8, 8, 1],
      layers: [{ type: 'conv2d', filters: 1, kernelSize: 1, name: deep, inputs: deep, padding: deep }],
    },
    { inputShape: [8, 8, 1], layers: [{ type: 'flatten', name: 'x'.repeat(1e6) }] },
    { inputShape: [8, 8, 1], layers: [{ type: 'flatten', inputs: ['__proto__'] }] },
  ];
}

test('strange values are refused with issues, never thrown at', () => {
  for (const config of strangeConfigs()) {
    const issues = checkModel(config);
    expect(issues.length).toBeGreaterThan(0);
    for (const { layer, message } of issues) expect(message.startsWith(`${layer}: `)).toBe(true);
  }
});

const nonsense: readonly [unknown, ...unknown[]] = [
  ...([null, true, -1, 0, 1, 2, 0.5, 3, 1e9, 2 ** 53, '', '3', 'same', 'relu', 'softmax', 'dense', 'input'] as const),
  ...[
    [],
    {},
    [2, 2],
    [1, 2, 3],
    [
      [1, 0],
      [2, 1],
    ],
    { type: 'constant', value: 1 },
    { type: 'zeros' },
    ['input'],
    '__proto__',
  ],
];

/** A copy in which one value somewhere is another, is gone, or stands twice. */
function mutate(value: unknown, draws: SeededDraws, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || (depth > 0 && draws.below(5) === 0)) return draws.pick(nonsense);
  const keys = Object.keys(value);
  const key = draws.pick(['extra', ...keys]);
  const inner = (value as Record<string, unknown>)[key];
  if (Array.isArray(value)) {
    const at = draws.below(value.length + 1);
    const replacement = draws.below(6) === 0 ? [] : [mutate(value[at], draws, depth + 1)];
    return value.toSpliced(at, draws.below(6) === 0 ? 0 : 1, ...replacement);
  }
  return { ...value, [key]: mutate(inner, draws, depth + 1) };
}

test('thousands of changed models are resolved or refused', () => {
  const draws = seededDraws(8);
  const outcomes = { resolved: 0, refused: 0 };
  for (let round = 0; round < 3000; round++) {
    let config: unknown = lectureModel;
    for (let change = draws.between(1, 3); change > 0; change--) config = mutate(config, draws);
    const resolution = resolveModel(config);
    if (resolution.ok) {
      outcomes.resolved++;
      const counts = resolution.model.layers.flatMap((layer) => [layer.params, layer.macs, ...layer.outputShape]);
      expect(counts.every((count) => Number.isSafeInteger(count) && count >= 0)).toBe(true);
    } else {
      outcomes.refused++;
      expect(resolution.issues.length).toBeGreaterThan(0);
    }
  }
  expect(outcomes.resolved).toBeGreaterThan(50);
  expect(outcomes.refused).toBeGreaterThan(1000);
});
