/** Replicate padding on the GPU, as an op before a convolution. The mathematics stands in padding2d.wgsl. */
import type { Window2D } from '../model/resolved.ts';
import { activationConstants, cellsOf, plainValue, workgroupSizeFor, type Op, type Value } from './op.ts';

export function replicatePaddingOp(layer: string, window: Window2D, source: Value): Op {
  const [inputHeight = 1, inputWidth = 1, channels = 1] = source.shape;
  const { vertical, horizontal } = window;
  const outputHeight = inputHeight + vertical.padBefore + vertical.padAfter;
  const outputWidth = inputWidth + horizontal.padBefore + horizontal.padAfter;
  const result = plainValue(`${layer}/padded`, [outputHeight, outputWidth, channels]);
  const constants = {
    inputHeight,
    inputWidth,
    channels,
    outputHeight,
    outputWidth,
    padTop: vertical.padBefore,
    padLeft: horizontal.padBefore,
  };
  return {
    layer,
    source,
    result,
    forward: (memory) => [
      {
        label: `${layer} padding forward`,
        shader: 'padding2d',
        entryPoint: 'forward',
        constants,
        bindings: { batch: memory.batch, inputs: memory.inputs, outputs: memory.outputs },
        invocations: memory.target.batchSize * cellsOf(result.shape),
        workgroupSize: workgroupSizeFor(memory.target),
      },
    ],
    inputGradient: (memory) => [
      {
        label: `${layer} padding inputGradient`,
        shader: 'padding2d',
        entryPoint: 'inputGradient',
        constants: { ...constants, ...activationConstants(source.activation) },
        bindings: {
          batch: memory.batch,
          outputsGrad: memory.outputsGrad,
          inputsGrad: memory.inputsGrad,
          ...(source.activation.name !== 'linear' && { inputs: memory.inputs }),
        },
        invocations: memory.target.batchSize * cellsOf(source.shape),
        workgroupSize: workgroupSizeFor(memory.target),
      },
    ],
  };
}
