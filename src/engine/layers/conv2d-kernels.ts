/** The kernels of the conv2d-*.wgsl files with their tiles: what plain and transposed convolutions share. */
import type { Kernel, KernelCandidate } from '../gpu/kernel.ts';
import type { ConvGeometry } from './conv2d-geometry.ts';
import { matrixForward, matrixInputGradient, matrixWeightGradient } from './conv2d-matrix.ts';
import type { ChosenTile } from './conv2d-tile-space.ts';
import { forwardTiles, inputGradientTiles, isPlainInputGradient } from './conv2d-tiles.ts';
import { weightGradientParts as partsOf, weightGradientTiles } from './conv2d-weight-tiles.ts';
import { tunable } from './tuning.ts';
import { workgroupSizeFor, type Target } from './op.ts';
import { tileCount } from './tiles.ts';

/** What the op adds to a kernel. */
type Rest = Pick<Kernel, 'label' | 'constants' | 'bindings'>;

/** Sums over the window: a convolution's outputs, a transposed one's input gradient. */
export function forwardKernel(geometry: ConvGeometry, target: Target, rest: Rest): Kernel {
  const tiles = tilesOf(forwardTiles, geometry, target);
  return tunable(target, ['conv2d forward', geometry, rest.constants], () => [
    ...tiled(tiles, target, (tile) => ({
      ...{ shader: 'conv2d-forward', entryPoint: 'forward', label: rest.label, bindings: rest.bindings },
      constants: { ...geometry, ...tile.constants, ...rest.constants },
      invocations: tile.invocations(target.batchSize),
    })),
    ...throughWorkgroups(target, () => matrixForward(geometry, target, rest)),
  ]);
}

/** Sums over the windows that saw a cell: a convolution's input gradient, a transposed one's outputs. */
export function inputGradientKernel(geometry: ConvGeometry, target: Target, rest: Rest): Kernel {
  const workgroupSize = workgroupSizeFor(target);
  if (isPlainInputGradient(geometry)) {
    const { inputHeight, inputWidth, inputChannels } = geometry;
    return {
      ...{ ...rest, shader: 'conv2d-input-gradient-plain', entryPoint: 'inputGradient', workgroupSize },
      constants: { ...geometry, ...rest.constants },
      invocations: target.batchSize * inputHeight * inputWidth * inputChannels,
    };
  }
  const tiles = tilesOf(inputGradientTiles, geometry, target);
  return tunable(target, ['conv2d inputGradient', geometry, rest.constants], () => [
    ...tiled(tiles, target, (tile) => ({
      ...{ shader: 'conv2d-input-gradient', entryPoint: 'inputGradient', label: rest.label, bindings: rest.bindings },
      constants: { ...geometry, ...tile.constants, ...rest.constants, sumsAreMemory: target.isSoftware },
      invocations: tile.invocations(target.batchSize),
    })),
    ...throughWorkgroups(target, () => matrixInputGradient(geometry, target, rest)),
  ]);
}

/** Sums over the positions of the window, in `weightGradientParts` parts of the batch. */
export function weightGradientKernel(geometry: ConvGeometry, target: Target, rest: Rest): Kernel {
  const parts = weightGradientParts(geometry, target);
  const tiles = tilesOf(weightGradientTiles, geometry, target);
  const split = { splitCount: parts, imagesPerSplit: tileCount(target.batchSize, parts) };
  return tunable(target, ['conv2d weightGradient', geometry, rest.constants], () => [
    ...tiled(tiles, target, (tile) => ({
      ...{ shader: 'conv2d-weight-gradient', entryPoint: 'weightGradient', label: rest.label, bindings: rest.bindings },
      constants: { ...geometry, ...tile.constants, ...split, ...rest.constants },
      invocations: tile.invocations(1) * parts,
    })),
    ...throughWorkgroups(target, () => matrixWeightGradient(geometry, target, parts, rest)),
  ]);
}

/** In how many parts `weightGradientKernel` sums the batch, whichever tile it takes. */
export function weightGradientParts(geometry: ConvGeometry, target: Target): number {
  const [tile] = tilesOf(weightGradientTiles, geometry, target);
  return tile ? partsOf(geometry, target, tile) : 1;
}

/** On a CPU workgroup memory is memory like any other, and its barriers are dear: there is nothing to try. */
function throughWorkgroups(target: Target, candidates: () => readonly KernelCandidate[]): readonly KernelCandidate[] {
  return target.isSoftware ? [] : candidates();
}

function tiled(
  tiles: readonly ChosenTile[],
  target: Target,
  kernelOf: (tile: ChosenTile) => Omit<Kernel, 'workgroupSize'>,
): readonly KernelCandidate[] {
  return tiles.map((tile) => ({
    choice: nameOf(tile),
    kernel: {
      ...kernelOf(tile),
      workgroupSize: workgroupSizeFor(target),
      ...(tile.usesQuads && { usesQuads: true }),
    },
  }));
}

/** As people read it: rows × columns × channels of a tile, depth and taps where they are not the usual ones. */
function nameOf({ constants, usesQuads }: ChosenTile): string {
  const { tileHeight, tileWidth, tileChannels, tileDepth = 1, tapRows, tapColumns, lentSlots } = constants;
  const depth = tileDepth === 1 ? '' : `, ${tileDepth} deep`;
  const lent = usesQuads ? `, quads lend ${lentSlots === 1 ? 'the patch' : 'weights'}` : '';
  return `${tileHeight}×${tileWidth}×${tileChannels}${depth}, taps ${tapRows}×${tapColumns}${lent}`;
}

type Tiles = (geometry: ConvGeometry, target: Target) => readonly ChosenTile[];

const rankedTiles = new WeakMap<ConvGeometry, Map<string, readonly ChosenTile[]>>();

/** Each geometry's tiles are ranked once: they are the best of a hundred thousand. */
function tilesOf(tiles: Tiles, geometry: ConvGeometry, target: Target): readonly ChosenTile[] {
  const ofGeometry = rankedTiles.get(geometry) ?? new Map<string, readonly ChosenTile[]>();
  rankedTiles.set(geometry, ofGeometry);
  const key = [tiles.name, target.tunedBatchSize, target.isSoftware, target.hasQuads].join();
  const ranked = ofGeometry.get(key) ?? tiles(geometry, target);
  ofGeometry.set(key, ranked);
  return ranked;
}
