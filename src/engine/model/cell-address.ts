/** Where one number of a network's activations stands. Types only. */
import type { CellPlace } from '../shape/cells.ts';

/** One cell of one layer's output, or of the input. A unit of a rank-1 output is the channel of its only cell. */
export interface CellAddress extends CellPlace {
  /** Name of the layer; empty for the network's input. */
  readonly layer: string;
}
