/** Lines over training steps on a canvas, by Chart.js, whose only user this file is. Knows no metric, no token and no text. */
import type { Chart, ChartConfiguration, ChartDataset, Point, Scale } from 'chart.js';

/** A labelled place of an axis. */
export interface AxisTick {
  readonly value: number;
  readonly label: string;
}

/** From where to where an axis goes, and what is written along it. */
export interface ChartAxis {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly AxisTick[];
}

/** One line; its colour as a canvas takes it. */
export interface ChartLine {
  readonly points: readonly { readonly step: number; readonly value: number }[];
  readonly color: string;
  readonly widthPx: number;
  /** 0 draws no dots. */
  readonly dotPx: number;
}

/** All that is drawn, later lines over earlier ones. */
export interface ChartView {
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly lines: readonly ChartLine[];
  readonly gridColor: string;
  readonly textColor: string;
  /** The computed `font-family` of the labels. */
  readonly fontFamily: string;
}

type StepChart = Chart<'line', Point[]>;

/** Room for the labels at the left: fixed, so that new labels never move the lines. */
const labelWidthPx = 44;

/** A chart on a canvas that fills its positioned parent and follows its size. */
export class LineChart {
  #chart: StepChart;

  private constructor(chart: StepChart) {
    this.#chart = chart;
  }

  /** Loads Chart.js and draws the first view, which `read` gives once everything is there. */
  static async create(canvas: HTMLCanvasElement, read: () => ChartView): Promise<LineChart> {
    const { Chart, LineController, LineElement, LinearScale, PointElement } = await import('chart.js');
    Chart.register(LineController, LineElement, LinearScale, PointElement);
    // Keeps the canvas in memory: on the GPU its drawing would wait behind training, and block the page on software adapters.
    canvas.getContext('2d', { willReadFrequently: true });
    return new LineChart(new Chart(canvas, configuration(read())));
  }

  /** Draws another view at once. */
  draw(view: ChartView): void {
    const { data, options } = this.#chart;
    view.lines.forEach((line, index) => {
      data.datasets[index] = { ...data.datasets[index], ...dataset(line, index) };
    });
    data.datasets.length = view.lines.length;
    options.scales = scales(view);
    this.#chart.update('none');
  }

  /** The step at a place from the canvas's left edge, within the axis. */
  stepAt(leftPx: number): number {
    const scale = this.#chart.scales['x'];
    return scale === undefined ? 0 : Math.min(scale.max, Math.max(scale.min, scale.getValueForPixel(leftPx) ?? 0));
  }

  /** Where a step stands, from the canvas's left edge. */
  leftOf(step: number): number {
    return this.#chart.scales['x']?.getPixelForValue(step) ?? 0;
  }

  /** Frees the canvas. */
  destroy(): void {
    this.#chart.destroy();
  }
}

function configuration(view: ChartView): ChartConfiguration<'line', Point[]> {
  return {
    type: 'line',
    data: { datasets: view.lines.map(dataset) },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      events: [],
      layout: { padding: { top: 6, right: 4 } },
      scales: scales(view),
    },
  };
}

function dataset(line: ChartLine, index: number): ChartDataset<'line', Point[]> {
  return {
    data: line.points.map(({ step, value }) => ({ x: step, y: value })),
    // Chart.js draws the highest order first.
    order: -index,
    borderColor: line.color,
    borderWidth: line.widthPx,
    borderJoinStyle: 'round',
    pointRadius: line.dotPx,
    pointBackgroundColor: line.color,
    pointBorderWidth: 0,
    tension: 0,
    spanGaps: true,
  };
}

function scales(view: ChartView): NonNullable<NonNullable<ChartConfiguration<'line'>['options']>['scales']> {
  const axis = (ticks: readonly AxisTick[], limits: ChartAxis) => ({
    type: 'linear' as const,
    min: limits.min,
    max: limits.max,
    afterBuildTicks: (scale: Scale): void => {
      scale.ticks = ticks.map(({ value, label }) => ({ value, label }));
    },
    border: { display: false },
    ticks: {
      color: view.textColor,
      font: { family: view.fontFamily, size: 11 },
      autoSkip: false,
      maxRotation: 0,
      callback: (_value: string | number, index: number): string => ticks[index]?.label ?? '',
    },
  });
  return {
    x: {
      ...axis(view.x.ticks, view.x),
      border: { display: false, dash: [2, 3] },
      grid: { color: view.gridColor, tickLength: 0 },
      ticks: { ...axis(view.x.ticks, view.x).ticks, align: 'inner', padding: 6 },
    },
    y: {
      ...axis(view.y.ticks, view.y),
      afterFit: (scale: Scale): void => {
        scale.width = labelWidthPx;
      },
      grid: { color: view.gridColor, tickLength: 0 },
      ticks: { ...axis(view.y.ticks, view.y).ticks, crossAlign: 'far', padding: 6 },
    },
  };
}
