/** An explanation in words: what is looked at, what it read, and how it came out. Pure. */
import type { CellExplanation, ConvolutionExplanation, PoolingExplanation } from '../../app/explain/explanation.ts';
import type { CellAddress } from '../../engine/model/cell-address.ts';
import type { ActivationName } from '../../engine/model/config.ts';
import type { ResolvedModel, Shape } from '../../engine/model/resolved.ts';
import type { Tap } from '../../engine/shape/taps.ts';
import { formatCount, formatDecimal } from '../format.ts';
import { decimalsFor } from '../../app/explain/round-together.ts';

const activationLabels: Readonly<Record<ActivationName, string>> = {
  linear: 'linear',
  relu: 'ReLU',
  leakyRelu: 'leaky ReLU',
  elu: 'ELU',
  selu: 'SELU',
  gelu: 'GELU',
  silu: 'SiLU',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  softplus: 'softplus',
  softmax: 'softmax',
};

/** An activation's name as it is written in formulas. */
export function activationLabel(name: ActivationName): string {
  return activationLabels[name];
}

/** A cell's name in two weights: the layer, and where in it. */
export interface CellTitle {
  readonly layer: string;
  readonly place: string;
}

/** `conv2d_1` and `filter 7 · row 12, column 9`. */
export function cellTitle(
  { layer, row, column, channel }: CellAddress,
  shape: Shape,
  kind: CellExplanation['kind'],
): CellTitle {
  const name = layer === '' ? 'input' : layer;
  if (shape.length !== 3)
    return { layer: name, place: `${kind === 'dense' ? 'unit' : 'number'} ${formatCount(channel)}` };
  const map = layer === '' ? 'channel' : kind === 'convolution' ? 'filter' : 'map';
  const hasMap = layer !== '' || (shape[2] ?? 1) > 1;
  return { layer: name, place: `${hasMap ? `${map} ${formatCount(channel)} · ` : ''}row ${row}, column ${column}` };
}

/** `row 3, column 5 of map 2 of conv2d_1`; `number 17 of flatten_1`; `row 3, column 5 of the input`. */
export function placeText({ layer, row, column, channel }: CellAddress, { inputShape, layers }: ResolvedModel): string {
  const shape = layer === '' ? inputShape : (layers.find(({ name }) => name === layer)?.outputShape ?? []);
  const name = layer === '' ? 'the input' : layer;
  if (shape.length !== 3) return `number ${formatCount(channel)} of ${name}`;
  const map = (shape[2] ?? 1) > 1 ? `map ${formatCount(channel)} of ` : '';
  return `row ${row}, column ${column} of ${map}${name}`;
}

/** What the window reads: `reads rows 12–14, columns 9–11 of conv2d_1`, and what of it is padding. */
export function readsText({ layer, rows, columns }: ConvolutionExplanation | PoolingExplanation): string {
  const source = layer.inputs[0] === 'input' ? 'the input' : (layer.inputs[0] ?? '');
  const all = [...rows, ...columns];
  if (rows.length === 0 || columns.length === 0)
    return `reads no cell of ${source}: between the strides there is only the bias`;
  const hasPadding = all.some(({ at, input }) => input !== at);
  return `reads ${axisText('row', rows)}, ${axisText('column', columns)} of ${source}${hasPadding ? '; outside it is padding' : ''}`;
}

function axisText(noun: string, taps: readonly Tap[]): string {
  const sorted = taps.map(({ at }) => at).sort((a, b) => a - b);
  const [first = 0, second = first + 1] = sorted;
  const last = sorted.at(-1) ?? first;
  if (first === last) return `${noun} ${signed(first)}`;
  if (second - first === 1) return `${noun}s ${signed(first)}–${signed(last)}`;
  return `${noun}s ${sorted.map(signed).join(', ')}`;
}

function signed(at: number): string {
  return formatDecimal(at, 0);
}

/** One sentence with the outcome, for those who do not see the numbers. */
export function summaryText(explanation: CellExplanation, shape: Shape): string {
  const { layer, place } = cellTitle(explanation.cell, shape, explanation.kind);
  const name = `${layer}, ${place.replace(' · ', ', ')}`;
  return `${name}: ${outcomeText(explanation)}`;
}

function outcomeText(explanation: CellExplanation): string {
  const { value } = explanation;
  const text = (number: number): string => formatDecimal(number, decimalsFor([number]));
  switch (explanation.kind) {
    case 'convolution':
    case 'dense': {
      const { sum, bias, activation } = explanation;
      const added = bias === undefined ? '' : ` plus bias ${text(bias)}`;
      const activated = activation.name === 'linear' ? '' : `, ${activationLabel(activation.name)}`;
      return `sum of the products ${text(sum)}${added}${activated}: ${text(value)}.`;
    }
    case 'activation':
      return `${activationLabel(explanation.activation.name)} of ${text(explanation.total)}: ${text(value)}.`;
    case 'pooling': {
      const { winner, count } = explanation;
      return `${winner === undefined ? 'mean' : 'largest'} of ${formatCount(count)} cells: ${text(value)}.`;
    }
    case 'normalization':
      return `normalized from ${text(explanation.from.value)}: ${text(value)}.`;
    case 'mixture':
      return `sum of ${explanation.parts.length} numbers: ${text(value)}.`;
    case 'copy':
      return `${text(value)}.`;
  }
}
