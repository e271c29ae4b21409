/*
 * Plan. Hundreds of seeded geometries, for both kinds of adapter. What the conv2d-*.wgsl files rely on must hold for each: forward tiles no
 * larger than the outputs; inputGradient tiles in whole strides, no larger than the inputs at stride 1, chunks of taps in whole
 * strides; invocations as many as the shader's own bound. Sizes are read from the shader's own arrays, so that sums and numbers
 * held keep the limits of the machine. For some, the text is written out: every array becomes scalars, none beyond its size.
 * The pass of one example must choose as training does. Large strides and paddings, which pay for tiles, stand at the end.
 */
import { expect, test } from 'playwright/test';
import { seededDraws } from '../../../e2e/support/seeded-draws.ts';
import { compiledText, shaderText } from '../../../e2e/support/shader-files.ts';
import { evaluateConstant, type ConstantValue } from '../gpu/wgsl/expression.ts';
import { outputSize } from '../shape/window.ts';
import type { ConvGeometry } from './conv2d-geometry.ts';
import type { ChosenTile } from './conv2d-tile-space.ts';
import { forwardTiles, inputGradientTiles, isPlainInputGradient } from './conv2d-tiles.ts';
import { weightGradientTiles } from './conv2d-weight-tiles.ts';
import type { Target } from './op.ts';

const targets: readonly Target[] = [true, false].flatMap((isSoftware) =>
  [true, false].map((hasQuads): Target => ({
    ...{ batchSize: 64, tunedBatchSize: 64, element: 'f32', isSoftware, hasQuads },
    choices: new Map(),
  })),
);
/** Registers the cost model allows, as in tiles.ts. */
const limitsOf = (target: Target) => (target.isSoftware ? { sums: 216, held: 320 } : { sums: 64, held: 128 });

const shaders = {
  forward: 'conv2d-forward',
  inputGradient: 'conv2d-input-gradient',
  weightGradient: 'conv2d-weight-gradient',
} as const;
type EntryPoint = keyof typeof shaders;
const sourceOf = (entryPoint: EntryPoint): string => shaderText(shaders[entryPoint]);

interface Choice {
  readonly entryPoint: EntryPoint;
  readonly constants: Readonly<Record<string, number | boolean>>;
  readonly invocations: number;
}

/** Examples that the grids are asked for: quads share out the tiles of all of them. */
const examples = 3;

function choiceOf(entryPoint: EntryPoint, tile: ChosenTile): Choice {
  const constants = { ...tile.constants, lanes: tile.usesQuads ? 4 : 1 };
  return { entryPoint, constants, invocations: tile.invocations(examples) };
}

/** Every tile that may be taken, the default ones first. */
function choicesFor(geometry: ConvGeometry, target: Target, hasWeights = true): Choice[] {
  const input = isPlainInputGradient(geometry) ? [] : inputGradientTiles(geometry, target);
  const weight = hasWeights ? weightGradientTiles(geometry, target) : [];
  return [
    ...forwardTiles(geometry, target).map((tile) => choiceOf('forward', tile)),
    ...input.map((tile) => choiceOf('inputGradient', tile)),
    ...weight.map((tile) => choiceOf('weightGradient', tile)),
  ];
}

/** The constants that each shader works out, name by name, read once. */
const workedOut = new Map(
  (['forward', 'inputGradient', 'weightGradient'] as const).map((entryPoint) => [
    entryPoint,
    [...sourceOf(entryPoint).matchAll(/^const (\w+)[^=;]*=([^;]*);/gm)],
  ]),
);

/** The shader's expression, with the constants of a choice. */
function inShader(geometry: ConvGeometry, choice: Choice): (text: string) => ConstantValue | undefined {
  const names = new Map<string, ConstantValue>(Object.entries({ ...geometry, ...choice.constants }));
  for (const [, name = '', text = ''] of workedOut.get(choice.entryPoint) ?? []) {
    const value = names.has(name) ? undefined : evaluateConstant(text, names);
    if (value !== undefined) names.set(name, value);
  }
  return (text) => evaluateConstant(text, names);
}

/** Tiles of all examples and channels: what a grid has to hold. */
function boundOf(entryPoint: EntryPoint, evaluate: (text: string) => ConstantValue | undefined): number {
  const number = (text: string) => Number(evaluate(text));
  if (entryPoint === 'weightGradient') return number('quads * lanes');
  const [tiles, channels] =
    entryPoint === 'forward'
      ? ['outputTilesY * outputTilesX', 'filterTiles']
      : ['inputTilesY * inputTilesX', 'channelTiles'];
  return Math.ceil((examples * number(tiles)) / number('lentSlots')) * number('lanes') * number(channels);
}
const sums: Readonly<Record<EntryPoint, string>> = {
  forward: 'tileHeight * tileWidth * tileChannels',
  inputGradient: 'tileHeight * tileWidth * tileChannels',
  weightGradient: 'taps * tileDepth * tileChannels',
};
const held: Readonly<Record<EntryPoint, string>> = {
  forward: 'patchHeight * patchWidth + taps * tileChannels',
  inputGradient: 'gradRowCount * gradColumnCount + taps * tileChannels',
  weightGradient: 'patchHeight * patchWidth * tileDepth + tileHeight * tileWidth * tileChannels',
};

function geometryOf(
  shape: Omit<ConvGeometry, 'outputHeight' | 'outputWidth' | 'isPadded'>,
  after: readonly [number, number],
): ConvGeometry {
  const axis = (
    size: number,
    window: number,
    stride: number,
    dilation: number,
    padBefore: number,
    padAfter: number,
  ): number => outputSize({ size, window, stride, dilation, padBefore, padAfter });
  const { inputHeight, kernelHeight, strideY, dilationY, padTop } = shape;
  const { inputWidth, kernelWidth, strideX, dilationX, padLeft, poolHeight, poolWidth } = shape;
  const rows = axis(inputHeight, kernelHeight, strideY, dilationY, padTop, after[0]);
  const columns = axis(inputWidth, kernelWidth, strideX, dilationX, padLeft, after[1]);
  return {
    ...shape,
    outputHeight: rows - (rows % poolHeight),
    outputWidth: columns - (columns % poolWidth),
    isPadded: padTop + padLeft + after[0] + after[1] > 0,
  };
}

/** Square inputs, kernels, strides and paddings. */
function square(
  inputSize: number,
  kernelSize: number,
  stride: number,
  pad: number,
  channels = 2,
  filters = 8,
): ConvGeometry {
  const shape = {
    ...{ inputHeight: inputSize, inputWidth: inputSize, inputChannels: channels, filters, groupCount: 1 },
    ...{ kernelHeight: kernelSize, kernelWidth: kernelSize, strideY: stride, strideX: stride },
    ...{ dilationY: 1, dilationX: 1, padTop: pad, padLeft: pad, poolHeight: 1, poolWidth: 1 },
  };
  return geometryOf(shape, [pad, pad]);
}

const unpooled = { poolHeight: 1, poolWidth: 1 };

function drawGeometries(count: number): ConvGeometry[] {
  const { between, pick } = seededDraws(17);
  const list: ConvGeometry[] = [];
  while (list.length < count) {
    const isDilated = between(0, 3) === 0;
    const [kernelHeight, kernelWidth] = [between(1, 7), between(1, 7)];
    const groupCount = pick([1, 1, 1, 2, 5]);
    const geometry = geometryOf(
      {
        ...{ inputHeight: between(1, 40), inputWidth: between(1, 40) },
        ...{ inputChannels: groupCount * pick([1, 2, 3, 5, 16, 32]) },
        ...{ filters: groupCount * pick([1, 3, 7, 8, 32, 64]), groupCount, kernelHeight, kernelWidth },
        ...(isDilated ? { strideY: 1, strideX: 1 } : { strideY: between(1, 3), strideX: between(1, 3) }),
        ...(isDilated ? { dilationY: between(1, 3), dilationX: between(1, 3) } : { dilationY: 1, dilationX: 1 }),
        ...{ padTop: between(0, 3), padLeft: between(0, 3) },
        ...(groupCount === 1 && between(0, 2) === 0 ? { poolHeight: between(1, 3), poolWidth: 2 } : unpooled),
      },
      [between(0, 3), between(0, 3)],
    );
    if (geometry.outputHeight > 0 && geometry.outputWidth > 0) list.push(geometry);
  }
  return list;
}

const geometries = [
  square(28, 3, 1, 0, 1, 32),
  square(13, 3, 1, 0, 32, 64),
  square(5, 3, 1, 0, 64, 64),
  { ...square(14, 3, 1, 1, 32, 64), groupCount: 32 },
  ...drawGeometries(160),
];

/** What a shader relies on and does not get; `held` and `sums` by the shader's own arrays. */
function breaches(geometry: ConvGeometry, choice: Choice, target: Target): string[] {
  const { constants, entryPoint } = choice;
  const evaluate = inShader(geometry, choice);
  const at = (name: string): number => Number(constants[name]);
  const claims: [claim: string, holds: boolean][] = [
    ['invocations are the shader’s bound', boundOf(entryPoint, evaluate) === choice.invocations],
    ['sums keep the limit', Number(evaluate(sums[entryPoint])) <= limitsOf(target).sums],
    ['held numbers keep the limit', Number(evaluate(held[entryPoint])) <= limitsOf(target).held],
  ];
  if (entryPoint === 'forward') {
    claims.push(['tileHeight ≤ outputHeight', at('tileHeight') <= geometry.outputHeight]);
    claims.push(['tileWidth ≤ outputWidth', at('tileWidth') <= geometry.outputWidth]);
    claims.push([
      'windows are whole',
      (at('tileHeight') % geometry.poolHeight) + (at('tileWidth') % geometry.poolWidth) === 0,
    ]);
    const isAlone = at('lanes') === at('lentSlots');
    claims.push(['words are whole', geometry.poolHeight === 1 || !isAlone || at('tileChannels') % 4 === 0]);
  }
  if (entryPoint === 'inputGradient') {
    const { strideY, dilationY, inputHeight, kernelHeight, strideX, dilationX, inputWidth, kernelWidth } = geometry;
    const axes = [
      [at('tileHeight'), at('tapRows'), strideY, dilationY, inputHeight, kernelHeight],
      [at('tileWidth'), at('tapColumns'), strideX, dilationX, inputWidth, kernelWidth],
    ] as const;
    claims.push(['what spans is known', at('gradRowCount') <= geometry.outputHeight || !constants['spansRows']]);
    for (const [tile, taps, stride, dilation, inputs, kernel] of axes) {
      claims.push(['a tile is whole strides', tile % stride === 0]);
      claims.push(['at stride 1 a tile is no larger than the inputs', stride > 1 || tile <= inputs]);
      claims.push(['a chunk of taps is whole strides', taps >= kernel || (taps * dilation) % stride === 0]);
    }
  }
  const what = JSON.stringify([entryPoint, constants, geometry, target.isSoftware]);
  return claims.filter(([, holds]) => !holds).map(([claim]) => `${claim}: ${what}`);
}

test('the chosen tiles are what the shader relies on', () => {
  const found = geometries.flatMap((geometry, index) =>
    targets.flatMap((target) =>
      // A weight gradient has a hundred thousand tiles to choose from.
      choicesFor(geometry, target, index < 16).flatMap((choice) => breaches(geometry, choice, target)),
    ),
  );
  expect(found).toEqual([]);
});

test('the claims bite', () => {
  const [geometry, target] = [square(13, 3, 2, 1), targets[0]];
  const taps = { tapRows: 1, tapColumns: 3, tileChannels: 1, lanes: 1, lentSlots: 1 };
  const sizes = { tileHeight: 3, tileWidth: 400, gradRowCount: 3, gradColumnCount: 400 };
  const wrong: Choice = { entryPoint: 'inputGradient', constants: { ...taps, ...sizes }, invocations: 1 };
  const found = target ? breaches(geometry, wrong, target).map((breach) => breach.split(':')[0]) : [];
  expect(found).toEqual([
    'invocations are the shader’s bound',
    'sums keep the limit',
    'held numbers keep the limit',
    'a tile is whole strides',
    'a chunk of taps is whole strides',
  ]);
});

test('written out, every array becomes scalars, none beyond its size', () => {
  let scalars = 0;
  for (const geometry of geometries.slice(0, 6)) {
    // The default ones, and some of the many others.
    const choices = targets.flatMap((target) => choicesFor(geometry, target)).filter((_, index) => index % 3 === 0);
    for (const choice of choices) {
      const evaluate = inShader(geometry, choice);
      const constants = { ...geometry, hasBias: true, ...choice.constants };
      const shader = shaders[choice.entryPoint];
      const text = compiledText({ shader, entryPoint: choice.entryPoint, constants, workgroupSize: 16 });
      const sizes = new Map(
        [...sourceOf(choice.entryPoint).matchAll(/var (\w+): array<\w+, ([^>]+)>;/g)].map(
          ([, name = '', size = '']) => [name, evaluate(size)],
        ),
      );
      const named = [...text.matchAll(/(?:var|let) (\w+)_(\d+): \w+\b/g)];
      const beyond = named.filter(([, name = '', index]) => !(Number(index) < Number(sizes.get(name))));
      const what = JSON.stringify([geometry, choice]);
      expect(beyond.map(String), what).toEqual([]);
      expect(text, what).not.toMatch(/: array<[fi]32,/);
      scalars += named.length;
    }
  }
  expect(scalars).toBeGreaterThan(1000);
});

test('a pass of one example runs the tiles of training', () => {
  for (const target of targets) {
    for (const geometry of geometries.slice(0, 5)) {
      expect(choicesFor(geometry, { ...target, batchSize: 1 })).toEqual(choicesFor(geometry, target));
    }
  }
});

const large: readonly (readonly [title: string, geometry: ConvGeometry])[] = [
  ['a kernel of 11 at stride 4', square(64, 11, 4, 0, 3, 96)],
  ['patches of 8', square(32, 8, 8, 0)],
  ['patches of 16', square(32, 16, 16, 0)],
  ['one patch of 28', square(28, 28, 28, 0)],
  ['stride 20', square(60, 3, 20, 0)],
  ['strides of 64 and 1', { ...square(64, 64, 1, 0), strideY: 64 }],
  [
    'strides of 4 and 16, padded',
    { ...square(64, 16, 1, 3), strideY: 4, strideX: 16, outputHeight: 14, outputWidth: 4 },
  ],
  ['padding of 20', square(28, 3, 1, 20)],
  ['padding of 1024', square(28, 3, 1, 1024)],
  ['a kernel of 28', square(28, 28, 1, 0)],
  ['same with a kernel of 27', square(28, 27, 1, 13)],
];
for (const [title, geometry] of large) {
  test(`${title}: tiles keep the limits of the machine`, () => {
    const found = targets.flatMap((target) =>
      choicesFor(geometry, target).flatMap((choice) => breaches(geometry, choice, target)),
    );
    expect(found).toEqual([]);
  });
}
