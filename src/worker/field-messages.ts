/** What the page asks about a cell's gradient by the chosen image, and what it is told. Types only. */
import type { CellAddress } from '../engine/model/cell-address.ts';

/** Works out the gradient of a cell's sum now and whenever image or weights change; without a cell, no more. */
export interface FieldRequest {
  readonly type: 'traceGradient';
  readonly cell?: CellAddress;
}

/** How strongly each pixel moves the cell, for the chosen image and the weights of the moment. */
export interface CellGradient {
  readonly cell: CellAddress;
  /** |d sum / d pixel|, `[height, width]` of the input, added up over its channels. */
  readonly magnitudes: Float32Array<ArrayBuffer>;
  /** The largest of them. */
  readonly peak: number;
}

export type FieldReport = { readonly type: 'gradientTraced' } & CellGradient;
