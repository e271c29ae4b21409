/** What the page and the worker say about snapshots and about the pace of training: types only. */

/** Where a run stood. */
export interface Place {
  /** Steps since the initial weights, over all networks. */
  readonly step: number;
  /** From 0. */
  readonly epoch: number;
  readonly stepInEpoch: number;
}

/** What the page asks. */
export type SnapshotRequest =
  /** Puts the network on screen back to its snapshot of that step, or the last one before; training pauses meanwhile. */
  | { type: 'lookBack'; step: number }
  /** The end of looking back: the network as training left it, which goes on if it was going on. */
  | { type: 'returnToNow' }
  /** Steps per second, for people to follow; absent for full speed. */
  | { type: 'setPace'; stepsPerSecond?: number };

/** What the worker tells. */
export type SnapshotReport =
  /** All that are kept now, in the order of their steps. */
  | {
      type: 'snapshots';
      places: readonly Place[];
      /** Of worker memory: taken by them, and set aside for them. */
      bytes: number;
      roomBytes: number;
      /** What one takes when that is too much to keep any. */
      oversizeBytes?: number;
    }
  /** The page sees the network of `place`, after having `asked` for a step. */
  | { type: 'lookedBack'; asked: number; place: Place }
  /** The page sees the network where training stands. */
  | { type: 'cameBack' }
  /** Training stands at this step again; what came after is gone. */
  | {
      type: 'wentOn';
      step: number;
      /** False when the optimizer's memory starts empty, since it means something else than then. */
      keepsOptimizer: boolean;
    };
