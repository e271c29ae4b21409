/** Which function computes which layer type. Knows no formulas. */
import type { LayerType } from '../../../src/engine/model/config.ts';
import { conv2d, conv2dTranspose, depthwiseConv2d, separableConv2d } from './float64-convolution.ts';
import { dense } from './float64-dense.ts';
import type { Float64Layer } from './float64-layer.ts';
import { batchNormalization, dropout, layerNormalization } from './float64-normalization.ts';
import { averagePooling, globalMaxPooling, maxPooling } from './float64-pooling.ts';
import { add, concatenate, padding2d, unchanged, upSampling2d } from './float64-shape.ts';

/** Every layer type, before its activation. */
export const float64Layers: Record<LayerType, Float64Layer> = {
  conv2d,
  depthwiseConv2d,
  separableConv2d,
  conv2dTranspose,
  maxPooling2d: maxPooling,
  averagePooling2d: averagePooling,
  globalMaxPooling2d: globalMaxPooling,
  globalAveragePooling2d: averagePooling,
  zeroPadding2d: padding2d,
  padding2d,
  upSampling2d,
  flatten: unchanged,
  reshape: unchanged,
  dense,
  dropout,
  spatialDropout2d: dropout,
  batchNormalization,
  layerNormalization,
  activation: unchanged,
  add,
  concatenate,
};
