/** Where the cells of a channels-first tensor stand in its channels-last twin. Knows no layers and no names of weights. */
import type { Shape } from '../engine/model/resolved.ts';
import { cellCount } from '../engine/shape/cells.ts';

/** `plane · channels` cells: channels-first plane after plane, channels-last place after place. One plane: no difference. */
interface Run {
  readonly plane: number;
  readonly channels: number;
}

/** A row of cells as runs, one after another; rows that stand alike have equal runs. */
export type CellOrder = readonly Run[];

/** Of `cells` cells that stand alike on both sides. */
function sameOrder(cells: number): CellOrder {
  return [{ plane: 1, channels: cells }];
}

/** Of an image with `plane` places. */
export function imageOrder(plane: number, channels: number): CellOrder {
  return channels === 1 ? sameOrder(plane) : [{ plane, channels }];
}

/** Of a tensor of this shape, channels last: only images differ. */
export function orderOfShape(shape: Shape): CellOrder {
  const cells = cellCount(shape);
  const channels = shape.at(-1) ?? 1;
  return shape.length === 3 ? imageOrder(cells / channels, channels) : sameOrder(cells);
}

/** Of rows joined end to end. */
export function joinOrders(orders: readonly CellOrder[]): CellOrder {
  const joined: Run[] = [];
  for (const run of orders.flat()) {
    const last = joined.at(-1);
    if (last?.plane === 1 && run.plane === 1)
      joined.splice(-1, 1, { plane: 1, channels: last.channels + run.channels });
    else joined.push(run);
  }
  return joined;
}

/** Whether the two rows' cells stand alike. */
export function areEqualOrders(one: CellOrder, other: CellOrder): boolean {
  return (
    one.length === other.length &&
    one.every(({ plane, channels }, i) => plane === other[i]?.plane && channels === other[i].channels)
  );
}

/** Whether channels-first and channels-last are the same row. */
export function isSameOrder(order: CellOrder): boolean {
  return order.every(({ plane }) => plane === 1);
}

/** Writes channels-first cells of `cellSize` numbers each into `target`, channels-last. */
export function writeChannelsLast(
  source: ArrayLike<number>,
  target: Float32Array | Uint8Array,
  order: CellOrder,
  cellSize = 1,
): void {
  let start = 0;
  for (const { plane, channels } of order) {
    for (let place = 0; place < plane; place++) {
      for (let channel = 0; channel < channels; channel++) {
        const from = (start + channel * plane + place) * cellSize;
        const to = (start + place * channels + channel) * cellSize;
        for (let i = 0; i < cellSize; i++) target[to + i] = source[from + i] ?? 0;
      }
    }
    start += plane * channels;
  }
}
