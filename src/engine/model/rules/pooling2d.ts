/** MaxPooling2D and AveragePooling2D: the largest or the mean of each window; no weights. */
import { imageShape, type LayerRule } from './rule.ts';
import { resolveWindow, sizeRange, slideReceptiveField, windowOutput } from './window2d.ts';

function poolingRule(type: 'maxPooling2d' | 'averagePooling2d'): LayerRule {
  return (input) => {
    const { fields } = input;
    const size = fields.pair('poolSize', sizeRange, [2, 2]);
    const strides = fields.pair('strides', sizeRange, size);
    const padding = fields.oneOf('padding', ['valid', 'same'], 'valid');
    const shape = imageShape(input);
    if (!shape) return undefined;
    const [height, width, channels] = shape;
    const window = resolveWindow(height, width, { size, strides, dilation: [1, 1], padding });
    const positions = windowOutput(fields, window, 'poolSize');
    if (!positions) return undefined;
    return {
      type,
      name: input.name,
      inputs: input.inputs,
      inputShapes: [input.inputShape],
      outputShape: [...positions, channels],
      weights: [],
      params: 0,
      macs: 0,
      receptiveField: slideReceptiveField(input.inputField, window),
      window,
    };
  };
}

export const maxPooling2dRule = poolingRule('maxPooling2d');
export const averagePooling2dRule = poolingRule('averagePooling2d');
