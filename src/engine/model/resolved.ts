/** A model whose every default is filled in and every shape known: what the engine compiles and the page explains. */
import type { ActivationName, ExplicitPadding, InitializerConfig, LayerConfig } from './config.ts';
import type { ReceptiveField } from '../shape/receptive-field.ts';
import type { WindowAxis } from '../shape/window.ts';

/** A shape without the batch: `[height, width, channels]` or `[units]`. */
export type Shape = readonly number[];

export interface Activation {
  readonly name: ActivationName;
  readonly negativeSlope: number;
}

/** `l1·Σ|w| + l2·Σw²`. */
export interface Regularizer {
  readonly l1: number;
  readonly l2: number;
}

/** What is done to a weight after every update; norms are over `axes`, of which there is at least one. */
export type Constraint =
  | { readonly type: 'nonNeg' }
  | {
      /** `unitNorm`: w / (norm + 1e-7). The others scale the norm into [minValue, maxValue], by the share `rate`. */
      readonly type: 'unitNorm' | 'maxNorm' | 'minMaxNorm';
      readonly axes: readonly number[];
      readonly minValue: number;
      readonly maxValue: number;
      readonly rate: number;
    };

export interface WeightSpec {
  /** `conv2d_1/kernel`, `dense_2/bias`, `batch_normalization_1/moving_mean`: Keras 3's names. */
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: InitializerConfig;
  /** Inputs and outputs of one cell, for variance-scaling initializers. */
  readonly fanIn: number;
  readonly fanOut: number;
  /** False for frozen layers and for moving statistics: no optimizer touches it. */
  readonly isTrainable: boolean;
  readonly regularizer?: Regularizer;
  readonly constraint?: Constraint;
}

interface ResolvedBase {
  readonly name: string;
  /** Layer names, or `input`. */
  readonly inputs: readonly string[];
  readonly inputShapes: readonly Shape[];
  readonly outputShape: Shape;
  readonly weights: readonly WeightSpec[];
  /** Numbers in the layer's weights. */
  readonly params: number;
  /** Those the optimizer changes. */
  readonly trainableParams: number;
  /** Multiply-accumulates of one forward pass for one example. */
  readonly macs: number;
  /** What one cell of the outputs sees of the input; dense layers see everything their inputs see. */
  readonly receptiveField: ReceptiveField;
  readonly isTrainable: boolean;
  /** The JSON it came from. */
  readonly config: LayerConfig;
}

interface ResolvedActivated extends ResolvedBase {
  readonly activation: Activation;
  readonly activityRegularizer?: Regularizer;
}

/** The two axes of a sliding window, padding resolved to numbers. */
export interface Window2D {
  readonly vertical: WindowAxis;
  readonly horizontal: WindowAxis;
}

interface ResolvedWindowed extends ResolvedActivated {
  readonly window: Window2D;
  /** How padded cells are filled. */
  readonly padMode: 'zero' | 'replicate';
  readonly useBias: boolean;
}

export interface ResolvedConv2D extends ResolvedWindowed {
  readonly type: 'conv2d';
  readonly filters: number;
  readonly groups: number;
}

export interface ResolvedDepthwiseConv2D extends ResolvedWindowed {
  readonly type: 'depthwiseConv2d';
  readonly depthMultiplier: number;
}

export interface ResolvedSeparableConv2D extends ResolvedWindowed {
  readonly type: 'separableConv2d';
  readonly depthMultiplier: number;
  readonly filters: number;
}

export interface ResolvedConv2DTranspose extends ResolvedActivated {
  readonly type: 'conv2dTranspose';
  /** Of the convolution it transposes: from this layer's outputs (`size`) to its inputs. */
  readonly window: Window2D;
  readonly filters: number;
  readonly useBias: boolean;
}

export interface ResolvedPooling2D extends ResolvedBase {
  readonly type: 'maxPooling2d' | 'averagePooling2d';
  readonly window: Window2D;
}

export interface ResolvedGlobalPooling2D extends ResolvedBase {
  readonly type: 'globalAveragePooling2d' | 'globalMaxPooling2d';
}

export interface ResolvedPadding2D extends ResolvedBase {
  readonly type: 'zeroPadding2d' | 'padding2d';
  readonly mode: 'zero' | 'reflect' | 'replicate';
  readonly pads: ExplicitPadding;
}

export interface ResolvedUpSampling2D extends ResolvedBase {
  readonly type: 'upSampling2d';
  readonly size: readonly [number, number];
  readonly interpolation: 'nearest' | 'bilinear';
}

/** The same numbers under another shape. */
export interface ResolvedReshape extends ResolvedBase {
  readonly type: 'flatten' | 'reshape';
}

export interface ResolvedDense extends ResolvedActivated {
  readonly type: 'dense';
  readonly units: number;
  readonly useBias: boolean;
}

export interface ResolvedDropout extends ResolvedBase {
  readonly type: 'dropout' | 'spatialDropout2d';
  readonly rate: number;
}

interface ResolvedNormalization extends ResolvedBase {
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
}

export interface ResolvedBatchNormalization extends ResolvedNormalization {
  readonly type: 'batchNormalization';
  readonly momentum: number;
}

export interface ResolvedLayerNormalization extends ResolvedNormalization {
  readonly type: 'layerNormalization';
  /** Numbers normalized together: the product of the last axes. */
  readonly rowCells: number;
}

export interface ResolvedActivation extends ResolvedActivated {
  readonly type: 'activation';
}

export interface ResolvedAdd extends ResolvedBase {
  readonly type: 'add';
}

export interface ResolvedConcatenate extends ResolvedBase {
  readonly type: 'concatenate';
  /** Index into an example's shape, from 0. */
  readonly axis: number;
}

export type ResolvedLayer =
  | ResolvedConv2D
  | ResolvedDepthwiseConv2D
  | ResolvedSeparableConv2D
  | ResolvedConv2DTranspose
  | ResolvedPooling2D
  | ResolvedGlobalPooling2D
  | ResolvedPadding2D
  | ResolvedUpSampling2D
  | ResolvedReshape
  | ResolvedDense
  | ResolvedDropout
  | ResolvedBatchNormalization
  | ResolvedLayerNormalization
  | ResolvedActivation
  | ResolvedAdd
  | ResolvedConcatenate;

/** Layers in the order they are computed, each after those it reads; the last one is the model's output. */
export interface ResolvedModel {
  readonly name: string;
  readonly inputShape: Shape;
  readonly layers: readonly ResolvedLayer[];
  readonly params: number;
  readonly trainableParams: number;
  readonly macs: number;
}
