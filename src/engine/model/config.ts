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

export type ActivationName = 'linear' | 'relu' | 'leakyRelu' | 'sigmoid' | 'tanh' | 'softmax';

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

interface LayerBase {
  /** Unique in the model; by default the type in snake case and a number from 1: `conv2d_1`. */
  readonly name?: string;
  /** Names of the layers it reads; by default the one before (the first reads the model's input, `input`). */
  readonly inputs?: readonly string[];
}

export interface Conv2DConfig extends LayerBase {
  readonly type: 'conv2d';
  readonly filters: number;
  readonly kernelSize: Pair;
  /** Default 1. */
  readonly strides?: Pair;
  /** Default `valid`. */
  readonly padding?: PaddingConfig;
  /** Default 1. Strides above 1 with dilation above 1 are refused, as Keras does. */
  readonly dilationRate?: Pair;
  readonly activation?: ActivationName;
  /** Slope of leakyRelu below zero; default 0.2 (Keras's `leaky_relu`). */
  readonly negativeSlope?: number;
  readonly useBias?: boolean;
  readonly kernelInitializer?: InitializerConfig;
  readonly biasInitializer?: InitializerConfig;
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

export interface FlattenConfig extends LayerBase {
  readonly type: 'flatten';
}

export interface DenseConfig extends LayerBase {
  readonly type: 'dense';
  readonly units: number;
  readonly activation?: ActivationName;
  readonly negativeSlope?: number;
  readonly useBias?: boolean;
  readonly kernelInitializer?: InitializerConfig;
  readonly biasInitializer?: InitializerConfig;
}

export interface ActivationConfig extends LayerBase {
  readonly type: 'activation';
  readonly activation: ActivationName;
  readonly negativeSlope?: number;
}

export type LayerConfig = Conv2DConfig | Pooling2DConfig | FlattenConfig | DenseConfig | ActivationConfig;
export type LayerType = LayerConfig['type'];

/** A whole network. `inputShape` is `[height, width, channels]`, without the batch. */
export interface ModelConfig {
  readonly name?: string;
  readonly inputShape: readonly [number, number, number];
  readonly layers: readonly LayerConfig[];
}

/** RMSprop as Keras 3 computes it: epsilon inside the square root. Defaults: 0.001, 0.9, 0, 1e-7, false. */
export interface RMSpropConfig {
  readonly type: 'rmsprop';
  readonly learningRate?: number;
  readonly rho?: number;
  readonly momentum?: number;
  readonly epsilon?: number;
  readonly centered?: boolean;
}

/** Stochastic gradient descent. Defaults: 0.01, 0, false. */
export interface SGDConfig {
  readonly type: 'sgd';
  readonly learningRate?: number;
  readonly momentum?: number;
  readonly nesterov?: boolean;
}

/** Adam. Defaults: 0.001, 0.9, 0.999, 1e-7. */
export interface AdamConfig {
  readonly type: 'adam';
  readonly learningRate?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

export type OptimizerConfig = RMSpropConfig | SGDConfig | AdamConfig;
export type OptimizerType = OptimizerConfig['type'];

export type LossConfig = 'sparseCategoricalCrossentropy';
