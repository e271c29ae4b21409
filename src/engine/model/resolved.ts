/** A model whose every default is filled in and every shape known: what the engine compiles and the page explains. */
import type { ActivationName, InitializerConfig, LayerConfig } from './config.ts';
import type { ReceptiveField } from '../shape/receptive-field.ts';
import type { WindowAxis } from '../shape/window.ts';

/** A shape without the batch: `[height, width, channels]` or `[units]`. */
export type Shape = readonly number[];

export interface Activation {
  readonly name: ActivationName;
  readonly negativeSlope: number;
}

export interface WeightSpec {
  /** `conv2d_1/kernel`, `dense_2/bias`. */
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: InitializerConfig;
  /** Inputs and outputs of one cell, for variance-scaling initializers. */
  readonly fanIn: number;
  readonly fanOut: number;
}

interface ResolvedBase {
  readonly name: string;
  /** Layer names, or `input`. */
  readonly inputs: readonly string[];
  readonly inputShapes: readonly Shape[];
  readonly outputShape: Shape;
  readonly weights: readonly WeightSpec[];
  /** Trainable numbers of the layer. */
  readonly params: number;
  /** Multiply-accumulates of one forward pass for one example. */
  readonly macs: number;
  /** What one cell of the outputs sees of the input; dense layers see everything their inputs see. */
  readonly receptiveField: ReceptiveField;
  /** The JSON it came from. */
  readonly config: LayerConfig;
}

/** The two axes of a sliding window, padding resolved to numbers. */
export interface Window2D {
  readonly vertical: WindowAxis;
  readonly horizontal: WindowAxis;
}

export interface ResolvedConv2D extends ResolvedBase {
  readonly type: 'conv2d';
  readonly window: Window2D;
  /** How padded cells are filled. */
  readonly padMode: 'zero' | 'replicate';
  readonly filters: number;
  readonly useBias: boolean;
  readonly activation: Activation;
}

export interface ResolvedPooling2D extends ResolvedBase {
  readonly type: 'maxPooling2d' | 'averagePooling2d';
  readonly window: Window2D;
}

export interface ResolvedFlatten extends ResolvedBase {
  readonly type: 'flatten';
}

export interface ResolvedDense extends ResolvedBase {
  readonly type: 'dense';
  readonly units: number;
  readonly useBias: boolean;
  readonly activation: Activation;
}

export interface ResolvedActivation extends ResolvedBase {
  readonly type: 'activation';
  readonly activation: Activation;
}

export type ResolvedLayer = ResolvedConv2D | ResolvedPooling2D | ResolvedFlatten | ResolvedDense | ResolvedActivation;

/** Layers in the order they are computed; the last one is the model's output. */
export interface ResolvedModel {
  readonly name: string;
  readonly inputShape: Shape;
  readonly layers: readonly ResolvedLayer[];
  readonly params: number;
  readonly macs: number;
}
