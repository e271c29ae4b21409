/** The arithmetic of a window that slides along one axis: output size, padding, cells left unseen. Pure numbers. */
import type { Slide } from './receptive-field.ts';

export interface WindowAxis {
  /** Cells of the input along this axis, ≥ 1. */
  readonly size: number;
  /** Cells of the window, ≥ 1. */
  readonly window: number;
  /** Step between positions, ≥ 1. */
  readonly stride: number;
  /** Distance between neighbouring window cells, ≥ 1. */
  readonly dilation: number;
  readonly padBefore: number;
  readonly padAfter: number;
}

/** Extent of a dilated window in input cells: (window − 1)·dilation + 1. */
export function windowExtent(window: number, dilation: number): number {
  return (window - 1) * dilation + 1;
}

/** Number of positions: ⌊(size + padBefore + padAfter − extent) / stride⌋ + 1, and 0 where the window does not fit. */
export function outputSize(axis: WindowAxis): number {
  const room = axis.size + axis.padBefore + axis.padAfter - windowExtent(axis.window, axis.dilation);
  return room < 0 ? 0 : Math.floor(room / axis.stride) + 1;
}

/**
 * Padding that makes the output ceil(size / stride), the odd cell after, as TensorFlow and Keras place it.
 * Source: Keras 3 `operation_utils.compute_conv_output_shape`, TensorFlow `GetWindowedOutputSize`.
 */
export function samePadding(
  size: number,
  window: number,
  stride: number,
  dilation: number,
): readonly [before: number, after: number] {
  const positions = Math.ceil(size / stride);
  const total = Math.max(0, (positions - 1) * stride + windowExtent(window, dilation) - size);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/** Input cells at the far end that no window position covers (the floor drops them). */
export function unseenCells(axis: WindowAxis): number {
  const positions = outputSize(axis);
  if (positions === 0) return axis.size;
  const last = (positions - 1) * axis.stride + windowExtent(axis.window, axis.dilation) - axis.padBefore;
  return Math.min(axis.size, Math.max(0, axis.size - last));
}

/**
 * The window of the convolution that a transposed one over `inputs` cells undoes: its `size` is the transposed one's outputs,
 * its positions are the `inputs`. Source: Keras 3 `compute_conv_transpose_output_shape`: valid
 * `inputs·stride + max(extent − stride, 0)`, same `inputs·stride`.
 */
export function transposedWindow(
  inputs: number,
  { window, stride, dilation }: Pick<WindowAxis, 'window' | 'stride' | 'dilation'>,
  padding: 'valid' | 'same',
): WindowAxis {
  const overhang = Math.max(0, windowExtent(window, dilation) - stride);
  const size = inputs * stride + (padding === 'valid' ? overhang : 0);
  const [padBefore, padAfter] = padding === 'valid' ? [0, 0] : samePadding(size, window, stride, dilation);
  return { size, window, stride, dilation, padBefore, padAfter };
}

/** What an output of nearest or bilinear upsampling reads, as the window of a transposed convolution. */
export function upSamplingWindow(size: number, interpolation: 'nearest' | 'bilinear'): Slide {
  if (interpolation === 'nearest') return { extent: size, stride: size, padBefore: 0 };
  // Output o stands at (o + ½)/size − ½ and reads the inputs less than 1 away; where those are 1 away their share is 0.
  return { extent: 2 * size - (size % 2), stride: size, padBefore: Math.floor(size / 2) };
}
