/** The arguments of a layer that are set most often, as data for the controls under its stage. Knows no controls. */
import type { LayerType } from '../engine/model/config.ts';
import type { TermName } from './words/term-name.ts';

/** A slider; where the config has one number for each axis, it sets both. */
export interface RangeField {
  readonly kind: 'range';
  readonly key: string;
  readonly label: string;
  readonly term: TermName;
  readonly hint: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Default; without one the argument has to be there. */
  readonly fallback?: number;
  /** The argument whose value is the default. */
  readonly fallbackKey?: string;
}

/** A few words side by side. */
export interface SegmentsField {
  readonly kind: 'segments';
  readonly key: string;
  readonly label: string;
  readonly term?: TermName;
  readonly options: readonly { readonly value: string; readonly label: string; readonly hint: string }[];
  readonly fallback?: string;
}

/** The choice of an activation. */
export interface ActivationField {
  readonly kind: 'activation';
}

export type StageField = RangeField | SegmentsField | ActivationField;

const whole = (
  key: string,
  label: string,
  term: TermName,
  max: number,
  hint: string,
  fallback?: number,
): RangeField => ({
  kind: 'range',
  key,
  label,
  term,
  hint,
  min: 1,
  max,
  step: 1,
  ...(fallback !== undefined && { fallback }),
});
const share = (
  key: string,
  label: string,
  term: TermName,
  max: number,
  hint: string,
  fallback?: number,
): RangeField => ({
  ...whole(key, label, term, max, hint, fallback),
  min: 0,
  step: 0.01,
});

const filters = whole('filters', 'filters', 'filters', 128, 'Maps that the layer makes.');
const kernel = whole('kernelSize', 'kernel', 'kernel', 11, 'Side of the window, in cells.');
const stride = whole('strides', 'stride', 'stride', 4, 'Cells between two windows.', 1);
const dilation = whole('dilationRate', 'dilation', 'dilation', 3, 'Distance between the cells of a window.', 1);
const multiplier = whole('depthMultiplier', 'multiplier', 'depth-multiplier', 8, 'Filters for each input channel.', 1);
const cells: RangeField = {
  ...whole('padding', 'cells', 'padding', 8, 'Cells added on every side.', 1),
  min: 0,
};

const valid = { value: 'valid', label: 'valid', hint: 'No padding: the window stays inside.' };
const same = { value: 'same', label: 'same', hint: 'Zeros around the input: with stride 1, it keeps its size.' };
const replicate = { value: 'replicate', label: 'replicate', hint: 'As “same”, but the border cells are repeated.' };
const padding = (...options: SegmentsField['options']): SegmentsField => ({
  kind: 'segments',
  key: 'padding',
  label: 'padding',
  term: 'padding',
  options,
  fallback: 'valid',
});
const kinds = (label: string, ...options: SegmentsField['options']): SegmentsField => ({
  kind: 'segments',
  key: 'type',
  label,
  options,
});
const activation: ActivationField = { kind: 'activation' };
const pooling: readonly StageField[] = [
  whole('poolSize', 'pool', 'pool-size', 6, 'Side of the window, in cells.', 2),
  { ...whole('strides', 'stride', 'stride', 4, 'Cells between two windows.'), fallbackKey: 'poolSize' },
  padding(valid, same),
  kinds(
    'pooling',
    { value: 'maxPooling2d', label: 'max', hint: 'Keeps the largest value of each window.' },
    { value: 'averagePooling2d', label: 'average', hint: 'Keeps the mean of each window.' },
  ),
];
const globalPooling: readonly StageField[] = [
  kinds(
    'pooling',
    { value: 'globalMaxPooling2d', label: 'max', hint: 'Keeps the largest value of each map.' },
    { value: 'globalAveragePooling2d', label: 'average', hint: 'Keeps the mean of each map.' },
  ),
];
const rate = share('rate', 'rate', 'dropout-rate', 0.9, 'Share left out at every training step.');

/** The fields under each type's stage; every other argument stands behind “More”. */
export const stageFields: Readonly<Record<LayerType, readonly StageField[]>> = {
  conv2d: [filters, kernel, stride, dilation, padding(valid, same, replicate), activation],
  depthwiseConv2d: [multiplier, kernel, stride, dilation, padding(valid, same, replicate), activation],
  separableConv2d: [filters, kernel, stride, dilation, padding(valid, same, replicate), activation],
  conv2dTranspose: [filters, kernel, stride, dilation, padding(valid, same), activation],
  maxPooling2d: pooling,
  averagePooling2d: pooling,
  globalMaxPooling2d: globalPooling,
  globalAveragePooling2d: globalPooling,
  zeroPadding2d: [cells],
  padding2d: [
    cells,
    {
      kind: 'segments',
      key: 'mode',
      label: 'fill',
      options: [
        { value: 'reflect', label: 'reflect', hint: 'Mirrors the input at its border.' },
        { value: 'replicate', label: 'replicate', hint: 'Repeats the border cells.' },
      ],
    },
  ],
  upSampling2d: [
    whole('size', 'times', 'upsampling', 8, 'How many times as many rows and columns.', 2),
    {
      kind: 'segments',
      key: 'interpolation',
      label: 'interpolation',
      term: 'interpolation',
      options: [
        { value: 'nearest', label: 'nearest', hint: 'Every cell is repeated.' },
        { value: 'bilinear', label: 'bilinear', hint: 'Cells in between are mixed.' },
      ],
      fallback: 'nearest',
    },
  ],
  flatten: [],
  reshape: [],
  dense: [whole('units', 'units', 'units', 256, 'Outputs of the layer.'), activation],
  dropout: [rate],
  spatialDropout2d: [rate],
  batchNormalization: [
    share(
      'momentum',
      'momentum',
      'normalization-momentum',
      1,
      'How much of the moving statistics is kept at every step.',
      0.99,
    ),
  ],
  layerNormalization: [],
  activation: [activation],
  add: [],
  concatenate: [],
};
