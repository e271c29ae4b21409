/** Sets of cells of one tensor, whatever its rank. Knows no layers. */
import { everyCell, type CellMask } from '../shape/cell-mask.ts';
import { imageSizes } from '../shape/cells.ts';
import type { Shape } from './resolved.ts';

/** Cells of one tensor: every combination of these rows, columns and channels. */
export interface TensorCells {
  readonly rows: CellMask;
  readonly columns: CellMask;
  readonly channels: CellMask;
}

/** All cells of a tensor. */
export function allOf(shape: Shape): TensorCells {
  const [height, width, channels] = imageSizes(shape);
  return { rows: everyCell(height), columns: everyCell(width), channels: everyCell(channels) };
}
