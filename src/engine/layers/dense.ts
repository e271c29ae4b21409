/** Dense on the GPU: which kernels of dense.wgsl run, on which tiles. The mathematics stands in the shader. */
import type { Kernel } from '../gpu/kernel.ts';
import type { ResolvedDense } from '../model/resolved.ts';
import { partsFor } from './conv2d-tiles.ts';
import { activationConstants, cellsOf, workgroupSizeFor, type Op, type Target, type Value } from './op.ts';
import { chooseTile, coverage, tileCount } from './tiles.ts';

interface MatrixTile {
  readonly tileRows: number;
  readonly tileColumns: number;
  readonly chunk: number;
}

const tileSizes = [1, 2, 4, 8];
const chunks = [1, 2, 4, 8];

/** The tile of a product of `rows` × `reduced` by `reduced` × `columns`. */
function matrixTile(
  target: Target,
  rows: number,
  columns: number,
  reduced: number,
  work = rows * columns * reduced,
): MatrixTile {
  const candidates = tileSizes.flatMap((tileRows) =>
    tileSizes.flatMap((tileColumns) =>
      chunks.filter((chunk) => reduced % chunk === 0).map((chunk) => ({ tileRows, tileColumns, chunk })),
    ),
  );
  return chooseTile(target, work, candidates, (tile) => {
    const loads = (tile.tileRows + tile.tileColumns) * tile.chunk;
    return {
      loads,
      products: tile.tileRows * tile.tileColumns * tile.chunk,
      sums: tile.tileRows * tile.tileColumns,
      held: loads,
      useful: coverage(rows, tile.tileRows) * coverage(columns, tile.tileColumns),
      invocations: tileCount(rows, tile.tileRows) * tileCount(columns, tile.tileColumns),
    };
  });
}

/** The dense layer from `source` to `result`, whose activation (not softmax) is fused. */
export function denseOp(layer: ResolvedDense, source: Value, result: Value): Op {
  const inputCount = cellsOf(source.shape);
  const { units, useBias: hasBias } = layer;
  const kernelName = `${layer.name}/kernel`;
  const biasName = `${layer.name}/bias`;
  const kernel = (
    entryPoint: string,
    target: Target,
    rest: Pick<Kernel, 'constants' | 'bindings' | 'invocations'>,
  ): Kernel => ({
    label: `${layer.name} ${entryPoint}`,
    shader: 'dense',
    entryPoint,
    ...rest,
    constants: { inputCount, units, hasBias, ...rest.constants },
    workgroupSize: workgroupSizeFor(target),
  });
  const gradientTile = (target: Target) => {
    const { tileRows, tileColumns } = matrixTile(
      target,
      inputCount,
      units,
      1,
      inputCount * units * target.tunedBatchSize,
    );
    const invocationsPerPart = tileCount(inputCount, tileRows) * tileCount(units, tileColumns);
    return {
      tileRows,
      tileColumns,
      invocationsPerPart,
      parts: partsFor(target, invocationsPerPart, inputCount + units),
    };
  };
  return {
    layer: layer.name,
    sources: [source],
    result,
    forward: (memory) => {
      const { batchSize } = memory.target;
      const tile = matrixTile(memory.target, memory.target.tunedBatchSize, units, inputCount);
      return [
        kernel('forward', memory.target, {
          constants: { ...tile, ...activationConstants(result.activation) },
          bindings: {
            batch: memory.batch,
            inputs: memory.inputs,
            kernel: memory.weight(kernelName),
            ...(hasBias && { bias: memory.master(biasName) }),
            outputs: memory.outputs,
          },
          invocations: tileCount(batchSize, tile.tileRows) * tileCount(units, tile.tileColumns),
        }),
      ];
    },
    inputGradient: (memory) => {
      const { batchSize } = memory.target;
      const tile = matrixTile(memory.target, memory.target.tunedBatchSize, inputCount, units);
      return [
        kernel('inputGradient', memory.target, {
          constants: { ...tile, ...activationConstants(memory.inputActivation) },
          bindings: {
            batch: memory.batch,
            outputsGrad: memory.outputsGrad,
            kernel: memory.weight(kernelName),
            ...(memory.inputActivation.name !== 'linear' && { inputs: memory.inputs }),
            inputsGrad: memory.inputsGrad,
          },
          invocations: tileCount(batchSize, tile.tileRows) * tileCount(inputCount, tile.tileColumns),
        }),
      ];
    },
    weightGradient: {
      names: hasBias ? [kernelName, biasName] : [kernelName],
      parts: (target) => gradientTile(target).parts,
      kernels: (memory) => {
        const { tileRows, tileColumns, invocationsPerPart, parts } = gradientTile(memory.target);
        const kernelParts = memory.gradParts(kernelName);
        const biasParts = hasBias ? memory.gradParts(biasName) : undefined;
        return [
          kernel('weightGradient', memory.target, {
            constants: {
              tileRows,
              tileColumns,
              splitCount: parts,
              imagesPerSplit: tileCount(memory.target.batchSize, parts),
              kernelGradStride: kernelParts.stride,
              biasGradStride: biasParts?.stride ?? 0,
            },
            bindings: {
              batch: memory.batch,
              inputs: memory.inputs,
              outputsGrad: memory.outputsGrad,
              kernelGrad: kernelParts.slice,
              ...(biasParts && { biasGrad: biasParts.slice }),
            },
            invocations: invocationsPerPart * parts,
          }),
        ];
      },
    },
  };
}
