/** Upsampling on the GPU, nearest or bilinear. The mathematics stands in up-sampling2d.wgsl. */
import type { Kernel } from '../gpu/kernel.ts';
import type { ResolvedUpSampling2D } from '../model/resolved.ts';
import { channelGroup } from './channel-group.ts';
import { activationConstants, workgroupSizeFor, type Op, type OpMemory, type Value } from './op.ts';

/** The upsampling of `source` by `layer.size`. */
export function upSampling2dOp(layer: ResolvedUpSampling2D, source: Value, result: Value): Op {
  const [inputHeight = 1, inputWidth = 1, channels = 1] = source.shape;
  const [scaleY, scaleX] = layer.size;
  const inputPositions = inputHeight * inputWidth;
  const kernel = (
    memory: OpMemory,
    pass: 'Forward' | 'Backward',
    positions: number,
    parts: Pick<Kernel, 'constants' | 'bindings'>,
  ): Kernel => {
    const { constants, groups } = channelGroup(channels, memory.target);
    const entryPoint = `${layer.interpolation}${pass}`;
    return {
      label: `${layer.name} ${entryPoint}`,
      shader: 'up-sampling2d',
      entryPoint,
      constants: { inputHeight, inputWidth, scaleY, scaleX, ...constants, ...parts.constants },
      bindings: { batch: memory.batch, ...parts.bindings },
      invocations: memory.target.batchSize * positions * groups,
      workgroupSize: workgroupSizeFor(memory.target),
    };
  };
  return {
    layer: layer.name,
    sources: [source],
    result,
    forward: (memory) => [
      kernel(memory, 'Forward', inputPositions * scaleY * scaleX, {
        constants: {},
        bindings: { inputs: memory.inputs, outputs: memory.outputs },
      }),
    ],
    inputGradient: (memory) => [
      kernel(memory, 'Backward', inputPositions, {
        constants: activationConstants(memory.inputActivation),
        bindings: {
          outputsGrad: memory.outputsGrad,
          inputsGrad: memory.inputsGrad,
          ...(memory.inputActivation.name !== 'linear' && { inputs: memory.inputs }),
        },
      }),
    ],
  };
}
