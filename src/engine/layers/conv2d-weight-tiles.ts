/** The tiles of a convolution's weight gradient, and the parts in which it sums the batch. Pure arithmetic. */
import type { ConvGeometry } from './conv2d-geometry.ts';
import {
  channelCoverage,
  channelTileCount,
  extent,
  kindOf,
  tapCoverage,
  tileCandidates,
  workOf,
  type ChosenTile,
  type Tile,
} from './conv2d-tile-space.ts';
import type { Target } from './op.ts';
import { coverage, rankTiles, tileCount, type TileCost } from './tiles.ts';

const depthTiles = [1, 2, 4];
const maxTileHeight = 14;

interface SummedTile extends Tile {
  readonly tileDepth: number;
  readonly sharedRows: number;
  readonly stripes: number;
}

/** Tiles of the kernel that sums over the window's positions, the one to start with first. */
export function weightGradientTiles(geometry: ConvGeometry, target: Target): readonly ChosenTile[] {
  const { outputHeight, outputWidth, groupCount, filters } = geometry;
  const space = {
    ...{ rows: outputHeight, columns: outputWidth, channels: filters / groupCount, maxHeight: maxTileHeight },
    ...{ rowStep: 1, columnStep: 1, channelStep: 1, tapRowStep: 1, tapColumnStep: 1, canLendPatch: false },
  };
  const depths = depthTiles.filter((depth) => depth === 1 || depth <= geometry.inputChannels / groupCount);
  const candidates = tileCandidates(geometry, space, target).flatMap((tile) =>
    depths.map((tileDepth): SummedTile => ({ ...tile, tileDepth, ...sharingOf(geometry, tile) })),
  );
  const costOf = (tile: SummedTile) => costOfTile(geometry, target, tile);
  const kind = (tile: SummedTile) => `${kindOf(tile)},${tile.tileDepth}`;
  return rankTiles(target, workOf(geometry, target), candidates, costOf, kind).map(({ lanes, ...tile }) => ({
    constants: tile,
    usesQuads: lanes > 1,
    invocations: () => invocationsPerPart(geometry, { lanes, ...tile }),
  }));
}

function costOfTile(geometry: ConvGeometry, target: Target, tile: SummedTile): TileCost {
  const { outputHeight, outputWidth, groupCount, filters, strideY, strideX, dilationY, dilationX } = geometry;
  const positions = tile.tileHeight * tile.tileWidth;
  const patchColumns = extent(tile.tileWidth, strideX, tile.tapColumns, dilationX);
  const patchRows = extent(tile.tileHeight, strideY, tile.tapRows, dilationY);
  const sums = tile.tapRows * tile.tapColumns * tile.tileDepth * tile.tileChannels;
  const grads = (positions * tile.tileChannels) / tile.lanes;
  return {
    loads: (patchRows - tile.sharedRows) * patchColumns * tile.tileDepth + grads,
    exchanges: positions * tile.tileChannels - grads,
    products: sums * positions,
    sums: sums + tile.sharedRows * patchColumns * tile.tileDepth,
    // Rows that a tile keeps for the next cost the loop hardly anything beside its sums, as measured.
    carried: sums,
    held: patchRows * patchColumns * tile.tileDepth + positions * tile.tileChannels,
    useful:
      coverage(outputHeight, tile.tileHeight) *
      coverage(outputWidth, tile.tileWidth) *
      channelCoverage(geometry, filters, tile) *
      coverage(geometry.inputChannels / groupCount, tile.tileDepth * tile.lanes) *
      tapCoverage(geometry, tile),
    // The batch can be shared out too, so idle threads count only where even that is not enough.
    invocations: invocationsPerPart(geometry, tile) * target.tunedBatchSize,
  };
}

/** Rows of its patch that a tile keeps for the one below, and how many tiles stand one below the other for it. */
function sharingOf(
  { outputHeight, outputWidth, strideY, dilationY }: ConvGeometry,
  tile: Tile,
): Pick<SummedTile, 'sharedRows' | 'stripes'> {
  const patchRows = extent(tile.tileHeight, strideY, tile.tapRows, dilationY);
  const sharedRows = Math.max(0, patchRows - tile.tileHeight * strideY);
  const isSharing = tile.tileWidth >= outputWidth && tile.tileHeight < outputHeight && sharedRows > 0;
  return isSharing ? { sharedRows, stripes: tileCount(outputHeight, tile.tileHeight) } : { sharedRows: 0, stripes: 1 };
}

function invocationsPerPart(geometry: ConvGeometry, tile: SummedTile): number {
  return (
    channelTileCount(geometry, geometry.filters, tile) *
    tileCount(geometry.inputChannels / geometry.groupCount, tile.tileDepth * tile.lanes) *
    tile.lanes *
    tileCount(geometry.kernelHeight, tile.tapRows) *
    tileCount(geometry.kernelWidth, tile.tapColumns)
  );
}

/** In how many parts the batch is summed: as this tile would have it, whichever is taken in the end. */
export function weightGradientParts(geometry: ConvGeometry, target: Target, tile: ChosenTile): number {
  const { inputHeight, inputWidth, inputChannels, outputHeight, outputWidth, filters } = geometry;
  const exampleCells = inputHeight * inputWidth * inputChannels + outputHeight * outputWidth * filters;
  return partsFor(target, tile.invocations(1), exampleCells);
}

/** Numbers that stay in a core's cache while a part is worked on: half a megabyte. */
const cachedCells = 2 ** 17;
const partCounts = [1, 2, 4, 8, 16, 32, 64];

/**
 * Parts of the batch that keep the machine busy and, on a CPU, its cache warm, since every invocation of a part reads all of
 * the part's examples; no more than that, as each part writes all of the layer's gradients.
 */
export function partsFor(target: Target, invocationsPerPart: number, exampleCells: number): number {
  const wanted = target.isSoftware ? 256 : 8192;
  const cachedParts = target.isSoftware ? (target.tunedBatchSize * exampleCells) / cachedCells : 1;
  const possible = partCounts.filter((parts) => parts <= target.tunedBatchSize);
  const isEnough = (parts: number) => parts >= cachedParts && parts * invocationsPerPart >= wanted;
  return possible.find(isEnough) ?? possible.at(-1) ?? 1;
}
