/** Pooling: the largest or the mean of each window, or of each whole map; no weights. */
import { commonFields, fieldOfSource, imageShape, type LayerRule } from './rule.ts';
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
    const outputShape = [...positions, channels];
    const receptiveField = slideReceptiveField(input.inputField, window);
    return { type, ...commonFields(input, { outputShape, receptiveField }), window };
  };
}

function globalPoolingRule(type: 'globalAveragePooling2d' | 'globalMaxPooling2d'): LayerRule {
  return (input) => {
    const keepsAxes = input.fields.boolean('keepdims', false);
    const shape = imageShape(input);
    if (!shape) return undefined;
    const [, , channels] = shape;
    const outputShape = keepsAxes ? [1, 1, channels] : [channels];
    return {
      type,
      ...commonFields(input, { outputShape, receptiveField: fieldOfSource({ shape, field: input.inputField }) }),
    };
  };
}

export const maxPooling2dRule = poolingRule('maxPooling2d');
export const averagePooling2dRule = poolingRule('averagePooling2d');
export const globalAveragePooling2dRule = globalPoolingRule('globalAveragePooling2d');
export const globalMaxPooling2dRule = globalPoolingRule('globalMaxPooling2d');
