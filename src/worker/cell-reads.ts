/**
 * Which numbers of which tensors one output cell is computed from, as boxes to be read side by side. Pure; reads nothing, and
 * computes no value.
 */
import type { ResolvedLayer, ResolvedModel, Shape } from '../engine/index.ts';
import type { CellAddress } from '../engine/model/cell-address.ts';
import { channelsSeen, tapsAlong, type ChannelRun, type WindowLayer } from '../engine/model/layer-taps.ts';
import { cellCount, cellIndex, hasCell } from '../engine/shape/cells.ts';
import { borderCell, spanOf, upSamplingShares, type Span } from '../engine/shape/taps.ts';

type Triple = readonly [number, number, number];

/** Numbers `first + i·strides[0] + j·strides[1] + k·strides[2]` of a tensor, k fastest. */
export interface Box {
  readonly first: number;
  readonly counts: Triple;
  readonly strides: Triple;
}

/** What `CellNumbers` is filled from. */
export interface CellReads {
  readonly outputs: Box;
  /** By source; undefined for one that the cell does not depend on. */
  readonly inputs: readonly (Box | undefined)[];
  /** By the weight's own name. */
  readonly weights: Readonly<Record<string, Box>>;
  readonly hasAllChannels: boolean;
}

/** Kernels of all channels are read up to this many numbers: 4 MB. */
const mostKernelNumbers = 1 << 20;

/** What a cell of `layer` needs; `layer` undefined for the network's input of `shape`. Undefined when there is no such cell. */
export function cellReads({ layers, inputShape }: ResolvedModel, cell: CellAddress): CellReads | undefined {
  const layer = layers.find(({ name }) => name === cell.layer);
  if (cell.layer !== '' && !layer) return undefined;
  const shape = layer?.outputShape ?? inputShape;
  if (!hasCell(shape, cell)) return undefined;
  const outputs = isSoftmax(layer) ? rowOf(shape, cell) : one(cellIndex(shape, cell));
  if (!layer) return { outputs, inputs: [], weights: {}, hasAllChannels: false };
  const hasAllChannels = needsAllChannels(layer);
  const weights = layer.weights.map(({ name, shape: weightShape }) => {
    const ownName = name.slice(name.lastIndexOf('/') + 1);
    return [ownName, weightBox(layer, ownName, weightShape, cell, hasAllChannels)] as const;
  });
  return { outputs, inputs: inputBoxes(layer, cell), weights: Object.fromEntries(weights), hasAllChannels };
}

/** A whole plane `[height, width]` of an image-shaped tensor. */
export function planeBox([height = 1, width = 1, channels = 1]: Shape, channel: number): Box {
  return { first: channel, counts: [height, width, 1], strides: [width * channels, channels, 0] };
}

/** Numbers in a box. */
export function boxSize({ counts }: Box): number {
  return counts[0] * counts[1] * counts[2];
}

const one = (first: number): Box => ({ first, counts: [1, 1, 1], strides: [0, 0, 0] });
const run = (first: number, count: number, stride = 1): Box => ({
  first,
  counts: [1, 1, count],
  strides: [0, 0, stride],
});

/** All numbers along the last axis at a cell's place. */
function rowOf(shape: Shape, cell: CellAddress): Box {
  const channels = shape.at(-1) ?? 1;
  const index = cellIndex(shape, cell);
  return run(index - (index % channels), channels);
}

function isSoftmax(layer: ResolvedLayer | undefined): boolean {
  return layer !== undefined && 'activation' in layer && layer.activation.name === 'softmax';
}

function needsAllChannels(layer: ResolvedLayer): boolean {
  if (!isSoftmax(layer) || (layer.type !== 'dense' && layer.type !== 'conv2d')) return false;
  return layer.params <= mostKernelNumbers;
}

function inputBoxes(layer: ResolvedLayer, cell: CellAddress): readonly (Box | undefined)[] {
  const [shape = []] = layer.inputShapes;
  const [height = 1, width = 1, channels = 1] = shape;
  switch (layer.type) {
    case 'conv2d':
      return [
        windowBox(layer, cell, isSoftmax(layer) ? { first: 0, count: channels } : channelsSeen(layer, cell.channel)),
      ];
    case 'separableConv2d':
    case 'depthwiseConv2d':
    case 'conv2dTranspose':
      return [windowBox(layer, cell, channelsSeen(layer, cell.channel))];
    case 'maxPooling2d':
    case 'averagePooling2d':
      return [windowBox(layer, cell, { first: cell.channel, count: 1 })];
    case 'globalAveragePooling2d':
    case 'globalMaxPooling2d':
      return [planeBox(shape, cell.channel)];
    case 'zeroPadding2d':
    case 'padding2d': {
      const [[top], [left]] = layer.pads;
      const row = borderCell(cell.row - top, height, layer.mode);
      const column = borderCell(cell.column - left, width, layer.mode);
      return [row === undefined || column === undefined ? undefined : one(cellIndex(shape, { ...cell, row, column }))];
    }
    case 'upSampling2d': {
      const along = (at: number, axis: 0 | 1, size: number): Span =>
        spanOf(upSamplingShares(at, layer.size[axis], size, layer.interpolation).map(inputOf));
      const channel = { first: cell.channel, count: 1 };
      return [spansBox(shape, along(cell.row, 0, height), along(cell.column, 1, width), channel)];
    }
    case 'dense':
      return [run(0, shape[0] ?? 1)];
    case 'layerNormalization': {
      const index = cellIndex(shape, cell);
      return [run(index - (index % layer.rowCells), layer.rowCells)];
    }
    case 'activation':
      return [isSoftmax(layer) ? rowOf(shape, cell) : one(cellIndex(shape, cell))];
    case 'concatenate':
      return concatenatedBoxes(layer, cell);
    default:
      // The others read the number at the same place, of every source.
      return layer.inputShapes.map(() => one(cellIndex(layer.outputShape, cell)));
  }
}

const inputOf = ({ input }: { readonly input: number | undefined }): number | undefined => input;

function windowBox(layer: WindowLayer, { row, column }: CellAddress, channels: ChannelRun): Box | undefined {
  const rows = spanOf(tapsAlong(layer, 'vertical', row).map(inputOf));
  const columns = spanOf(tapsAlong(layer, 'horizontal', column).map(inputOf));
  return spansBox(layer.inputShapes[0] ?? [], rows, columns, channels);
}

/** Rows × columns × channels of an image-shaped tensor; undefined when none are left. */
function spansBox([, width = 1, channels = 1]: Shape, rows: Span, columns: Span, seen: ChannelRun): Box | undefined {
  if (rows.count === 0 || columns.count === 0) return undefined;
  return {
    first: (rows.first * width + columns.first) * channels + seen.first,
    counts: [rows.count, columns.count, seen.count],
    strides: [rows.step * width * channels, columns.step * channels, 1],
  };
}

/** The one source that holds the number, the others unread. */
function concatenatedBoxes(
  layer: Extract<ResolvedLayer, { type: 'concatenate' }>,
  cell: CellAddress,
): readonly (Box | undefined)[] {
  const { axis, inputShapes, outputShape } = layer;
  const inner = cellCount(outputShape.slice(axis + 1));
  const index = cellIndex(outputShape, cell);
  const turn = (outputShape[axis] ?? 1) * inner;
  let before = 0;
  return inputShapes.map((shape) => {
    const piece = (shape[axis] ?? 1) * inner;
    const within = (index % turn) - before;
    before += piece;
    return within >= 0 && within < piece ? one(Math.floor(index / turn) * piece + within) : undefined;
  });
}

function weightBox(layer: ResolvedLayer, name: string, shape: Shape, cell: CellAddress, hasAllChannels: boolean): Box {
  const cells = cellCount(shape);
  if (hasAllChannels || name === 'depthwise_kernel') return run(0, cells);
  if (layer.type === 'layerNormalization') return one(cellIndex(layer.outputShape, cell) % layer.rowCells);
  const [height = 1, width = 1, third = 1, fourth = 1] = shape;
  const last = layer.outputShape.at(-1) ?? 1;
  const channel = cellIndex(layer.outputShape, cell) % last;
  if (name !== 'kernel' && name !== 'pointwise_kernel') return one(channel);
  if (layer.type === 'dense') return run(channel, height, width);
  if (layer.type === 'conv2dTranspose')
    return { first: channel * fourth, counts: [height * width, 1, fourth], strides: [third * fourth, 0, 1] };
  // A depthwise kernel's last two axes count output channels together.
  if (layer.type === 'depthwiseConv2d') return run(channel, height * width, third * fourth);
  return { first: channel, counts: [1, height * width, third], strides: [0, third * fourth, fourth] };
}
