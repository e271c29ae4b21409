/** Where a pass finds weights and puts their gradients. */
import type { BufferSlice } from '../gpu/kernel.ts';

export interface WeightSource {
  /** A weight of the pass's element type. */
  weight(name: string): BufferSlice;
  /** A weight in float32. */
  master(name: string): BufferSlice;
  /** The parts of a weight's gradient, and the numbers between two of them. */
  parts(name: string): { readonly slice: BufferSlice; readonly stride: number };
}
