/** Padding with zeros, by reflection or by replication, on the GPU. The mathematics stands in padding2d.wgsl. */
import type { Kernel } from '../gpu/kernel.ts';
import type { ExplicitPadding } from '../model/config.ts';
import type { ResolvedPadding2D, Window2D } from '../model/resolved.ts';
import { channelGroup } from './channel-group.ts';
import { activationConstants, plainValue, workgroupSizeFor, type Op, type OpMemory, type Value } from './op.ts';

const modeCodes = { zero: 0, reflect: 1, replicate: 2 } as const;

interface Padding {
  /** Whose kernels they are, in labels. */
  readonly layer: string;
  readonly label: string;
  readonly mode: keyof typeof modeCodes;
  readonly pads: ExplicitPadding;
}

/** A padding layer. */
export function padding2dOp(layer: ResolvedPadding2D, source: Value, result: Value): Op {
  return paddingOp({ layer: layer.name, label: layer.name, mode: layer.mode, pads: layer.pads }, source, result);
}

/** The padding of a convolution that wants its border repeated; it then sees a larger input and no padding. */
export function replicatePaddingOp(layer: string, window: Window2D, source: Value): Op {
  const [height = 1, width = 1, channels = 1] = source.shape;
  const { vertical, horizontal } = window;
  const result = plainValue(`${layer}/padded`, [
    height + vertical.padBefore + vertical.padAfter,
    width + horizontal.padBefore + horizontal.padAfter,
    channels,
  ]);
  const pads: ExplicitPadding = [
    [vertical.padBefore, vertical.padAfter],
    [horizontal.padBefore, horizontal.padAfter],
  ];
  return paddingOp({ layer, label: `${layer} padding`, mode: 'replicate', pads }, source, result);
}

function paddingOp({ layer, label, mode, pads }: Padding, source: Value, result: Value): Op {
  const [inputHeight = 1, inputWidth = 1, channels = 1] = source.shape;
  const [outputHeight = 1, outputWidth = 1] = result.shape;
  const [rows, columns] = pads;
  const shape = { inputHeight, inputWidth, outputHeight, outputWidth, padTop: rows[0], padLeft: columns[0] };
  const kernel = (memory: OpMemory, entryPoint: string, parts: Pick<Kernel, 'constants' | 'bindings'>): Kernel => {
    const { constants, groups } = channelGroup(channels, memory.target);
    const positions = entryPoint === 'forward' ? outputHeight * outputWidth : inputHeight * inputWidth;
    return {
      label: `${label} ${entryPoint}`,
      shader: 'padding2d',
      entryPoint,
      constants: { ...shape, ...constants, padMode: modeCodes[mode], ...parts.constants },
      bindings: { batch: memory.batch, ...parts.bindings },
      invocations: memory.target.batchSize * positions * groups,
      workgroupSize: workgroupSizeFor(memory.target),
    };
  };
  return {
    layer,
    sources: [source],
    result,
    forward: (memory) => [
      kernel(memory, 'forward', { constants: {}, bindings: { inputs: memory.inputs, outputs: memory.outputs } }),
    ],
    inputGradient: (memory) => [
      kernel(memory, 'inputGradient', {
        constants: {
          ...activationConstants(memory.inputActivation),
          imagesY: imagesAlong(rows),
          imagesX: imagesAlong(columns),
        },
        bindings: {
          outputsGrad: memory.outputsGrad,
          inputsGrad: memory.inputsGrad,
          ...(memory.inputActivation.name !== 'linear' && { inputs: memory.inputs }),
        },
      }),
    ],
  };
}

/** Images of a cell that the shader looks for along an axis: itself, the one before, the one behind. */
function imagesAlong([before, after]: readonly [number, number]): number {
  if (after > 0) return 3;
  return before > 0 ? 2 : 1;
}
