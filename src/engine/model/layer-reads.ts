/** Which cells of its inputs a layer reads for given cells of its outputs, type by type. Pure sets; knows no graph. */
import { cellsRead, everyCell, type CellMask } from '../shape/cell-mask.ts';
import { imageSizes } from '../shape/cells.ts';
import { borderCell, upSamplingShares } from '../shape/taps.ts';
import { channelsSeen, tapsAlong, type ConvolutionLayer, type WindowLayer } from './layer-taps.ts';
import type { ResolvedConcatenate, ResolvedLayer, Shape, Window2D } from './resolved.ts';
import { allOf, type TensorCells } from './tensor-cells.ts';

/** The cells of one input axis that a cell of the same axis of the outputs reads. */
type AxisReads = (axis: keyof Window2D, at: number, size: number) => readonly (number | undefined)[];

/** What `layer` reads of its input `index` to compute `cells`. */
export function cellsReadBy(layer: ResolvedLayer, cells: TensorCells, index: number): TensorCells {
  const shape = layer.inputShapes[index] ?? [];
  const read = readBySums(layer, cells, shape, index);
  // A softmax divides by the sum over all channels of its cell.
  const isMixing = 'activation' in layer && layer.activation.name === 'softmax';
  return isMixing ? { ...read, channels: allOf(shape).channels } : read;
}

function readBySums(layer: ResolvedLayer, cells: TensorCells, shape: Shape, index: number): TensorCells {
  switch (layer.type) {
    case 'conv2d':
    case 'depthwiseConv2d':
    case 'separableConv2d':
    case 'conv2dTranspose':
      return { ...cellsUnder(layer, cells, shape), channels: channelsRead(layer, cells.channels) };
    case 'maxPooling2d':
    case 'averagePooling2d':
      return cellsUnder(layer, cells, shape);
    case 'upSampling2d': {
      const factors = { vertical: layer.size[0], horizontal: layer.size[1] };
      return alongAxes(cells, shape, (axis, at, size) =>
        upSamplingShares(at, factors[axis], size, layer.interpolation).map(({ input }) => input),
      );
    }
    case 'zeroPadding2d':
    case 'padding2d': {
      const before = { vertical: layer.pads[0][0], horizontal: layer.pads[1][0] };
      return alongAxes(cells, shape, (axis, at, size) => [borderCell(at - before[axis], size, layer.mode)]);
    }
    case 'globalAveragePooling2d':
    case 'globalMaxPooling2d':
      return { ...allOf(shape), channels: cells.channels };
    case 'flatten':
    case 'reshape':
      return underOtherShape(cells, layer.outputShape, shape);
    case 'dense':
      return allOf(shape);
    case 'layerNormalization':
      return normalizedWith(cells, shape, layer.rowCells);
    case 'concatenate':
      return partOf(layer, cells, index);
    default:
      return cells;
  }
}

function alongAxes(cells: TensorCells, shape: Shape, reads: AxisReads): TensorCells {
  const [height, width] = imageSizes(shape);
  return {
    rows: cellsRead(cells.rows, height, (at) => reads('vertical', at, height)),
    columns: cellsRead(cells.columns, width, (at) => reads('horizontal', at, width)),
    channels: cells.channels,
  };
}

function cellsUnder(layer: WindowLayer, cells: TensorCells, shape: Shape): TensorCells {
  return alongAxes(cells, shape, (axis, at) => tapsAlong(layer, axis, at).map(({ input }) => input));
}

/** Which channels the filters in hand read. */
function channelsRead(layer: ConvolutionLayer, filters: CellMask): CellMask {
  const channels = imageSizes(layer.inputShapes[0] ?? [])[2];
  if (channelsSeen(layer, 0).count === channels) return everyCell(channels);
  return cellsRead(filters, channels, (filter) => {
    const { first, count } = channelsSeen(layer, filter);
    return Array.from({ length: count }, (_, place) => first + place);
  });
}

/** The same numbers in the same order, under the shape they came in. */
function underOtherShape(cells: TensorCells, from: Shape, to: Shape): TensorCells {
  const [, fromWidth, fromChannels] = imageSizes(from);
  const [height, width, channels] = imageSizes(to);
  const found = { rows: new Uint8Array(height), columns: new Uint8Array(width), channels: new Uint8Array(channels) };
  cells.rows.forEach((isRow, row) => {
    cells.columns.forEach((isColumn, column) => {
      if (!isRow || !isColumn) return;
      const first = (row * fromWidth + column) * fromChannels;
      cells.channels.forEach((isChannel, channel) => {
        if (!isChannel) return;
        const place = first + channel;
        found.rows[Math.floor(place / (width * channels))] = 1;
        found.columns[Math.floor(place / channels) % width] = 1;
        found.channels[place % channels] = 1;
      });
    });
  });
  return found;
}

/** The last axes that together hold `rowCells` numbers are normalized as one. */
function normalizedWith(cells: TensorCells, shape: Shape, rowCells: number): TensorCells {
  const all = allOf(shape);
  const [, width, channels] = imageSizes(shape);
  if (rowCells === channels) return { ...cells, channels: all.channels };
  return rowCells === width * channels ? { ...all, rows: cells.rows } : all;
}

/** The part of a concatenation's cells that came from its input `index`. */
function partOf(
  { axis, inputShapes, outputShape }: ResolvedConcatenate,
  cells: TensorCells,
  index: number,
): TensorCells {
  const sizeAt = (shape: Shape | undefined): number => shape?.[axis] ?? 0;
  const from = inputShapes.slice(0, index).reduce((sum, shape) => sum + sizeAt(shape), 0);
  const cut = (mask: CellMask): CellMask => mask.slice(from, from + sizeAt(inputShapes[index]));
  if (outputShape.length === 3 && axis === 0) return { ...cells, rows: cut(cells.rows) };
  if (outputShape.length === 3 && axis === 1) return { ...cells, columns: cut(cells.columns) };
  // A table of numbers is one long row here, in which the parts of several rows lie apart.
  return outputShape.length === 2 ? allOf(inputShapes[index] ?? []) : { ...cells, channels: cut(cells.channels) };
}
