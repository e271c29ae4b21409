/** Batch normalization on the GPU: which kernels run in which mode, on which tiles. The mathematics stands in its shader. */
import type { Kernel } from '../gpu/kernel.ts';
import type { ResolvedBatchNormalization } from '../model/resolved.ts';
import {
  activationConstants,
  cellsOf,
  workgroupSizeFor,
  type Op,
  type OpMemory,
  type Target,
  type Value,
} from './op.ts';
import { laneCountFor, normalizationTile, summedParts } from './normalization-tiles.ts';
import { tileCount } from './tiles.ts';

/** Numbers of the shader's `Statistics` and `GradientSums`, per channel. */
const statisticsNumbers = 6;
const gradientSumsNumbers = 4;

export function batchNormalizationOp(layer: ResolvedBatchNormalization, source: Value, result: Value): Op {
  const channels = source.shape.at(-1) ?? 1;
  const positions = cellsOf(source.shape) / channels;
  const weightNames = [
    ...(layer.scale ? [`${layer.name}/gamma`] : []),
    ...(layer.center ? [`${layer.name}/beta`] : []),
  ];
  const [meanName, varianceName] = [`${layer.name}/moving_mean`, `${layer.name}/moving_variance`];
  const tileFor = (target: Target) => {
    const tile = normalizationTile(target, channels);
    return { ...tile, parts: summedParts(target, channels, tile.channelsPerInvocation, positions) };
  };
  const isFixed = ({ mode }: OpMemory) => mode === 'inference' || !layer.isTrainable;
  const statistics = (memory: OpMemory) => memory.table('statistics', channels * statisticsNumbers);
  const gradientSums = (memory: OpMemory) => memory.table('gradient sums', channels * gradientSumsNumbers);
  const parts = (memory: OpMemory, label: string) => memory.table(label, tileFor(memory.target).parts * channels * 2);
  const scaleAndCenter = (memory: OpMemory) => ({
    ...(layer.scale && { gamma: memory.master(`${layer.name}/gamma`) }),
    ...(layer.center && { beta: memory.master(`${layer.name}/beta`) }),
  });

  const kernel = (
    memory: OpMemory,
    entryPoint: string,
    bindings: Kernel['bindings'],
    rest: Pick<Kernel, 'invocations'> & Partial<Pick<Kernel, 'constants' | 'workgroupSize'>>,
  ): Kernel => ({
    label: `${layer.name} ${entryPoint}`,
    shader: 'batch-normalization',
    entryPoint,
    bindings: { batch: memory.batch, ...bindings },
    workgroupSize: workgroupSizeFor(memory.target),
    ...rest,
    constants: {
      channels,
      positions,
      ...tileFor(memory.target),
      epsilon: layer.epsilon,
      momentum: layer.momentum,
      arrivingShare: 1 - layer.momentum,
      hasGamma: layer.scale,
      hasBeta: layer.center,
      ...rest.constants,
    },
  });
  const perPart = ({ target }: OpMemory) => {
    const tile = tileFor(target);
    return { invocations: tile.parts * tileCount(channels, tile.channelsPerInvocation) };
  };
  const perChannel = { invocations: channels };
  /** One workgroup per channel. */
  const perChannelGroup = ({ target }: OpMemory) => {
    const workgroupSize = laneCountFor(target);
    return { invocations: channels * workgroupSize, workgroupSize };
  };
  const perRow = ({ target }: OpMemory) => {
    const tile = tileFor(target);
    const blocks = tileCount(target.batchSize * positions, tile.rowsPerInvocation);
    return { invocations: blocks * tileCount(channels, tile.channelsPerInvocation) };
  };

  const findStatistics = (memory: OpMemory): Kernel[] => {
    const { inputs, state } = memory;
    const found = { statistics: statistics(memory), ...scaleAndCenter(memory) };
    if (isFixed(memory)) {
      const moving = { fixedMean: memory.master(meanName), fixedVariance: memory.master(varianceName) };
      return [kernel(memory, 'fixedMoments', { ...moving, ...found }, perChannel)];
    }
    const partSums = parts(memory, 'moment parts');
    return [
      kernel(memory, 'momentParts', { inputs, state, partSums }, perPart(memory)),
      kernel(memory, 'mergeMoments', { inputs, state, summedParts: partSums, ...found }, perChannelGroup(memory)),
    ];
  };

  return {
    layer: layer.name,
    sources: [source],
    result,
    isModeDependent: layer.isTrainable,
    forward: (memory) => {
      const bindings = { inputs: memory.inputs, known: statistics(memory), outputs: memory.outputs };
      return [...findStatistics(memory), kernel(memory, 'normalize', bindings, perRow(memory))];
    },
    updateState: (memory) => {
      if (isFixed(memory)) return [];
      const moving = { movingMean: memory.master(meanName), movingVariance: memory.master(varianceName) };
      return [kernel(memory, 'moveStatistics', { known: statistics(memory), ...moving }, perChannel)];
    },
    reduceGradient: (memory) => {
      const { inputs, outputsGrad, state } = memory;
      const known = statistics(memory);
      const partSums = parts(memory, 'gradient parts');
      const added = { summedParts: partSums, known, state, gradientSums: gradientSums(memory) };
      return [
        kernel(memory, 'gradientParts', { inputs, outputsGrad, known, state, partSums }, perPart(memory)),
        kernel(memory, 'addGradients', added, perChannelGroup(memory)),
      ];
    },
    ...(weightNames.length > 0 && {
      weightGradient: {
        names: weightNames,
        parts: () => 1,
        kernels: (memory) => [
          kernel(
            memory,
            'weightGradient',
            {
              sums: gradientSums(memory),
              ...(layer.scale && { gammaGrad: memory.gradParts(`${layer.name}/gamma`).slice }),
              ...(layer.center && { betaGrad: memory.gradParts(`${layer.name}/beta`).slice }),
            },
            perChannel,
          ),
        ],
      },
    }),
    inputGradient: (memory) => {
      const { inputs, outputsGrad, inputsGrad, state } = memory;
      const known = statistics(memory);
      const rest = { ...perRow(memory), constants: activationConstants(memory.inputActivation) };
      if (!isFixed(memory)) {
        const bindings = { inputs, outputsGrad, inputsGrad, known, sums: gradientSums(memory), state };
        return [kernel(memory, 'inputGradient', bindings, rest)];
      }
      const activated = memory.inputActivation.name !== 'linear' && { inputs };
      return [kernel(memory, 'fixedInputGradient', { outputsGrad, inputsGrad, known, ...activated }, rest)];
    },
  };
}
