/** What an explanation of one cell consists of: numbers with their meaning, no words and no rounding. Types only. */
import type { CellAddress } from '../../engine/model/cell-address.ts';
import type { ConvolutionLayer } from '../../engine/model/layer-taps.ts';
import type { Activation, ResolvedLayer } from '../../engine/model/resolved.ts';
import type { Tap } from '../../engine/shape/taps.ts';

/** What an explanation of any kind says. */
interface ExplanationBase {
  readonly cell: CellAddress;
  /** As the network has it. */
  readonly value: number;
}

/** One class or channel of a softmax. */
export interface SoftmaxPart {
  readonly channel: number;
  /** Absent where the kernels of all channels would be too much to read. */
  readonly logit: number | undefined;
  /** `exp(logit − largest logit)`, 0…1. */
  readonly power: number;
  /** As the network has it, 0…1. */
  readonly share: number;
}

/** A softmax over all channels of the place. */
export interface Softmax {
  readonly parts: readonly SoftmaxPart[];
  /** Sum of the powers. */
  readonly powerSum: number;
}

/** What comes behind the products: `activation(sum + bias) = value`. */
export interface SumToValue {
  /** Of all products. */
  readonly sum: number;
  readonly bias: number | undefined;
  /** `sum + bias`, which goes into the activation. */
  readonly total: number;
  readonly activation: Activation;
  /** What the activation's formula gives for `total`; the value, but for the rounding of 32-bit sums. */
  readonly activated: number;
  readonly softmax: Softmax | undefined;
}

/** One input channel's part in a convolution. */
export interface ChannelProducts {
  /** Of the input. */
  readonly channel: number;
  /** Row by row of the window, as many as weights; 0 where padding stands for zero. */
  readonly inputs: readonly number[];
  readonly weights: readonly number[];
  /** Of the products. */
  readonly productSum: number;
  /** What a separable convolution multiplies the sum by. */
  readonly pointwise: number | undefined;
  /** To the sum of the cell. */
  readonly contribution: number;
}

/** A cell of a convolution of any kind. */
export interface ConvolutionExplanation extends ExplanationBase, SumToValue {
  readonly kind: 'convolution';
  readonly layer: ConvolutionLayer;
  readonly rows: readonly Tap[];
  readonly columns: readonly Tap[];
  readonly channels: readonly ChannelProducts[];
}

/** One input's part in a dense unit. */
export interface DenseTerm {
  readonly input: number;
  readonly value: number;
  readonly weight: number;
  readonly contribution: number;
}

/** A unit of a dense layer. */
export interface DenseExplanation extends ExplanationBase, SumToValue {
  readonly kind: 'dense';
  readonly layer: Extract<ResolvedLayer, { type: 'dense' }>;
  readonly terms: readonly DenseTerm[];
}

/** A cell of a pooling layer, or of one that pools whole maps. */
export interface PoolingExplanation extends ExplanationBase {
  readonly kind: 'pooling';
  readonly layer: Extract<
    ResolvedLayer,
    { type: 'maxPooling2d' | 'averagePooling2d' | 'globalAveragePooling2d' | 'globalMaxPooling2d' }
  >;
  readonly rows: readonly Tap[];
  readonly columns: readonly Tap[];
  /** Row by row; undefined outside the input, where nothing takes part. */
  readonly values: readonly (number | undefined)[];
  /** Place of the first largest among `values`; undefined for averages. */
  readonly winner: number | undefined;
  readonly sum: number;
  /** Values that take part. */
  readonly count: number;
}

/** A number that a cell reads, and where it stands. */
export interface ReadNumber {
  readonly cell: CellAddress;
  readonly value: number;
}

/** A cell that repeats one number, or none: `from` is absent for the input's pixels and for padding with zeros. */
export interface CopyExplanation extends ExplanationBase {
  readonly kind: 'copy';
  readonly layer: ResolvedLayer | undefined;
  readonly from: ReadNumber | undefined;
}

/** A sum of numbers, each times its share. */
export interface MixtureExplanation extends ExplanationBase {
  readonly kind: 'mixture';
  readonly layer: ResolvedLayer;
  readonly parts: readonly (ReadNumber & { readonly share: number })[];
}

/** A number normalized by a mean and a variance. */
export interface NormalizationExplanation extends ExplanationBase {
  readonly kind: 'normalization';
  readonly layer: Extract<ResolvedLayer, { type: 'batchNormalization' | 'layerNormalization' }>;
  readonly from: ReadNumber;
  readonly mean: number;
  readonly variance: number;
  readonly epsilon: number;
  /** Numbers that mean and variance are of; undefined where training has gathered them. */
  readonly count: number | undefined;
  readonly normalized: number;
  /** 1 and 0 where the layer has none. */
  readonly gamma: number;
  readonly beta: number;
}

/** A layer that is an activation and nothing else. */
export interface ActivationExplanation extends ExplanationBase, SumToValue {
  readonly kind: 'activation';
  readonly layer: Extract<ResolvedLayer, { type: 'activation' }>;
  readonly from: ReadNumber;
}

/** How one cell came by its value. */
export type CellExplanation =
  | ConvolutionExplanation
  | DenseExplanation
  | PoolingExplanation
  | CopyExplanation
  | MixtureExplanation
  | NormalizationExplanation
  | ActivationExplanation;
