/** What the page asks of a climb towards the input that excites a unit most, and what it is told on the way. Types only. */
import type { UnitAim } from './unit-gradient.ts';

/** One climb: what it is to excite, and where it starts. */
export interface Climb {
  /** Tells its reports from those of others. */
  readonly id: number;
  readonly aim: UnitAim;
  /** Whether each step is averaged over neighbouring pixels. */
  readonly isSmooth: boolean;
  /** Of the noise it starts from; the same seed and weights come to the same bits. */
  readonly seed: number;
}

export type ClimbRequest =
  | ({ readonly type: 'climb' } & Climb)
  /** Ends the climb under way, if any. */
  | { readonly type: 'stopClimb' };

/** Where a climb has come to. */
export interface ClimbProgress {
  readonly id: number;
  /** Steps taken, of `planned`. */
  readonly steps: number;
  readonly planned: number;
  /** The unit's sum at the start and now, with the weights of the start. */
  readonly before: number;
  readonly value: number;
  /** The picture now, 0…1, in the shape of the network's input. */
  readonly pixels: Float32Array<ArrayBuffer>;
  /** It takes no further step: it is through, or no pixel moves the unit. */
  readonly isOver: boolean;
}

export type ClimbReport = { readonly type: 'climbed' } & ClimbProgress;
