/** The arithmetic of a window that slides along one axis: output size, padding, cells left unseen. Pure numbers. */

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
