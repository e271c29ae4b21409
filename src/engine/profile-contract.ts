/** The part of the engine's public face that is about where a training step's time goes. No implementation. */

/** One of a step's dispatches. */
export interface DispatchProfile {
  /** What it computes: `conv2d_1 forward`; of dispatches that were merged, one after another: `… + …`. */
  readonly label: string;
  /** On the GPU, in milliseconds; absent where the device has no clock (`timestamp-query`). */
  readonly ms?: number;
}

/** A training step taken apart, in the order in which it runs. */
export interface StepProfile {
  readonly dispatches: readonly DispatchProfile[];
}
