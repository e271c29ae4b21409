/** Dense on the GPU: which kernels of dense.wgsl run, on which tiles. The mathematics stands in the shader. */
import type { BufferSlice, Kernel } from '../gpu/kernel.ts';
import type { ResolvedDense } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';
import { partsFor } from './conv2d-weight-tiles.ts';
import { invocationsOf, matrixTiles, nameOf, type MatrixTile } from './dense-tiles.ts';
import {
  activationConstants,
  workgroupSizeFor,
  type InputGradientMemory,
  type Op,
  type OpMemory,
  type Target,
  type Value,
  type WeightGradientMemory,
} from './op.ts';
import { tileCount } from './tiles.ts';
import { tunable } from './tuning.ts';

/** What the kernels of one layer have in common. */
interface Dense {
  readonly layer: string;
  readonly kernel: string;
  readonly bias: string;
  readonly constants: { readonly inputCount: number; readonly units: number; readonly hasBias: boolean };
}

/** The dense layer from `source` to `result`, whose activation (not softmax) is fused. */
export function denseOp(layer: ResolvedDense, source: Value, result: Value): Op {
  const { name, units, useBias: hasBias } = layer;
  const constants = { inputCount: cellCount(source.shape), units, hasBias };
  const dense: Dense = { layer: name, kernel: `${name}/kernel`, bias: `${name}/bias`, constants };
  return {
    layer: name,
    sources: [source],
    result,
    forward: (memory) => [forwardKernel(dense, memory, activationConstants(result.activation))],
    inputGradient: (memory) => [inputGradientKernel(dense, memory)],
    weightGradient: {
      names: hasBias ? [dense.kernel, dense.bias] : [dense.kernel],
      parts: (target) => partsOf(dense, target),
      kernels: (memory) => [weightGradientKernel(dense, memory)],
    },
  };
}

function forwardKernel(dense: Dense, memory: OpMemory, activation: Kernel['constants']): Kernel {
  const { target } = memory;
  const { inputCount, units, hasBias } = dense.constants;
  return product(dense, 'forward', target, matrixTiles(target, target.tunedBatchSize, units, inputCount), {
    constants: activation,
    bindings: {
      batch: memory.batch,
      inputs: memory.inputs,
      kernel: memory.weight(dense.kernel),
      ...(hasBias && { bias: memory.master(dense.bias) }),
      outputs: memory.outputs,
    },
    invocations: (tile) => invocationsOf(tile, target.batchSize, units),
  });
}

function inputGradientKernel(dense: Dense, memory: InputGradientMemory): Kernel {
  const { target, inputActivation } = memory;
  const { inputCount, units } = dense.constants;
  return product(dense, 'inputGradient', target, matrixTiles(target, target.tunedBatchSize, inputCount, units), {
    constants: activationConstants(inputActivation),
    bindings: {
      batch: memory.batch,
      outputsGrad: memory.outputsGrad,
      kernel: memory.weight(dense.kernel),
      ...(inputActivation.name !== 'linear' && { inputs: memory.inputs }),
      inputsGrad: memory.inputsGrad,
    },
    invocations: (tile) => invocationsOf(tile, target.batchSize, inputCount),
  });
}

function weightGradientKernel(dense: Dense, memory: WeightGradientMemory): Kernel {
  const { target } = memory;
  const { inputCount, units, hasBias } = dense.constants;
  const splitCount = partsOf(dense, target);
  const kernelParts = memory.gradParts(dense.kernel);
  const biasParts = hasBias ? memory.gradParts(dense.bias) : kernelParts;
  const { slice, start } = span(kernelParts.slice, biasParts.slice);
  return product(dense, 'weightGradient', target, gradientTiles(dense, target), {
    constants: {
      ...{ splitCount, imagesPerSplit: tileCount(target.batchSize, splitCount) },
      ...{ kernelGradStride: kernelParts.stride, biasGradStart: start, biasGradStride: biasParts.stride },
    },
    bindings: {
      batch: memory.batch,
      inputs: memory.inputs,
      outputsGrad: memory.outputsGrad,
      gradParts: slice,
    },
    invocations: (tile) => invocationsOf(tile, inputCount, units) * splitCount,
  });
}

function gradientTiles({ constants: { inputCount, units } }: Dense, target: Target): readonly MatrixTile[] {
  return matrixTiles(target, inputCount, units, 1, inputCount * units * target.tunedBatchSize);
}

/** In how many parts the batch is summed: as the first tile would have it, whichever is taken in the end. */
function partsOf(dense: Dense, target: Target): number {
  const { inputCount, units } = dense.constants;
  const [tile] = gradientTiles(dense, target);
  return tile ? partsFor(target, invocationsOf(tile, inputCount, units), inputCount + units) : 1;
}

/** From the first slice to the end of the second, which lies behind it in the same buffer; and where it starts, in numbers. */
function span(first: BufferSlice, second: BufferSlice): { readonly slice: BufferSlice; readonly start: number } {
  const distance = second.offset - first.offset;
  return { slice: { ...first, size: distance + second.size }, start: distance / Float32Array.BYTES_PER_ELEMENT };
}

/** One of the three matrix products, on any of the tiles. */
function product(
  { layer, constants }: Dense,
  entryPoint: 'forward' | 'inputGradient' | 'weightGradient',
  target: Target,
  tiles: readonly MatrixTile[],
  rest: Pick<Kernel, 'constants' | 'bindings'> & { invocations(tile: MatrixTile): number },
): Kernel {
  const common = { ...constants, ...rest.constants };
  return tunable(target, ['dense', entryPoint, common], () =>
    tiles.map((tile) => {
      const { tileRows, tileColumns, chunk, lanes } = tile;
      // The weight gradient's reduced index, the example, advances by one.
      const turn = entryPoint === 'weightGradient' ? {} : { chunk };
      return {
        choice: nameOf(tile),
        kernel: {
          ...{ label: `${layer} ${entryPoint}`, shader: 'dense', entryPoint, bindings: rest.bindings },
          constants: { ...common, tileRows, tileColumns, ...turn },
          invocations: rest.invocations(tile),
          workgroupSize: workgroupSizeFor(target),
          ...(lanes > 1 && { usesQuads: true }),
        },
      };
    }),
  );
}
