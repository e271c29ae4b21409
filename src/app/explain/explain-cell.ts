/** How one cell came by its value, for every type of layer. Pure; computes nothing that the numbers do not hold. */
import type { ResolvedLayer, ResolvedModel } from '../../engine/model/resolved.ts';
import { spanOf, windowTaps, type Tap } from '../../engine/shape/taps.ts';
import type { CellNumbers } from '../../worker/protocol.ts';
import { explainConvolution } from './explain-convolution.ts';
import { explainCopy, explainMixture, explainNormalization, numberAt } from './explain-others.ts';
import type { ActivationExplanation, CellExplanation, DenseExplanation, PoolingExplanation } from './explanation.ts';
import { sumToValue } from './sum-to-value.ts';

/** The explanation; undefined when the model has no such layer any more. */
export function explainCell(model: ResolvedModel, numbers: CellNumbers): CellExplanation | undefined {
  const layer = model.layers.find(({ name }) => name === numbers.cell.layer);
  if (!layer) return numbers.cell.layer === '' ? explainCopy(undefined, numbers) : undefined;
  switch (layer.type) {
    case 'conv2d':
    case 'depthwiseConv2d':
    case 'separableConv2d':
    case 'conv2dTranspose':
      return explainConvolution(layer, numbers);
    case 'dense':
      return explainDense(layer, numbers);
    case 'maxPooling2d':
    case 'averagePooling2d':
    case 'globalAveragePooling2d':
    case 'globalMaxPooling2d':
      return explainPooling(layer, numbers);
    case 'batchNormalization':
    case 'layerNormalization':
      return explainNormalization(layer, numbers);
    case 'activation':
      return explainActivation(layer, numbers);
    case 'add':
    case 'upSampling2d':
      return explainMixture(layer, numbers);
    default:
      return explainCopy(layer, numbers);
  }
}

function explainDense(layer: DenseExplanation['layer'], numbers: CellNumbers): DenseExplanation {
  const { cell, hasAllChannels, weights, outputs } = numbers;
  const [inputs = new Float32Array()] = numbers.inputs;
  const kernel = weights['kernel'] ?? new Float32Array();
  const [units, unit] = hasAllChannels ? [layer.units, cell.channel] : [1, 0];
  const weightOf = (input: number, of: number): number => kernel[input * units + of] ?? 0;
  const biasOf = (of: number): number => weights['bias']?.[of] ?? 0;
  const terms = Array.from(inputs, (value, input) => {
    const weight = weightOf(input, unit);
    return { input, value, weight, contribution: value * weight };
  });
  const sum = terms.reduce((total, { contribution }) => total + contribution, 0);
  const logitOf = (of: number): number =>
    inputs.reduce((total, value, input) => total + value * weightOf(input, of), biasOf(of));
  const logits = hasAllChannels ? Array.from(outputs, (_, of) => logitOf(of)) : undefined;
  const bias = layer.useBias ? biasOf(unit) : undefined;
  return { kind: 'dense', layer, cell, terms, ...sumToValue(layer.activation, sum, bias, numbers, logits) };
}

function explainPooling(layer: PoolingExplanation['layer'], numbers: CellNumbers): PoolingExplanation {
  const { cell, outputs } = numbers;
  const [read = new Float32Array()] = numbers.inputs;
  const { rows, columns } = pooledTaps(layer, cell);
  const [down, across] = [spanOf(rows.map(({ input }) => input)), spanOf(columns.map(({ input }) => input))];
  const values = rows.flatMap(({ input: row }) =>
    columns.map(({ input: column }) =>
      row === undefined || column === undefined
        ? undefined
        : read[(row - down.first) * across.count + column - across.first],
    ),
  );
  const inside = values.filter((value) => value !== undefined);
  const isMax = layer.type === 'maxPooling2d' || layer.type === 'globalMaxPooling2d';
  return {
    kind: 'pooling',
    layer,
    cell,
    value: outputs[0] ?? NaN,
    rows,
    columns,
    values,
    // The largest as it was read: its own copy is found, whatever it is.
    winner: isMax
      ? values.indexOf(inside.reduce((most, value) => (value > most ? value : most), -Infinity))
      : undefined,
    sum: inside.reduce((sum, value) => sum + value, 0),
    count: inside.length,
  };
}

function pooledTaps(
  layer: PoolingExplanation['layer'],
  { row, column }: CellNumbers['cell'],
): Pick<PoolingExplanation, 'rows' | 'columns'> {
  if ('window' in layer)
    return { rows: windowTaps(layer.window.vertical, row), columns: windowTaps(layer.window.horizontal, column) };
  const [height = 1, width = 1] = layer.inputShapes[0] ?? [];
  return { rows: wholeAxis(height), columns: wholeAxis(width) };
}

function wholeAxis(size: number): readonly Tap[] {
  return Array.from({ length: size }, (_, at) => ({ window: at, at, input: at }));
}

function explainActivation(
  layer: Extract<ResolvedLayer, { type: 'activation' }>,
  numbers: CellNumbers,
): ActivationExplanation {
  const { cell, outputs } = numbers;
  const [read = new Float32Array()] = numbers.inputs;
  const isSoftmax = layer.activation.name === 'softmax';
  const own = read[isSoftmax ? cell.channel % outputs.length : 0] ?? NaN;
  const logits = isSoftmax ? Array.from(read) : undefined;
  const rest = sumToValue(layer.activation, own, undefined, numbers, logits);
  return { kind: 'activation', layer, cell, from: numberAt(layer, 0, cell, own), ...rest };
}
