/*
 * Plan. Hundreds of seeded geometries, for both kinds of adapter. What conv2d.wgsl relies on must hold for each: forward tiles no
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
import { forwardTile, inputGradientTile, partsFor, weightGradientTile, type ConvGeometry } from './conv2d-tiles.ts';
import type { Target } from './op.ts';

const targets: readonly Target[] = [true, false].map((isSoftware) => ({
  batchSize: 64,
  tunedBatchSize: 64,
  isSoftware,
}));
/** Registers the cost model allows, as in tiles.ts. */
const limitsOf = (target: Target) => (target.isSoftware ? { sums: 176, held: 320 } : { sums: 64, held: 128 });

const source = shaderText('conv2d');

interface Choice {
  readonly entryPoint: string;
  readonly constants: Readonly<Record<string, number>>;
  readonly invocations: number;
}

function choicesFor(geometry: ConvGeometry, target: Target): readonly [forward: Choice, input: Choice, weight: Choice] {
  const forward = forwardTile(geometry, target);
  const input = inputGradientTile(geometry, target);
  const weight = weightGradientTile(geometry, target);
  return [
    { entryPoint: 'forward', constants: { ...forward.constants }, invocations: forward.invocationsPerExample },
    { entryPoint: 'inputGradient', constants: { ...input.constants }, invocations: input.invocationsPerExample },
    { entryPoint: 'weightGradient', constants: { ...weight.constants }, invocations: weight.invocationsPerPart },
  ];
}

/** The shader's expression, with the constants of a choice. */
function inShader(geometry: ConvGeometry, choice: Choice): (text: string) => ConstantValue | undefined {
  const names = new Map<string, ConstantValue>(Object.entries({ ...geometry, ...choice.constants }));
  for (const [, name = '', text = ''] of source.matchAll(/^const (\w+)[^=;]*=([^;]*);/gm)) {
    const value = names.has(name) ? undefined : evaluateConstant(text, names);
    if (value !== undefined) names.set(name, value);
  }
  return (text) => evaluateConstant(text, names);
}

const bounds: Readonly<Record<string, string>> = {
  forward: 'outputTilesY * outputTilesX * filterGroups',
  inputGradient: 'inputTilesY * inputTilesX * inputGroups',
  weightGradient: 'filterGroups * depthGroups * tapChunksX * tapChunksY',
};
const sums: Readonly<Record<string, string>> = {
  forward: 'tileHeight * tileWidth * tileChannels',
  inputGradient: 'tileHeight * tileWidth * tileChannels',
  weightGradient: 'taps * tileDepth * tileChannels',
};
const held: Readonly<Record<string, string>> = {
  forward: 'patchHeight * patchWidth + taps * tileChannels',
  inputGradient: 'gradHeight * gradWidth + taps * tileChannels',
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
  const {
    inputHeight,
    kernelHeight,
    strideY,
    dilationY,
    padTop,
    inputWidth,
    kernelWidth,
    strideX,
    dilationX,
    padLeft,
  } = shape;
  return {
    ...shape,
    outputHeight: axis(inputHeight, kernelHeight, strideY, dilationY, padTop, after[0]),
    outputWidth: axis(inputWidth, kernelWidth, strideX, dilationX, padLeft, after[1]),
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
    ...{ inputHeight: inputSize, inputWidth: inputSize, inputChannels: channels, filters },
    ...{ kernelHeight: kernelSize, kernelWidth: kernelSize, strideY: stride, strideX: stride },
    ...{ dilationY: 1, dilationX: 1, padTop: pad, padLeft: pad },
  };
  return geometryOf(shape, [pad, pad]);
}

function drawGeometries(count: number): ConvGeometry[] {
  const { between, pick } = seededDraws(17);
  const list: ConvGeometry[] = [];
  while (list.length < count) {
    const isDilated = between(0, 3) === 0;
    const [kernelHeight, kernelWidth] = [between(1, 7), between(1, 7)];
    const geometry = geometryOf(
      {
        ...{ inputHeight: between(1, 40), inputWidth: between(1, 40), inputChannels: pick([1, 2, 3, 5, 16, 32]) },
        ...{ filters: pick([1, 3, 7, 8, 32, 64]), kernelHeight, kernelWidth },
        ...(isDilated ? { strideY: 1, strideX: 1 } : { strideY: between(1, 3), strideX: between(1, 3) }),
        ...(isDilated ? { dilationY: between(1, 3), dilationX: between(1, 3) } : { dilationY: 1, dilationX: 1 }),
        ...{ padTop: between(0, 3), padLeft: between(0, 3) },
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
  ...drawGeometries(300),
];

test('the chosen tiles are what the shader relies on', () => {
  for (const geometry of geometries) {
    for (const target of targets) {
      const what = JSON.stringify([geometry, target.isSoftware]);
      const choices = choicesFor(geometry, target);
      const [forward, input] = choices.map(({ constants }) => constants);
      expect(forward?.['tileHeight'], what).toBeLessThanOrEqual(geometry.outputHeight);
      expect(forward?.['tileWidth'], what).toBeLessThanOrEqual(geometry.outputWidth);
      const axes = [
        [
          input?.['tileHeight'],
          input?.['tapRows'],
          geometry.strideY,
          geometry.dilationY,
          geometry.inputHeight,
          geometry.kernelHeight,
        ],
        [
          input?.['tileWidth'],
          input?.['tapColumns'],
          geometry.strideX,
          geometry.dilationX,
          geometry.inputWidth,
          geometry.kernelWidth,
        ],
      ] as const;
      for (const [tile = 0, taps = 0, stride, dilation, inputs, kernel] of axes) {
        expect(tile % stride, what).toBe(0);
        if (stride === 1) expect(tile, what).toBeLessThanOrEqual(inputs);
        if (taps < kernel) expect((taps * dilation) % stride, what).toBe(0);
      }
      for (const choice of choices) {
        const evaluate = inShader(geometry, choice);
        expect(evaluate(bounds[choice.entryPoint] ?? ''), `${choice.entryPoint} ${what}`).toBe(choice.invocations);
        const limits = limitsOf(target);
        expect(evaluate(sums[choice.entryPoint] ?? ''), `sums of ${choice.entryPoint} ${what}`).toBeLessThanOrEqual(
          limits.sums,
        );
        expect(evaluate(held[choice.entryPoint] ?? ''), `held by ${choice.entryPoint} ${what}`).toBeLessThanOrEqual(
          limits.held,
        );
      }
    }
  }
});

test('written out, every array becomes scalars, none beyond its size', () => {
  for (const geometry of geometries.slice(0, 10)) {
    for (const choice of targets.flatMap((target) => choicesFor(geometry, target))) {
      const what = JSON.stringify([geometry, choice]);
      const evaluate = inShader(geometry, choice);
      const constants = { ...geometry, hasBias: true, activation: 1, ...choice.constants };
      const text = compiledText({ shader: 'conv2d', entryPoint: choice.entryPoint, constants, workgroupSize: 16 });
      expect(text, what).not.toMatch(/var \w+\s*:\s*array</);
      const sizes = new Map(
        [...source.matchAll(/var (\w+): array<\w+, ([^>]+)>;/g)].map(([, name = '', size = '']) => [
          name,
          evaluate(size),
        ]),
      );
      const scalars = [...text.matchAll(/var (\w+)_(\d+): \w+;/g)];
      expect(scalars.length, what).toBeGreaterThan(0);
      for (const [, name = '', index] of scalars)
        expect(Number(index), `${name} ${what}`).toBeLessThan(Number(sizes.get(name)));
    }
  }
});

test('a pass of one example runs the tiles of training', () => {
  for (const target of targets) {
    for (const geometry of geometries.slice(0, 10)) {
      expect(choicesFor(geometry, { ...target, batchSize: 1 })).toEqual(choicesFor(geometry, target));
    }
  }
});

const parts: readonly (readonly [
  isSoftware: boolean,
  batch: number,
  invocations: number,
  cells: number,
  parts: number,
])[] = [
  [true, 64, 256, 1, 1],
  [true, 64, 255, 1, 2],
  [true, 64, 1, 1, 64],
  [true, 48, 1, 1, 32],
  [true, 64, 256, 2048, 1],
  [true, 64, 256, 2049, 2],
  [true, 64, 256, 1e9, 64],
  [false, 64, 8192, 1e9, 1],
  [false, 64, 100, 1, 64],
  [false, 1, 1, 1, 1],
];
for (const [isSoftware, batch, invocations, cells, expected] of parts) {
  test(`${expected} parts for a batch of ${batch} × ${cells} cells, ${invocations} invocations${isSoftware ? ' in software' : ''}`, () => {
    expect(partsFor({ batchSize: batch, tunedBatchSize: batch, isSoftware }, invocations, cells)).toBe(expected);
  });
}

const large: readonly (readonly [title: string, geometry: ConvGeometry])[] = [
  ['a kernel of 11 at stride 4', square(64, 11, 4, 0, 3, 96)],
  ['patches of 8', square(32, 8, 8, 0)],
  ['patches of 16', square(32, 16, 16, 0)],
  ['one patch of 28', square(28, 28, 28, 0)],
  ['stride 20', square(60, 3, 20, 0)],
  ['padding of 20', square(28, 3, 1, 20)],
  ['padding of 1024', square(28, 3, 1, 1024)],
  ['a kernel of 28', square(28, 28, 1, 0)],
  ['same with a kernel of 27', square(28, 27, 1, 13)],
];
for (const [title, geometry] of large) {
  test(`${title}: tiles keep the limits of the machine`, () => {
    for (const target of targets) {
      for (const choice of choicesFor(geometry, target)) {
        const evaluate = inShader(geometry, choice);
        const what = `${choice.entryPoint}, ${target.isSoftware ? 'software' : 'hardware'}, ${JSON.stringify(choice.constants)}`;
        expect(evaluate(sums[choice.entryPoint] ?? ''), `sums of ${what}`).toBeLessThanOrEqual(limitsOf(target).sums);
        expect(evaluate(held[choice.entryPoint] ?? ''), `held by ${what}`).toBeLessThanOrEqual(limitsOf(target).held);
      }
    }
  });
}
