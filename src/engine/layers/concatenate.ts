/** Concatenation on the GPU: every source is copied to its place. The layout stands in concatenate.wgsl. */
import type { Kernel } from '../gpu/kernel.ts';
import type { ResolvedConcatenate, Shape } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';
import { activationConstants, workgroupSizeFor, type Op, type OpMemory, type Value } from './op.ts';

/** The sources one after another along `layer.axis`. */
export function concatenateOp(layer: ResolvedConcatenate, sources: readonly Value[], result: Value): Op {
  const places = placesOf(layer, sources, result);
  const kernel = (
    memory: OpMemory,
    index: number,
    parts: Pick<Kernel, 'entryPoint' | 'constants' | 'bindings'>,
  ): Kernel => ({
    label: `${layer.name} ${parts.entryPoint} ${index}`,
    shader: 'concatenate',
    entryPoint: parts.entryPoint,
    constants: { ...places[index], ...parts.constants },
    bindings: { batch: memory.batch, ...parts.bindings },
    invocations: memory.target.batchSize * cellCount(sources[index]?.shape ?? []),
    workgroupSize: workgroupSizeFor(memory.target),
  });
  return {
    layer: layer.name,
    sources,
    result,
    forward: (memory) =>
      sources.map((_, index) =>
        kernel(memory, index, {
          entryPoint: 'forward',
          constants: {},
          bindings: { inputs: memory.input(index), outputs: memory.outputs },
        }),
      ),
    inputGradient: (memory, index) => [
      kernel(memory, index, {
        entryPoint: 'inputGradient',
        constants: activationConstants(memory.inputActivation),
        bindings: {
          outputsGrad: memory.outputsGrad,
          inputsGrad: memory.inputsGrad,
          ...(memory.inputActivation.name !== 'linear' && { inputs: memory.input(index) }),
        },
      }),
    ],
  };
}

/** Where each source lies in the result: the constants of concatenate.wgsl. */
function placesOf({ axis }: ResolvedConcatenate, sources: readonly Value[], result: Value) {
  const rowCellsOf = (shape: Shape) => cellCount(shape.slice(axis));
  const joinedRowCells = rowCellsOf(result.shape);
  const rowsPerExample = cellCount(result.shape.slice(0, axis));
  let firstCell = 0;
  return sources.map(({ shape }) => {
    const place = { rowsPerExample, rowCells: rowCellsOf(shape), joinedRowCells, firstCell };
    firstCell += place.rowCells;
    return place;
  });
}
