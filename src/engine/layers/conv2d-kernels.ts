/** The kernels of the conv2d-*.wgsl files with their tiles: what plain and transposed convolutions share. */
import type { Kernel } from '../gpu/kernel.ts';
import type { ConvGeometry } from './conv2d-geometry.ts';
import { forwardTile, inputGradientTile, isPlainInputGradient, weightGradientTile } from './conv2d-tiles.ts';
import { workgroupSizeFor, type Target } from './op.ts';
import { tileCount } from './tiles.ts';

/** What the op adds to a kernel. */
type Rest = Pick<Kernel, 'label' | 'constants' | 'bindings'>;

/** Sums over the window: a convolution's outputs, a transposed one's input gradient. */
export function forwardKernel(geometry: ConvGeometry, target: Target, rest: Rest): Kernel {
  const tile = forwardTile(geometry, target);
  return {
    ...rest,
    shader: 'conv2d-forward',
    entryPoint: 'forward',
    constants: { ...geometry, ...tile.constants, ...rest.constants },
    invocations: target.batchSize * tile.invocationsPerExample,
    workgroupSize: workgroupSizeFor(target),
  };
}

/** Sums over the windows that saw a cell: a convolution's input gradient, a transposed one's outputs. */
export function inputGradientKernel(geometry: ConvGeometry, target: Target, rest: Rest): Kernel {
  const { inputHeight, inputWidth, inputChannels } = geometry;
  const isPlain = isPlainInputGradient(geometry);
  const tile = isPlain
    ? { constants: {}, invocationsPerExample: inputHeight * inputWidth * inputChannels }
    : inputGradientTile(geometry, target);
  return {
    ...rest,
    shader: isPlain ? 'conv2d-input-gradient-plain' : 'conv2d-input-gradient',
    entryPoint: 'inputGradient',
    constants: { ...geometry, ...tile.constants, ...rest.constants },
    invocations: target.batchSize * tile.invocationsPerExample,
    workgroupSize: workgroupSizeFor(target),
  };
}

/** Sums over the positions of the window, in `weightGradientParts` parts of the batch. */
export function weightGradientKernel(geometry: ConvGeometry, target: Target, rest: Rest): Kernel {
  const tile = chosenWeightGradientTile(geometry, target);
  return {
    ...rest,
    shader: 'conv2d-weight-gradient',
    entryPoint: 'weightGradient',
    constants: {
      ...geometry,
      ...tile.constants,
      splitCount: tile.parts,
      imagesPerSplit: tileCount(target.batchSize, tile.parts),
      ...rest.constants,
    },
    invocations: tile.invocationsPerPart * tile.parts,
    workgroupSize: workgroupSizeFor(target),
  };
}

/** In how many parts `weightGradientKernel` sums the batch. */
export function weightGradientParts(geometry: ConvGeometry, target: Target): number {
  return chosenWeightGradientTile(geometry, target).parts;
}

type WeightGradientTile = ReturnType<typeof weightGradientTile>;

const chosenTiles = new WeakMap<ConvGeometry, Map<string, WeightGradientTile>>();

/** Each geometry's tile is looked for once: it is the best of a hundred thousand. */
function chosenWeightGradientTile(geometry: ConvGeometry, target: Target): WeightGradientTile {
  const ofGeometry = chosenTiles.get(geometry) ?? new Map<string, WeightGradientTile>();
  chosenTiles.set(geometry, ofGeometry);
  const key = `${target.tunedBatchSize} ${target.isSoftware}`;
  const tile = ofGeometry.get(key) ?? weightGradientTile(geometry, target);
  ofGeometry.set(key, tile);
  return tile;
}
