/** A convolution's cell, product by product: plain, by depth, separable and transposed. Pure. */
import { channelsSeen, tapsAlong, type ConvolutionLayer } from '../../engine/model/layer-taps.ts';
import { spanOf, type Tap } from '../../engine/shape/taps.ts';
import type { CellNumbers } from '../../worker/protocol.ts';
import type { ChannelProducts, ConvolutionExplanation } from './explanation.ts';
import { sumToValue } from './sum-to-value.ts';

/** The patch that was read: numbers by tap and channel. */
interface Patch {
  readonly rows: readonly Tap[];
  readonly columns: readonly Tap[];
  /** Of the input, the first one read. */
  readonly firstChannel: number;
  readonly channels: number;
  /** Row by row of the taps, of the channel at `place` among those read. */
  at(place: number): readonly number[];
}

/** @param layer whose outputs the numbers are. */
export function explainConvolution(layer: ConvolutionLayer, numbers: CellNumbers): ConvolutionExplanation {
  const patch = patchOf(layer, numbers);
  const { rows, columns } = patch;
  const channels = channelsOf(layer, numbers, patch, numbers.cell.channel);
  const sum = sumOf(channels);
  const { hasAllChannels, weights } = numbers;
  const bias = (channel: number): number => weights['bias']?.[hasAllChannels ? channel : 0] ?? 0;
  const logitOf = (channel: number): number => sumOf(channelsOf(layer, numbers, patch, channel)) + bias(channel);
  const logits = hasAllChannels ? Array.from(numbers.outputs, (_, channel) => logitOf(channel)) : undefined;
  const ownBias = layer.useBias ? bias(numbers.cell.channel) : undefined;
  const common = { kind: 'convolution', layer, cell: numbers.cell, rows, columns, channels } as const;
  return { ...common, ...sumToValue(layer.activation, sum, ownBias, numbers, logits) };
}

function sumOf(channels: readonly ChannelProducts[]): number {
  return channels.reduce((sum, { contribution }) => sum + contribution, 0);
}

function patchOf(layer: ConvolutionLayer, { cell, inputs: [numbers = new Float32Array()] }: CellNumbers): Patch {
  const [rows, columns] = [tapsAlong(layer, 'vertical', cell.row), tapsAlong(layer, 'horizontal', cell.column)];
  const [down, across] = [spanOf(rows.map(({ input }) => input)), spanOf(columns.map(({ input }) => input))];
  const cells = down.count * across.count;
  const channels = cells === 0 ? (layer.inputShapes[0]?.[2] ?? 1) : numbers.length / cells;
  const at = (place: number): readonly number[] =>
    rows.flatMap((row) =>
      columns.map((column) => {
        if (row.input === undefined || column.input === undefined) return 0;
        const [y, x] = [(row.input - down.first) / down.step, (column.input - across.first) / across.step];
        return numbers[(y * across.count + x) * channels + place] ?? 0;
      }),
    );
  return { rows, columns, firstChannel: firstChannelOf(layer, cell.channel, channels), channels, at };
}

/** Input channel of the first number that was read at each place. */
function firstChannelOf(layer: ConvolutionLayer, channel: number, read: number): number {
  return read === layer.inputShapes[0]?.[2] ? 0 : channelsSeen(layer, channel).first;
}

/** The parts of every input channel in output `channel`. */
function channelsOf(
  layer: ConvolutionLayer,
  numbers: CellNumbers,
  patch: Patch,
  channel: number,
): readonly ChannelProducts[] {
  const { rows, columns, channels: inputChannels } = patch;
  const taps = rows.flatMap((row) =>
    columns.map((column) => row.window * layer.window.horizontal.window + column.window),
  );
  const products = (place: number, weightAt: (tap: number) => number, pointwise?: number): ChannelProducts => {
    const inputs = patch.at(place);
    const weights = taps.map(weightAt);
    const productSum = inputs.reduce((sum, input, index) => sum + input * (weights[index] ?? 0), 0);
    const contribution = productSum * (pointwise ?? 1);
    return { channel: patch.firstChannel + place, inputs, weights, productSum, pointwise, contribution };
  };
  const kernel =
    numbers.weights[layer.type === 'separableConv2d' ? 'depthwise_kernel' : 'kernel'] ?? new Float32Array();
  switch (layer.type) {
    case 'depthwiseConv2d':
      return [products(0, (tap) => kernel[tap] ?? 0)];
    case 'separableConv2d': {
      const pointwise = numbers.weights['pointwise_kernel'] ?? new Float32Array();
      return Array.from(pointwise, (weight, middle) =>
        products(
          Math.floor(middle / layer.depthMultiplier),
          (tap) => kernel[tap * pointwise.length + middle] ?? 0,
          weight,
        ),
      );
    }
    case 'conv2dTranspose':
      return each(inputChannels, (place) => products(place, (tap) => kernel[tap * inputChannels + place] ?? 0));
    case 'conv2d': {
      const own = channelsSeen(layer, channel);
      const seen = own.count;
      const [filters, filter] = numbers.hasAllChannels ? [layer.filters, channel] : [1, 0];
      // With the channels of all groups at hand, those of the filter's own group begin further on.
      const first = patch.channels > seen ? own.first : 0;
      return each(seen, (place) =>
        products(first + place, (tap) => kernel[(tap * seen + place) * filters + filter] ?? 0),
      );
    }
  }
}

function each<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
