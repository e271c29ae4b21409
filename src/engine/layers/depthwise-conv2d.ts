/** Depthwise and separable convolutions: convolutions with as many groups as channels, as conv2d-geometry.wgsl explains. */
import type { ResolvedDepthwiseConv2D, ResolvedSeparableConv2D, Shape } from '../model/resolved.ts';
import { convGeometry, pointWindow, windowOver } from './conv2d-geometry.ts';
import { convolutionOp } from './conv2d.ts';
import { plainValue, type Op, type Value } from './op.ts';

/** The layer from `source` to `result`, whose activation is fused. */
export function depthwiseConv2dOp(layer: ResolvedDepthwiseConv2D, source: Value, result: Value): Op {
  const convolution = {
    layer: layer.name,
    label: layer.name,
    geometry: convGeometry(windowOver(layer), source.shape, layer.outputShape, channelsOf(source.shape)),
    kernel: `${layer.name}/kernel`,
    ...(layer.useBias && { bias: `${layer.name}/bias` }),
  };
  return convolutionOp(convolution, source, result);
}

/** The depthwise step of a separable convolution, without a bias or an activation; `pointwiseOp` reads its result. */
export function separableDepthwiseOp(layer: ResolvedSeparableConv2D, source: Value): Op {
  const [height = 1, width = 1] = layer.outputShape;
  const channels = channelsOf(source.shape);
  const result = plainValue(`${layer.name}/depthwise`, [height, width, channels * layer.depthMultiplier]);
  const convolution = {
    layer: layer.name,
    label: `${layer.name} depthwise`,
    geometry: convGeometry(windowOver(layer), source.shape, result.shape, channels),
    kernel: `${layer.name}/depthwise_kernel`,
  };
  return convolutionOp(convolution, source, result);
}

/** The pointwise step of a separable convolution, from the depthwise one to `result`, whose activation is fused. */
export function separablePointwiseOp(layer: ResolvedSeparableConv2D, source: Value, result: Value): Op {
  const convolution = {
    layer: layer.name,
    label: `${layer.name} pointwise`,
    geometry: convGeometry(pointWindow(source.shape), source.shape, layer.outputShape, 1),
    kernel: `${layer.name}/pointwise_kernel`,
    ...(layer.useBias && { bias: `${layer.name}/bias` }),
  };
  return convolutionOp(convolution, source, result);
}

function channelsOf(shape: Shape): number {
  return shape[2] ?? 1;
}
