/** Reads the window arguments that convolution and pooling share and checks that the window fits. */
import type { FieldReader } from '../field-reader.ts';
import type { Window2D } from '../resolved.ts';
import { slideField, type ReceptiveField } from '../../shape/receptive-field.ts';
import { outputSize, samePadding, windowExtent } from '../../shape/window.ts';

/** Sizes of windows, steps and factors. */
export const sizeRange = { min: 1, max: 1024 } as const;

/** Cells of explicit padding on one side. */
export const maxPadding = 1024;

type PadPair = readonly [before: number, after: number];

export interface WindowArguments {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** `valid`, `same`-sized, or explicit amounts. */
  readonly padding: 'valid' | 'same' | readonly [vertical: PadPair, horizontal: PadPair];
}

/** The window over an input of `height` × `width`, padding turned into numbers. */
export function resolveWindow(height: number, width: number, args: WindowArguments): Window2D {
  const axis = (size: number, index: 0 | 1) => {
    const window = args.size[index];
    const stride = args.strides[index];
    const dilation = args.dilation[index];
    const [padBefore, padAfter] =
      args.padding === 'valid'
        ? [0, 0]
        : args.padding === 'same'
          ? samePadding(size, window, stride, dilation)
          : args.padding[index];
    return { size, window, stride, dilation, padBefore, padAfter };
  };
  return { vertical: axis(height, 0), horizontal: axis(width, 1) };
}

/** `[outputHeight, outputWidth]`, or an issue that says which window does not fit, with a size that would. */
export function windowOutput(
  fields: FieldReader,
  window: Window2D,
  sizeField: 'kernelSize' | 'poolSize',
): readonly [number, number] | undefined {
  const rows = outputSize(window.vertical);
  const columns = outputSize(window.horizontal);
  if (rows > 0 && columns > 0) return [rows, columns];
  const extent = [window.vertical, window.horizontal].map((axis) => windowExtent(axis.window, axis.dilation));
  const room = [window.vertical, window.horizontal].map((axis) => axis.size + axis.padBefore + axis.padAfter);
  const largest = Math.min(...[window.vertical, window.horizontal].map(largestWindow));
  fields.report(
    'emptyOutput',
    `a window of ${extent.join('×')} does not fit into ${room.join('×')} cells. Received ${sizeField}=[${window.vertical.window}, ${window.horizontal.window}].`,
    { label: `Use a ${largest}×${largest} window`, field: sizeField, value: largest },
  );
  return undefined;
}

/** Cells of the largest window of the same dilation that fits along the axis. */
function largestWindow(axis: Window2D['vertical']): number {
  return Math.max(1, Math.floor((axis.size + axis.padBefore + axis.padAfter - 1) / axis.dilation) + 1);
}

export function slideReceptiveField(field: ReceptiveField, window: Window2D): ReceptiveField {
  const along = (axis: Window2D['vertical']) => ({
    extent: windowExtent(axis.window, axis.dilation),
    stride: axis.stride,
    padBefore: axis.padBefore,
  });
  return {
    vertical: slideField(field.vertical, along(window.vertical)),
    horizontal: slideField(field.horizontal, along(window.horizontal)),
  };
}

/** `[[top, bottom], [left, right]]` when the value is that, else undefined. */
export function explicitPadding(value: unknown, max: number): readonly [PadPair, PadPair] | undefined {
  const isPair = (pair: unknown): pair is [number, number] =>
    Array.isArray(pair) &&
    pair.length === 2 &&
    pair.every((cells) => Number.isInteger(cells) && cells >= 0 && cells <= max);
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [vertical, horizontal] = value as unknown[];
  return isPair(vertical) && isPair(horizontal) ? [vertical, horizontal] : undefined;
}
