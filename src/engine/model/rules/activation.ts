/** Activation: a function of each number (softmax: of each row of the last axis); shape unchanged. */
import { readActivation, type LayerRule } from './rule.ts';

export const activationRule: LayerRule = (input) => {
  if (input.fields.get('activation') === undefined) {
    input.fields.report('badValue', 'activation must be given. Received activation=undefined.');
  }
  return {
    type: 'activation',
    name: input.name,
    inputs: input.inputs,
    inputShapes: [input.inputShape],
    outputShape: input.inputShape,
    weights: [],
    params: 0,
    macs: 0,
    receptiveField: input.inputField,
    activation: readActivation(input.fields),
  };
};
