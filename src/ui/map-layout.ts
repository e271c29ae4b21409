/** How the maps of all stages share the pipeline's width: one whole pixel size per stage. Pure arithmetic, no elements. */
import type { Shape } from '../engine/model/resolved.ts';
import { imageSizes } from '../engine/shape/cells.ts';
import type { MapLayout } from '../worker/protocol.ts';

/** Maps of one stage: `count` tiles of `width` × `height` cells. */
export interface TileSet {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /** Pooling's tiles stay visibly smaller than those they were made from. */
  readonly isPooled: boolean;
  /** Smallest cell that can be made out, in CSS px; tiles that then do not fit are scrolled. */
  readonly leastCell: number;
  /** Stands in a stage that takes `narrowWidth` and no more. */
  readonly isNarrow: boolean;
}

/** The room there is, in CSS px. */
export interface PipelineRoom {
  readonly width: number;
  readonly height: number;
  readonly minStageWidth: number;
  readonly gap: number;
  readonly devicePixelRatio: number;
}

/** CSS px of a stage whose layer only passes on what others made. */
export const narrowWidth = 62;

export interface StagePlan {
  /** CSS px. */
  readonly stageWidth: number;
  readonly layout: MapLayout;
}

/** Largest share of the tiles before that a pooled tile may take, along one side. */
const pooledShare = 0.75;
const largestCell = 16;
const largestUnitCell = 20;
/** WebGPU's guaranteed `maxTextureDimension2D`. */
const largestCanvasPx = 8192;

/** The tiles that show an output of `shape`: a map per channel, or a cell per unit. */
export function tilesOf(shape: Shape, isPooled = false): TileSet {
  const [height, width, count] = imageSizes(shape);
  return { width, height, count, isPooled, leastCell: width * height === 1 ? 3 : 1, isNarrow: false };
}

/**
 * The tiles that show a weight: a tile per pair of input channel and filter for a convolution's
 * `[kernelHeight, kernelWidth, inputs, filters]`, one tile for a dense `[inputs, units]`; a single cell for no weight.
 */
export function weightTiles(shape: Shape): TileSet {
  const [height = 1, width = 1, inputs = 1, filters = 1] = shape;
  return {
    width,
    height,
    count: inputs * filters,
    isPooled: false,
    leastCell: shape.length === 4 ? 3 : 2,
    isNarrow: false,
  };
}

/** Device px that `count` tiles take along one axis. */
export function spanPx(tiles: number, cells: number, { cellPx, gapPx }: Omit<MapLayout, 'columns'>): number {
  return tiles * cells * cellPx + (tiles - 1) * gapPx;
}

/** Size of the whole canvas in CSS px. */
export function canvasSize(
  tiles: TileSet,
  layout: MapLayout,
  devicePixelRatio: number,
): { width: number; height: number } {
  const columns = Math.min(layout.columns, tiles.count);
  const rows = Math.ceil(tiles.count / layout.columns);
  return {
    width: spanPx(columns, tiles.width, layout) / devicePixelRatio,
    height: spanPx(rows, tiles.height, layout) / devicePixelRatio,
  };
}

/** Whether the canvas stays within what every WebGPU device can draw into. */
export function isDrawable(tiles: TileSet, layout: MapLayout): boolean {
  const { width, height } = canvasSize(tiles, layout, 1);
  return width <= largestCanvasPx && height <= largestCanvasPx;
}

/** Stage widths and tile layouts: every stage gets its least width, then what is left goes where the cells are smallest. */
export function planStages(stages: readonly TileSet[], room: PipelineRoom): readonly StagePlan[] {
  const widths = stages.map(({ isNarrow }) => (isNarrow ? narrowWidth : room.minStageWidth));
  let spare = room.width - widths.reduce((sum, width) => sum + width, 0) - (stages.length - 1) * room.gap;
  const settled = new Set(stages.flatMap(({ isNarrow }, index) => (isNarrow ? [index] : [])));
  const wideCount = stages.length - settled.size;
  let layouts = layoutAll(stages, widths, room);
  while (settled.size < stages.length) {
    const index = smallestCell(layouts, settled);
    const wider = widthForLargerCell(stages[index], layouts[index], room);
    const extra = wider - (widths[index] ?? 0);
    const trial = widths.map((width, i) => (i === index ? Math.max(width, wider) : width));
    const next = extra <= spare ? layoutAll(stages, trial, room) : layouts;
    if ((next[index]?.cellPx ?? 0) > (layouts[index]?.cellPx ?? 0)) {
      spare -= Math.max(0, extra);
      widths.splice(0, widths.length, ...trial);
      layouts = next;
    } else {
      settled.add(index);
    }
  }
  const share = Math.max(0, Math.floor(spare / Math.max(1, wideCount)));
  return layouts.map((layout, i) => ({
    layout,
    stageWidth: (widths[i] ?? room.minStageWidth) + (stages[i]?.isNarrow ? 0 : share),
  }));
}

/** The layout with the largest cells that fits; where none does, the smallest legible cells, to be scrolled. */
export function fitTiles(
  tiles: TileSet,
  room: {
    readonly width: number;
    readonly height: number;
    readonly devicePixelRatio: number;
    readonly maxTile?: number;
  },
): MapLayout {
  const smallest = tiles.leastCell * Math.max(1, Math.floor(room.devicePixelRatio));
  const cap = (tiles.width * tiles.height === 1 ? largestUnitCell : largestCell) * room.devicePixelRatio;
  const tileCap = Math.floor(((room.maxTile ?? Infinity) * room.devicePixelRatio) / tiles.width);
  for (let cellPx = Math.floor(Math.min(cap, Math.max(2 * smallest, tileCap))); cellPx >= smallest; cellPx--) {
    const layout = { cellPx, gapPx: gapFor(cellPx, tiles, room.devicePixelRatio) };
    const columns = columnsThatFit(tiles, layout, room);
    if (columns > 0) return { columns, ...layout };
  }
  const layout = { cellPx: smallest, gapPx: gapFor(smallest, tiles, room.devicePixelRatio) };
  return { columns: mostColumns(tiles, layout, room.width * room.devicePixelRatio), ...layout };
}

function layoutAll(stages: readonly TileSet[], widths: readonly number[], room: PipelineRoom): readonly MapLayout[] {
  const layouts: MapLayout[] = [];
  stages.forEach((tiles, i) => {
    const before = layouts[i - 1];
    const tilesBefore = stages[i - 1];
    const maxTile =
      tiles.isPooled && before && tilesBefore && !tilesBefore.isNarrow
        ? (tilesBefore.width * before.cellPx * pooledShare) / room.devicePixelRatio
        : Infinity;
    layouts.push(fitTiles(tiles, { ...room, width: widths[i] ?? room.minStageWidth, maxTile }));
  });
  return layouts;
}

/** Gaps grow with the cells, or a map's edge could not be told from a cell's. */
function gapFor(cellPx: number, tiles: TileSet, devicePixelRatio: number): number {
  const least = Math.max(1, Math.round(devicePixelRatio));
  return tiles.width * tiles.height === 1 ? 2 * least : Math.max(least, Math.round(cellPx / 3));
}

function mostColumns(tiles: TileSet, layout: Omit<MapLayout, 'columns'>, widthPx: number): number {
  const columns = Math.floor((widthPx + layout.gapPx) / (tiles.width * layout.cellPx + layout.gapPx));
  return Math.min(tiles.count, Math.max(1, columns));
}

/** Columns that leave the fewest places empty in the last row, or 0 when the tiles do not fit. */
function columnsThatFit(
  tiles: TileSet,
  layout: Omit<MapLayout, 'columns'>,
  room: { readonly width: number; readonly height: number; readonly devicePixelRatio: number },
): number {
  const widthPx = room.width * room.devicePixelRatio;
  const heightPx = room.height * room.devicePixelRatio;
  const most = mostColumns(tiles, layout, widthPx);
  let best = 0;
  let leastEmpty = Infinity;
  for (let columns = most; columns >= Math.max(1, most - 2); columns--) {
    const rows = Math.ceil(tiles.count / columns);
    const doesFit = spanPx(columns, tiles.width, layout) <= widthPx && spanPx(rows, tiles.height, layout) <= heightPx;
    const empty = rows * columns - tiles.count;
    if (doesFit && empty < leastEmpty) [best, leastEmpty] = [columns, empty];
  }
  return best;
}

function smallestCell(layouts: readonly MapLayout[], settled: ReadonlySet<number>): number {
  let best = -1;
  layouts.forEach(({ cellPx }, i) => {
    if (!settled.has(i) && (best < 0 || cellPx < (layouts[best]?.cellPx ?? Infinity))) best = i;
  });
  return best;
}

/** CSS px of width that the next larger cells would take, all rows within the height. */
function widthForLargerCell(tiles: TileSet | undefined, layout: MapLayout | undefined, room: PipelineRoom): number {
  if (!tiles || !layout) return Infinity;
  const cellPx = layout.cellPx + 1;
  const larger = { cellPx, gapPx: gapFor(cellPx, tiles, room.devicePixelRatio) };
  const rowPx = tiles.height * cellPx + larger.gapPx;
  const rows = Math.floor((room.height * room.devicePixelRatio + larger.gapPx) / rowPx);
  if (rows < 1) return Infinity;
  return Math.ceil(spanPx(Math.ceil(tiles.count / rows), tiles.width, larger) / room.devicePixelRatio);
}
