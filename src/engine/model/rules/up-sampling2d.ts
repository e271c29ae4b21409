/** UpSampling2D: every cell repeated, or blended with its neighbours, `size` times along each axis. */
import { spreadField } from '../../shape/receptive-field.ts';
import { upSamplingWindow } from '../../shape/window.ts';
import { commonFields, imageShape, type LayerRule } from './rule.ts';
import { sizeRange } from './window2d.ts';

export const upSampling2dRule: LayerRule = (input) => {
  const { fields, inputField } = input;
  const size = fields.pair('size', sizeRange, [2, 2]);
  const interpolation = fields.oneOf('interpolation', ['nearest', 'bilinear'], 'nearest');
  const shape = imageShape(input);
  if (!shape) return undefined;
  const [height, width, channels] = shape;
  const outputShape = [height * size[0], width * size[1], channels];
  const receptiveField = {
    vertical: spreadField(inputField.vertical, upSamplingWindow(size[0], interpolation)),
    horizontal: spreadField(inputField.horizontal, upSamplingWindow(size[1], interpolation)),
  };
  return { type: 'upSampling2d', ...commonFields(input, { outputShape, receptiveField }), size, interpolation };
};
