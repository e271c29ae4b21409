/** What the chart of a metric draws: its lines, thinned and coloured, and axes with labels. Reads colours, draws nothing. */
import { formatDecimal, formatPercentFigure } from './format.ts';
import type { ChartAxis, ChartLine, ChartView } from './line-chart.ts';
import { accuracyAxis, epochAxis, lossAxis, thin, type SeriesPoint } from './series.ts';

/** Points drawn per line: more than a panel has pixels to show. */
const drawnPoints = 700;
/** Above this number, the dots of a line would touch. */
const mostDots = 40;

/** The elements that a metric's colours are read from. */
export type Probe = 'raw' | 'earlier' | 'train' | 'validation' | 'test' | 'grid' | 'label';

/** One metric of a run. */
export interface Metric {
  readonly kind: 'loss' | 'accuracy';
  readonly train: readonly SeriesPoint[];
  readonly validation: readonly SeriesPoint[];
  readonly test: readonly SeriesPoint[];
  readonly stepsPerEpoch: number;
  readonly epochs: number;
}

/** The view of a metric whose training series have been smoothed, that of an earlier run too; `read` gives a probe's computed style. */
export function metricView(
  metric: Metric,
  smoothed: readonly SeriesPoint[],
  earlier: readonly SeriesPoint[],
  read: (probe: Probe) => Pick<CSSStyleDeclaration, 'color' | 'fontFamily'>,
): ChartView {
  const line = (probe: Probe, points: readonly SeriesPoint[], widthPx: number, dotPx: number): ChartLine => ({
    points: thin(points, drawnPoints),
    color: read(probe).color,
    widthPx,
    dotPx,
  });
  const { train, validation, test } = metric;
  return {
    x: stepAxis(metric),
    y: valueAxis(metric.kind, [smoothed, validation, test]),
    lines: [
      line('earlier', earlier, 1.25, 0),
      line('raw', train, 0.75, 0),
      line('train', smoothed, 1.75, 0),
      line('validation', validation, 1.75, validation.length < mostDots ? 2 : 0),
      line('test', test, 0, 3),
    ],
    gridColor: read('grid').color,
    textColor: read('label').color,
    fontFamily: read('label').fontFamily,
  };
}

function stepAxis({ train, validation, test, stepsPerEpoch, epochs }: Metric): ChartAxis {
  const lastStep = Math.max(0, ...[train, validation, test].map((points) => points.at(-1)?.step ?? 0));
  const { max, ticks } = epochAxis(lastStep, stepsPerEpoch, epochs);
  const unit = (label: string): string => (label === '1' ? `${label} epoch` : `${label} epochs`);
  const last = unit(ticks.at(-1)?.label ?? '');
  // The unit makes the last label long, and it ends where the axis does: of five ticks, the one before would touch it.
  const isCrowded = (label: string): boolean => ticks.length >= 5 && label.length + last.length >= 12;
  return {
    min: 0,
    max,
    ticks: ticks.map(({ step, label }, index) => {
      const fromEnd = ticks.length - 1 - index;
      if (fromEnd === 0) return { value: step, label: last };
      return { value: step, label: fromEnd === 1 && isCrowded(label) ? '' : label };
    }),
  };
}

function valueAxis(kind: Metric['kind'], series: readonly (readonly SeriesPoint[])[]): ChartAxis {
  const { min, max, ticks } = kind === 'loss' ? lossAxis(series) : accuracyAxis(series);
  const decimals = max < 0.1 ? 3 : max < 1.5 ? 2 : 1;
  const label = (value: number): string =>
    kind === 'loss' ? formatDecimal(value, decimals) : `${formatPercentFigure(value, 0)}%`;
  return { min, max, ticks: ticks.map((value) => ({ value, label: label(value) })) };
}
