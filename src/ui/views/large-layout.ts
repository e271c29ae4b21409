/** Tiles of one layer that has the room of the whole pipeline: as large as they fit, never too small to read. Pure arithmetic. */
import type { Shape } from '../../engine/model/resolved.ts';
import type { MapLayout } from '../../worker/protocol.ts';
import { fitTiles, isDrawable, spanPx, tilesOf, weightTiles, type TileSet } from '../map-layout.ts';

/** CSS px. */
export interface LargeRoom {
  readonly width: number;
  readonly height: number;
  readonly devicePixelRatio: number;
}

/** CSS px of a map's side below which it is scrolled rather than shrunk, and of a cell of a filter. */
const leastMapSide = 44;
const leastFilterCell = 5;
const largestRowCell = 14;
const largestFilterCell = 26;

/** Tiles and their places; without a layout there are too many numbers for a canvas. */
export interface LargeMaps {
  readonly tiles: TileSet;
  readonly layout: MapLayout | undefined;
}

/** All maps of an output, in rows. */
export function largeMaps(shape: Shape, room: LargeRoom): LargeMaps {
  const tiles = tilesOf(shape);
  const isUnits = tiles.width * tiles.height === 1;
  const leastCell = isUnits ? 16 : Math.max(1, Math.ceil(leastMapSide / tiles.width));
  return drawable(tiles, fitTiles({ ...tiles, leastCell }, room), room);
}

/** All filters of a kernel: a row for each, a tile for each input channel; filters of one channel fill the width. */
export function largeFilters(shape: Shape, room: LargeRoom): LargeMaps {
  const tiles = weightTiles(shape);
  if (shape.length < 4) return drawable(tiles, fitTiles({ ...tiles, leastCell: 3 }, room), room);
  const inputs = shape[2] ?? 1;
  const isRow = inputs > 1;
  const ratio = Math.max(1, Math.floor(room.devicePixelRatio));
  for (let cell = isRow ? largestRowCell : largestFilterCell; cell > leastFilterCell; cell--) {
    const size = { cellPx: cell * ratio, gapPx: Math.max(2, Math.round(cell / 3)) * ratio };
    const columns = isRow ? inputs : columnsIn(tiles, size, room);
    const rows = Math.ceil(tiles.count / columns);
    const fits =
      spanPx(columns, tiles.width, size) <= room.width * room.devicePixelRatio &&
      (isRow || spanPx(rows, tiles.height, size) <= room.height * room.devicePixelRatio);
    if (fits) return drawable(tiles, { columns, ...size }, room);
  }
  const size = { cellPx: leastFilterCell * ratio, gapPx: 2 * ratio };
  return drawable(tiles, { columns: isRow ? inputs : columnsIn(tiles, size, room), ...size }, room);
}

function columnsIn(tiles: TileSet, { cellPx, gapPx }: Omit<MapLayout, 'columns'>, room: LargeRoom): number {
  const most = Math.floor((room.width * room.devicePixelRatio + gapPx) / (tiles.width * cellPx + gapPx));
  return Math.min(tiles.count, Math.max(1, most));
}

/** Where filter `filter` stands, in CSS px from the canvas's corner; undefined where no row holds it whole. */
export function filterBox(
  shape: Shape,
  { tiles, layout }: LargeMaps,
  filter: number,
  devicePixelRatio: number,
): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } | undefined {
  const inputs = shape[2] ?? 1;
  if (!layout || shape.length < 4 || (inputs > 1 && layout.columns !== inputs)) return undefined;
  const place = filter * inputs;
  const pitch = (cells: number): number => cells * layout.cellPx + layout.gapPx;
  return {
    left: ((place % layout.columns) * pitch(tiles.width)) / devicePixelRatio,
    top: (Math.floor(place / layout.columns) * pitch(tiles.height)) / devicePixelRatio,
    width: spanPx(inputs, tiles.width, layout) / devicePixelRatio,
    height: (tiles.height * layout.cellPx) / devicePixelRatio,
  };
}

/** The layout, or the same with smaller cells where a canvas could not hold it. */
function drawable(tiles: TileSet, layout: MapLayout, room: LargeRoom): LargeMaps {
  let smaller = layout;
  while (!isDrawable(tiles, smaller) && smaller.cellPx > 1)
    smaller = {
      ...smaller,
      cellPx: smaller.cellPx - 1,
      gapPx: Math.max(1, Math.min(smaller.gapPx, smaller.cellPx - 1)),
    };
  if (isDrawable(tiles, smaller)) return { tiles, layout: smaller };
  const least = fitTiles({ ...tiles, leastCell: 1 }, room);
  return { tiles, layout: isDrawable(tiles, least) ? least : undefined };
}
