/** Sets of cells of one tensor, whatever its rank. Knows no layers. */
import { everyCell, type CellMask } from '../shape/cell-mask.ts';
import type { Shape } from './resolved.ts';

/** Cells of one tensor: every combination of these rows, columns and channels. */
export interface TensorCells {
  readonly rows: CellMask;
  readonly columns: CellMask;
  readonly channels: CellMask;
}

/** `[height, width, channels]` of any shape; what is not an image is one cell of many channels. */
export function imageSizes(shape: Shape): readonly [height: number, width: number, channels: number] {
  const [height = 1, width = 1, channels = 1] = shape;
  return shape.length === 3 ? [height, width, channels] : [1, 1, shape.reduce((product, size) => product * size, 1)];
}

/** All cells of a tensor. */
export function allOf(shape: Shape): TensorCells {
  const [height, width, channels] = imageSizes(shape);
  return { rows: everyCell(height), columns: everyCell(width), channels: everyCell(channels) };
}
