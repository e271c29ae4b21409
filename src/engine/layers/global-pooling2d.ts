/** Pooling of whole planes on the GPU, in one stage or two. The mathematics stands in global-pooling2d.wgsl. */
import type { Kernel } from '../gpu/kernel.ts';
import type { ResolvedGlobalPooling2D, Shape } from '../model/resolved.ts';
import { activationConstants, workgroupSizeFor, type Op, type OpMemory, type Value } from './op.ts';
import { tileCount } from './tiles.ts';

/** Cells an invocation adds up in a row; more are shared out. It knows nothing of the batch, so neither do the bits. */
const longestRun = 256;

interface Plane {
  readonly channels: number;
  readonly planeCells: number;
  readonly partCells: number;
  readonly parts: number;
}

type KernelParts = Pick<Kernel, 'entryPoint' | 'bindings'> & Partial<Pick<Kernel, 'constants'>>;
type KernelFor = (memory: OpMemory, perExample: number, parts: KernelParts) => Kernel;

/** The mean or the largest number of every channel of `source`. */
export function globalPooling2dOp(layer: ResolvedGlobalPooling2D, source: Value, result: Value): Op {
  const plane = planeOf(source.shape);
  const isMax = layer.type === 'globalMaxPooling2d';
  const name = isMax ? 'max' : 'average';
  const kernel: KernelFor = (memory, perExample, { entryPoint, constants, bindings }) => ({
    label: `${layer.name} ${name}${entryPoint}`,
    shader: 'global-pooling2d',
    entryPoint: `${name}${entryPoint}`,
    constants: { ...plane, ...constants },
    bindings: { batch: memory.batch, ...bindings },
    invocations: memory.target.batchSize * perExample,
    workgroupSize: workgroupSizeFor(memory.target),
  });
  return {
    layer: layer.name,
    sources: [source],
    result,
    forward: (memory) =>
      plane.parts === 1 ? [inOneStage(kernel, plane, isMax, memory)] : inTwoStages(kernel, plane, isMax, memory),
    inputGradient: (memory) => [
      kernel(memory, plane.planeCells * plane.channels, {
        entryPoint: 'Backward',
        constants: activationConstants(memory.inputActivation),
        bindings: {
          outputsGrad: memory.outputsGrad,
          inputsGrad: memory.inputsGrad,
          ...((isMax || memory.inputActivation.name !== 'linear') && { inputs: memory.inputs }),
          ...(isMax && { largest: memory.outputs, sharers: tiesOf(memory, plane) }),
        },
      }),
    ],
  };
}

function planeOf([height = 1, width = 1, channels = 1]: Shape): Plane {
  const planeCells = height * width;
  const partCells = tileCount(planeCells, tileCount(planeCells, longestRun));
  return { channels, planeCells, partCells, parts: tileCount(planeCells, partCells) };
}

function tiesOf(memory: OpMemory, { channels }: Plane) {
  return memory.scratch('ties', channels);
}

function inOneStage(kernel: KernelFor, plane: Plane, isMax: boolean, memory: OpMemory): Kernel {
  return kernel(memory, plane.channels, {
    entryPoint: 'Forward',
    bindings: {
      inputs: memory.inputs,
      outputs: memory.outputs,
      ...(isMax && { ties: tiesOf(memory, plane) }),
    },
  });
}

function inTwoStages(kernel: KernelFor, plane: Plane, isMax: boolean, memory: OpMemory): readonly Kernel[] {
  const found = plane.parts * plane.channels;
  const values = memory.scratch('part values', found);
  const counts = isMax && memory.scratch('part ties', found);
  return [
    kernel(memory, found, {
      entryPoint: 'Parts',
      bindings: { inputs: memory.inputs, partValues: values, ...(counts && { partTies: counts }) },
    }),
    kernel(memory, plane.channels, {
      entryPoint: 'Join',
      bindings: {
        foundValues: values,
        outputs: memory.outputs,
        ...(counts && { foundTies: counts, ties: tiesOf(memory, plane) }),
      },
    }),
  ];
}
