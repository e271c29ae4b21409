/** Sliding windows along the axes of an image: sizes and paddings, counted out. Knows no layers' names or weights. */
import type { Pair, PaddingConfig } from '../../../src/engine/model/config.ts';

/** One axis of a sliding window. */
export interface ReferenceAxis {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Cells of padding before the first input cell. */
  readonly before: number;
  readonly output: number;
}

export interface ReferenceWindow {
  readonly vertical: ReferenceAxis;
  readonly horizontal: ReferenceAxis;
  /** True where padded cells repeat the nearest border cell. */
  readonly isReplicated: boolean;
}

/** What a window is made of; strides and dilation are 1 where nothing is said. */
export interface WindowOptions {
  readonly kernelSize: Pair;
  readonly strides?: Pair | undefined;
  readonly padding?: PaddingConfig | undefined;
  readonly dilationRate?: Pair | undefined;
}

/** Both numbers of a pair. */
export const pairOf = (pair: Pair): readonly [number, number] => (typeof pair === 'number' ? [pair, pair] : pair);

/** Windows that fit between `-before` and `input + after`, counted one by one. */
function countPositions(input: number, extent: number, stride: number, before: number, after: number): number {
  let positions = 0;
  for (let start = -before; start + extent <= input + after; start += stride) positions++;
  return positions;
}

/** TensorFlow's documented `SAME`: the last stride may be cut short, the odd cell is padded after. */
function sameTotal(input: number, extent: number, stride: number): number {
  const rest = input % stride;
  return Math.max(extent - (rest === 0 ? stride : rest), 0);
}

/** A window over an image of `inputShape`. */
export function windowOver(inputShape: readonly number[], options: WindowOptions): ReferenceWindow {
  const [kernel, stride, dilation] = [options.kernelSize, options.strides ?? 1, options.dilationRate ?? 1].map(pairOf);
  const padding = options.padding ?? 'valid';
  const axisOf = (axis: 0 | 1): ReferenceAxis => {
    const input = inputShape[axis] ?? 0;
    const [size, step, gap] = [kernel?.[axis] ?? 1, stride?.[axis] ?? 1, dilation?.[axis] ?? 1];
    const extent = size + (size - 1) * (gap - 1);
    const total = padding === 'valid' ? 0 : sameTotal(input, extent, step);
    const [before, after] = typeof padding === 'string' ? [Math.floor(total / 2), Math.ceil(total / 2)] : padding[axis];
    const output = countPositions(input, extent, step, before, after);
    return { input, kernel: size, stride: step, dilation: gap, before, output };
  };
  return { vertical: axisOf(0), horizontal: axisOf(1), isReplicated: padding === 'replicate' };
}

/**
 * The window of the convolution that a transposed one turns round, over the image that the transposed one gives: `same`
 * multiplies the size by the stride; `valid` lays the windows side by side and never gives less than that.
 */
export function transposedWindow(inputShape: readonly number[], options: WindowOptions): ReferenceWindow {
  const [kernel, stride, dilation] = [options.kernelSize, options.strides ?? 1, options.dilationRate ?? 1].map(pairOf);
  const sizes = ([0, 1] as const).map((axis) => {
    const [size, step, gap] = [kernel?.[axis] ?? 1, stride?.[axis] ?? 1, dilation?.[axis] ?? 1];
    const least = (inputShape[axis] ?? 0) * step;
    const sideBySide = least - step + size + (size - 1) * (gap - 1);
    return options.padding === 'same' ? least : Math.max(least, sideBySide);
  });
  return windowOver(sizes, options);
}
