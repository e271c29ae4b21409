/** What the page asks about one cell, and the numbers it gets for it. Types only. */
import type { CellAddress } from '../engine/model/cell-address.ts';

/** Asks for the numbers behind a cell, now and whenever the maps are drawn anew; without a cell, no more. */
export interface ExplainRequest {
  readonly type: 'explainCell';
  readonly cell?: CellAddress;
  /** Also the whole plane of this channel of the first input, and the plane of outputs that the cell lies in. */
  readonly inputPlane?: number;
}

type Numbers = Float32Array<ArrayBuffer>;

/** Everything that one cell was computed from, all of the same moment; what is where is told by `cellReads`. */
export interface CellNumbers {
  readonly cell: CellAddress;
  /** Steps since the initial weights. */
  readonly step: number;
  /** The cell's value; with softmax the values of all channels there. */
  readonly outputs: Numbers;
  /** By source; empty for one that is not read. */
  readonly inputs: readonly Numbers[];
  /** By the weight's own name, `kernel`: what this cell's channel uses of it. */
  readonly weights: Readonly<Record<string, Numbers>>;
  /** The kernel is that of all channels, because softmax needs them all. */
  readonly hasAllChannels: boolean;
  /** Present when asked for. */
  readonly planes?: { readonly channel: number; readonly input: Numbers; readonly outputs: Numbers };
}

export type ExplainReport = { readonly type: 'cellExplained' } & CellNumbers;
