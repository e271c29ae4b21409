/** Layer normalization on the GPU: which kernels run, for short rows and wide ones. The mathematics stands in its shader. */
import type { Kernel } from '../gpu/kernel.ts';
import type { ResolvedLayerNormalization } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';
import { partsFor } from './conv2d-weight-tiles.ts';
import { laneCountFor } from './normalization-tiles.ts';
import { activationConstants, workgroupSizeFor, type Op, type OpMemory, type Target, type Value } from './op.ts';
import { tileCount } from './tiles.ts';

/** Numbers of the shader's `Statistics`, and of its gradient sums, per row. */
const statisticsNumbers = 3;
const gradientSumsNumbers = 2;

/** A row of at least this many numbers has a workgroup of its own, where workgroups are cheap. */
const wideRowCells = 64;

export function layerNormalizationOp(layer: ResolvedLayerNormalization, source: Value, result: Value): Op {
  const { rowCells } = layer;
  const rowsPerExample = cellCount(source.shape) / rowCells;
  const [gammaName, betaName] = [`${layer.name}/gamma`, `${layer.name}/beta`];
  const weightNames = [...(layer.scale ? [gammaName] : []), ...(layer.center ? [betaName] : [])];
  const partsOf = (target: Target) => partsFor(target, rowCells, 2 * rowsPerExample * rowCells);
  const statistics = (memory: OpMemory) => memory.scratch('statistics', rowsPerExample * statisticsNumbers);
  const gradientSums = (memory: OpMemory) => memory.scratch('gradient sums', rowsPerExample * gradientSumsNumbers);
  const gammaOf = (memory: OpMemory) => (layer.scale ? { gamma: memory.master(gammaName) } : {});

  const kernel = (
    memory: OpMemory,
    entryPoint: string,
    bindings: Kernel['bindings'],
    rest: Pick<Kernel, 'invocations'> & Partial<Pick<Kernel, 'constants' | 'workgroupSize'>>,
  ): Kernel => ({
    label: `${layer.name} ${entryPoint}`,
    shader: 'layer-normalization',
    entryPoint,
    bindings: { batch: memory.batch, ...bindings },
    workgroupSize: workgroupSizeFor(memory.target),
    ...rest,
    constants: {
      rowCells,
      rowsPerExample,
      cellsPerInvocation: cellsPerInvocation(memory.target),
      epsilon: layer.epsilon,
      hasGamma: layer.scale,
      hasBeta: layer.center,
      ...rest.constants,
    },
  });
  /** A kernel that sums every row. */
  const rowKernel = (memory: OpMemory, entryPoint: string, wideEntryPoint: string, bindings: Kernel['bindings']) => {
    const rows = memory.target.batchSize * rowsPerExample;
    if (memory.target.isSoftware || rowCells < wideRowCells) {
      return kernel(memory, entryPoint, bindings, { invocations: rows });
    }
    const workgroupSize = laneCountFor(memory.target);
    return kernel(memory, wideEntryPoint, bindings, { invocations: rows * workgroupSize, workgroupSize });
  };
  const perCell = ({ target }: OpMemory) => ({
    invocations: target.batchSize * rowsPerExample * tileCount(rowCells, cellsPerInvocation(target)),
  });

  return {
    layer: layer.name,
    sources: [source],
    result,
    forward: (memory) => {
      const { inputs, outputs } = memory;
      const weights = { ...gammaOf(memory), ...(layer.center && { beta: memory.master(betaName) }) };
      const known = statistics(memory);
      return [
        rowKernel(memory, 'rowStatistics', 'wideRowStatistics', { inputs, statistics: known }),
        kernel(memory, 'normalize', { inputs, outputs, known, ...weights }, perCell(memory)),
      ];
    },
    reduceGradient: (memory) => {
      const { inputs, outputsGrad } = memory;
      const known = statistics(memory);
      const bindings = { inputs, outputsGrad, known, ...gammaOf(memory), gradientSums: gradientSums(memory) };
      return [rowKernel(memory, 'rowGradients', 'wideRowGradients', bindings)];
    },
    ...(weightNames.length > 0 && {
      weightGradient: {
        names: weightNames,
        parts: partsOf,
        kernels: (memory) => {
          const { inputs, outputsGrad } = memory;
          const gamma = layer.scale ? memory.gradParts(gammaName) : undefined;
          const beta = layer.center ? memory.gradParts(betaName) : undefined;
          const bindings = {
            ...{ inputs, outputsGrad, known: statistics(memory) },
            ...(gamma && { gammaGrad: gamma.slice }),
            ...(beta && { betaGrad: beta.slice }),
          };
          const splitCount = partsOf(memory.target);
          const strides = { gammaGradStride: gamma?.stride ?? 0, betaGradStride: beta?.stride ?? 0 };
          const rest = { invocations: rowCells * splitCount, constants: { splitCount, ...strides } };
          return [kernel(memory, 'weightGradient', bindings, rest)];
        },
      },
    }),
    inputGradient: (memory) => {
      const { inputs, outputsGrad, inputsGrad } = memory;
      const sums = gradientSums(memory);
      const bindings = { inputs, outputsGrad, inputsGrad, known: statistics(memory), sums, ...gammaOf(memory) };
      const rest = { ...perCell(memory), constants: activationConstants(memory.inputActivation) };
      return [kernel(memory, 'inputGradient', bindings, rest)];
    },
  };
}

function cellsPerInvocation(target: Target): number {
  return target.isSoftware ? 16 : 4;
}
