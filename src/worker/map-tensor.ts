/** How the numbers of a tensor are laid out as maps: pure arithmetic for the painter and its shader. */
import type { Shape } from '../engine/model/resolved.ts';
import { imageSizes } from '../engine/shape/cells.ts';
import type { MapLayout } from './protocol.ts';

/** Maps in a tensor, and the distances between their numbers; the fields of feature-map.wgsl's MapView. */
export interface MapTensor {
  readonly mapHeight: number;
  readonly mapWidth: number;
  readonly mapCount: number;
  readonly inner: number;
  readonly outerStride: number;
  readonly innerStride: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** Outputs `[height, width, channels]`: a map per channel; `[units]`: a map of one cell per unit. */
export function activationMaps(shape: Shape): MapTensor {
  const [height, width, channels] = imageSizes(shape);
  return {
    mapHeight: height,
    mapWidth: width,
    mapCount: channels,
    inner: 1,
    outerStride: 1,
    innerStride: 0,
    rowStride: width * channels,
    columnStride: channels,
  };
}

/**
 * A convolution's kernel `[height, width, inputs, filters]`: a map per filter and input, all inputs of a filter together;
 * a dense kernel `[inputs, units]`: one map.
 */
export function weightMaps(shape: Shape): MapTensor {
  const [height = 1, width = 1, inputs = 1, filters = 1] = shape;
  return {
    mapHeight: height,
    mapWidth: width,
    mapCount: inputs * filters,
    inner: inputs,
    outerStride: 1,
    innerStride: filters,
    rowStride: width * inputs * filters,
    columnStride: inputs * filters,
  };
}

/** Size of the canvas in device pixels: gaps stand between tiles only. */
export function canvasPixels(maps: MapTensor, layout: MapLayout): { width: number; height: number } {
  const columns = Math.min(layout.columns, maps.mapCount);
  const rows = Math.ceil(maps.mapCount / layout.columns);
  const along = (tiles: number, cells: number) => tiles * cells * layout.cellPx + (tiles - 1) * layout.gapPx;
  return { width: along(columns, maps.mapWidth), height: along(rows, maps.mapHeight) };
}
