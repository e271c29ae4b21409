/** Where the moments of a run stand on the timeline, and which of them a pointer or a key means. Pure; draws nothing. */
import type { Place } from '../../worker/protocol.ts';

/** A run as the timeline shows it. */
export interface Run {
  /** In the order of their steps. */
  readonly places: readonly Place[];
  /** The step where training stands. */
  readonly nowStep: number;
  /** The step at the timeline's right end, at least `nowStep`. */
  readonly endStep: number;
}

/** The moment `now`, or a snapshot's. */
export type Moment = Place | 'now';

/**
 * Share of the timeline's width at which a step stands: by its root, since snapshots thin out like that. Evenly spread, all
 * of them can be reached, and the first steps, in which most happens, have room.
 */
export function shareOf(step: number, endStep: number): number {
  return Math.sqrt(Math.min(1, Math.max(0, step / Math.max(1, endStep))));
}

/** All that can be looked at: the snapshots before now, and now. */
export function momentsOf({ places, nowStep }: Run): readonly Moment[] {
  return [...places.filter(({ step }) => step < nowStep), 'now'];
}

/** The moment nearest to a share of the width; right of where training stands it is now. */
export function nearestMoment(run: Run, share: number): Moment {
  let [nearest, distance]: [Moment, number] = ['now', Infinity];
  for (const moment of momentsOf(run)) {
    const step = moment === 'now' ? run.nowStep : moment.step;
    const away = Math.abs(shareOf(step, run.endStep) - share);
    if (away <= distance) [nearest, distance] = [moment, away];
  }
  return nearest;
}

const strides: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -Infinity,
  End: Infinity,
  Escape: Infinity,
};

/** The moment that a key on the slider means; undefined for keys that mean none. */
export function momentOfKey(run: Run, lookedAt: Place | undefined, key: string): Moment | undefined {
  const stride = strides[key];
  if (stride === undefined || (key === 'Escape' && !lookedAt)) return undefined;
  const moments = momentsOf(run);
  const last = moments.length - 1;
  const at = lookedAt ? moments.findIndex((moment) => moment !== 'now' && moment.step >= lookedAt.step) : last;
  return moments[Math.min(last, Math.max(0, (at < 0 ? last : at) + stride))];
}

/** The first steps of the epochs after the first, as far as the timeline goes. */
export function epochStarts(stepsPerEpoch: number, endStep: number): readonly number[] {
  const count = Math.floor(endStep / Math.max(1, stepsPerEpoch));
  return Array.from({ length: count }, (_, index) => (index + 1) * stepsPerEpoch);
}
