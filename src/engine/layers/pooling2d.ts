/** Max and average pooling on the GPU. The mathematics stands in pooling2d.wgsl. */
import type { Kernel } from '../gpu/kernel.ts';
import type { ResolvedPooling2D, Window2D } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';
import type { WindowAxis } from '../shape/window.ts';
import { channelGroup } from './channel-group.ts';
import { activationConstants, workgroupSizeFor, type Op, type OpMemory, type Value } from './op.ts';

export function pooling2dOp(layer: ResolvedPooling2D, source: Value, result: Value): Op {
  const { vertical, horizontal } = layer.window;
  const [inputHeight = 1, inputWidth = 1, channels = 1] = source.shape;
  const [outputHeight = 1, outputWidth = 1] = layer.outputShape;
  const isMax = layer.type === 'maxPooling2d';
  const winnersOf = (memory: OpMemory) => memory.scratch('winners', cellCount(layer.outputShape));
  const kernel = (
    memory: OpMemory,
    entryPoint: string,
    positions: number,
    rest: Pick<Kernel, 'constants' | 'bindings'>,
  ): Kernel => {
    const { constants, groups } = channelGroup(channels, memory.target);
    return {
      label: `${layer.name} ${entryPoint}`,
      shader: 'pooling2d',
      entryPoint,
      constants: {
        inputHeight,
        inputWidth,
        outputHeight,
        outputWidth,
        poolHeight: vertical.window,
        poolWidth: horizontal.window,
        strideY: vertical.stride,
        strideX: horizontal.stride,
        padTop: vertical.padBefore,
        padLeft: horizontal.padBefore,
        ...constants,
        ...rest.constants,
      },
      bindings: { batch: memory.batch, ...rest.bindings },
      invocations: memory.target.batchSize * positions * groups,
      workgroupSize: workgroupSizeFor(memory.target),
    };
  };
  const pooling = isMax &&
    isByWholeWindows(layer.window) && {
      pooling: { poolHeight: vertical.window, poolWidth: horizontal.window },
    };
  return {
    layer: layer.name,
    sources: [source],
    result,
    ...pooling,
    forward: (memory) => [
      kernel(memory, isMax ? 'maxForward' : 'averageForward', outputHeight * outputWidth, {
        constants: {},
        bindings: {
          inputs: memory.inputs,
          outputs: memory.outputs,
          ...(isMax && { winners: winnersOf(memory) }),
        },
      }),
    ],
    inputGradient: (memory) => [
      kernel(memory, isMax ? 'maxBackward' : 'averageBackward', inputHeight * inputWidth, {
        constants: activationConstants(memory.inputActivation),
        bindings: {
          outputsGrad: memory.outputsGrad,
          inputsGrad: memory.inputsGrad,
          ...(isMax && { chosen: winnersOf(memory) }),
          ...(memory.inputActivation.name !== 'linear' && { inputs: memory.inputs }),
        },
      }),
    ],
  };
}

/** Places in a window that a byte can name. */
const maxWindowCells = 256;

function isByWholeWindows({ vertical, horizontal }: Window2D): boolean {
  const isWhole = ({ size, window, stride, padBefore, padAfter }: WindowAxis) =>
    stride === window && window <= size && padBefore === 0 && padAfter === 0;
  return isWhole(vertical) && isWhole(horizontal) && vertical.window * horizontal.window <= maxWindowCells;
}
