/** The cells of a tensor, by its shape alone: how many, along which sides, in which order. Pure numbers; knows no layers. */

/** A cell of a tensor; of a tensor that is not an image, the channel of its only cell. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
  readonly channel: number;
}

/** Numbers in a tensor. */
export function cellCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** `[height, width, channels]` of any shape; what is not an image is one cell of many channels. */
export function imageSizes(shape: readonly number[]): readonly [height: number, width: number, channels: number] {
  const [height = 1, width = 1, channels = 1] = shape;
  return shape.length === 3 ? [height, width, channels] : [1, 1, cellCount(shape)];
}

/** Whether a tensor has such a cell. */
export function hasCell(shape: readonly number[], { row, column, channel }: CellPlace): boolean {
  const [height, width, channels] = imageSizes(shape);
  return row < height && column < width && channel < channels;
}

/** Where a cell lies among its tensor's numbers. */
export function cellIndex(shape: readonly number[], { row, column, channel }: CellPlace): number {
  const [, width, channels] = imageSizes(shape);
  return (row * width + column) * channels + channel;
}

/** The cell that lies there. */
export function cellAt(shape: readonly number[], index: number): CellPlace {
  const [, width, channels] = imageSizes(shape);
  const pixel = Math.floor(index / channels);
  return { row: Math.floor(pixel / width), column: pixel % width, channel: index % channels };
}
