/** Layers that repeat, mix or normalize numbers: where each number was read, and what was done with it. Pure. */
import type { CellAddress } from '../../engine/model/cell-address.ts';
import type { ResolvedLayer } from '../../engine/model/resolved.ts';
import { cellAt, cellIndex, type CellPlace } from '../../engine/shape/cells.ts';
import { borderCell, spanOf, upSamplingShares } from '../../engine/shape/taps.ts';
import type { CellNumbers } from '../../worker/protocol.ts';
import type { CopyExplanation, MixtureExplanation, NormalizationExplanation, ReadNumber } from './explanation.ts';

/** A number read from source `source` of the layer, at a place of it. */
export function numberAt(layer: ResolvedLayer, source: number, place: CellPlace, value: number): ReadNumber {
  const name = layer.inputs[source] ?? 'input';
  const { row, column, channel } = place;
  return { cell: { layer: name === 'input' ? '' : name, row, column, channel }, value };
}

/** Layers that hand one number on: reshaping, padding, concatenating, dropping out; and the input itself. */
export function explainCopy(layer: ResolvedLayer | undefined, numbers: CellNumbers): CopyExplanation {
  const { cell, outputs } = numbers;
  const source = Math.max(
    0,
    numbers.inputs.findIndex(({ length }) => length > 0),
  );
  const value = numbers.inputs[source]?.[0];
  const place = layer && copiedPlace(layer, source, cell);
  const from = layer && place && value !== undefined ? numberAt(layer, source, place, value) : undefined;
  return { kind: 'copy', layer, cell, value: outputs[0] ?? NaN, from };
}

function copiedPlace(layer: ResolvedLayer, source: number, cell: CellAddress): CellPlace {
  const shape = layer.inputShapes[source] ?? [];
  const [height = 1, width = 1] = shape;
  switch (layer.type) {
    case 'flatten':
    case 'reshape':
      return cellAt(shape, cellIndex(layer.outputShape, cell));
    case 'zeroPadding2d':
    case 'padding2d': {
      const [[top], [left]] = layer.pads;
      const row = borderCell(cell.row - top, height, layer.mode) ?? 0;
      const column = borderCell(cell.column - left, width, layer.mode) ?? 0;
      return { row, column, channel: cell.channel };
    }
    case 'concatenate': {
      const before = layer.inputShapes.slice(0, source).reduce((sum, earlier) => sum + (earlier[layer.axis] ?? 0), 0);
      return shifted(cell, layer.axis - layer.outputShape.length, before);
    }
    default:
      return cell;
  }
}

/** @param axis −1: channels, −2: columns, −3: rows. */
function shifted({ row, column, channel }: CellPlace, axis: number, by: number): CellPlace {
  return {
    row: axis === -3 ? row - by : row,
    column: axis === -2 ? column - by : column,
    channel: axis === -1 ? channel - by : channel,
  };
}

/** Sums: of the sources, or of the cells between which an enlarged one lies. */
export function explainMixture(
  layer: Extract<ResolvedLayer, { type: 'add' | 'upSampling2d' }>,
  numbers: CellNumbers,
): MixtureExplanation {
  const { cell, outputs } = numbers;
  const common = { kind: 'mixture', layer, cell, value: outputs[0] ?? NaN } as const;
  if (layer.type === 'add') {
    const parts = numbers.inputs.map(([value = NaN], source) => ({
      ...numberAt(layer, source, cell, value),
      share: 1,
    }));
    return { ...common, parts };
  }
  const [read = new Float32Array()] = numbers.inputs;
  const [height = 1, width = 1] = layer.inputShapes[0] ?? [];
  const rows = upSamplingShares(cell.row, layer.size[0], height, layer.interpolation);
  const columns = upSamplingShares(cell.column, layer.size[1], width, layer.interpolation);
  const [down, across] = [spanOf(rows.map(({ input }) => input)), spanOf(columns.map(({ input }) => input))];
  const parts = rows.flatMap((row) =>
    columns.map((column) => {
      const value = read[(row.input - down.first) * across.count + column.input - across.first] ?? NaN;
      const place = { row: row.input, column: column.input, channel: cell.channel };
      return { ...numberAt(layer, 0, place, value), share: row.share * column.share };
    }),
  );
  return { ...common, parts };
}

/** `(x − mean) / √(variance + ε) · gamma + beta`, with moving statistics or those of the row. */
export function explainNormalization(
  layer: NormalizationExplanation['layer'],
  numbers: CellNumbers,
): NormalizationExplanation {
  const { cell, weights, outputs } = numbers;
  const [read = new Float32Array()] = numbers.inputs;
  const isRow = layer.type === 'layerNormalization';
  const index = isRow ? cellIndex(layer.outputShape, cell) % layer.rowCells : 0;
  const x = read[index] ?? NaN;
  const ownMean = read.reduce((sum, value) => sum + value, 0) / read.length;
  const ownVariance = read.reduce((sum, value) => sum + (value - ownMean) ** 2, 0) / read.length;
  const mean = isRow ? ownMean : (weights['moving_mean']?.[0] ?? NaN);
  const variance = isRow ? ownVariance : (weights['moving_variance']?.[0] ?? NaN);
  return {
    kind: 'normalization',
    layer,
    cell,
    value: outputs[0] ?? NaN,
    from: numberAt(layer, 0, cell, x),
    mean,
    variance,
    epsilon: layer.epsilon,
    count: isRow ? read.length : undefined,
    normalized: (x - mean) / Math.sqrt(variance + layer.epsilon),
    gamma: weights['gamma']?.[0] ?? 1,
    beta: weights['beta']?.[0] ?? 0,
  };
}
