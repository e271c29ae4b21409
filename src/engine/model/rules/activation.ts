/** Activation: a function of each number (softmax: of each row of the last axis); shape unchanged. */
import { commonFields, readActivated, type LayerRule } from './rule.ts';

export const activationRule: LayerRule = (input) => {
  if (input.fields.get('activation') === undefined) {
    input.fields.report('badValue', 'activation must be given. Received activation=undefined.');
  }
  return { type: 'activation', ...commonFields(input), ...readActivated(input) };
};
