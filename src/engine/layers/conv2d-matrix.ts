/**
 * The convolution kernels that go through workgroup memory (conv2d-matrix-*.wgsl), for adapters that compute on a GPU: the
 * blocks worth trying for a geometry, the likely best first. Knows nothing of the other ways to compute the same.
 */
import type { Kernel, KernelCandidate } from '../gpu/kernel.ts';
import type { ShaderConstants } from '../gpu/wgsl/specialise.ts';
import type { ConvGeometry } from './conv2d-geometry.ts';
import { blockBytes, invocationsOf, matrixBlocks, type MatrixBlock, type MatrixProduct } from './matrix-blocks.ts';
import type { Target } from './op.ts';
import { tileCount } from './tiles.ts';

/** What the op adds to a kernel. */
type Rest = Pick<Kernel, 'label' | 'constants' | 'bindings'>;

/** The ways through workgroup memory to what `conv2d-forward` computes; none where they make no sense. */
export function matrixForward(geometry: ConvGeometry, target: Target, rest: Rest): readonly KernelCandidate[] {
  const { outputHeight, outputWidth, inputChannels, filters, kernelHeight, kernelWidth } = geometry;
  const product: MatrixProduct = {
    rows: target.tunedBatchSize * outputHeight * outputWidth,
    columns: filters,
    depth: kernelHeight * kernelWidth * inputChannels,
    copies: 1,
    rowStep: geometry.poolHeight * geometry.poolWidth,
  };
  const rows = target.batchSize * outputHeight * outputWidth;
  return candidates(geometry, target, rest, product, blockBytes.rowsByDepth, (block) => ({
    ...{ shader: 'conv2d-matrix-forward', entryPoint: 'forward' },
    constants: { ...cells('input', inputChannels), ...cells('kernel', filters) },
    workgroups: tileCount(rows, block.blockRows) * tileCount(filters, block.blockColumns),
  }));
}

/** The ways through workgroup memory to what `conv2d-input-gradient` computes; none where they make no sense. */
export function matrixInputGradient(geometry: ConvGeometry, target: Target, rest: Rest): readonly KernelCandidate[] {
  const { inputHeight, inputWidth, inputChannels, filters, kernelHeight, kernelWidth, strideY, strideX } = geometry;
  const cellsPerPhase = tileCount(inputHeight, strideY) * tileCount(inputWidth, strideX);
  const phases = strideY * strideX;
  const product: MatrixProduct = {
    rows: target.tunedBatchSize * cellsPerPhase,
    columns: inputChannels,
    depth: tileCount(kernelHeight * kernelWidth * filters, phases),
    copies: phases,
    rowStep: 1,
  };
  const rows = target.batchSize * cellsPerPhase;
  return candidates(geometry, target, rest, product, blockBytes.bothByDepth, (block) => ({
    ...{ shader: 'conv2d-matrix-input-gradient', entryPoint: 'inputGradient' },
    constants: { ...cells('grad', filters) },
    workgroups: tileCount(rows, block.blockRows) * tileCount(inputChannels, block.blockColumns) * phases,
  }));
}

/**
 * The ways through workgroup memory to what `conv2d-weight-gradient` computes; none where they make no sense.
 * @param parts in which the batch is summed.
 */
export function matrixWeightGradient(
  geometry: ConvGeometry,
  target: Target,
  parts: number,
  rest: Rest,
): readonly KernelCandidate[] {
  const { outputHeight, outputWidth, inputChannels, filters, kernelHeight, kernelWidth } = geometry;
  const rows = kernelHeight * kernelWidth * inputChannels;
  const product: MatrixProduct = {
    ...{ rows, columns: filters, copies: parts, rowStep: 1 },
    depth: tileCount(target.tunedBatchSize, parts) * outputHeight * outputWidth,
  };
  const split = { splitCount: parts, imagesPerSplit: tileCount(target.batchSize, parts) };
  return candidates(geometry, target, rest, product, blockBytes.bothByColumns, (block) => ({
    ...{ shader: 'conv2d-matrix-weight-gradient', entryPoint: 'weightGradient' },
    constants: { ...cells('input', inputChannels), ...cells('grad', filters), ...split },
    workgroups: tileCount(rows, block.blockRows) * tileCount(filters, block.blockColumns) * parts,
  }));
}

type BlockKernel = Pick<Kernel, 'shader' | 'entryPoint' | 'constants'> & { readonly workgroups: number };

function candidates(
  geometry: ConvGeometry,
  target: Target,
  rest: Rest,
  product: MatrixProduct,
  bytesOf: (block: MatrixBlock) => number,
  kernelOf: (block: MatrixBlock) => BlockKernel,
): readonly KernelCandidate[] {
  if (!isMatrixProduct(geometry) || !isCountable(geometry, target, rest)) return [];
  return matrixBlocks(product, bytesOf).map((block) => {
    const { workgroups, constants, ...shader } = kernelOf(block);
    const workgroupSize = invocationsOf(block);
    return {
      choice: nameOf(block),
      kernel: {
        ...rest,
        ...shader,
        constants: { ...geometry, ...block, ...constants, ...rest.constants },
        invocations: workgroups * workgroupSize,
        workgroupSize,
      },
    };
  });
}

/** As people read it: the block, and an invocation's tile of it. */
function nameOf({ blockRows, blockColumns, blockDepth, tileRows, tileColumns, slices }: MatrixBlock): string {
  const sliced = slices === 1 ? '' : `, ${slices} slices`;
  return `matrix ${blockRows}×${blockColumns}×${blockDepth}, ${tileRows}×${tileColumns}${sliced}`;
}

/** Phases of an input gradient, each of which has blocks of its own; beyond, most would be empty. */
const maxPhases = 64;

/** False for groups, whose matrices are small and many, for extreme strides, and where an axis has stride and dilation. */
function isMatrixProduct({ groupCount, strideY, strideX, dilationY, dilationX }: ConvGeometry): boolean {
  const isOneSided = (strideY === 1 || dilationY === 1) && (strideX === 1 || dilationX === 1);
  return groupCount === 1 && strideY * strideX <= maxPhases && isOneSided;
}

/** Numbers that 32-bit indices reach, with room for a block's overhang. */
const maxNumbers = 2 ** 31 - 2 ** 20;

/** True when the largest tensor can be indexed, the inputs before their pooling among them. */
function isCountable(geometry: ConvGeometry, { batchSize }: Target, { constants }: Rest): boolean {
  const { inputHeight, inputWidth, inputChannels, outputHeight, outputWidth, filters } = geometry;
  const unpooled = Number(constants['inputPoolHeight'] ?? 1) * Number(constants['inputPoolWidth'] ?? 1);
  const inputs = batchSize * inputHeight * inputWidth * inputChannels * unpooled;
  return Math.max(inputs, batchSize * outputHeight * outputWidth * filters) <= maxNumbers;
}

/** How a tensor is declared whose numbers are read four at a time where its last axis comes in fours. */
function cells(name: string, channels: number): ShaderConstants {
  const isVector = channels % 4 === 0;
  return { [`${name}Cell`]: isVector ? 'vec4<element>' : 'element', [`${name}Lanes`]: isVector ? 4 : 1 };
}
