/** Conv2DTranspose: the gradient of a convolution as a layer; its shape rule is that convolution's, read backwards. */
import { cellCount } from '../../shape/cells.ts';
import { spreadField, type FieldAxis } from '../../shape/receptive-field.ts';
import { transposedWindow, windowExtent, type WindowAxis } from '../../shape/window.ts';
import { filterRange, readSteps } from './convolution.ts';
import { commonFields, imageShape, readActivated, type LayerRule } from './rule.ts';
import { readBias, readWeight, weightSpec } from './weight.ts';

export const conv2dTransposeRule: LayerRule = (input) => {
  const { fields, inputField } = input;
  const filters = fields.integer('filters', filterRange);
  const steps = readSteps(fields);
  const padding = fields.oneOf('padding', ['valid', 'same'], 'valid');
  const activated = readActivated(input);
  const bias = readBias(fields);
  const kernel = readWeight(fields, 'kernel', 'glorotUniform', 4);
  const shape = imageShape(input);
  if (!shape) return undefined;
  const [height, width, channels] = shape;
  const along = (inputs: number, axis: 0 | 1): WindowAxis => {
    const step = { window: steps.size[axis], stride: steps.strides[axis], dilation: steps.dilation[axis] };
    return transposedWindow(inputs, step, padding);
  };
  const window = { vertical: along(height, 0), horizontal: along(width, 1) };
  const kernelShape = [...steps.size, filters, channels];
  const weights = [weightSpec(input, 'kernel', kernelShape, kernel)];
  if (bias) weights.push(weightSpec(input, 'bias', [filters], bias));
  return {
    type: 'conv2dTranspose',
    ...commonFields(input, {
      outputShape: [window.vertical.size, window.horizontal.size, filters],
      receptiveField: {
        vertical: spreadOver(inputField.vertical, window.vertical),
        horizontal: spreadOver(inputField.horizontal, window.horizontal),
      },
      weights,
      macs: height * width * cellCount(kernelShape),
    }),
    ...activated,
    window,
    filters,
    useBias: bias !== undefined,
  };
};

function spreadOver(field: FieldAxis, { window, dilation, stride, padBefore }: WindowAxis): FieldAxis {
  return spreadField(field, { extent: windowExtent(window, dilation), stride, padBefore });
}
