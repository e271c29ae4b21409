/** The shape of a convolution as conv2d-geometry.wgsl wants it, from a layer's window. Pure arithmetic. */
import type { Shape, Window2D } from '../model/resolved.ts';
import type { Pooling } from './op.ts';
import { windowExtent, type WindowAxis } from '../shape/window.ts';

/** The shape constants of conv2d-geometry.wgsl. */
export interface ConvGeometry {
  readonly inputHeight: number;
  readonly inputWidth: number;
  readonly inputChannels: number;
  readonly outputHeight: number;
  readonly outputWidth: number;
  readonly filters: number;
  readonly groupCount: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly dilationY: number;
  readonly dilationX: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly isPadded: boolean;
  /** The max pooling that is part of it; 1 × 1 for none. */
  readonly poolHeight: number;
  readonly poolWidth: number;
}

const noPooling: Pooling = { poolHeight: 1, poolWidth: 1 };

/**
 * The convolution that slides `window` over `inputs`, both `[height, width, channels]`.
 * @param pooling behind it: outputs that no whole window holds are left out, as nobody sees them.
 */
export function convGeometry(
  window: Window2D,
  inputs: Shape,
  convolved: Shape,
  groupCount: number,
  { poolHeight, poolWidth } = noPooling,
): ConvGeometry {
  const { vertical, horizontal } = window;
  const [height = 1, width = 1, ...rest] = convolved;
  const outputs = [height - (height % poolHeight), width - (width % poolWidth), ...rest];
  const [inputHeight = 1, inputWidth = 1, inputChannels = 1] = inputs;
  const [outputHeight = 1, outputWidth = 1, filters = 1] = outputs;
  return {
    inputHeight,
    inputWidth,
    inputChannels,
    outputHeight,
    outputWidth,
    filters,
    groupCount,
    kernelHeight: vertical.window,
    kernelWidth: horizontal.window,
    strideY: vertical.stride,
    strideX: horizontal.stride,
    dilationY: vertical.dilation,
    dilationX: horizontal.dilation,
    padTop: vertical.padBefore,
    padLeft: horizontal.padBefore,
    isPadded: reachesBeyond(vertical, outputHeight) || reachesBeyond(horizontal, outputWidth),
    poolHeight,
    poolWidth,
  };
}

function reachesBeyond({ size, window, stride, dilation, padBefore }: WindowAxis, positions: number): boolean {
  return padBefore > 0 || (positions - 1) * stride + windowExtent(window, dilation) - padBefore > size;
}

/** The window as the convolution sees it: replicate padding is an op before it, which leaves a larger input and none to pad. */
export function windowOver(layer: { readonly window: Window2D; readonly padMode: 'zero' | 'replicate' }): Window2D {
  if (layer.padMode === 'zero') return layer.window;
  const unpadded = (axis: WindowAxis): WindowAxis => ({
    ...axis,
    size: axis.size + axis.padBefore + axis.padAfter,
    padBefore: 0,
    padAfter: 0,
  });
  return { vertical: unpadded(layer.window.vertical), horizontal: unpadded(layer.window.horizontal) };
}

/** A window of one cell: every output sees the input at its own place. */
export function pointWindow([height = 1, width = 1]: Shape): Window2D {
  const axis = (size: number): WindowAxis => ({ size, window: 1, stride: 1, dilation: 1, padBefore: 0, padAfter: 0 });
  return { vertical: axis(height), horizontal: axis(width) };
}
