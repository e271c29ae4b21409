/*
 * Plan. Every code of ModelIssueCode has a model that breaks just its rule; the compiler keeps the table whole. Each issue names
 * its layer and reads `<layer>: <rule>. Received <name>=<value>.` What can be broken in a field is layer-issues.spec.ts's. Where a
 * fix is offered, the model with it resolves; seeded stacks of windows that do not fit are repaired fix by fix until they do.
 */
import { expect, test } from 'playwright/test';
import { seededDraws } from '../../../e2e/support/seeded-draws.ts';
import type { ModelFix, ModelIssue, ModelIssueCode } from './issue.ts';
import { checkModel, resolveModel } from './resolve.ts';

interface Config {
  readonly inputShape: unknown;
  readonly layers: readonly Record<string, unknown>[];
}

const conv = { name: 'conv', type: 'conv2d', filters: 2, kernelSize: 3 };
const flatten = { name: 'flatten', type: 'flatten' };
const last = { name: 'last', type: 'dense', units: 3, activation: 'softmax' };
const sound: Config = { inputShape: [8, 8, 1], layers: [conv, flatten, last] };
const withConv = (change: object): Config => ({ ...sound, layers: [{ ...conv, ...change }, flatten, last] });
const withLast = (change: object): Config => ({ ...sound, layers: [conv, flatten, { ...last, ...change }] });

/** The sound model with a layer before the others, and one more before that. */
const withFirst = (layer: object, before?: Record<string, unknown>): Config => ({
  ...sound,
  layers: [...(before ? [before] : []), { name: 'first', ...layer }, { ...flatten, name: 'rest' }, last],
});
const narrow = { name: 'narrow', type: 'conv2d', filters: 1, kernelSize: 2 };
/** 8 × 8 × 4096 cells, of which a layer can make too many. */
const many = { name: 'many', type: 'conv2d', filters: 4096, kernelSize: 1 };

/** Layers that need an image. */
const imageLayers: readonly Record<string, unknown>[] = [
  { type: 'depthwiseConv2d', kernelSize: 1 },
  { type: 'separableConv2d', filters: 1, kernelSize: 1 },
  { type: 'conv2dTranspose', filters: 1, kernelSize: 1 },
  { type: 'globalAveragePooling2d' },
  { type: 'globalMaxPooling2d' },
  { type: 'zeroPadding2d' },
  { type: 'padding2d', mode: 'reflect' },
  { type: 'upSampling2d' },
  { type: 'spatialDropout2d', rate: 0.5 },
];

type Broken = readonly [config: unknown, layer: string, isFixable?: boolean];

function hasForm({ layer, message }: ModelIssue): boolean {
  return message.startsWith(`${layer}: `) && /^[^:]+: .+\. Received [\w ]+=[^]+\.$/.test(message);
}

/** Models with one thing wrong, the layer it is wrong at, and whether a fix is offered. */
const broken: Readonly<Record<ModelIssueCode, readonly Broken[]>> = {
  notAnObject: [
    [5, 'model'],
    [{ ...sound, layers: ['flatten'] }, 'layer_1'],
  ],
  unknownType: [
    [{ ...sound, layers: [{ type: 'conv3d', name: 'a' }] }, 'a'],
    [{ ...sound, layers: [{ name: 'a' }] }, 'a'],
  ],
  unknownField: [
    [withConv({ kernalSize: 3 }), 'conv'],
    [{ ...sound, author: 'x' }, 'model'],
    [withConv({ kernelInitializer: { type: 'constant', vlaue: 1 } }), 'conv'],
  ],
  badValue: [
    [withConv({ filters: 0 }), 'conv'],
    [withConv({ groups: 2 }), 'conv', true],
    [withConv({ filters: 3, groups: 2 }), 'conv', true],
  ],
  duplicateName: [
    [{ ...sound, layers: [conv, { ...flatten, name: 'conv' }, last] }, 'conv'],
    [withConv({ name: 'input' }), 'input'],
  ],
  unknownInput: [
    [withLast({ inputs: ['flat'] }), 'last'],
    [withConv({ inputs: ['last'] }), 'conv'],
    [withConv({ inputs: [3] }), 'conv'],
    [withFirst({ type: 'add', inputs: ['input', 'conv'] }), 'first'],
  ],
  wrongInputCount: [
    [withLast({ inputs: ['flatten', 'conv'] }), 'last'],
    [withLast({ inputs: [] }), 'last'],
    [withLast({ inputs: 'flatten' }), 'last'],
    [withFirst({ type: 'add' }), 'first'],
    [withFirst({ type: 'add', inputs: ['input'] }), 'first'],
    [withFirst({ type: 'concatenate', inputs: new Array(17).fill('input') }), 'first'],
  ],
  wrongRank: [
    [{ ...sound, layers: [conv, last] }, 'last'],
    [{ ...sound, layers: [flatten, { name: 'pool', type: 'maxPooling2d' }, last] }, 'pool'],
    ...imageLayers.map((layer): Broken => [
      { ...sound, layers: [flatten, { ...layer, name: 'image' }, last] },
      'image',
    ]),
    [withFirst({ type: 'add', inputs: ['input', 'narrow'] }, narrow), 'first'],
    [withFirst({ type: 'concatenate', axis: 2, inputs: ['input', 'narrow'] }, narrow), 'first'],
    [withFirst({ type: 'concatenate', inputs: ['input', 'flat'] }, { name: 'flat', type: 'flatten' }), 'first'],
  ],
  emptyOutput: [
    [withConv({ kernelSize: 9 }), 'conv', true],
    [withConv({ kernelSize: [1, 9] }), 'conv', true],
    [withConv({ kernelSize: 4, dilationRate: 3 }), 'conv', true],
    [
      withConv({
        kernelSize: [12, 3],
        padding: [
          [1, 2],
          [0, 0],
        ],
      }),
      'conv',
      true,
    ],
    [{ ...sound, layers: [{ name: 'pool', type: 'averagePooling2d', poolSize: 9 }, flatten, last] }, 'pool', true],
    [withFirst({ type: 'depthwiseConv2d', kernelSize: 10 }), 'first', true],
    [withFirst({ type: 'separableConv2d', filters: 1, kernelSize: 5, dilationRate: 2 }), 'first', true],
  ],
  strideWithDilation: [
    [withConv({ strides: [1, 2], dilationRate: 2 }), 'conv', true],
    [withFirst({ type: 'depthwiseConv2d', kernelSize: 2, strides: 2, dilationRate: 2 }), 'first', true],
    [withFirst({ type: 'separableConv2d', filters: 1, kernelSize: 2, strides: 2, dilationRate: 2 }), 'first', true],
    [withFirst({ type: 'conv2dTranspose', filters: 1, kernelSize: 2, strides: 2, dilationRate: 2 }), 'first', true],
  ],
  empty: [
    [{ ...sound, layers: [] }, 'model'],
    [{ ...sound, layers: new Array(257).fill(flatten) }, 'model'],
    [{ inputShape: [8, 8, 1] }, 'model'],
  ],
  wrongOutput: [
    [withLast({ activation: 'relu' }), 'last', true],
    [withLast({ activation: undefined }), 'last', true],
    [{ ...sound, layers: [conv, flatten] }, 'flatten'],
    [{ ...sound, layers: [{ ...conv, activation: 'softmax' }] }, 'conv'],
    [
      {
        ...sound,
        layers: [conv, flatten, { ...flatten, name: 'spare', inputs: ['conv'] }, { ...last, inputs: ['flatten'] }],
      },
      'spare',
    ],
  ],
  tooLarge: [
    [{ ...sound, inputShape: [4096, 4096, 1], layers: [{ ...conv, filters: 4096 }] }, 'conv'],
    [{ ...sound, inputShape: [256, 256, 1], layers: [flatten, { ...last, units: 16_384 }] }, 'last'],
    // The input is a tensor too.
    [
      {
        ...sound,
        inputShape: [4096, 4096, 4096],
        layers: [{ ...conv, filters: 1, kernelSize: 1, strides: 1024 }, flatten, last],
      },
      'model',
    ],
    [withFirst({ type: 'conv2dTranspose', filters: 4096, kernelSize: 1, strides: 1024 }), 'first'],
    [withFirst({ type: 'upSampling2d', size: 1024 }, { ...conv, filters: 4096, name: 'wide' }), 'first'],
    // Its outputs are small, what it pads is not.
    [
      withFirst({ type: 'conv2d', filters: 1, kernelSize: 1023, dilationRate: 15, padding: 'replicate' }, many),
      'first',
    ],
    [withFirst({ type: 'separableConv2d', filters: 1, kernelSize: 1, depthMultiplier: 4096 }, many), 'first'],
  ],
};

test('the model that is changed is sound', () => expect(checkModel(sound)).toEqual([]));

/** The config with the fix's field set. */
function withFix(config: Config, fix: ModelFix): Config {
  const layers = config.layers.map((layer) =>
    layer['name'] === fix.layer ? { ...layer, [fix.field]: fix.value } : layer,
  );
  return { ...config, layers };
}

for (const [code, rows] of Object.entries(broken)) {
  for (const [index, [config, layer, isFixable = false]] of rows.entries()) {
    test(`${code}, model ${index + 1}: at ${layer}, in the form of messages${isFixable ? ', with a fix' : ''}`, () => {
      const [issue, ...more] = checkModel(config);
      expect(more).toEqual([]);
      expect(issue).toMatchObject({ code, layer });
      expect(issue && hasForm(issue), issue?.message).toBe(true);
      expect(issue?.fix !== undefined).toBe(isFixable);
      if (issue?.fix) expect(checkModel(withFix(config as Config, issue.fix))).toEqual([]);
    });
  }
}

test('every broken field of every layer up to the first impossible one is told at once', () => {
  const layers = [
    { ...conv, filters: 0, strides: 0, extra: 1 },
    { ...flatten, extra: 2 },
    { ...conv, name: 'late' },
    { ...last, units: 0 },
  ];
  const resolution = resolveModel({ ...sound, layers });
  expect(resolution.ok).toBe(false);
  expect(!resolution.ok && resolution.issues.map(({ layer, code }) => `${layer} ${code}`)).toEqual([
    'conv badValue',
    'conv badValue',
    'conv unknownField',
    'flatten unknownField',
    'late wrongRank',
  ]);
  expect(!resolution.ok && resolution.layers.map(({ name }) => name)).toEqual(['conv', 'flatten']);
});

test('fixes, one after another, make stacks of windows fit', () => {
  const { between, pick } = seededDraws(21);
  let repaired = 0;
  for (let round = 0; round < 300; round++) {
    const windows = Array.from({ length: between(1, 5) }, (_, index) => {
      const name = `layer${index}`;
      if (between(0, 2) === 0) return { name, type: 'maxPooling2d', poolSize: [between(1, 6), between(1, 6)] };
      const padding = pick([
        'valid',
        'valid',
        'same',
        [
          [0, 1],
          [2, 0],
        ],
      ]);
      return {
        name,
        type: 'conv2d',
        filters: 1,
        kernelSize: [between(1, 6), between(1, 6)],
        strides: between(1, 2),
        dilationRate: between(1, 3),
        padding,
      };
    });
    let config: Config = { inputShape: [between(1, 12), between(1, 12), 1], layers: [...windows, flatten, last] };
    for (let issues = checkModel(config), turn = 0; issues.length > 0; issues = checkModel(config), turn++) {
      const fix = issues[0]?.fix;
      if (!fix || turn > 20)
        throw new Error(`a fix must be offered that helps. Received ${JSON.stringify([config, issues])}.`);
      config = withFix(config, fix);
      repaired++;
    }
  }
  expect(repaired).toBeGreaterThan(200);
});
