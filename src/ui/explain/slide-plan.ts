/** A window's way over its input, position by position, with what it covers and what comes out. Pure. */
import type { CellExplanation, ChannelProducts } from '../../app/explain/explanation.ts';
import { tapsAlong, type SlidingLayer } from '../../engine/model/layer-taps.ts';
import type { Tap } from '../../engine/shape/taps.ts';
import { outputSize, windowExtent, type WindowAxis } from '../../engine/shape/window.ts';
import { formatCount } from '../format.ts';

/** The window somewhere on its way. */
export interface SlideStep {
  readonly row: number;
  readonly column: number;
  readonly rows: readonly Tap[];
  readonly columns: readonly Tap[];
}

/** Positions in all, row by row. */
export function positionCount({ window }: SlidingLayer): number {
  return outputSize(window.vertical) * outputSize(window.horizontal);
}

/** The window at a position, counted row by row from 0. */
export function slideStep(layer: SlidingLayer, position: number): SlideStep {
  const width = outputSize(layer.window.horizontal);
  const [row, column] = [Math.floor(position / width), position % width];
  return { row, column, rows: tapsAlong(layer, 'vertical', row), columns: tapsAlong(layer, 'horizontal', column) };
}

/** What lies under the window, row by row; undefined where pooling leaves padding out, 0 where convolution pads. */
export function numbersUnder(
  { rows, columns }: SlideStep,
  plane: ArrayLike<number>,
  width: number,
): readonly (number | undefined)[] {
  return rows.flatMap(({ input: row }) =>
    columns.map(({ input: column }) =>
      row === undefined || column === undefined ? undefined : plane[row * width + column],
    ),
  );
}

/** What one input channel adds at this position; undefined where the kernel is not known. */
export function channelSum(
  numbers: readonly (number | undefined)[],
  channel: ChannelProducts | undefined,
): number | undefined {
  if (!channel) return undefined;
  const sum = numbers.reduce<number>((all, number, tap) => all + (number ?? 0) * (channel.weights[tap] ?? 0), 0);
  return sum * (channel.pointwise ?? 1);
}

/** The kernel's slice for an input channel. */
export function channelOf(explanation: CellExplanation, inputChannel: number): ChannelProducts | undefined {
  if (explanation.kind !== 'convolution') return undefined;
  return explanation.channels.find(({ channel }) => channel === inputChannel);
}

/** `stride 2, padding 1, dilation 1`: how the window goes. */
export function strideText({ window: { vertical, horizontal } }: SlidingLayer): string {
  const both = (along: (axis: WindowAxis) => number | string): string => {
    const [down, across] = [along(vertical), along(horizontal)];
    return down === across ? String(down) : `${down} and ${across}`;
  };
  const padding = both(({ padBefore, padAfter }) =>
    padBefore === padAfter ? padBefore : `${padBefore} before, ${padAfter} behind`,
  );
  const dilation = both((axis) => axis.dilation);
  const spans = both(({ window, dilation: gap }) => windowExtent(window, gap));
  return `stride ${both(({ stride }) => stride)}, padding ${padding}${dilation === '1' ? '' : `, dilation ${dilation}: spans ${spans}`}`;
}

/** `position 14 of 676: output row 0, column 13`. */
export function positionText(step: SlideStep, position: number, count: number): string {
  return `position ${formatCount(position + 1)} of ${formatCount(count)}: output row ${step.row}, column ${step.column}`;
}
