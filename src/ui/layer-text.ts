/** A layer's shape, floor formula and parameter sum as text with its own numbers put in. Pure; knows no elements. */
import { slidesOver } from '../engine/model/layer-taps.ts';
import { cellCount } from '../engine/shape/cells.ts';
import { fieldCells, fieldShare } from '../engine/shape/receptive-field.ts';
import { unseenCells, windowExtent, type WindowAxis } from '../engine/shape/window.ts';
import type { ResolvedLayer, Shape, WeightSpec } from '../engine/model/resolved.ts';
import type { LayerType } from '../engine/model/config.ts';
import { formatCount, formatPercent, formatShape } from './format.ts';

/** `expression = result`, then what the result counts: `inputs`. */
export interface WorkedSum {
  readonly expression: string;
  readonly result: string;
  readonly unit?: string;
}

/** A short remark and the sentence behind it. */
export interface Remark {
  readonly text: string;
  readonly explanation: string;
}

const titles: Readonly<Record<LayerType, string>> = {
  conv2d: 'Convolution',
  depthwiseConv2d: 'Depthwise convolution',
  separableConv2d: 'Separable convolution',
  conv2dTranspose: 'Transposed convolution',
  maxPooling2d: 'Max pool',
  averagePooling2d: 'Average pool',
  globalAveragePooling2d: 'Global average pool',
  globalMaxPooling2d: 'Global max pool',
  zeroPadding2d: 'Zero padding',
  padding2d: 'Padding',
  upSampling2d: 'Upsampling',
  flatten: 'Flatten',
  reshape: 'Reshape',
  dense: 'Dense',
  dropout: 'Dropout',
  spatialDropout2d: 'Spatial dropout',
  batchNormalization: 'Batch normalization',
  layerNormalization: 'Layer normalization',
  activation: 'Activation',
  add: 'Add',
  concatenate: 'Concatenate',
};

/** The heading of a layer's stage. */
export function layerTitle(type: LayerType): string {
  return titles[type];
}

/** Shape in two weights: `26×26` and `×32`; a vector is all in the first. */
export function shapeText(shape: Shape): { readonly spatial: string; readonly channels: string } {
  const channels = shape.length === 3 ? shape[2] : undefined;
  if (channels === undefined) return { spatial: formatShape(shape), channels: '' };
  return { spatial: formatShape(shape.slice(0, 2)), channels: `×${formatCount(channels)}` };
}

/** How the output's size comes about: `⌊(28−3)/1⌋+1 = 26`, once per axis where they differ. */
export function sizeSums(layer: ResolvedLayer): readonly WorkedSum[] {
  if (layer.type === 'dense' || layer.type === 'flatten') return [flatSum(layer)];
  if (!slidesOver(layer)) return [];
  const { vertical, horizontal } = layer.window;
  const sums = [axisSum(vertical, layer.outputShape[0]), axisSum(horizontal, layer.outputShape[1])] as const;
  return JSON.stringify(vertical) === JSON.stringify(horizontal) ? [sums[0]] : sums;
}

function axisSum(axis: WindowAxis, result: number | undefined): WorkedSum {
  const { size, padBefore, padAfter, stride } = axis;
  const padding = padBefore === padAfter ? (padBefore === 0 ? '' : `+2·${padBefore}`) : `+${padBefore}+${padAfter}`;
  const extent = windowExtent(axis.window, axis.dilation);
  return { expression: `⌊(${size}${padding}−${extent})/${stride}⌋+1`, result: formatCount(result ?? 0) };
}

function flatSum({ inputShapes: [shape = []] }: ResolvedLayer): WorkedSum {
  return {
    expression: shape.length > 1 ? shape.join('·') : '',
    result: formatCount(cellCount(shape)),
    unit: 'inputs',
  };
}

/** The parameters, weight by weight: `3·3·32·64+64 = 18,496`; undefined for layers that have none. */
export function parameterSum(layer: ResolvedLayer): WorkedSum | undefined {
  if (layer.weights.length === 0) return undefined;
  const term = ({ shape }: WeightSpec): string => shape.join('·');
  return { expression: layer.weights.map(term).join('+'), result: formatCount(layer.params) };
}

/** What one cell sees of the input: `18×18 px` and its share of the image, the field clipped to it. */
export function fieldText(layer: ResolvedLayer, inputShape: Shape): { readonly size: string; readonly share: string } {
  const [height = 1, width = 1] = inputShape;
  const { vertical, horizontal } = layer.receptiveField;
  return {
    size: `${formatCount(fieldCells(vertical))}×${formatCount(fieldCells(horizontal))}`,
    share: formatPercent(fieldShare(layer.receptiveField, height, width)),
  };
}

/** What the floor throws away, or what a dilated kernel spans; undefined when there is nothing to remark. */
export function windowRemark(layer: ResolvedLayer): Remark | undefined {
  if (!slidesOver(layer)) return undefined;
  const rows = unseenCells(layer.window.vertical);
  const columns = unseenCells(layer.window.horizontal);
  const most = Math.max(rows, columns);
  if (most === 0) return undefined;
  const [height = 1, width = 1] = layer.inputShapes[0] ?? [];
  const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
  return {
    text: `−${many(most, rows >= columns ? 'row' : 'column')}`,
    explanation:
      `The last ${many(rows, 'row')} and ${many(columns, 'column')} of its ${height}×${width} input lie in no window: ` +
      'the floor rounds the positions down.',
  };
}
