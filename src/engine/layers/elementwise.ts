/** Activations that stand alone: one function of every number, and softmax over the last axis. */
import { activationConstants, cellsOf, workgroupSizeFor, type Op, type Value } from './op.ts';

/** An activation layer; `result.activation` is its function. */
export function activationOp(layer: string, source: Value, result: Value): Op {
  const constants = { cellsPerExample: cellsOf(source.shape) };
  return {
    layer,
    source,
    result,
    forward: (memory) => [
      {
        label: `${layer} forward`,
        shader: 'elementwise',
        entryPoint: 'forward',
        constants: { ...constants, ...activationConstants(result.activation) },
        bindings: { batch: memory.batch, inputs: memory.inputs, outputs: memory.outputs },
        invocations: memory.target.batchSize * constants.cellsPerExample,
        workgroupSize: workgroupSizeFor(memory.target),
      },
    ],
    inputGradient: (memory) => [
      {
        label: `${layer} inputGradient`,
        shader: 'elementwise',
        entryPoint: 'inputGradient',
        constants: { ...constants, ...activationConstants(source.activation) },
        bindings: {
          batch: memory.batch,
          outputsGrad: memory.outputsGrad,
          inputsGrad: memory.inputsGrad,
          ...(source.activation.name !== 'linear' && { inputs: memory.inputs }),
        },
        invocations: memory.target.batchSize * constants.cellsPerExample,
        workgroupSize: workgroupSizeFor(memory.target),
      },
    ],
  };
}

/** Softmax over the last axis of `source`. */
export function softmaxOp(layer: string, source: Value, result: Value): Op {
  const classes = source.shape.at(-1) ?? 1;
  const rowsPerExample = cellsOf(source.shape) / classes;
  return {
    layer,
    source,
    result,
    forward: (memory) => [
      {
        label: `${layer} softmax forward`,
        shader: 'softmax',
        entryPoint: 'forward',
        constants: { rowsPerExample, classes },
        bindings: { batch: memory.batch, inputs: memory.inputs, outputs: memory.outputs },
        invocations: memory.target.batchSize * rowsPerExample,
        workgroupSize: workgroupSizeFor(memory.target),
      },
    ],
    inputGradient: (memory) => [
      {
        label: `${layer} softmax inputGradient`,
        shader: 'softmax',
        entryPoint: 'inputGradient',
        constants: { rowsPerExample, classes, ...activationConstants(source.activation) },
        bindings: {
          batch: memory.batch,
          probabilities: memory.outputs,
          outputsGrad: memory.outputsGrad,
          inputsGrad: memory.inputsGrad,
          ...(source.activation.name !== 'linear' && { inputs: memory.inputs }),
        },
        invocations: memory.target.batchSize * rowsPerExample,
        workgroupSize: workgroupSizeFor(memory.target),
      },
    ],
  };
}
