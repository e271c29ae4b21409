/** The tiles of a convolution's forward kernel and of its input gradient, ordered by the cost model of tiles.ts. Pure arithmetic. */
import type { ConvGeometry } from './conv2d-geometry.ts';
import {
  channelCoverage,
  channelTileCount,
  extent,
  invocationsFor,
  kindOf,
  tapCoverage,
  tileCandidates,
  trafficOf,
  workOf,
  type ChosenTile,
  type Tile,
} from './conv2d-tile-space.ts';
import type { Target } from './op.ts';
import { coverage, rankTiles, tileCount, upTo, type TileCost } from './tiles.ts';

const maxTileHeight = 5;
/** Filters of one word of `winners`. */
const wordFilters = 4;

/** Tiles of the kernel that sums over windows, the one to start with first. */
export function forwardTiles(geometry: ConvGeometry, target: Target): readonly ChosenTile[] {
  const { outputHeight, outputWidth, filters, strideY, strideX, dilationY, dilationX } = geometry;
  const { poolHeight, poolWidth } = geometry;
  const space = {
    ...{ rows: outputHeight, columns: outputWidth, channels: filters / geometry.groupCount, maxHeight: maxTileHeight },
    ...{ rowStep: poolHeight, columnStep: poolWidth, channelStep: poolHeight * poolWidth > 1 ? wordFilters : 1 },
    ...{ tapRowStep: 1, tapColumnStep: 1, canLendPatch: seesEveryCell(geometry) },
  };
  const invocations = (tile: Tile, examples: number) => {
    const tiles = tileCount(outputHeight, tile.tileHeight) * tileCount(outputWidth, tile.tileWidth);
    return invocationsFor(tile, examples * tiles, channelTileCount(geometry, filters, tile));
  };
  const costOf = (tile: Tile): TileCost => {
    const taps = tile.tapRows * tile.tapColumns;
    const sums = tile.tileHeight * tile.tileWidth * tile.tileChannels;
    const patch =
      extent(tile.tileHeight, strideY, tile.tapRows, dilationY) *
      extent(tile.tileWidth, strideX, tile.tapColumns, dilationX);
    return {
      ...trafficOf(tile, patch, taps * tile.tileChannels),
      products: sums * taps,
      sums,
      carried: isOneTurn(geometry, tile) ? 0 : sums,
      stores: sums / (poolHeight * poolWidth) / turnsOf(geometry, geometry.inputChannels, tile),
      useful:
        coverage(outputHeight, tile.tileHeight) *
        coverage(outputWidth, tile.tileWidth) *
        channelCoverage(geometry, filters, tile) *
        tapCoverage(geometry, tile),
      invocations: invocations(tile, target.tunedBatchSize),
    };
  };
  const candidates = tileCandidates(geometry, space, target);
  return rankTiles(target, workOf(geometry, target), candidates, costOf, kindOf).map(({ lanes, ...tile }) => ({
    constants: tile,
    usesQuads: lanes > 1,
    invocations: (examples) => invocations({ lanes, ...tile }, examples),
  }));
}

/** Turns of the loop over `channels` and the chunks of the kernel. */
function turnsOf({ groupCount, kernelHeight, kernelWidth }: ConvGeometry, channels: number, tile: Tile): number {
  return (channels / groupCount) * tileCount(kernelHeight, tile.tapRows) * tileCount(kernelWidth, tile.tapColumns);
}

/** With one channel and one chunk of taps there is no loop that sums are carried through. */
function isOneTurn(geometry: ConvGeometry, tile: Tile): boolean {
  return turnsOf(geometry, geometry.inputChannels, tile) === 1;
}

function seesEveryCell({ strideY, strideX, dilationY, dilationX }: ConvGeometry): boolean {
  return strideY * strideX * dilationY * dilationX === 1;
}

/** Results of a tile of one whole stride each way that registers hold; beyond, a kernel without tiles runs. */
const maxStrideCells = 64;

/** True where `inputGradientPlain` runs instead of tiles. */
export function isPlainInputGradient({ strideY, strideX }: ConvGeometry): boolean {
  return strideY * strideX > maxStrideCells;
}

/** Tiles of the kernel that sums over the windows that saw a cell, the one to start with first. */
export function inputGradientTiles(geometry: ConvGeometry, target: Target): readonly ChosenTile[] {
  const { inputHeight, inputWidth, inputChannels, groupCount, strideY, strideX } = geometry;
  // Strides and dilations above 1 exclude each other, so a chunk's offset is whole in outputs when it is a multiple of the stride.
  const space = {
    ...{ rows: inputHeight, columns: inputWidth, channels: inputChannels / groupCount, maxHeight: maxTileHeight },
    ...{ rowStep: strideY, columnStep: strideX, channelStep: 1, tapRowStep: strideY, tapColumnStep: strideX },
    canLendPatch: seesEveryCell(geometry),
  };
  const [vertical, horizontal] = gradAxes(geometry);
  const invocations = (tile: Tile, examples: number) => {
    const tiles = tileCount(inputHeight, tile.tileHeight) * tileCount(inputWidth, tile.tileWidth);
    return invocationsFor(tile, examples * tiles, channelTileCount(geometry, inputChannels, tile));
  };
  const costOf = (tile: Tile): TileCost => {
    const rows = gradientsAlong(vertical, tile.tileHeight, tile.tapRows);
    const columns = gradientsAlong(horizontal, tile.tileWidth, tile.tapColumns);
    const sums = tile.tileHeight * tile.tileWidth * tile.tileChannels;
    return {
      ...trafficOf(tile, rows.count * columns.count, tile.tapRows * tile.tapColumns * tile.tileChannels),
      products: rows.pairs * columns.pairs * tile.tileChannels,
      sums,
      stores: sums / turnsOf(geometry, geometry.filters, tile),
      useful:
        rows.useful * columns.useful * channelCoverage(geometry, inputChannels, tile) * tapCoverage(geometry, tile),
      invocations: invocations(tile, target.tunedBatchSize),
    };
  };
  const candidates = tileCandidates(geometry, space, target);
  return rankTiles(target, workOf(geometry, target), candidates, costOf, kindOf).map(({ lanes, ...tile }) => {
    const rows = gradientsAlong(vertical, tile.tileHeight, tile.tapRows);
    const columns = gradientsAlong(horizontal, tile.tileWidth, tile.tapColumns);
    return {
      constants: {
        ...tile,
        ...{ gradTop: rows.first, gradRowCount: rows.count, spansRows: rows.isWhole },
        ...{ gradStart: columns.first, gradColumnCount: columns.count, spansColumns: columns.isWhole },
      },
      usesQuads: lanes > 1,
      invocations: (examples) => invocations({ lanes, ...tile }, examples),
    };
  });
}

/** One axis of the patch of output gradients that a tile of inputs needs. */
interface GradAxis {
  readonly size: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly pad: number;
  readonly stride: number;
  readonly dilation: number;
}

interface GradRange {
  /** The gradients loaded, counted within the patch. */
  readonly first: number;
  readonly count: number;
  /** Pairs of an input and a tap that are multiplied. */
  readonly pairs: number;
  /** Pairs that the inputs ask for, for each one multiplied. */
  readonly useful: number;
  /** One tile spans the inputs, so that it is known which of its gradients there are. */
  readonly isWhole: boolean;
}

function gradientsAlong(axis: GradAxis, tile: number, taps: number): GradRange {
  const { size, outputs, kernel, pad, stride, dilation } = axis;
  const rest = pad % stride;
  const back = Math.ceil(((taps - 1) * dilation) / stride);
  const count = Math.floor((tile - 1 + rest) / stride) + back + 1;
  if (tile < size || taps < kernel) {
    return {
      first: 0,
      count,
      pairs: Math.max(1, (tile * taps) / stride),
      useful: coverage(size, tile),
      isWhole: false,
    };
  }
  const offset = Math.floor(pad / stride) - back;
  const isOutput = (place: number) => place + offset >= 0 && place + offset < outputs;
  const inside = upTo(count).filter((number) => isOutput(number - 1));
  const places = upTo(tile).flatMap((p) => upTo(taps).map((t) => p - 1 + rest - (t - 1) * dilation + back * stride));
  const pairs = places.filter((place) => place % stride === 0 && isOutput(place / stride)).length;
  return {
    ...{ first: (inside[0] ?? 1) - 1, count: inside.length, pairs: Math.max(1, pairs) },
    ...{ useful: (size * kernel) / stride / Math.max(1, pairs), isWhole: true },
  };
}

function gradAxes(geometry: ConvGeometry): readonly [vertical: GradAxis, horizontal: GradAxis] {
  const { inputHeight, inputWidth, outputHeight, outputWidth, kernelHeight, kernelWidth, padTop, padLeft } = geometry;
  const { strideY, strideX, dilationY, dilationX } = geometry;
  return [
    {
      size: inputHeight,
      outputs: outputHeight,
      kernel: kernelHeight,
      pad: padTop,
      stride: strideY,
      dilation: dilationY,
    },
    { size: inputWidth, outputs: outputWidth, kernel: kernelWidth, pad: padLeft, stride: strideX, dilation: dilationX },
  ];
}
