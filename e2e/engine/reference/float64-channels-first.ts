/** A few layers on channels-first tensors in plain float64, one example at a time. Uses nothing of the engine or of the other reference. */

/** Cells of `[channels, height, width]`, width fastest. */
export interface ChannelsFirstImage {
  readonly shape: readonly [channels: number, height: number, width: number];
  readonly cells: Float64Array;
}

type Numbers = ArrayLike<number>;

/** An image whose cells are given by their place. */
function imageFrom(
  shape: ChannelsFirstImage['shape'],
  cellAt: (channel: number, row: number, column: number) => number,
): ChannelsFirstImage {
  const [channels, height, width] = shape;
  const cells = new Float64Array(channels * height * width);
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) cells[(c * height + y) * width + x] = cellAt(c, y, x);
  return { shape, cells };
}

const at = ({ shape: [, height, width], cells }: ChannelsFirstImage, c: number, y: number, x: number): number =>
  cells[(c * height + y) * width + x]!;

/** A square valid convolution and relu; the kernel is `[size, size, channels, filters]`. */
export function convolveFirst(
  image: ChannelsFirstImage,
  kernel: Numbers,
  bias: Numbers,
  size: number,
): ChannelsFirstImage {
  const [channels, height, width] = image.shape;
  const filters = bias.length;
  return imageFrom([filters, height - size + 1, width - size + 1], (f, y, x) => {
    let sum = bias[f]!;
    for (let c = 0; c < channels; c++)
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++)
          sum += at(image, c, y + i, x + j) * kernel[((i * size + j) * channels + c) * filters + f]!;
    return Math.max(0, sum);
  });
}

/** The largest of every 2 × 2 cells. */
export function maxPoolFirst(image: ChannelsFirstImage): ChannelsFirstImage {
  const [channels, height, width] = image.shape;
  return imageFrom([channels, Math.floor(height / 2), Math.floor(width / 2)], (c, y, x) =>
    Math.max(...[0, 1].flatMap((i) => [at(image, c, 2 * y + i, 2 * x), at(image, c, 2 * y + i, 2 * x + 1)])),
  );
}

/** One image's channels after the other's. */
export function joinChannelsFirst(one: ChannelsFirstImage, other: ChannelsFirstImage): ChannelsFirstImage {
  const [channels, height, width] = one.shape;
  return { shape: [channels + other.shape[0], height, width], cells: Float64Array.of(...one.cells, ...other.cells) };
}

/** One image to the left of the other. */
export function joinWidthsFirst(one: ChannelsFirstImage, other: ChannelsFirstImage): ChannelsFirstImage {
  const [channels, height, width] = one.shape;
  return imageFrom([channels, height, width + other.shape[2]], (c, y, x) =>
    x < width ? at(one, c, y, x) : at(other, c, y, x - width),
  );
}

/** The mean of every channel. */
export function channelMeans({ shape: [channels], cells }: ChannelsFirstImage): Float64Array {
  const plane = cells.length / channels;
  return Float64Array.from({ length: channels }, (_, c) => {
    return cells.subarray(c * plane, (c + 1) * plane).reduce((sum, cell) => sum + cell, 0) / plane;
  });
}

/** All cells together to mean 0 and variance 1, then times gamma plus beta, cell by cell. */
export function normalizeAll(cells: Float64Array, gamma: Numbers, beta: Numbers, epsilon: number): Float64Array {
  const mean = cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
  const variance = cells.reduce((sum, cell) => sum + (cell - mean) ** 2, 0) / cells.length;
  return cells.map((cell, i) => ((cell - mean) / Math.sqrt(variance + epsilon)) * gamma[i]! + beta[i]!);
}

/** A batch normalization's four weights. */
export interface BatchNorm {
  readonly gamma: Numbers;
  readonly beta: Numbers;
  readonly mean: Numbers;
  readonly variance: Numbers;
}

/** Inference of a batch normalization over a flat row. */
export function batchNormalizeRow(
  row: Float64Array,
  { gamma, beta, mean, variance }: BatchNorm,
  epsilon: number,
): Float64Array {
  return row.map((cell, i) => ((cell - mean[i]!) / Math.sqrt(variance[i]! + epsilon)) * gamma[i]! + beta[i]!);
}

/** `softmax(row · kernel + bias)`; the kernel is `[inputs, units]`. */
export function denseSoftmax(row: Float64Array, kernel: Numbers, bias: Numbers): Float64Array {
  const units = bias.length;
  const sums = Float64Array.from({ length: units }, (_, unit) =>
    row.reduce((sum, cell, i) => sum + cell * kernel[i * units + unit]!, bias[unit]!),
  );
  const powers = sums.map((sum) => Math.exp(sum - Math.max(...sums)));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
