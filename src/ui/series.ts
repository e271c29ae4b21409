/** What a chart draws of a long series: smoothed, thinned, with axes that suit it. Pure: knows no chart and no colours. */

/** One value of a series at a training step. */
export interface SeriesPoint {
  readonly step: number;
  readonly value: number;
}

/** An axis: its end or ends, and the places that are labelled. */
export interface ValueAxis {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
}

/** A labelled place of the step axis. */
export interface EpochTick {
  readonly step: number;
  /** In epochs: `2`, `0.25`. */
  readonly label: string;
}

/** Share of the past in the smoothed value: a memory of about 20 steps. */
export const smoothing = 0.95;

/**
 * The exponential mean of a series, corrected for its start (as Adam corrects its moments), so that the first value is the
 * series' own. Values that are not finite are left out.
 */
export function smooth(points: readonly SeriesPoint[]): readonly SeriesPoint[] {
  let mean = 0;
  let weight = 0;
  const smoothed: SeriesPoint[] = [];
  for (const { step, value } of points) {
    if (!Number.isFinite(value)) continue;
    mean = smoothing * mean + (1 - smoothing) * value;
    weight = smoothing * weight + (1 - smoothing);
    smoothed.push({ step, value: mean / weight });
  }
  return smoothed;
}

/** At most `count` points (≥ 4): the lowest and the highest of equal runs, in order, with both ends kept. */
export function thin(points: readonly SeriesPoint[], count: number): readonly SeriesPoint[] {
  if (points.length <= count) return points;
  const runs = Math.floor((count - 2) / 2);
  const inner = points.length - 2;
  const kept: (SeriesPoint | undefined)[] = [points[0]];
  for (let run = 0; run < runs; run += 1) {
    kept.push(...extremes(points, 1 + Math.floor((run * inner) / runs), 1 + Math.floor(((run + 1) * inner) / runs)));
  }
  kept.push(points.at(-1));
  return kept.filter((point) => point !== undefined);
}

function extremes(points: readonly SeriesPoint[], from: number, to: number): readonly SeriesPoint[] {
  let low = points[from];
  let high = low;
  for (let index = from; index < to; index += 1) {
    const point = points[index];
    if (point === undefined || low === undefined || high === undefined) continue;
    if (point.value < low.value) low = point;
    if (point.value > high.value) high = point;
  }
  if (low === undefined || high === undefined || low === high) return low === undefined ? [] : [low];
  return low.step < high.step ? [low, high] : [high, low];
}

const lossTops = [0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.5, 2, 2.5, 3, 4, 6, 8, 10] as const;

/** Of a run, the axes leave this first share out of view if it is too steep. */
const steepShare = 0.05;

/**
 * From 0 to a round top that holds the smoothed series but for its first steps: late in a run the fall from 2.3 would press all
 * the rest flat. Tops come from a short list, so the axis seldom moves.
 */
export function lossAxis(series: readonly (readonly SeriesPoint[])[]): ValueAxis {
  const values = settledValues(series);
  // Before anything is known: a network that guesses among ten classes has ln 10 = 2.3.
  const high = values.length === 0 ? 2.4 : 1.04 * Math.max(...values, 0);
  const top = lossTops.find((candidate) => high <= candidate) ?? roundUp(high);
  return { min: 0, max: top, ticks: evenTicks(0, top, [4, 5, 3].find((parts) => isPlain(top / parts)) ?? 4) };
}

/** Bottoms of the accuracy axis and the number of parts its ticks cut it into. */
const accuracyBottoms: readonly (readonly [bottom: number, parts: number])[] = [
  [0.95, 5],
  [0.9, 5],
  [0.8, 4],
  [0.6, 4],
  [0.4, 3],
  [0, 5],
];

/** Up to 1 from a round bottom that holds the smoothed series but for its first steps. */
export function accuracyAxis(series: readonly (readonly SeriesPoint[])[]): ValueAxis {
  const values = settledValues(series);
  const low = values.length === 0 ? 0 : Math.min(...values);
  const [bottom, parts] = accuracyBottoms.find(([candidate]) => candidate <= low) ?? [0, 5];
  return { min: bottom, max: 1, ticks: evenTicks(bottom, 1, parts) };
}

/** The largest and the smallest value of each series after the steep start. */
function settledValues(series: readonly (readonly SeriesPoint[])[]): readonly number[] {
  const start = steepShare * Math.max(0, ...series.map((points) => points.at(-1)?.step ?? 0));
  return series.flatMap((points) => {
    let [low, high] = [Infinity, -Infinity];
    for (const { step, value } of points) {
      if (step < start || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return low <= high ? [low, high] : [];
  });
}

/** The last point up to a step; undefined before the first one. */
export function pointAt(points: readonly SeriesPoint[], step: number): SeriesPoint | undefined {
  let [low, high] = [0, points.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((points[middle]?.step ?? Infinity) <= step) low = middle;
    else high = middle - 1;
  }
  const point = points[low];
  return point !== undefined && point.step <= step ? point : undefined;
}

const tickIntervals = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200] as const;

/**
 * The step axis, in epochs. It begins with an eighth of an epoch and doubles whenever the series fills it, up to the whole
 * run: the curve always takes more than half of the width, and the axis moves a few times only.
 */
export function epochAxis(
  lastStep: number,
  stepsPerEpoch: number,
  epochs: number,
): { max: number; ticks: readonly EpochTick[] } {
  const perEpoch = Math.max(1, stepsPerEpoch);
  const whole = Math.max(epochs, Math.ceil(lastStep / perEpoch), 1);
  let span = 1 / 8;
  while (span < whole && span * perEpoch < lastStep) span *= 2;
  span = Math.min(span, whole);
  const interval = tickIntervals.find((candidate) => span / candidate <= 5.01) ?? Math.ceil(span / 5);
  const ticks: EpochTick[] = [];
  for (let index = 1; index * interval <= span * 1.0001; index += 1) {
    const epoch = Number((index * interval).toPrecision(6));
    ticks.push({ step: epoch * perEpoch, label: String(epoch) });
  }
  return { max: span * perEpoch, ticks };
}

function evenTicks(from: number, to: number, parts: number): readonly number[] {
  return Array.from({ length: parts + 1 }, (_, index) => Number((from + ((to - from) * index) / parts).toPrecision(6)));
}

function isPlain(value: number): boolean {
  return Number(value.toPrecision(2)) === Number(value.toPrecision(6));
}

function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return Math.ceil(value / unit) * unit;
}
