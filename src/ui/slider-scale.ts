/** Where a value stands on a slider and which value a position means: linear, logarithmic, or a list of stops. Pure. */

/** The span of a slider. */
export interface SliderScale {
  readonly min: number;
  readonly max: number;
  readonly kind: 'linear' | 'log';
  /** Rising values; when there are any, the slider has just these. */
  readonly stops: readonly number[];
}

/** Positions a logarithmic slider has in one decade: its values are these factors of a power of ten. */
const decadeFactors = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9] as const;

/** The values of all positions of a logarithmic scale, from `min` to `max`, each in two figures. */
export function logStops(min: number, max: number): readonly number[] {
  const values = new Set<number>([min]);
  for (let decade = Math.floor(Math.log10(min)); decade <= Math.ceil(Math.log10(max)); decade += 1) {
    for (const factor of decadeFactors) {
      const value = Number(`${factor}e${decade}`);
      if (value > min && value < max) values.add(value);
    }
  }
  values.add(max);
  return [...values];
}

/** The values a slider stops at, or none when it is linear. */
export function stopsOf(scale: SliderScale): readonly number[] {
  if (scale.stops.length > 0) return scale.stops;
  return scale.kind === 'log' ? logStops(scale.min, scale.max) : [];
}

/** The nearest stop's index, by ratio where all values are above zero. */
export function nearestStop(stops: readonly number[], value: number): number {
  const isByRatio = value > 0 && (stops[0] ?? 0) > 0;
  const place = (stop: number): number => (isByRatio ? Math.log(stop / value) : stop - value);
  let best = 0;
  stops.forEach((stop, index) => {
    if (Math.abs(place(stop)) < Math.abs(place(stops[best] ?? stop))) best = index;
  });
  return best;
}
