/** DepthwiseConv2D and SeparableConv2D: a kernel per channel, and for the second a 1×1 convolution behind it. */
import { cellCount } from '../../shape/cells.ts';
import { filterRange, placeWindow, readSliding } from './convolution.ts';
import { commonFields, readActivated, type LayerRule } from './rule.ts';
import { readBias, readWeight, weightSpec } from './weight.ts';
import { slideReceptiveField } from './window2d.ts';

export const depthwiseConv2dRule: LayerRule = (input) => {
  const { fields } = input;
  const depthMultiplier = fields.integer('depthMultiplier', filterRange, 1);
  const sliding = readSliding(fields);
  const activated = readActivated(input);
  const bias = readBias(fields);
  const kernel = readWeight(fields, 'depthwise', 'glorotUniform', 4);
  const placed = placeWindow(input, sliding);
  if (!placed) return undefined;
  const { channels, window, positions } = placed;
  const kernelShape = [...sliding.size, channels, depthMultiplier];
  const outputChannels = channels * depthMultiplier;
  const weights = [weightSpec(input, 'kernel', kernelShape, kernel)];
  if (bias) weights.push(weightSpec(input, 'bias', [outputChannels], bias));
  return {
    type: 'depthwiseConv2d',
    ...commonFields(input, {
      outputShape: [...positions, outputChannels],
      receptiveField: slideReceptiveField(input.inputField, window),
      weights,
      macs: cellCount(positions) * cellCount(kernelShape),
    }),
    ...activated,
    window,
    padMode: sliding.padMode,
    useBias: bias !== undefined,
    depthMultiplier,
  };
};

export const separableConv2dRule: LayerRule = (input) => {
  const { fields } = input;
  const filters = fields.integer('filters', filterRange);
  const depthMultiplier = fields.integer('depthMultiplier', filterRange, 1);
  const sliding = readSliding(fields);
  const activated = readActivated(input);
  const bias = readBias(fields);
  const depthwise = readWeight(fields, 'depthwise', 'glorotUniform', 4);
  const pointwise = readWeight(fields, 'pointwise', 'glorotUniform', 4);
  const placed = placeWindow(input, sliding);
  if (!placed) return undefined;
  const { channels, window, positions } = placed;
  const depthwiseShape = [...sliding.size, channels, depthMultiplier];
  const pointwiseShape = [1, 1, channels * depthMultiplier, filters];
  const weights = [
    weightSpec(input, 'depthwise_kernel', depthwiseShape, depthwise),
    weightSpec(input, 'pointwise_kernel', pointwiseShape, pointwise),
  ];
  if (bias) weights.push(weightSpec(input, 'bias', [filters], bias));
  return {
    type: 'separableConv2d',
    ...commonFields(input, {
      outputShape: [...positions, filters],
      receptiveField: slideReceptiveField(input.inputField, window),
      weights,
      macs: cellCount(positions) * (cellCount(depthwiseShape) + cellCount(pointwiseShape)),
    }),
    ...activated,
    window,
    padMode: sliding.padMode,
    useBias: bias !== undefined,
    depthMultiplier,
    filters,
  };
};
