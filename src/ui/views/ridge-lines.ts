/** The curves of a history of histograms on one common axis. Pure arithmetic; knows no colours. */
import type { Histogram } from '../../worker/protocol.ts';

/** Share of the height that the tallest outline takes when there is a history behind it. */
const tallest = 0.62;

export interface RidgeLines {
  /** The axis goes from −limit to limit. */
  readonly limit: number;
  /** SVG path data, the oldest first. */
  readonly paths: readonly string[];
}

/** Outlines of equal area per share of values; the oldest stands highest, the newest on the ground. */
export function ridgeLines(history: readonly Histogram[], width: number, height: number): RidgeLines {
  const limit = Math.max(0, ...history.map((histogram) => histogram.limit));
  if (limit === 0) return { limit: 1, paths: history.map(() => '') };
  const densities = history.map((histogram) => densityOf(histogram));
  const most = Math.max(...densities.flat(), Number.MIN_VALUE);
  const isAlone = history.length === 1;
  const ground = (index: number): number =>
    isAlone ? height : height - ((history.length - 1 - index) / (history.length - 1)) * height * (1 - tallest);
  const scale = (height * (isAlone ? 0.95 : tallest * 0.95)) / most;
  const paths = densities.map((density, index) => {
    const own = history[index]?.limit ?? 0;
    const y0 = ground(index);
    // Steps: a bin ends at zero exactly, and no line leads from one sign to the other where nothing lies.
    const x = (edge: number): number => round((((edge / density.length) * 2 - 1) * (own / limit) + 1) * (width / 2));
    const steps = density.map((value, bin) => `V${round(y0 - value * scale)}H${x(bin + 1)}`);
    return `M0 ${round(y0)}H${x(0)}${steps.join('')}V${round(y0)}H${width}`;
  });
  return { limit, paths };
}

/** Share of all values per unit of the axis, bin by bin. */
function densityOf({ bins, count, limit }: Histogram): readonly number[] {
  const binWidth = (2 * limit) / bins.length;
  return bins.map((inBin) => (binWidth > 0 ? inBin / Math.max(1, count) / binWidth : 0));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
