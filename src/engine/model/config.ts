/** The plain-JSON description of a network, in Keras 3's words (camelCase). Knows no defaults and no shapes. */

/** `[height, width]`, or one number for both. */
export type Pair = number | readonly [number, number];

/** Explicit zero padding: `[[top, bottom], [left, right]]`. */
export type ExplicitPadding = readonly [readonly [number, number], readonly [number, number]];

/**
 * `valid`: none. `same`: output size is ceil(size / stride), the odd cell goes to the bottom/right (TensorFlow).
 * `replicate`: as much as `same`, filled with the nearest border cell instead of zero (an extension to Keras).
 */
export type PaddingConfig = 'valid' | 'same' | 'replicate' | ExplicitPadding;

/** Keras 3's activations; `gelu` is the exact one, with erf. */
export type ActivationName =
  'linear' | 'relu' | 'leakyRelu' | 'elu' | 'selu' | 'gelu' | 'silu' | 'sigmoid' | 'tanh' | 'softplus' | 'softmax';

/** Keras 3's initializers that convolution and dense layers use; `seed` comes from the network. */
export type InitializerConfig =
  | 'zeros'
  | 'ones'
  | 'glorotUniform'
  | 'glorotNormal'
  | 'heUniform'
  | 'heNormal'
  | 'lecunUniform'
  | 'lecunNormal'
  | 'randomNormal'
  | 'randomUniform'
  | 'truncatedNormal'
  | 'orthogonal'
  | { readonly type: 'constant'; readonly value: number }
  | { readonly type: 'randomNormal' | 'truncatedNormal'; readonly mean?: number; readonly stddev?: number }
  | { readonly type: 'randomUniform'; readonly minval?: number; readonly maxval?: number }
  | {
      readonly type: 'varianceScaling';
      readonly scale?: number;
      readonly mode?: 'fanIn' | 'fanOut' | 'fanAvg';
      readonly distribution?: 'uniform' | 'truncatedNormal' | 'untruncatedNormal';
    }
  | { readonly type: 'orthogonal'; readonly gain?: number };

/**
 * Keras 3's regularizers: `l1·Σ|w| + l2·Σw²` is added to the loss. As names, 0.01 each, as in Keras.
 * An activity regularizer's sum is divided by the examples in the batch.
 */
export type RegularizerConfig =
  | 'l1'
  | 'l2'
  | 'l1l2'
  | { readonly type: 'l1'; readonly l1?: number }
  | { readonly type: 'l2'; readonly l2?: number }
  | { readonly type: 'l1l2'; readonly l1?: number; readonly l2?: number };

/**
 * Keras 3's constraints, applied to a weight after every update; norms are taken over `axis` (default 0: for a dense
 * kernel, one norm per unit; `[0, 1, 2]` for a convolution: one per filter).
 */
export type ConstraintConfig =
  | 'nonNeg'
  | 'unitNorm'
  | 'maxNorm'
  | 'minMaxNorm'
  | { readonly type: 'nonNeg' }
  | { readonly type: 'unitNorm'; readonly axis?: number | readonly number[] }
  /** Default 2. */
  | { readonly type: 'maxNorm'; readonly maxValue?: number; readonly axis?: number | readonly number[] }
  /** Defaults 0, 1, 1. */
  | {
      readonly type: 'minMaxNorm';
      readonly minValue?: number;
      readonly maxValue?: number;
      readonly rate?: number;
      readonly axis?: number | readonly number[];
    };

interface LayerBase {
  /** Unique in the model; by default the type in snake case and a number from 1: `conv2d_1`. */
  readonly name?: string;
  /** Names of the layers it reads; by default the one before (the first reads the model's input, `input`). */
  readonly inputs?: readonly string[];
  /** False freezes the layer's weights; a frozen batch normalization uses its moving statistics. Default true. */
  readonly trainable?: boolean;
}

interface Activated {
  readonly activation?: ActivationName;
  /** Slope of leakyRelu below zero; default 0.2 (Keras's `leaky_relu`). */
  readonly negativeSlope?: number;
  /** Adds to the loss by the activated outputs. */
  readonly activityRegularizer?: RegularizerConfig;
}

interface Biased {
  /** Default true. */
  readonly useBias?: boolean;
  readonly biasInitializer?: InitializerConfig;
  readonly biasRegularizer?: RegularizerConfig;
  readonly biasConstraint?: ConstraintConfig;
}

interface WithKernel {
  readonly kernelInitializer?: InitializerConfig;
  readonly kernelRegularizer?: RegularizerConfig;
  readonly kernelConstraint?: ConstraintConfig;
}

interface Windowed {
  readonly kernelSize: Pair;
  /** Default 1. */
  readonly strides?: Pair;
  /** Default `valid`. */
  readonly padding?: PaddingConfig;
  /** Default 1. Strides above 1 with dilation above 1 are refused, as Keras does. */
  readonly dilationRate?: Pair;
}

interface WithDepthwiseKernel {
  /** Filters per input channel; default 1. */
  readonly depthMultiplier?: number;
  readonly depthwiseInitializer?: InitializerConfig;
  readonly depthwiseRegularizer?: RegularizerConfig;
  readonly depthwiseConstraint?: ConstraintConfig;
}

export interface Conv2DConfig extends LayerBase, Windowed, Activated, Biased, WithKernel {
  readonly type: 'conv2d';
  readonly filters: number;
  /** Divides the input channels and the filters; each group of filters sees its own channels. Default 1. */
  readonly groups?: number;
}

/** Output channel `c · depthMultiplier + m` is filter m of input channel c. Kernel `[height, width, channels, depthMultiplier]`. */
export interface DepthwiseConv2DConfig extends LayerBase, Windowed, Activated, Biased, WithDepthwiseKernel {
  readonly type: 'depthwiseConv2d';
}

/** A depthwise convolution, then a 1×1 convolution with bias. */
export interface SeparableConv2DConfig extends LayerBase, Windowed, Activated, Biased, WithDepthwiseKernel {
  readonly type: 'separableConv2d';
  readonly filters: number;
  readonly pointwiseInitializer?: InitializerConfig;
  readonly pointwiseRegularizer?: RegularizerConfig;
  readonly pointwiseConstraint?: ConstraintConfig;
}

/** The transpose of a convolution. Kernel `[height, width, filters, input channels]`. */
export interface Conv2DTransposeConfig extends LayerBase, Activated, Biased, WithKernel {
  readonly type: 'conv2dTranspose';
  readonly filters: number;
  readonly kernelSize: Pair;
  readonly strides?: Pair;
  /** `valid`: (size − 1)·stride + window cells, at least size·stride; `same`: size·stride. */
  readonly padding?: 'valid' | 'same';
  readonly dilationRate?: Pair;
}

export interface Pooling2DConfig extends LayerBase {
  readonly type: 'maxPooling2d' | 'averagePooling2d';
  /** Default 2. */
  readonly poolSize?: Pair;
  /** Default: the pool size. */
  readonly strides?: Pair;
  /** Default `valid`. */
  readonly padding?: 'valid' | 'same';
}

export interface GlobalPooling2DConfig extends LayerBase {
  readonly type: 'globalAveragePooling2d' | 'globalMaxPooling2d';
  /** Default false: the outputs are `[channels]`, else `[1, 1, channels]`. */
  readonly keepdims?: boolean;
}

export interface ZeroPadding2DConfig extends LayerBase {
  readonly type: 'zeroPadding2d';
  /** Cells on every side, `[rows, columns]` on both sides, or `[[top, bottom], [left, right]]`. Default 1. */
  readonly padding?: Pair | ExplicitPadding;
}

/** Padding filled from the inputs; an extension to Keras. `reflect` mirrors without repeating the border. */
export interface Padding2DConfig extends LayerBase {
  readonly type: 'padding2d';
  readonly mode: 'reflect' | 'replicate';
  /** As for `zeroPadding2d`. */
  readonly padding?: Pair | ExplicitPadding;
}

export interface UpSampling2DConfig extends LayerBase {
  readonly type: 'upSampling2d';
  /** Default 2. */
  readonly size?: Pair;
  /** Default `nearest`; `bilinear` takes cells by their centres. */
  readonly interpolation?: 'nearest' | 'bilinear';
}

export interface FlattenConfig extends LayerBase {
  readonly type: 'flatten';
}

export interface ReshapeConfig extends LayerBase {
  readonly type: 'reshape';
  /** One to three sizes; one may be −1 and is worked out. */
  readonly targetShape: readonly number[];
}

export interface DenseConfig extends LayerBase, Activated, Biased, WithKernel {
  readonly type: 'dense';
  readonly units: number;
}

export interface DropoutConfig extends LayerBase {
  /** `spatialDropout2d` drops whole maps. */
  readonly type: 'dropout' | 'spatialDropout2d';
  /** Share dropped, 0 ≤ rate < 1; the rest is scaled by 1 / (1 − rate). */
  readonly rate: number;
}

interface Normalizing extends LayerBase {
  /** Default 0.001. */
  readonly epsilon?: number;
  /** Adds beta. Default true. */
  readonly center?: boolean;
  /** Multiplies by gamma. Default true. */
  readonly scale?: boolean;
  readonly betaInitializer?: InitializerConfig;
  readonly gammaInitializer?: InitializerConfig;
  readonly betaRegularizer?: RegularizerConfig;
  readonly gammaRegularizer?: RegularizerConfig;
  readonly betaConstraint?: ConstraintConfig;
  readonly gammaConstraint?: ConstraintConfig;
}

/** Over the last axis: training uses the batch's statistics and moves the moving ones, inference uses the moving ones. */
export interface BatchNormalizationConfig extends Normalizing {
  readonly type: 'batchNormalization';
  /** Of the moving statistics; default 0.99. */
  readonly momentum?: number;
  readonly movingMeanInitializer?: InitializerConfig;
  readonly movingVarianceInitializer?: InitializerConfig;
}

export interface LayerNormalizationConfig extends Normalizing {
  readonly type: 'layerNormalization';
  /** The last axis (−1, the default), or a list of the last axes, such as `[1, 2, 3]`; the batch is axis 0. */
  readonly axis?: number | readonly number[];
}

export interface ActivationConfig extends LayerBase {
  readonly type: 'activation';
  readonly activation: ActivationName;
  readonly negativeSlope?: number;
  readonly activityRegularizer?: RegularizerConfig;
}

/** The sum of two or more inputs of one shape. */
export interface AddConfig extends LayerBase {
  readonly type: 'add';
}

/** Two or more inputs one after another along an axis; the batch is axis 0. */
export interface ConcatenateConfig extends LayerBase {
  readonly type: 'concatenate';
  /** Default −1: channels. */
  readonly axis?: number;
}

export type LayerConfig =
  | Conv2DConfig
  | DepthwiseConv2DConfig
  | SeparableConv2DConfig
  | Conv2DTransposeConfig
  | Pooling2DConfig
  | GlobalPooling2DConfig
  | ZeroPadding2DConfig
  | Padding2DConfig
  | UpSampling2DConfig
  | FlattenConfig
  | ReshapeConfig
  | DenseConfig
  | DropoutConfig
  | BatchNormalizationConfig
  | LayerNormalizationConfig
  | ActivationConfig
  | AddConfig
  | ConcatenateConfig;
export type LayerType = LayerConfig['type'];

/** A whole network. `inputShape` is `[height, width, channels]`, without the batch. */
export interface ModelConfig {
  readonly name?: string;
  readonly inputShape: readonly [number, number, number];
  readonly layers: readonly LayerConfig[];
}
