/** Dense on the GPU: which kernels of dense.wgsl run, on which tiles. The mathematics stands in the shader. */
import type { BufferSlice, Kernel } from '../gpu/kernel.ts';
import type { ResolvedDense } from '../model/resolved.ts';
import { partsFor } from './conv2d-weight-tiles.ts';
import { activationConstants, cellsOf, workgroupSizeFor, type Op, type Target, type Value } from './op.ts';
import { coverage, rankTiles, tileCount } from './tiles.ts';
import { tunable } from './tuning.ts';

interface MatrixTile {
  readonly tileRows: number;
  readonly tileColumns: number;
  readonly chunk: number;
  /** 4 where quads lend each other the numbers of the columns. */
  readonly lanes: number;
}

const tileSizes = [1, 2, 4, 8, 16];
const chunks = [1, 2, 4];

/** The tiles of a product of `rows` × `reduced` by `reduced` × `columns`, the cheapest first. */
function matrixTiles(
  target: Target,
  rows: number,
  columns: number,
  reduced: number,
  work = rows * columns * reduced,
): readonly MatrixTile[] {
  const lanings = target.hasQuads ? [1, 4] : [1];
  const candidates = tileSizes.flatMap((tileRows) =>
    tileSizes.flatMap((tileColumns) =>
      chunks
        .filter((chunk) => reduced % chunk === 0)
        .flatMap((chunk) =>
          lanings
            .filter((lanes) => tileColumns % lanes === 0)
            .map((lanes) => ({ tileRows, tileColumns, chunk, lanes })),
        ),
    ),
  );
  const costOf = (tile: MatrixTile) => {
    const lent = tile.tileColumns - tile.tileColumns / tile.lanes;
    const numbers = (tile.tileRows + tile.tileColumns) * tile.chunk;
    return {
      loads: numbers - lent * tile.chunk,
      exchanges: lent * tile.chunk,
      products: tile.tileRows * tile.tileColumns * tile.chunk,
      sums: tile.tileRows * tile.tileColumns,
      held: numbers,
      useful: coverage(rows, tile.tileRows * tile.lanes) * coverage(columns, tile.tileColumns),
      invocations: invocationsOf(tile, rows, columns),
    };
  };
  return rankTiles(target, work, candidates, costOf, ({ tileRows, tileColumns, lanes }) =>
    [tileRows, tileColumns, lanes].join(),
  );
}

function invocationsOf({ tileRows, tileColumns, lanes }: MatrixTile, rows: number, columns: number): number {
  return tileCount(rows, tileRows * lanes) * lanes * tileCount(columns, tileColumns);
}

/** As people read it. */
function nameOf({ tileRows, tileColumns, chunk, lanes }: MatrixTile): string {
  return `${tileRows}×${tileColumns}, ${chunk} at a time${lanes === 4 ? ', quads lend columns' : ''}`;
}

/** From the first slice to the end of the second, which lies behind it in the same buffer; and where it starts, in numbers. */
function span(first: BufferSlice, second: BufferSlice): { readonly slice: BufferSlice; readonly start: number } {
  const distance = second.offset - first.offset;
  return { slice: { ...first, size: distance + second.size }, start: distance / Float32Array.BYTES_PER_ELEMENT };
}

/** The dense layer from `source` to `result`, whose activation (not softmax) is fused. */
export function denseOp(layer: ResolvedDense, source: Value, result: Value): Op {
  const inputCount = cellsOf(source.shape);
  const { units, useBias: hasBias } = layer;
  const kernelName = `${layer.name}/kernel`;
  const biasName = `${layer.name}/bias`;
  /** One of the three products, in one of the ways there are. */
  const kernel = (
    entryPoint: string,
    target: Target,
    tiles: readonly MatrixTile[],
    rest: Pick<Kernel, 'constants' | 'bindings'> & { invocations(tile: MatrixTile): number },
  ): Kernel =>
    tunable(target, ['dense', entryPoint, { inputCount, units, hasBias, ...rest.constants }], () =>
      tiles.map((tile) => {
        const { tileRows, tileColumns, chunk, lanes } = tile;
        const steps = entryPoint === 'weightGradient' ? {} : { chunk };
        return {
          choice: nameOf(tile),
          kernel: {
            ...{ label: `${layer.name} ${entryPoint}`, shader: 'dense', entryPoint, bindings: rest.bindings },
            constants: { inputCount, units, hasBias, tileRows, tileColumns, ...steps, ...rest.constants },
            invocations: rest.invocations(tile),
            workgroupSize: workgroupSizeFor(target),
            ...(lanes === 4 && { usesQuads: true }),
          },
        };
      }),
    );
  const gradientTiles = (target: Target) =>
    matrixTiles(target, inputCount, units, 1, inputCount * units * target.tunedBatchSize);
  const partsOf = (target: Target) => {
    const [tile] = gradientTiles(target);
    return tile ? partsFor(target, invocationsOf(tile, inputCount, units), inputCount + units) : 1;
  };
  return {
    layer: layer.name,
    sources: [source],
    result,
    forward: (memory) => {
      const { batchSize, tunedBatchSize } = memory.target;
      return [
        kernel('forward', memory.target, matrixTiles(memory.target, tunedBatchSize, units, inputCount), {
          constants: activationConstants(result.activation),
          bindings: {
            batch: memory.batch,
            inputs: memory.inputs,
            kernel: memory.weight(kernelName),
            ...(hasBias && { bias: memory.master(biasName) }),
            outputs: memory.outputs,
          },
          invocations: (tile) => invocationsOf(tile, batchSize, units),
        }),
      ];
    },
    inputGradient: (memory) => {
      const { batchSize, tunedBatchSize } = memory.target;
      return [
        kernel('inputGradient', memory.target, matrixTiles(memory.target, tunedBatchSize, inputCount, units), {
          constants: activationConstants(memory.inputActivation),
          bindings: {
            batch: memory.batch,
            outputsGrad: memory.outputsGrad,
            kernel: memory.weight(kernelName),
            ...(memory.inputActivation.name !== 'linear' && { inputs: memory.inputs }),
            inputsGrad: memory.inputsGrad,
          },
          invocations: (tile) => invocationsOf(tile, batchSize, inputCount),
        }),
      ];
    },
    weightGradient: {
      names: hasBias ? [kernelName, biasName] : [kernelName],
      parts: partsOf,
      kernels: (memory) => {
        const parts = partsOf(memory.target);
        const kernelParts = memory.gradParts(kernelName);
        const biasParts = hasBias ? memory.gradParts(biasName) : kernelParts;
        const { slice, start } = span(kernelParts.slice, biasParts.slice);
        return [
          kernel('weightGradient', memory.target, gradientTiles(memory.target), {
            constants: {
              splitCount: parts,
              imagesPerSplit: tileCount(memory.target.batchSize, parts),
              kernelGradStride: kernelParts.stride,
              biasGradStart: start,
              biasGradStride: biasParts.stride,
            },
            bindings: {
              batch: memory.batch,
              inputs: memory.inputs,
              outputsGrad: memory.outputsGrad,
              gradParts: slice,
            },
            invocations: (tile) => invocationsOf(tile, inputCount, units) * parts,
          }),
        ];
      },
    },
  };
}
