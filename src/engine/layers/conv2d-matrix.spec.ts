/*
 * Plan. Seeded geometries, for three batch sizes, with pooling and with strides. What the conv2d-matrix-*.wgsl files rely on must
 * hold for every way that is offered, by the shaders' own text: as many invocations as the shader counts, at most 256, whole
 * tiles, whole windows in a tile, whole shares of the depth, sums that meet in the memory they have, at most 16 KiB of it; as
 * many workgroups as the shader has blocks. Names differ and are what people read. Numbers are read in fours exactly where the
 * last axis comes in fours. What makes no sense has no way: groups, extreme strides, stride with dilation, windows that fill
 * no tile, tensors beyond 32-bit indices. Of two blocks the one that fits the shape better comes first.
 */
import { expect, test } from 'playwright/test';
import { seededDraws } from '../../../e2e/support/seeded-draws.ts';
import { compiledText, shaderText } from '../../../e2e/support/shader-files.ts';
import type { Kernel, KernelCandidate } from '../gpu/kernel.ts';
import { evaluateConstant, type ConstantValue } from '../gpu/wgsl/expression.ts';
import type { ConvGeometry } from './conv2d-geometry.ts';
import { matrixForward, matrixInputGradient, matrixWeightGradient } from './conv2d-matrix.ts';
import type { Target } from './op.ts';

const targetOf = (batchSize: number): Target => ({
  ...{ batchSize, tunedBatchSize: 64, element: 'f32', isSoftware: false, hasQuads: false, choices: new Map() },
});
const rest = { label: 'made', constants: {}, bindings: {} };
const parts = 4;

const plain: ConvGeometry = {
  ...{
    inputHeight: 13,
    inputWidth: 13,
    inputChannels: 32,
    outputHeight: 10,
    outputWidth: 10,
    filters: 64,
    groupCount: 1,
  },
  ...{ kernelHeight: 3, kernelWidth: 3, strideY: 1, strideX: 1, dilationY: 1, dilationX: 1 },
  ...{ padTop: 0, padLeft: 0, isPadded: false, poolHeight: 2, poolWidth: 2 },
};

function drawGeometries(count: number): ConvGeometry[] {
  const { between, pick } = seededDraws(23);
  return Array.from({ length: count }, () => {
    const [poolHeight, poolWidth] = [pick([1, 1, 2, 3, 4]), pick([1, 2, 3, 4])];
    const isDilated = between(0, 3) === 0;
    const steps = isDilated
      ? { strideY: 1, strideX: 1, dilationY: between(1, 3), dilationX: between(1, 3) }
      : { strideY: between(1, 4), strideX: between(1, 4), dilationY: 1, dilationX: 1 };
    return {
      ...{ ...plain, ...steps, poolHeight, poolWidth, isPadded: between(0, 1) === 1 },
      ...{ inputHeight: between(1, 40), inputWidth: between(1, 40), inputChannels: pick([1, 3, 4, 5, 17, 32, 128]) },
      ...{ outputHeight: poolHeight * between(1, 9), outputWidth: poolWidth * between(1, 9) },
      ...{ filters: pick([1, 3, 8, 17, 64, 132]), kernelHeight: between(1, 5), kernelWidth: between(1, 5) },
    };
  });
}

const geometries = [plain, ...drawGeometries(60)];

const passes = {
  forward: (geometry: ConvGeometry, target: Target) => matrixForward(geometry, target, rest),
  inputGradient: (geometry: ConvGeometry, target: Target) => matrixInputGradient(geometry, target, rest),
  weightGradient: (geometry: ConvGeometry, target: Target) => matrixWeightGradient(geometry, target, parts, rest),
} as const;
type Pass = keyof typeof passes;
const passNames: readonly Pass[] = ['forward', 'inputGradient', 'weightGradient'];

/** The shader's expression, with the constants of a kernel. */
function inShader({ shader, constants }: Kernel, runtime: Readonly<Record<string, number>>): (text: string) => number {
  const given = Object.entries(constants).filter(([, value]) => typeof value !== 'string');
  const names = new Map<string, ConstantValue>(Object.entries(runtime));
  for (const [name, value] of given) names.set(name, value as ConstantValue);
  for (const [, name = '', text = ''] of shaderText(shader).matchAll(/^const (\w+)[^=;]*=([^;]*);/gm)) {
    const value = names.has(name) ? undefined : evaluateConstant(text, names);
    if (value !== undefined) names.set(name, value);
  }
  return (text) => Number(evaluateConstant(text, names));
}

/** Cells of four that a workgroup array of the shader holds. */
const cellsIn = (kernel: Kernel, array: string, evaluate: (text: string) => number): number =>
  evaluate(new RegExp(`var<workgroup> ${array}: array<vec4f, ([^>]+)>;`).exec(shaderText(kernel.shader))?.[1] ?? '');

const blocks: Readonly<Record<Pass, string>> = {
  forward: '(batchSize * outputHeight * outputWidth + blockRows - 1) / blockRows * columnBlocks',
  inputGradient:
    '(batchSize * phaseHeight * phaseWidth + blockRows - 1) / blockRows * columnBlocks * strideY * strideX',
  weightGradient: 'rowBlocks * columnBlocks * splitCount',
};

/** What a shader relies on and does not get. */
function breaches(pass: Pass, { choice, kernel }: KernelCandidate, target: Target): string[] {
  const at = inShader(kernel, { batchSize: target.batchSize });
  const [rowCells, columnCells] = ['rowCells', 'columnCells'].map((array) => cellsIn(kernel, array, at));
  const depthUnit = pass === 'weightGradient' ? 1 : 4;
  const claims: [claim: string, holds: boolean][] = [
    ['a workgroup is what the shader counts', kernel.workgroupSize === at('threads')],
    ['a workgroup is at most 256', kernel.workgroupSize <= 256],
    ['workgroups are the blocks', kernel.invocations / kernel.workgroupSize === at(blocks[pass])],
    ['tiles are whole', at('blockRows % tileRows + blockColumns % tileColumns + tileColumns % 4') === 0],
    ['cells of rows are whole', pass !== 'weightGradient' || at('blockRows % 4 + tileRows % 4') === 0],
    ['windows are whole', pass !== 'forward' || at('tileRows % (poolHeight * poolWidth)') === 0],
    ['each slice has its share', at(`blockDepth % (${depthUnit} * slices)`) === 0],
    ['an invocation always loads the same depth', pass === 'weightGradient' || at('threads % depthCells') === 0],
    ['sums fit where slices meet', at('slices') === 1 || at('tileSums * tileThreads') <= (rowCells ?? NaN)],
    ['sums stay in registers', at('tileRows * tileColumns') <= 72],
    ['workgroup memory is at most 16 KiB', 16 * ((rowCells ?? NaN) + (columnCells ?? NaN)) <= 16 * 1024],
  ];
  return claims.filter(([, holds]) => !holds).map(([claim]) => `${pass} ${choice}: ${claim} ${JSON.stringify(kernel)}`);
}

for (const pass of passNames) {
  test(`every way of ${pass} is what its shader relies on, and has a name of its own`, () => {
    for (const geometry of geometries) {
      for (const target of [1, 3, 64].map(targetOf)) {
        const ways = passes[pass](geometry, target);
        expect(ways.flatMap((way) => breaches(pass, way, target))).toEqual([]);
        const names = ways.map(({ choice }) => choice);
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) expect(name).toMatch(/^matrix \d+×\d+×\d+, \d+×\d+(, \d slices)?$/);
      }
    }
  });
}

test('the breaches would be found', () => {
  const [way] = matrixForward(plain, targetOf(64), rest);
  if (!way) throw new Error('there must be a way');
  const { kernel } = way;
  const broken = (constants: Kernel['constants']) =>
    breaches(
      'forward',
      { ...way, kernel: { ...kernel, constants: { ...kernel.constants, ...constants } } },
      targetOf(64),
    );
  expect(broken({})).toEqual([]);
  expect(broken({ tileRows: 3 }).join()).toContain('windows are whole');
  expect(broken({ blockDepth: 64, blockRows: 128 }).join()).toContain('16 KiB');
  expect(broken({ slices: 3 }).join()).toContain('has its share');
});

test('tiles become registers: no array is left inside the functions', () => {
  for (const pass of passNames) {
    for (const { kernel } of passes[pass](plain, targetOf(64))) {
      expect(compiledText(kernel)).not.toMatch(/\bvar \w+\s*:\s*array</);
    }
  }
});

test('numbers are read in fours where the last axis comes in fours', () => {
  const odd = { ...plain, inputChannels: 30, filters: 64 };
  const typesOf = (ways: readonly KernelCandidate[]) =>
    Object.fromEntries(Object.entries(ways[0]?.kernel.constants ?? {}).filter(([name]) => /Cell$|Lanes$/.test(name)));
  expect(typesOf(passes.forward(odd, targetOf(64)))).toEqual({
    ...{ inputCell: 'element', inputLanes: 1, kernelCell: 'vec4<element>', kernelLanes: 4 },
  });
  expect(typesOf(passes.inputGradient(odd, targetOf(64)))).toEqual({ gradCell: 'vec4<element>', gradLanes: 4 });
  expect(typesOf(passes.weightGradient({ ...odd, filters: 63 }, targetOf(64)))).toEqual({
    ...{ inputCell: 'element', inputLanes: 1, gradCell: 'element', gradLanes: 1 },
  });
});

const declined: readonly (readonly [what: string, geometry: Partial<ConvGeometry>])[] = [
  ['groups', { groupCount: 2 }],
  ['strides of more than 64 cells', { strideY: 13, strideX: 5 }],
  ['stride and dilation along one axis', { strideX: 2, dilationX: 2 }],
  ['tensors beyond 32-bit indices', { outputHeight: 8192, outputWidth: 8192 }],
];
for (const [what, change] of declined) {
  test(`there is no way for ${what}`, () => {
    for (const pass of passNames) {
      expect(passes[pass](plain, targetOf(64)).length).toBeGreaterThan(3);
      expect(passes[pass]({ ...plain, ...change }, targetOf(64))).toEqual([]);
    }
  });
}

test('windows that fill no tile, and inputs that are too large before they were pooled, have no way', () => {
  const large = { ...plain, poolHeight: 5, poolWidth: 5 };
  expect(matrixForward(large, targetOf(64), rest)).toEqual([]);
  expect(matrixForward({ ...large, poolWidth: 3 }, targetOf(64), rest).length).toBeGreaterThan(0);
  const unpooled = { ...rest, constants: { inputPoolHeight: 100, inputPoolWidth: 100 } };
  expect(matrixInputGradient(plain, targetOf(64), rest).length).toBeGreaterThan(0);
  expect(matrixInputGradient(plain, targetOf(640), unpooled)).toEqual([]);
});

test('what fits the shape comes first: thin blocks for few filters, large ones for large layers, slices for few results', () => {
  const first = (change: Partial<ConvGeometry>, batchSize = 64) =>
    matrixForward({ ...plain, ...change }, { ...targetOf(batchSize), tunedBatchSize: batchSize }, rest)[0]?.kernel
      .constants;
  expect(first({ filters: 16, outputHeight: 64, outputWidth: 64 })).toMatchObject({ blockColumns: 16 });
  expect(first({ filters: 128, outputHeight: 64, outputWidth: 64 })).toMatchObject({
    tileRows: 8,
    tileColumns: 8,
    slices: 1,
  });
  expect(Number(first({ outputHeight: 4, outputWidth: 4 }, 4)?.['slices'])).toBeGreaterThan(1);
});
