/** Which rule and which name each type of layer has. */
import type { LayerType } from '../config.ts';
import { activationRule } from './activation.ts';
import { conv2dTransposeRule } from './conv2d-transpose.ts';
import { conv2dRule } from './conv2d.ts';
import { denseRule } from './dense.ts';
import { depthwiseConv2dRule, separableConv2dRule } from './depthwise.ts';
import { plainDropoutRule, spatialDropout2dRule } from './dropout.ts';
import { addRule, concatenateRule } from './join.ts';
import { batchNormalizationRule, layerNormalizationRule } from './normalization.ts';
import { padding2dRule, zeroPadding2dRule } from './padding2d.ts';
import {
  averagePooling2dRule,
  globalAveragePooling2dRule,
  globalMaxPooling2dRule,
  maxPooling2dRule,
} from './pooling2d.ts';
import { flattenRule, reshapeRule } from './reshape.ts';
import type { LayerRule } from './rule.ts';
import { upSampling2dRule } from './up-sampling2d.ts';

/** A rule for every type. */
export const rules: Readonly<Record<LayerType, LayerRule>> = {
  conv2d: conv2dRule,
  depthwiseConv2d: depthwiseConv2dRule,
  separableConv2d: separableConv2dRule,
  conv2dTranspose: conv2dTransposeRule,
  maxPooling2d: maxPooling2dRule,
  averagePooling2d: averagePooling2dRule,
  globalAveragePooling2d: globalAveragePooling2dRule,
  globalMaxPooling2d: globalMaxPooling2dRule,
  zeroPadding2d: zeroPadding2dRule,
  padding2d: padding2dRule,
  upSampling2d: upSampling2dRule,
  flatten: flattenRule,
  reshape: reshapeRule,
  dense: denseRule,
  dropout: plainDropoutRule,
  spatialDropout2d: spatialDropout2dRule,
  batchNormalization: batchNormalizationRule,
  layerNormalization: layerNormalizationRule,
  activation: activationRule,
  add: addRule,
  concatenate: concatenateRule,
};

/** Types a layer can have. */
export const layerTypes = Object.keys(rules) as readonly LayerType[];

/** How many layers a layer of the type reads. */
export function inputCounts(type: LayerType): { readonly min: number; readonly max: number } {
  return type === 'add' || type === 'concatenate' ? { min: 2, max: 16 } : { min: 1, max: 1 };
}

/** The type in snake case, as Keras names layers: `max_pooling2d`. */
export function nameStem(type: LayerType): string {
  return type.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}
