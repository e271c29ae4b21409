/** The rules of tuning: what is worth measuring, for how long, how often, and what is faster. Pure arithmetic on milliseconds. */

/** A way must be this much faster than the one in use, twice, to replace it: timings of the same work differ by less. */
const minGain = 0.03;
/** A way this much slower at its first timing is measured no further. */
const hopelessRatio = 1.25;
/** A way this much slower at its very first run is not even judged. */
const farBehindRatio = 2;
/** Kernels that take less of the time of all that can be tuned are left alone: nobody would notice. */
const minShare = 0.01;
/** Rounds in which two ways are timed in turn; the least of each counts, as whatever disturbs makes it longer. */
export const timingRounds = 3;

const minSubmitMs = 8;
const maxSubmitMs = 40;
/** A submit takes at least this many times as long as learning that it is done. */
const fencesPerSubmit = 16;
const maxRepeats = 4096;
const maxGrowth = 16;

/** While the network trains, tuning works for one part of the time and rests for this many. */
const restsWhileTraining = 12;
/** Otherwise it leaves the GPU to whatever is drawn as long as it takes it. */
const restsOtherwise = 1;

/** How long a timed submit should take where learning of its end takes `fenceMs`. */
export function submitMsFor(fenceMs: number): number {
  return Math.min(maxSubmitMs, Math.max(minSubmitMs, fenceMs * fencesPerSubmit));
}

/**
 * How often to repeat a dispatch in one submit of about `submitMs`, once `repeats` of it took `dispatchMs` each; the same
 * number when that was often enough. It grows in stages, as the first timings of a short dispatch are of nothing but noise.
 */
export function nextRepeats(repeats: number, dispatchMs: number, submitMs: number): number {
  if (dispatchMs * repeats >= submitMs / 2) return repeats;
  const wanted = Math.round(submitMs / Math.max(dispatchMs, submitMs / maxRepeats));
  return Math.max(repeats, Math.min(wanted, repeats * maxGrowth));
}

/** How long to leave the GPU alone after `workMs` of tuning. */
export function restMs(workMs: number, isTraining: boolean): number {
  return workMs * (isTraining ? restsWhileTraining : restsOtherwise);
}

export function isFaster(ms: number, thanMs: number): boolean {
  return ms <= thanMs * (1 - minGain);
}

export function isHopeless(ms: number, besideMs: number): boolean {
  return ms > besideMs * hopelessRatio;
}

export function isFarBehind(ms: number, besideMs: number): boolean {
  return ms > besideMs * farBehindRatio;
}

/** The keys that are worth measuring, dearest first; `costs` in milliseconds per training step. */
export function dearestFirst(costs: ReadonlyMap<string, number>): readonly string[] {
  const total = [...costs.values()].reduce((sum, ms) => sum + ms, 0);
  return [...costs]
    .filter(([, ms]) => ms >= total * minShare)
    .sort(([, a], [, b]) => b - a)
    .map(([key]) => key);
}
