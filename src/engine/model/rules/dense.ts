/** Dense: `outputs = activation(inputs · kernel + bias)`; its shape rule and counts. */
import { commonFields, readActivated, type LayerRule } from './rule.ts';
import { readBias, readWeight, weightSpec } from './weight.ts';

const unitRange = { min: 1, max: 16384 } as const;

export const denseRule: LayerRule = (input) => {
  const { fields } = input;
  const units = fields.integer('units', unitRange);
  const activated = readActivated(input);
  const bias = readBias(fields);
  const kernel = readWeight(fields, 'kernel', 'glorotUniform', 2);
  const [inputs] = input.inputShape;
  if (input.inputShape.length !== 1 || !inputs) {
    fields.report(
      'wrongRank',
      `needs a flat input; put a flatten layer before it. Received inputs=[${input.inputShape.join(', ')}].`,
    );
    return undefined;
  }
  const weights = [weightSpec(input, 'kernel', [inputs, units], kernel)];
  if (bias) weights.push(weightSpec(input, 'bias', [units], bias));
  return {
    type: 'dense',
    ...commonFields(input, { outputShape: [units], weights, macs: inputs * units }),
    ...activated,
    units,
    useBias: bias !== undefined,
  };
};
