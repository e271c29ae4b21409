/** Every argument of every layer as data: Keras's name, default, kind, range and a sentence. Knows no form. */
import type { LayerType } from '../../engine/model/config.ts';
import { none } from './layer-argument-values.ts';
import { constraints, initializers, regularizers, type Variant } from './variants.ts';

interface Named {
  /** The field of the layer's config; Keras's name is the same in snake case. */
  readonly key: string;
  readonly hint: string;
}

/** One argument and how it is set. A missing `fallback` means that there is none: it has to be given. */
export type Argument =
  | (Named & {
      readonly kind: 'number';
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly fallback?: number;
    })
  /** `fallbackKey`: the default is another argument's value. */
  | (Named & {
      readonly kind: 'pair';
      readonly min: number;
      readonly max: number;
      readonly fallback?: number;
      readonly fallbackKey?: string;
    })
  | (Named & { readonly kind: 'switch'; readonly fallback: boolean })
  | (Named & { readonly kind: 'choice'; readonly options: readonly string[]; readonly fallback?: string })
  /** One of `words`, or cells for each side. */
  | (Named & { readonly kind: 'padding'; readonly words: readonly string[]; readonly fallback: string | number })
  /** Whole numbers; a list of one may stand for the number where `isSingle`. */
  | (Named & { readonly kind: 'sizes'; readonly fallback: readonly number[]; readonly isSingle: boolean })
  | (Named & { readonly kind: 'variant'; readonly variants: readonly Variant[]; readonly fallback: string });

const whole = (key: string, fallback: number | undefined, max: number, hint: string): Argument => ({
  kind: 'number',
  key,
  min: 1,
  max,
  step: 1,
  ...(fallback !== undefined && { fallback }),
  hint,
});
const share = (key: string, fallback: number | undefined, max: number, hint: string): Argument => ({
  kind: 'number',
  key,
  min: 0,
  max,
  step: 0.01,
  ...(fallback !== undefined && { fallback }),
  hint,
});
const pair = (key: string, fallback: number | undefined, hint: string): Argument => ({
  kind: 'pair',
  key,
  min: 1,
  max: 1024,
  ...(fallback !== undefined && { fallback }),
  hint,
});
const onOff = (key: string, fallback: boolean, hint: string): Argument => ({ kind: 'switch', key, fallback, hint });
const one = (key: string, options: readonly string[], fallback: string | undefined, hint: string): Argument => ({
  kind: 'choice',
  key,
  options,
  ...(fallback !== undefined && { fallback }),
  hint,
});
const padding = (words: readonly string[], fallback: string | number): Argument => ({
  kind: 'padding',
  key: 'padding',
  words,
  fallback,
  hint: 'Cells added around the input before the window slides over it.',
});
const weight = (stem: string, initial: string): readonly Argument[] => [
  {
    kind: 'variant',
    key: `${stem}Initializer`,
    variants: initializers,
    fallback: initial,
    hint: 'What its numbers are before the first step; takes effect at Rewind.',
  },
  {
    kind: 'variant',
    key: `${stem}Regularizer`,
    variants: regularizers,
    fallback: none,
    hint: 'What large numbers in it add to the loss.',
  },
  {
    kind: 'variant',
    key: `${stem}Constraint`,
    variants: constraints,
    fallback: none,
    hint: 'What is done to it after every update.',
  },
];

/** Every activation's name. */
export const activationNames = [
  'linear',
  'relu',
  'leakyRelu',
  'elu',
  'selu',
  'gelu',
  'silu',
  'sigmoid',
  'tanh',
  'softplus',
  'softmax',
] as const;

const activated = (fallback: string | undefined): readonly Argument[] => [
  one('activation', activationNames, fallback, 'The function applied to every output.'),
  {
    kind: 'number',
    key: 'negativeSlope',
    min: 0,
    max: 1000,
    step: 0.01,
    fallback: 0.2,
    hint: 'Slope of leaky_relu below zero.',
  },
  {
    kind: 'variant',
    key: 'activityRegularizer',
    variants: regularizers,
    fallback: none,
    hint: 'What large outputs add to the loss.',
  },
];
const biased: readonly Argument[] = [
  onOff('useBias', true, 'Adds a learned number to every output.'),
  ...weight('bias', 'zeros'),
];
const trainable = onOff('trainable', true, 'Off freezes the layer’s weights.');
const filters = whole('filters', undefined, 4096, 'Maps that the layer makes.');
const depthMultiplier = whole('depthMultiplier', 1, 4096, 'Filters for each input channel.');
const steps: readonly Argument[] = [
  pair('kernelSize', undefined, 'Rows and columns of the window.'),
  pair('strides', 1, 'Cells between two windows.'),
];
const dilation = pair('dilationRate', 1, 'Distance between the cells of a window.');
const windowed: readonly Argument[] = [...steps, padding(['valid', 'same', 'replicate'], 'valid'), dilation];
const pooled: readonly Argument[] = [
  pair('poolSize', 2, 'Rows and columns of the window.'),
  { kind: 'pair', key: 'strides', min: 1, max: 1024, fallbackKey: 'poolSize', hint: 'Cells between two windows.' },
  one('padding', ['valid', 'same'], 'valid', 'Cells added around the input.'),
];
const normalizing: readonly Argument[] = [
  {
    kind: 'number',
    key: 'epsilon',
    min: 1e-12,
    max: 1000,
    step: 0.001,
    fallback: 0.001,
    hint: 'Keeps the division apart from zero.',
  },
  onOff('center', true, 'Adds a learned beta.'),
  onOff('scale', true, 'Multiplies by a learned gamma.'),
  ...weight('beta', 'zeros'),
  ...weight('gamma', 'ones'),
];
const statistics = (stem: string, fallback: string): Argument => ({
  kind: 'variant',
  key: `${stem}Initializer`,
  variants: initializers,
  fallback,
  hint: 'What the moving statistic is before the first step.',
});
const keepdims: readonly Argument[] = [
  onOff('keepdims', false, 'Keeps the axes that are averaged away, with one cell each.'),
];

/** The arguments of a layer type in Keras's order, without `name` and `inputs`, which every layer has. */
export const layerArguments: Readonly<Record<LayerType, readonly Argument[]>> = {
  conv2d: [
    filters,
    ...windowed,
    whole('groups', 1, 4096, 'Divides channels and filters; each group of filters sees its own channels.'),
    ...activated('linear'),
    ...biased,
    ...weight('kernel', 'glorotUniform'),
    trainable,
  ],
  depthwiseConv2d: [
    ...windowed,
    depthMultiplier,
    ...activated('linear'),
    ...biased,
    ...weight('depthwise', 'glorotUniform'),
    trainable,
  ],
  separableConv2d: [
    filters,
    ...windowed,
    depthMultiplier,
    ...activated('linear'),
    ...biased,
    ...weight('depthwise', 'glorotUniform'),
    ...weight('pointwise', 'glorotUniform'),
    trainable,
  ],
  conv2dTranspose: [
    filters,
    ...steps,
    one('padding', ['valid', 'same'], 'valid', 'Whether the output is as large as the strides say, or larger.'),
    dilation,
    ...activated('linear'),
    ...biased,
    ...weight('kernel', 'glorotUniform'),
    trainable,
  ],
  maxPooling2d: pooled,
  averagePooling2d: pooled,
  globalAveragePooling2d: keepdims,
  globalMaxPooling2d: keepdims,
  zeroPadding2d: [padding([], 1)],
  padding2d: [one('mode', ['reflect', 'replicate'], undefined, 'What the new cells are filled with.'), padding([], 1)],
  upSampling2d: [
    pair('size', 2, 'How many times as many rows and columns.'),
    one('interpolation', ['nearest', 'bilinear'], 'nearest', 'How the cells in between are made.'),
  ],
  flatten: [],
  reshape: [
    {
      kind: 'sizes',
      key: 'targetShape',
      fallback: [-1],
      isSingle: false,
      hint: 'One to three sizes; −1 is worked out.',
    },
  ],
  dense: [
    whole('units', undefined, 16384, 'Outputs of the layer.'),
    ...activated('linear'),
    ...biased,
    ...weight('kernel', 'glorotUniform'),
    trainable,
  ],
  dropout: [share('rate', undefined, 0.99, 'Share of the numbers left out at every training step.')],
  spatialDropout2d: [share('rate', undefined, 0.99, 'Share of the maps left out at every training step.')],
  batchNormalization: [
    share('momentum', 0.99, 1, 'How much of the moving statistics is kept at every step.'),
    ...normalizing,
    statistics('movingMean', 'zeros'),
    statistics('movingVariance', 'ones'),
    trainable,
  ],
  layerNormalization: [
    { kind: 'sizes', key: 'axis', fallback: [-1], isSingle: true, hint: 'The last axes, counted from 1, or −1.' },
    ...normalizing,
    trainable,
  ],
  activation: activated(undefined),
  add: [],
  concatenate: [
    {
      kind: 'number',
      key: 'axis',
      min: -3,
      max: 3,
      step: 1,
      fallback: -1,
      hint: 'The axis along which they are joined; −1: channels.',
    },
  ],
};

/** Keras's name of a field or a value: `kernelSize` → `kernel_size`. */
export function kerasName(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}
