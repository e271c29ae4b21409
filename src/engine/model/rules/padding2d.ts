/** ZeroPadding2D and Padding2D: cells added around the maps. Behind them fields begin outside the input. */
import { show, type FieldReader } from '../field-reader.ts';
import type { ExplicitPadding } from '../config.ts';
import { slideField } from '../../shape/receptive-field.ts';
import { commonFields, imageShape, type LayerRule, type RuleInput, type RuledLayer } from './rule.ts';
import { explicitPadding, maxPadding } from './window2d.ts';

export const zeroPadding2dRule: LayerRule = (input) => padded(input, 'zeroPadding2d', 'zero');

export const padding2dRule: LayerRule = (input) =>
  padded(input, 'padding2d', input.fields.requiredOneOf('mode', ['reflect', 'replicate'], 'replicate'));

function padded(
  input: RuleInput,
  type: 'zeroPadding2d' | 'padding2d',
  mode: 'zero' | 'reflect' | 'replicate',
): RuledLayer | undefined {
  const { fields, inputField } = input;
  const pads = readPads(fields);
  const shape = imageShape(input);
  if (!shape) return undefined;
  const [height, width, channels] = shape;
  const [vertical, horizontal] = pads;
  if (mode === 'reflect' && (Math.max(...vertical) >= height || Math.max(...horizontal) >= width)) {
    fields.report(
      'badValue',
      `padding must be below the input's size to be reflected. Received padding=${show(pads)}, inputs=[${shape.join(', ')}].`,
    );
    return undefined;
  }
  const outputShape = [height + vertical[0] + vertical[1], width + horizontal[0] + horizontal[1], channels];
  const shifted = (axis: 'vertical' | 'horizontal', padBefore: number) =>
    slideField(inputField[axis], { extent: 1, stride: 1, padBefore });
  const receptiveField = {
    vertical: shifted('vertical', vertical[0]),
    horizontal: shifted('horizontal', horizontal[0]),
  };
  return { type, ...commonFields(input, { outputShape, receptiveField }), mode, pads };
}

/** One number for all sides, `[rows, columns]`, or all four. */
function readPads(fields: FieldReader): ExplicitPadding {
  const value = fields.get('padding') ?? 1;
  const pads = explicitPadding(expanded(value), maxPadding);
  if (pads) return pads;
  fields.report(
    'badValue',
    `padding must be cells from 0 to ${maxPadding}: one number, [rows, columns] or [[top, bottom], [left, right]]. Received padding=${show(value)}.`,
  );
  return [
    [1, 1],
    [1, 1],
  ];
}

function expanded(value: unknown): unknown {
  const sides = Array.isArray(value) ? (value as readonly unknown[]) : [value, value];
  if (sides.length !== 2 || !sides.every((side) => typeof side === 'number')) return value;
  return sides.map((side) => [side, side]);
}
