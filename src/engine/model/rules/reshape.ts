/** Flatten and Reshape: the same numbers, channels fastest, under another shape. */
import { cellCount } from '../../shape/cells.ts';
import { show } from '../field-reader.ts';
import type { Shape } from '../resolved.ts';
import { commonFields, fieldOfSource, type LayerRule, type RuleInput } from './rule.ts';

const maxRank = 3;

/** Every number of the row comes from one cell, but what reads the row reads all of them. */
export const flattenRule: LayerRule = (input) => ({
  type: 'flatten',
  ...commonFields(input, {
    outputShape: [cellCount(input.inputShape)],
    receptiveField: fieldOfInput(input),
  }),
});

export const reshapeRule: LayerRule = (input) => {
  const outputShape = readTargetShape(input);
  if (!outputShape) return undefined;
  const isSameShape = outputShape.join() === input.inputShape.join();
  const receptiveField = isSameShape ? input.inputField : fieldOfInput(input);
  return { type: 'reshape', ...commonFields(input, { outputShape, receptiveField }) };
};

function fieldOfInput({ inputShape, inputField }: RuleInput) {
  return fieldOfSource({ shape: inputShape, field: inputField });
}

function readTargetShape({ fields, inputShape }: RuleInput): Shape | undefined {
  const value = fields.get('targetShape');
  const sizes = isTarget(value) ? value : undefined;
  if (!sizes) {
    fields.report(
      'badValue',
      `targetShape must be a list of one to three sizes of at least 1, of which one may be −1. Received targetShape=${show(value)}.`,
    );
    return undefined;
  }
  const cells = cellCount(inputShape);
  const known = cellCount(sizes.filter((size) => size !== -1));
  const shape = sizes.map((size) => (size === -1 ? cells / known : size));
  if (shape.every(Number.isInteger) && cellCount(shape) === cells) return shape;
  fields.report(
    'badValue',
    `targetShape must hold as many numbers as the input, ${cells}. Received targetShape=${show(sizes)}, inputs=[${inputShape.join(', ')}].`,
  );
  return undefined;
}

function isTarget(value: unknown): value is readonly number[] {
  if (!Array.isArray(value) || value.length < 1 || value.length > maxRank) return false;
  const sizes = value as readonly unknown[];
  const isSize = (size: unknown) => Number.isInteger(size) && (size === -1 || Number(size) >= 1);
  return sizes.every(isSize) && sizes.filter((size) => size === -1).length <= 1;
}
