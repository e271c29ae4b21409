/** Which cell lies where on a canvas of maps, and which address it has. Pure arithmetic in device pixels; no elements. */
import type { CellAddress } from '../../engine/model/cell-address.ts';
import type { LayerType } from '../../engine/model/config.ts';
import type { ResolvedModel, Shape } from '../../engine/model/resolved.ts';
import { imageSizes } from '../../engine/shape/cells.ts';
import type { MapLayout } from '../../worker/protocol.ts';
import type { TileSet } from '../map-layout.ts';
import type { CellExtent } from './cell-steps.ts';

/** A cell of one tile of a canvas. */
export interface TileCell {
  readonly tile: number;
  readonly row: number;
  readonly column: number;
}

/** Device px from the canvas's corner. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is to be known of a layer whose maps are shown. */
export interface MapSource {
  /** Empty for the network's input. */
  readonly name: string;
  readonly type: LayerType | 'input';
  readonly outputShape: Shape;
  /** Of its first weight; empty where it has none. */
  readonly kernelShape: Shape;
}

/** A layer's maps as one canvas shows them. */
export interface ShownMaps {
  readonly tiles: TileSet;
  readonly layout: MapLayout;
  readonly source: MapSource;
  /** What the tiles are: outputs, a map per channel; or the numbers of the first weight, slice by slice. */
  readonly holds: 'outputs' | 'weights';
}

/** The layer of that name, or the input for an empty one; undefined where the model has none. */
export function sourceOf(model: ResolvedModel, name: string): MapSource | undefined {
  if (name === '') return { name, type: 'input', outputShape: model.inputShape, kernelShape: [] };
  const layer = model.layers.find((candidate) => candidate.name === name);
  return (
    layer && { name, type: layer.type, outputShape: layer.outputShape, kernelShape: layer.weights[0]?.shape ?? [] }
  );
}

/** The cell at a place in device px; undefined in the gaps and beside the tiles. */
export function cellAt({ tiles, layout }: ShownMaps, x: number, y: number): TileCell | undefined {
  const { cellPx, gapPx, columns } = layout;
  const tileColumn = Math.floor(x / (tiles.width * cellPx + gapPx));
  const tileRow = Math.floor(y / (tiles.height * cellPx + gapPx));
  const column = Math.floor((x - tileColumn * (tiles.width * cellPx + gapPx)) / cellPx);
  const row = Math.floor((y - tileRow * (tiles.height * cellPx + gapPx)) / cellPx);
  const tile = tileRow * columns + tileColumn;
  const isInside = x >= 0 && y >= 0 && tileColumn < columns && tile < tiles.count;
  return isInside && column < tiles.width && row < tiles.height ? { tile, row, column } : undefined;
}

/** Where `rows` × `columns` cells of a tile lie, from the one given. */
export function cellsBox({ layout, tiles }: ShownMaps, from: TileCell, rows = 1, columns = 1): PixelBox {
  const { cellPx, gapPx } = layout;
  return {
    x: (from.tile % layout.columns) * (tiles.width * cellPx + gapPx) + from.column * cellPx,
    y: Math.floor(from.tile / layout.columns) * (tiles.height * cellPx + gapPx) + from.row * cellPx,
    width: columns * cellPx,
    height: rows * cellPx,
  };
}

/** What a cell of the canvas is called: a cell of the outputs; for a weight the filter or unit it belongs to. */
export function addressOf(maps: ShownMaps, { tile, row, column }: TileCell): CellAddress {
  const { name: layer, type } = maps.source;
  if (maps.holds === 'outputs') return { layer, row, column, channel: tile };
  const channel = type === 'dense' ? column : filterOf(slicesOf(maps), tile);
  return { layer, row: 0, column: 0, channel };
}

/** The boxes that mark an address: its cell, or every slice of its filter, or the column of its unit. */
export function boxesOf(maps: ShownMaps, { row, column, channel }: CellAddress): readonly PixelBox[] {
  const { tiles, source } = maps;
  if (maps.holds === 'outputs') return channel < tiles.count ? [cellsBox(maps, { tile: channel, row, column })] : [];
  if (source.type === 'dense') return [cellsBox(maps, { tile: 0, row: 0, column: channel }, tiles.height)];
  return slicesOfFilter(slicesOf(maps), channel)
    .filter((tile) => tile < tiles.count)
    .map((tile) => cellsBox(maps, { tile, row: 0, column: 0 }, tiles.height, tiles.width));
}

/** The boxes of all tiles. */
export function tileBoxes(maps: ShownMaps): readonly PixelBox[] {
  const { width, height, count } = maps.tiles;
  return Array.from({ length: count }, (_, tile) => cellsBox(maps, { tile, row: 0, column: 0 }, height, width));
}

/** How far the keys can move the chosen cell: over the outputs, or over the filters of a weight. */
export function extentOf(maps: ShownMaps): CellExtent {
  const [rows, columns, channels] = imageSizes(maps.source.outputShape);
  if (maps.holds === 'outputs') return { rows, columns, channels, channelsPerRow: maps.layout.columns };
  const isDense = maps.source.type === 'dense';
  const channelsPerRow = isDense ? channels : Math.max(1, Math.floor(maps.layout.columns / slicesOf(maps).perGroup));
  return { rows: 1, columns: 1, channels, channelsPerRow };
}

/** How a weight's slices lie one after another. */
interface Slices {
  /** Slices that share the kernel's last index. */
  readonly perGroup: number;
  readonly groups: number;
  /** Whose index a filter is: of the group; of the place in it; or, depthwise, of both, the place first. */
  readonly filterIs: 'group' | 'place' | 'both';
}

function slicesOf({ source: { type, kernelShape } }: ShownMaps): Slices {
  const [, , perGroup = 1, groups = 1] = kernelShape;
  const isDepthwise = type === 'depthwiseConv2d' || type === 'separableConv2d';
  return { perGroup, groups, filterIs: isDepthwise ? 'both' : type === 'conv2dTranspose' ? 'place' : 'group' };
}

function filterOf({ perGroup, groups, filterIs }: Slices, tile: number): number {
  const [group, place] = [Math.floor(tile / perGroup), tile % perGroup];
  if (filterIs === 'group') return group;
  return filterIs === 'place' ? place : place * groups + group;
}

function slicesOfFilter({ perGroup, groups, filterIs }: Slices, filter: number): readonly number[] {
  if (filterIs === 'group') return Array.from({ length: perGroup }, (_, place) => filter * perGroup + place);
  if (filterIs === 'place') return Array.from({ length: groups }, (_, group) => group * perGroup + filter);
  return [(filter % groups) * perGroup + Math.floor(filter / groups)];
}
