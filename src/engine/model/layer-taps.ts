/** What one cell of a convolution or pooling reads: the taps of its window, and which channels. Pure arithmetic. */
import { transposedTaps, windowTaps, type Tap } from '../shape/taps.ts';
import type { ResolvedLayer, Window2D } from './resolved.ts';

/** A layer that has a window. */
export type WindowLayer = Extract<ResolvedLayer, { readonly window: Window2D }>;

/** A layer whose window slides over its inputs; a transposed convolution's slides over its outputs. */
export type SlidingLayer = Exclude<WindowLayer, { type: 'conv2dTranspose' }>;

/** A convolution of any kind. */
export type ConvolutionLayer = Exclude<WindowLayer, { type: 'maxPooling2d' | 'averagePooling2d' }>;

/** Neighbouring channels. */
export interface ChannelRun {
  readonly first: number;
  readonly count: number;
}

/** Whether the layer has a window. */
export function hasWindow(layer: ResolvedLayer): layer is WindowLayer {
  return 'window' in layer;
}

/** Whether there is a window that slides over the layer's inputs. */
export function slidesOver(layer: ResolvedLayer | undefined): layer is SlidingLayer {
  return layer !== undefined && hasWindow(layer) && layer.type !== 'conv2dTranspose';
}

/** The window's taps along an axis for the output cell at `place`. */
export function tapsAlong(layer: WindowLayer, axis: keyof Window2D, place: number): readonly Tap[] {
  if (layer.type === 'conv2dTranspose') return transposedTaps(layer.window[axis], place);
  return windowTaps(layer.window[axis], place, 'padMode' in layer ? layer.padMode : 'zero');
}

/** The input channels that a channel of the outputs is summed from. */
export function channelsSeen(layer: ConvolutionLayer, channel: number): ChannelRun {
  const channels = layer.inputShapes[0]?.[2] ?? 1;
  switch (layer.type) {
    case 'depthwiseConv2d':
      return { first: Math.floor(channel / layer.depthMultiplier), count: 1 };
    case 'conv2d': {
      const count = channels / layer.groups;
      return { first: Math.floor(channel / (layer.filters / layer.groups)) * count, count };
    }
    default:
      return { first: 0, count: channels };
  }
}
