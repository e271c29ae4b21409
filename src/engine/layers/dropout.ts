/** Dropout of numbers and of whole maps on the GPU. The mathematics, and where the mask comes from, stands in dropout.wgsl. */
import type { Kernel } from '../gpu/kernel.ts';
import type { ResolvedDropout } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';
import { activationOp } from './elementwise.ts';
import { activationConstants, workgroupSizeFor, type Op, type OpMemory, type Value } from './op.ts';
import { tileCount } from './tiles.ts';

/** Numbers whose mask comes from one draw. */
const blockNumbers = 4;
/** Positions one invocation drops four maps at. */
const positionsPerInvocation = 16;
const wordLevels = 2 ** 24;

/** @param layerIndex the layer's place in the model: layers draw masks of their own. */
export function dropoutOp(layer: ResolvedDropout, layerIndex: number, source: Value, result: Value): Op {
  const cells = cellCount(source.shape);
  const channels = source.shape.at(-1) ?? 1;
  const positions = cells / channels;
  const isSpatial = layer.type === 'spatialDropout2d';
  const positionBlocks = tileCount(positions, positionsPerInvocation);
  const kernel = (memory: OpMemory, entryPoint: string, rest: Pick<Kernel, 'constants' | 'bindings'>): Kernel => {
    const { target, batch, state } = memory;
    const maps = { positions, channels, positionBlocks };
    return {
      label: `${layer.name} ${entryPoint}`,
      shader: 'dropout',
      entryPoint,
      constants: {
        ...(isSpatial ? maps : { cellsPerExample: cells }),
        layerIndex,
        droppedBelow: Math.ceil(layer.rate * wordLevels),
        scale: 1 / (1 - layer.rate),
        ...rest.constants,
      },
      bindings: { batch, state, ...rest.bindings },
      invocations: isSpatial
        ? target.batchSize * positionBlocks * tileCount(channels, blockNumbers)
        : tileCount(target.batchSize * cells, blockNumbers),
      workgroupSize: workgroupSizeFor(target),
    };
  };
  /** What is not dropped passes as through an activation that changes nothing. */
  const inference = activationOp(layer.name, source, result);
  return {
    layer: layer.name,
    sources: [source],
    result,
    isModeDependent: true,
    forward: (memory) => {
      if (memory.mode === 'inference') return inference.forward(memory);
      const bindings = { inputs: memory.inputs, outputs: memory.outputs };
      return [kernel(memory, isSpatial ? 'spatialForward' : 'forward', { constants: {}, bindings })];
    },
    inputGradient: (memory, index) => {
      if (memory.mode === 'inference') return inference.inputGradient(memory, index);
      const bindings = {
        outputsGrad: memory.outputsGrad,
        inputsGrad: memory.inputsGrad,
        ...(memory.inputActivation.name !== 'linear' && { inputs: memory.inputs }),
      };
      const constants = activationConstants(memory.inputActivation);
      return [kernel(memory, isSpatial ? 'spatialInputGradient' : 'inputGradient', { constants, bindings })];
    },
  };
}
