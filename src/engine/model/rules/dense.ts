/** Dense: `outputs = activation(inputs · kernel + bias)`; its shape rule and counts. */
import { readInitializer } from '../initializer-config.ts';
import type { WeightSpec } from '../resolved.ts';
import { readActivation, type LayerRule } from './rule.ts';

const unitRange = { min: 1, max: 16384 } as const;

export const denseRule: LayerRule = (input) => {
  const { fields } = input;
  const units = fields.integer('units', unitRange);
  const activation = readActivation(fields);
  const useBias = fields.boolean('useBias', true);
  const kernelInitializer = readInitializer(fields, 'kernelInitializer', 'glorotUniform');
  const biasInitializer = readInitializer(fields, 'biasInitializer', 'zeros');
  const [inputs] = input.inputShape;
  if (input.inputShape.length !== 1 || !inputs) {
    fields.report(
      'wrongRank',
      `needs a flat input; put a flatten layer before it. Received inputs=[${input.inputShape.join(', ')}].`,
    );
    return undefined;
  }
  const weights: WeightSpec[] = [
    {
      name: `${input.name}/kernel`,
      shape: [inputs, units],
      initializer: kernelInitializer,
      fanIn: inputs,
      fanOut: units,
    },
  ];
  if (useBias) {
    weights.push({
      name: `${input.name}/bias`,
      shape: [units],
      initializer: biasInitializer,
      fanIn: units,
      fanOut: units,
    });
  }
  return {
    type: 'dense',
    name: input.name,
    inputs: input.inputs,
    inputShapes: [input.inputShape],
    outputShape: [units],
    weights,
    params: inputs * units + (useBias ? units : 0),
    macs: inputs * units,
    receptiveField: input.inputField,
    units,
    useBias,
    activation,
  };
};
