/** Activations that stand alone: one function of every number, and softmax over the last axis. */
import type { Kernel } from '../gpu/kernel.ts';
import type { Activation } from '../model/resolved.ts';
import { cellCount } from '../shape/cells.ts';
import { activationConstants, workgroupSizeFor, type Op, type OpMemory, type Value } from './op.ts';

type KernelParts = Pick<Kernel, 'entryPoint' | 'constants' | 'bindings'>;

function cellKernel(layer: string, cells: number, memory: OpMemory, parts: KernelParts): Kernel {
  return {
    label: `${layer} ${parts.entryPoint}`,
    shader: 'elementwise',
    entryPoint: parts.entryPoint,
    constants: { cellsPerExample: cells, ...parts.constants },
    bindings: { batch: memory.batch, ...parts.bindings },
    invocations: memory.target.batchSize * cells,
    workgroupSize: workgroupSizeFor(memory.target),
  };
}

/** An activation whose derivative is written with its outputs; `result.activation` is its function. */
export function activationOp(layer: string, source: Value, result: Value): Op {
  const cells = cellCount(source.shape);
  return {
    layer,
    sources: [source],
    result,
    forward: (memory) => [
      cellKernel(layer, cells, memory, {
        entryPoint: 'forward',
        constants: activationConstants(result.activation),
        bindings: { inputs: memory.inputs, outputs: memory.outputs },
      }),
    ],
    inputGradient: (memory) => [
      cellKernel(layer, cells, memory, {
        entryPoint: 'inputGradient',
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

/** An activation whose derivative needs its inputs (gelu, silu); nothing is fused into `result`. */
export function pointActivationOp(layer: string, activation: Activation, source: Value, result: Value): Op {
  const cells = cellCount(source.shape);
  const constants = activationConstants(activation);
  return {
    layer,
    sources: [source],
    result,
    leavesActivation: true,
    forward: (memory) => [
      cellKernel(layer, cells, memory, {
        entryPoint: 'forward',
        constants,
        bindings: { inputs: memory.inputs, outputs: memory.outputs },
      }),
    ],
    inputGradient: (memory) => [
      cellKernel(layer, cells, memory, {
        entryPoint: 'inputGradientAt',
        constants,
        bindings: { outputsGrad: memory.outputsGrad, inputsGrad: memory.inputsGrad, inputs: memory.inputs },
      }),
    ],
  };
}

/** Softmax over the last axis of `source`. */
export function softmaxOp(layer: string, source: Value, result: Value): Op {
  const classes = source.shape.at(-1) ?? 1;
  const rowsPerExample = cellCount(source.shape) / classes;
  const rowKernel = (memory: OpMemory, { entryPoint, constants, bindings }: KernelParts): Kernel => ({
    label: `${layer} softmax ${entryPoint}`,
    shader: 'softmax',
    entryPoint,
    constants: { rowsPerExample, classes, ...constants },
    bindings: { batch: memory.batch, ...bindings },
    invocations: memory.target.batchSize * rowsPerExample,
    workgroupSize: workgroupSizeFor(memory.target),
  });
  return {
    layer,
    sources: [source],
    result,
    forward: (memory) => [
      rowKernel(memory, {
        entryPoint: 'forward',
        constants: {},
        bindings: { inputs: memory.inputs, outputs: memory.outputs },
      }),
    ],
    inputGradient: (memory) => [
      rowKernel(memory, {
        entryPoint: 'inputGradient',
        constants: activationConstants(memory.inputActivation),
        bindings: {
          probabilities: memory.outputs,
          outputsGrad: memory.outputsGrad,
          inputsGrad: memory.inputsGrad,
          ...(memory.inputActivation.name !== 'linear' && { inputs: memory.inputs }),
        },
      }),
    ],
  };
}
