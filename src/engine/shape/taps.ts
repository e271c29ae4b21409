/** Which input cells one output cell reads along one axis, tap by tap. Pure numbers; knows no tensors. */
import { outputSize, type WindowAxis } from './window.ts';

/** One cell of a window that stands somewhere. */
export interface Tap {
  /** Place in the window, from 0. */
  readonly window: number;
  /** Coordinate of the input under it; outside the input it is padding. */
  readonly at: number;
  /** The input cell read there; undefined where padding stands for zero or takes no part. */
  readonly input: number | undefined;
}

/** An input cell and its share in an output. */
export interface Share {
  readonly input: number;
  /** 0…1. */
  readonly share: number;
}

/** Cells `first`, `first + step`, … of an axis. */
export interface Span {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** What the border does to cells beyond it. */
export type Border = 'zero' | 'reflect' | 'replicate';

/** The input cell that a coordinate beyond the border repeats; undefined for zero. */
export function borderCell(at: number, size: number, border: Border): number | undefined {
  if (at >= 0 && at < size) return at;
  if (border === 'zero') return undefined;
  if (border === 'replicate') return at < 0 ? 0 : size - 1;
  return at < 0 ? -at : 2 * (size - 1) - at;
}

/** The taps of a window at output `position`: coordinate `position·stride + tap·dilation − padBefore`. */
export function windowTaps(axis: WindowAxis, position: number, border: Border = 'zero'): readonly Tap[] {
  const start = position * axis.stride - axis.padBefore;
  return Array.from({ length: axis.window }, (_, window) => {
    const at = start + window * axis.dilation;
    return { window, at, input: borderCell(at, axis.size, border) };
  });
}

/**
 * The taps of a transposed convolution at `output`: those places k of the window with an input i at
 * `i·stride + k·dilation = output + padBefore`. The axis is that of the convolution it transposes.
 */
export function transposedTaps(axis: WindowAxis, output: number): readonly Tap[] {
  const inputs = outputSize(axis);
  return Array.from({ length: axis.window }, (_, window) => {
    const at = (output + axis.padBefore - window * axis.dilation) / axis.stride;
    return { window, at, input: at };
  }).filter(({ at }) => Number.isInteger(at) && at >= 0 && at < inputs);
}

/** What an output of upsampling is mixed from: the cell it repeats, or the two between whose centres it lies. */
export function upSamplingShares(
  output: number,
  factor: number,
  size: number,
  interpolation: 'nearest' | 'bilinear',
): readonly Share[] {
  if (interpolation === 'nearest') return [{ input: Math.floor(output / factor), share: 1 }];
  const at = (output + 0.5) / factor - 0.5;
  const lower = Math.floor(at);
  const share = at - lower;
  const [before, after] = [Math.max(lower, 0), Math.min(lower + 1, size - 1)];
  if (before === after || share === 0) return [{ input: before, share: 1 }];
  return [
    { input: before, share: 1 - share },
    { input: after, share },
  ];
}

/** The least evenly spaced span that holds all the cells named, in rising order; empty for none. */
export function spanOf(cells: readonly (number | undefined)[]): Span {
  const sorted = [...new Set(cells.filter((cell) => cell !== undefined))].sort((a, b) => a - b);
  const [first = 0, second = first + 1] = sorted;
  const last = sorted.at(-1) ?? first;
  const step = second - first;
  if (sorted.every((cell, index) => cell === first + index * step)) return { first, step, count: sorted.length };
  return { first, step: 1, count: last - first + 1 };
}
