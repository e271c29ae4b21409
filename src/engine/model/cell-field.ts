/**
 * What a cell of one layer depends on in every layer before it, down to the pixels: exact sets of rows, columns and channels,
 * carried back layer by layer through any graph. Where paths of different shape meet, the set covers them all.
 */
import { cellsLeftOut, eitherCell, onlyCell, rangeOf, type CellRange } from '../shape/cell-mask.ts';
import { imageSizes, type CellPlace } from '../shape/cells.ts';
import { inputName } from './layer-names.ts';
import { cellsReadBy } from './layer-reads.ts';
import type { ResolvedModel, Shape } from './resolved.ts';
import { allOf, type TensorCells } from './tensor-cells.ts';

/** The smallest box around cells of one tensor. */
export interface CellBox {
  readonly rows: CellRange;
  readonly columns: CellRange;
  readonly channels: CellRange;
}

/** The cells that `cells` of a layer depend on, by name of layer, the layer itself and `input` among them. */
export function cellsBehind(
  model: ResolvedModel,
  layerName: string,
  cells: TensorCells,
): ReadonlyMap<string, TensorCells> {
  const found = new Map([[layerName, cells]]);
  for (const layer of model.layers.toReversed()) {
    const meant = found.get(layer.name);
    if (!meant) continue;
    layer.inputs.forEach((source, index) => {
      const read = cellsReadBy(layer, meant, index);
      if (isNothing(read)) return;
      const before = found.get(source);
      found.set(source, before ? joined(before, read) : read);
    });
  }
  return found;
}

/** The boxes one cell depends on, by name of layer; empty for a layer that the model has not. */
export function fieldOfCell(model: ResolvedModel, layerName: string, place: CellPlace): ReadonlyMap<string, CellBox> {
  const shape = shapeOf(model, layerName);
  if (!shape) return new Map();
  const [height, width, channels] = imageSizes(shape);
  const cells: TensorCells = {
    rows: onlyCell(height, place.row),
    columns: onlyCell(width, place.column),
    channels: onlyCell(channels, place.channel),
  };
  const behind = cellsBehind(model, layerName, cells);
  return new Map([...behind].map(([name, found]) => [name, boxAround(found)]));
}

/** Rows and columns of the input that no cell of the layer depends on. */
export interface UnseenPixels {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** What of the image a layer has no cell for. */
export function unseenPixels(model: ResolvedModel, layerName: string): UnseenPixels {
  const shape = shapeOf(model, layerName);
  const seen = shape && cellsBehind(model, layerName, allOf(shape)).get(inputName);
  return seen ? { rows: cellsLeftOut(seen.rows), columns: cellsLeftOut(seen.columns) } : { rows: [], columns: [] };
}

/** The outputs of a layer or, by its name, the input's. */
function shapeOf(model: ResolvedModel, name: string): Shape | undefined {
  return name === inputName ? model.inputShape : model.layers.find((layer) => layer.name === name)?.outputShape;
}

/** No row, no column or no channel is no cell, as where a window lies on padding altogether. */
function isNothing({ rows, columns, channels }: TensorCells): boolean {
  return [rows, columns, channels].some((mask) => !mask.includes(1));
}

function joined(a: TensorCells, b: TensorCells): TensorCells {
  return {
    rows: eitherCell(a.rows, b.rows),
    columns: eitherCell(a.columns, b.columns),
    channels: eitherCell(a.channels, b.channels),
  };
}

function boxAround({ rows, columns, channels }: TensorCells): CellBox {
  return { rows: rangeOf(rows), columns: rangeOf(columns), channels: rangeOf(channels) };
}
