/** The tiles of the three convolution kernels, chosen by the cost model of tiles.ts. Pure arithmetic. */
import type { ConvGeometry } from './conv2d-geometry.ts';
import type { Target } from './op.ts';
import { chooseTile, coverage, tapChunks, tileCount, upTo } from './tiles.ts';

interface Tile {
  readonly tileHeight: number;
  readonly tileWidth: number;
  readonly tileChannels: number;
  readonly tapRows: number;
  readonly tapColumns: number;
}

const channelTiles = [1, 2, 4, 8, 16];
const maxTileHeight = 4;
const maxTileWidth = 14;
/** weightGradient runs through rows inside its columns: a tile as tall as the outputs leaves a single loop. */
const maxSummedHeight = 14;

/** Every tile worth looking at, the smallest first. */
function candidates(
  geometry: ConvGeometry,
  size: { rows: number; columns: number; channels: number },
  step: { rows: number; columns: number; tapRows: number; tapColumns: number },
  maxHeight: number,
): Tile[] {
  const list: Tile[] = [];
  const kernel = { rows: geometry.kernelHeight, columns: geometry.kernelWidth };
  const chunks = tapChunks(kernel, { rows: step.tapRows, columns: step.tapColumns });
  const heights = upTo(Math.max(step.rows, Math.min(maxHeight, size.rows)), step.rows);
  const widths = upTo(Math.max(step.columns, Math.min(maxTileWidth, size.columns)), step.columns);
  for (const tileHeight of heights) {
    for (const tileWidth of widths) {
      for (const tileChannels of channelTiles.filter((tile) => tile === 1 || tile < 2 * size.channels)) {
        for (const chunk of chunks) list.push({ tileHeight, tileWidth, tileChannels, ...chunk });
      }
    }
  }
  const work = (tile: Tile) => tile.tileHeight * tile.tileWidth * tile.tileChannels * tile.tapRows * tile.tapColumns;
  return list.sort((a, b) => work(a) - work(b) || a.tileWidth - b.tileWidth);
}

function extent(tile: number, stride: number, taps: number, dilation: number): number {
  return (tile - 1) * stride + (taps - 1) * dilation + 1;
}

/** Taps that exist among those a chunked kernel is walked in. */
function tapCoverage(geometry: ConvGeometry, tile: Tile): number {
  return coverage(geometry.kernelHeight, tile.tapRows) * coverage(geometry.kernelWidth, tile.tapColumns);
}

/** Multiply-adds of each of the three passes. */
function workOf(geometry: ConvGeometry, { tunedBatchSize }: Target): number {
  const { outputHeight, outputWidth, filters, inputChannels, groupCount, kernelHeight, kernelWidth } = geometry;
  const perCell = (kernelHeight * kernelWidth * inputChannels) / groupCount;
  return tunedBatchSize * outputHeight * outputWidth * filters * perCell;
}

export function forwardTile(geometry: ConvGeometry, target: Target) {
  const { outputHeight, outputWidth, groupCount, strideY, strideX, dilationY, dilationX } = geometry;
  const filters = geometry.filters / groupCount;
  const size = { rows: outputHeight, columns: outputWidth, channels: filters };
  const step = { rows: 1, columns: 1, tapRows: 1, tapColumns: 1 };
  const invocations = (tile: Tile) =>
    tileCount(outputHeight, tile.tileHeight) *
    tileCount(outputWidth, tile.tileWidth) *
    tileCount(filters, tile.tileChannels) *
    groupCount;
  const constants = chooseTile(
    target,
    workOf(geometry, target),
    candidates(geometry, size, step, maxTileHeight),
    (tile) => {
      const taps = tile.tapRows * tile.tapColumns;
      const sums = tile.tileHeight * tile.tileWidth * tile.tileChannels;
      const patch =
        extent(tile.tileHeight, strideY, tile.tapRows, dilationY) *
        extent(tile.tileWidth, strideX, tile.tapColumns, dilationX);
      const loads = patch + taps * tile.tileChannels;
      return {
        loads,
        products: sums * taps,
        sums,
        held: loads,
        useful:
          coverage(outputHeight, tile.tileHeight) *
          coverage(outputWidth, tile.tileWidth) *
          coverage(filters, tile.tileChannels) *
          tapCoverage(geometry, tile),
        invocations: invocations(tile) * target.tunedBatchSize,
      };
    },
  );
  return { constants, invocationsPerExample: invocations(constants) };
}

/** Results of a tile of one whole stride each way that registers hold; beyond, a kernel without tiles runs. */
const maxStrideCells = 64;

/** True where `inputGradientPlain` runs instead of tiles. */
export function isPlainInputGradient({ strideY, strideX }: ConvGeometry): boolean {
  return strideY * strideX > maxStrideCells;
}

export function inputGradientTile(geometry: ConvGeometry, target: Target) {
  const { inputHeight, inputWidth, groupCount, strideY, strideX, dilationY, dilationX, padTop, padLeft } = geometry;
  const inputChannels = geometry.inputChannels / groupCount;
  const size = { rows: inputHeight, columns: inputWidth, channels: inputChannels };
  // Strides and dilations above 1 exclude each other, so a chunk's offset is whole in outputs when it is a multiple of the stride.
  const step = { rows: strideY, columns: strideX, tapRows: strideY, tapColumns: strideX };
  const invocations = (tile: Tile) =>
    tileCount(inputHeight, tile.tileHeight) *
    tileCount(inputWidth, tile.tileWidth) *
    tileCount(inputChannels, tile.tileChannels) *
    groupCount;
  const patchAlong = (tile: number, pad: number, stride: number, taps: number, dilation: number) =>
    Math.floor((tile - 1 + (pad % stride)) / stride) + Math.floor(((taps - 1) * dilation + stride - 1) / stride) + 1;
  const constants = chooseTile(
    target,
    workOf(geometry, target),
    candidates(geometry, size, step, maxTileHeight),
    (tile) => {
      const taps = tile.tapRows * tile.tapColumns;
      const sums = tile.tileHeight * tile.tileWidth * tile.tileChannels;
      const patch =
        patchAlong(tile.tileHeight, padTop, strideY, tile.tapRows, dilationY) *
        patchAlong(tile.tileWidth, padLeft, strideX, tile.tapColumns, dilationX);
      const loads = patch + taps * tile.tileChannels;
      return {
        loads,
        products: Math.max(1, (sums * taps) / (strideY * strideX)),
        sums,
        held: loads,
        useful:
          coverage(inputHeight, tile.tileHeight) *
          coverage(inputWidth, tile.tileWidth) *
          coverage(inputChannels, tile.tileChannels) *
          tapCoverage(geometry, tile),
        invocations: invocations(tile) * target.tunedBatchSize,
      };
    },
  );
  return { constants, invocationsPerExample: invocations(constants) };
}

/** What a loop inside a loop costs per turn, in loads: every sum is carried through both. */
const nestedLoopLoads = 60;
const depthTiles = [1, 2, 4];
/** Numbers that stay in a core's cache while a part is worked on: half a megabyte. */
const cachedCells = 2 ** 17;
const partCounts = [1, 2, 4, 8, 16, 32, 64];

export function weightGradientTile(geometry: ConvGeometry, target: Target) {
  const { outputHeight, outputWidth, groupCount, strideY, strideX, dilationY, dilationX } = geometry;
  const inputChannels = geometry.inputChannels / groupCount;
  const filters = geometry.filters / groupCount;
  const size = { rows: outputHeight, columns: outputWidth, channels: filters };
  const step = { rows: 1, columns: 1, tapRows: 1, tapColumns: 1 };
  const depths = depthTiles.filter((depth) => depth === 1 || depth <= inputChannels);
  const all = candidates(geometry, size, step, maxSummedHeight).flatMap((tile) =>
    depths.map((tileDepth) => ({ ...tile, tileDepth })),
  );
  const invocations = (tile: Tile & { tileDepth: number }) =>
    tileCount(filters, tile.tileChannels) *
    tileCount(inputChannels, tile.tileDepth) *
    tileCount(geometry.kernelHeight, tile.tapRows) *
    tileCount(geometry.kernelWidth, tile.tapColumns) *
    groupCount;
  const constants = chooseTile(target, workOf(geometry, target), all, (tile) => {
    const taps = tile.tapRows * tile.tapColumns;
    const positions = tile.tileHeight * tile.tileWidth;
    const patch =
      extent(tile.tileHeight, strideY, tile.tapRows, dilationY) *
      extent(tile.tileWidth, strideX, tile.tapColumns, dilationX);
    const sums = taps * tile.tileDepth * tile.tileChannels;
    const loads = patch * tile.tileDepth + positions * tile.tileChannels;
    const isNested = tile.tileHeight < outputHeight && tile.tileWidth < outputWidth;
    return {
      loads: loads + (isNested ? nestedLoopLoads : 0),
      products: sums * positions,
      sums,
      held: loads,
      useful:
        coverage(outputHeight, tile.tileHeight) *
        coverage(outputWidth, tile.tileWidth) *
        coverage(filters, tile.tileChannels) *
        coverage(inputChannels, tile.tileDepth) *
        tapCoverage(geometry, tile),
      // The batch can be shared out too, so idle threads count only where even that is not enough.
      invocations: invocations(tile) * target.tunedBatchSize,
    };
  });
  const perPart = invocations(constants);
  const exampleCells =
    geometry.inputHeight * geometry.inputWidth * geometry.inputChannels + outputHeight * outputWidth * geometry.filters;
  return { constants, invocationsPerPart: perPart, parts: partsFor(target, perPart, exampleCells) };
}

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
