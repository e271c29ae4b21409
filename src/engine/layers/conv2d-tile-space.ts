/** The register tiles that a convolution's kernels can have, and what they share by quads. Pure arithmetic. */
import type { ConvGeometry } from './conv2d-geometry.ts';
import type { Target } from './op.ts';
import { coverage, tapChunks, tileCount, upTo } from './tiles.ts';

export interface Tile {
  readonly tileHeight: number;
  readonly tileWidth: number;
  readonly tileChannels: number;
  readonly tapRows: number;
  readonly tapColumns: number;
  /** Invocations that exchange what they load: 4 in quads, else 1. */
  readonly lanes: number;
  /** 4 where they lend each other weights; in quads with 1 it is the patch. */
  readonly lentSlots: number;
}

/** A tile's constants in the shader, and what the grid has to be. */
export interface ChosenTile {
  readonly constants: Readonly<Record<string, number | boolean>>;
  readonly usesQuads: boolean;
  /** Invocations for so many examples; of the weight gradient, for one part of the batch, whatever it holds. */
  invocations(examples: number): number;
}

export interface TileSpace {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  /** Whole multiples only: strides, pooling windows. */
  readonly rowStep: number;
  readonly columnStep: number;
  /** A lane with channels of its own may have fewer. */
  readonly channelStep: number;
  readonly tapRowStep: number;
  readonly tapColumnStep: number;
  readonly maxHeight: number;
  /** Every cell of a patch is needed, so that lanes may load some for each other. */
  readonly canLendPatch: boolean;
}

const channelTiles = [1, 2, 4, 8, 16];
const maxTileWidth = 14;

/** Every tile worth looking at, the smallest first. */
export function tileCandidates(geometry: ConvGeometry, space: TileSpace, target: Target): Tile[] {
  const list: Tile[] = [];
  const kernel = { rows: geometry.kernelHeight, columns: geometry.kernelWidth };
  const chunks = tapChunks(kernel, { rows: space.tapRowStep, columns: space.tapColumnStep });
  const { rowStep, columnStep, channelStep } = space;
  const widths = upTo(Math.max(columnStep, Math.min(maxTileWidth, space.columns)), columnStep);
  for (const lending of waysToLend(space, target)) {
    const isPatch = lendsPatch(lending);
    const maxHeight = isPatch ? maxTileWidth : space.maxHeight;
    const heights = upTo(Math.max(rowStep, Math.min(maxHeight, space.rows)), rowStep);
    const step = isPatch ? 1 : Math.max(channelStep, lending.lentSlots);
    const fits = (tile: number) => tile === step || quadChannels(tile, lending) < 2 * space.channels;
    for (const tileChannels of channelTiles.filter((tile) => tile % step === 0 && fits(tile))) {
      for (const tileHeight of heights) {
        for (const tileWidth of widths) {
          for (const chunk of chunks) list.push({ tileHeight, tileWidth, tileChannels, ...lending, ...chunk });
        }
      }
    }
  }
  const work = (tile: Tile) => tile.tileHeight * tile.tileWidth * tile.tileChannels * tile.tapRows * tile.tapColumns;
  return list.sort((a, b) => work(a) - work(b) || a.tileWidth - b.tileWidth);
}

type Lending = Pick<Tile, 'lanes' | 'lentSlots'>;

function waysToLend({ channels, canLendPatch }: TileSpace, { hasQuads }: Target): readonly Lending[] {
  const alone = { lanes: 1, lentSlots: 1 };
  if (!hasQuads) return [alone];
  const patch = { lanes: 4, lentSlots: 1 };
  return [alone, { lanes: 4, lentSlots: 4 }, ...(canLendPatch && channels > 1 ? [patch] : [])];
}

function lendsPatch({ lanes, lentSlots }: Lending): boolean {
  return lanes > lentSlots;
}

/** Channels of a quad, or of an invocation that is alone. */
function quadChannels(tileChannels: number, { lanes, lentSlots }: Lending): number {
  return (tileChannels * lanes) / lentSlots;
}

/** Tiles of all channels; one stays within a group. */
export function channelTileCount({ groupCount }: ConvGeometry, channels: number, tile: Tile): number {
  return tileCount(channels / groupCount, quadChannels(tile.tileChannels, tile)) * groupCount;
}

/** Invocations for so many tiles of so many channel tiles. */
export function invocationsFor(tile: Tile, tiles: number, channelTiles: number): number {
  return tileCount(tiles, tile.lentSlots) * tile.lanes * channelTiles;
}

/** What a turn loads itself and gets from its neighbours, of the numbers of a patch and of weights that it needs. */
export function trafficOf(tile: Tile, patch: number, weights: number) {
  const loads = lendsPatch(tile) ? patch / tile.lanes + weights : patch + weights / tile.lanes;
  return { loads, exchanges: patch + weights - loads, held: patch + weights };
}

/** Share of the channels computed that exist. */
export function channelCoverage({ groupCount }: ConvGeometry, channels: number, tile: Tile): number {
  return coverage(channels / groupCount, quadChannels(tile.tileChannels, tile));
}

/** Taps that exist among those a chunked kernel is walked in. */
export function tapCoverage(geometry: ConvGeometry, tile: Tile): number {
  return coverage(geometry.kernelHeight, tile.tapRows) * coverage(geometry.kernelWidth, tile.tapColumns);
}

/** Cells that a row of `tile` windows sees. */
export function extent(tile: number, stride: number, taps: number, dilation: number): number {
  return (tile - 1) * stride + (taps - 1) * dilation + 1;
}

/** Multiply-adds of each of the three passes. */
export function workOf(geometry: ConvGeometry, { tunedBatchSize }: Target): number {
  const { outputHeight, outputWidth, filters, inputChannels, groupCount, kernelHeight, kernelWidth } = geometry;
  const perCell = (kernelHeight * kernelWidth * inputChannels) / groupCount;
  return tunedBatchSize * outputHeight * outputWidth * filters * perCell;
}

/** Tiles of one kind differ in ways that the cost model judges well; which kind is best is for a stopwatch. */
export function kindOf({ tileChannels, lanes, lentSlots, tapRows, tapColumns }: Tile): string {
  return [tileChannels, lanes, lentSlots, tapRows, tapColumns].join();
}
