/** Where in its run the page looks at the network, which moments it can go back to, and how fast training goes. */
import type { Place, Report } from '../worker/protocol.ts';
import type { Slice } from './slice.ts';
import type { PlaygroundState } from './state.ts';

/** Something about the run that a person should know, until the person's next act. */
export type TimeNote =
  /** Another network was built: snapshots of the one before are gone. */
  | 'rebuilt'
  /** Went on with another optimizer than then: its memory began empty. */
  | 'emptyOptimizer';

/** Everything the page says about time. */
export interface TimeState {
  /** What can be gone back to, in the order of the steps. */
  readonly places: readonly Place[];
  /** Of the worker's memory: taken by snapshots, and set aside for them. */
  readonly bytes: number;
  readonly roomBytes: number;
  /** What one snapshot takes; present when that is too much to keep any. */
  readonly oversizeBytes?: number;
  /** The moment looked at; absent for now. */
  readonly lookedAt?: Place;
  /** In slow motion; absent at full speed. */
  readonly stepsPerSecond?: number;
  readonly note?: TimeNote;
}

/** What a person can want of time. */
export type TimeIntent =
  | { readonly type: 'momentChosen'; readonly place: Place }
  | { readonly type: 'nowChosen' }
  | { readonly type: 'paceChosen'; readonly stepsPerSecond?: number };

/** Nothing kept yet, full speed. */
export const timeSlice: Slice<TimeState> = {
  initial: { places: [], bytes: 0, roomBytes: 0 },
  reduce(time, message) {
    switch (message.type) {
      case 'momentChosen':
        return { ...withoutNote(time), lookedAt: message.place };
      case 'rateLowered':
        return message.place ? { ...withoutNote(time), lookedAt: message.place } : time;
      case 'trainPressed':
      case 'pausePressed':
      case 'stepPressed':
        return withoutNote(time);
      case 'paceChosen': {
        const { stepsPerSecond: _before, ...rest } = time;
        return message.stepsPerSecond === undefined ? rest : { ...rest, stepsPerSecond: message.stepsPerSecond };
      }
      case 'snapshots':
        return afterSnapshots(time, message);
      case 'lookedBack':
        // Of several moments chosen in a row, the answers to all but the last come too late.
        return time.lookedAt?.step === message.asked ? { ...time, lookedAt: message.place } : time;
      case 'nowChosen':
      case 'cameBack':
        return atNow(time);
      case 'wasReset':
        return { ...atNow(time), places: [], bytes: 0 };
      case 'wentOn':
        return { ...atNow(time), ...(!message.keepsOptimizer && { note: 'emptyOptimizer' }) };
      default:
        return time;
    }
  },
  requests(message) {
    switch (message.type) {
      case 'momentChosen':
        return [{ type: 'lookBack', step: message.place.step }];
      case 'nowChosen':
        return [{ type: 'returnToNow' }];
      case 'paceChosen': {
        const { stepsPerSecond } = message;
        return [{ type: 'setPace', ...(stepsPerSecond === undefined ? {} : { stepsPerSecond }) }];
      }
      default:
        return [];
    }
  },
};

/** The step whose weights are on screen; absent while those of now are. */
export function lookedAtStep({ time }: Pick<PlaygroundState, 'time'>): number | undefined {
  return time.lookedAt?.step;
}

/**
 * The last moment from which the loss was a number and no worse than at the start of the run: the way back when it has
 * become none. Undefined when there is none but the initial weights.
 */
export function lastGoodPlace({ time, loss }: Pick<PlaygroundState, 'time' | 'loss'>): Place | undefined {
  const first = loss.train[0]?.value ?? NaN;
  const after = new Map(loss.train.map(({ step, value }) => [step - 1, value]));
  const isGood = ({ step }: Place): boolean => step > 0 && (after.get(step) ?? NaN) <= first;
  return time.places.findLast(isGood);
}

function afterSnapshots(time: TimeState, report: Extract<Report, { type: 'snapshots' }>): TimeState {
  const { places, bytes, roomBytes, oversizeBytes } = report;
  const { oversizeBytes: _before, ...rest } = time;
  // All at once they go with their network only: a rewind has emptied the list before.
  const isEmptied = places.length === 0 && time.places.length > 0;
  return {
    ...rest,
    ...{ places, bytes, roomBytes },
    ...(oversizeBytes !== undefined && { oversizeBytes }),
    ...(isEmptied && { note: 'rebuilt' }),
  };
}

function atNow(time: TimeState): TimeState {
  const { lookedAt: _then, note: _told, ...rest } = time;
  return rest;
}

function withoutNote(time: TimeState): TimeState {
  if (!time.note) return time;
  const { note: _told, ...rest } = time;
  return rest;
}
