/** Flatten: the same numbers as one row, channels fastest. */
import { fieldOfAll, type ReceptiveField } from '../../shape/receptive-field.ts';
import { cellCount, type LayerRule, type RuleInput } from './rule.ts';

export const flattenRule: LayerRule = (input) => ({
  type: 'flatten',
  name: input.name,
  inputs: input.inputs,
  inputShapes: [input.inputShape],
  outputShape: [cellCount(input.inputShape)],
  weights: [],
  params: 0,
  macs: 0,
  receptiveField: unionField(input),
});

/** Every number of the row comes from one cell, but what reads the row reads all of them. */
function unionField({ inputShape, inputField }: RuleInput): ReceptiveField {
  const [height, width] = inputShape;
  if (inputShape.length !== 3 || !height || !width) return inputField;
  return { vertical: fieldOfAll(inputField.vertical, height), horizontal: fieldOfAll(inputField.horizontal, width) };
}
