/** The sum of several values on the GPU (add.wgsl): one op, or a chain where one dispatch cannot bind them all. */
import { cellCount } from '../shape/cells.ts';
import { plainValue, workgroupSizeFor, type Op, type OpMemory, type Value } from './op.ts';

/** Sources of one dispatch: with the result and room to spare, WebGPU's default of 8 storage buffers. */
const maxSources = 6;

/** The ops that sum `sources`, from the first to the last, into `result`. */
export function addOps(layer: string, sources: readonly Value[], result: Value): Op[] {
  const ops: Op[] = [];
  let rest = sources;
  while (rest.length > maxSources) {
    const sum = plainValue(`${layer}/sum${ops.length + 1}`, result.shape);
    ops.push(addOp(layer, rest.slice(0, maxSources), sum));
    rest = [sum, ...rest.slice(maxSources)];
  }
  return [...ops, addOp(layer, rest, result)];
}

function addOp(layer: string, sources: readonly Value[], result: Value): Op {
  const cellsPerExample = cellCount(result.shape);
  return {
    layer,
    sources,
    result,
    passesGradient: true,
    forward: (memory: OpMemory) => [
      {
        label: `${layer} forward`,
        shader: 'add',
        entryPoint: 'forward',
        constants: { cellsPerExample, sourceCount: sources.length },
        bindings: {
          batch: memory.batch,
          ...Object.fromEntries(sources.map((_, index) => [`inputs${index}`, memory.input(index)])),
          outputs: memory.outputs,
        },
        invocations: memory.target.batchSize * cellsPerExample,
        workgroupSize: workgroupSizeFor(memory.target),
      },
    ],
    inputGradient: () => [],
  };
}
