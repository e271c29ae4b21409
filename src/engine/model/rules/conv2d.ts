/** Conv2D: `outputs = activation(bias + Σ window · kernel)`; its shape rule and counts. */
import { cellCount } from '../../shape/cells.ts';
import { show } from '../field-reader.ts';
import { filterRange, placeWindow, readSliding } from './convolution.ts';
import { commonFields, readActivated, type LayerRule } from './rule.ts';
import { readBias, readWeight, weightSpec } from './weight.ts';
import { slideReceptiveField } from './window2d.ts';

export const conv2dRule: LayerRule = (input) => {
  const { fields } = input;
  const before = fields.issues.length;
  const filters = fields.integer('filters', filterRange);
  const groups = fields.integer('groups', filterRange, 1);
  const sliding = readSliding(fields);
  const activated = readActivated(input);
  const bias = readBias(fields);
  const kernel = readWeight(fields, 'kernel', 'glorotUniform', 4);
  const placed = placeWindow(input, sliding);
  if (!placed) return undefined;
  const { channels, window, positions } = placed;
  if (channels % groups !== 0 || filters % groups !== 0) {
    // A broken count has been told already.
    if (fields.issues.length > before) return undefined;
    fields.report(
      'badValue',
      `groups must divide the input channels and the filters. Received groups=${show(groups)}, channels=${channels}, filters=${filters}.`,
      { label: 'Use one group', field: 'groups', value: 1 },
    );
    return undefined;
  }
  const kernelShape = [...sliding.size, channels / groups, filters];
  const weights = [weightSpec(input, 'kernel', kernelShape, kernel)];
  if (bias) weights.push(weightSpec(input, 'bias', [filters], bias));
  return {
    type: 'conv2d',
    ...commonFields(input, {
      outputShape: [...positions, filters],
      receptiveField: slideReceptiveField(input.inputField, window),
      weights,
      macs: cellCount(positions) * cellCount(kernelShape),
    }),
    ...activated,
    window,
    padMode: sliding.padMode,
    useBias: bias !== undefined,
    filters,
    groups,
  };
};
