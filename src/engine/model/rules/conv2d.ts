/** Conv2D: `outputs = activation(bias + Σ window · kernel)`; its shape rule and counts. */
import { readInitializer } from '../initializer-config.ts';
import { show } from '../field-reader.ts';
import type { WeightSpec } from '../resolved.ts';
import { imageShape, readActivation, type LayerRule, type RuleInput } from './rule.ts';
import { explicitPadding, resolveWindow, sizeRange, slideReceptiveField, windowOutput } from './window2d.ts';

const filterRange = { min: 1, max: 4096 } as const;
const maxPadding = 1024;

export const conv2dRule: LayerRule = (input) => {
  const { fields } = input;
  const filters = fields.integer('filters', filterRange);
  const kernelSize = fields.pair('kernelSize', sizeRange);
  const strides = fields.pair('strides', sizeRange, [1, 1]);
  const dilation = fields.pair('dilationRate', sizeRange, [1, 1]);
  const { padding, padMode } = readPadding(input);
  const activation = readActivation(fields);
  const useBias = fields.boolean('useBias', true);
  const kernelInitializer = readInitializer(fields, 'kernelInitializer', 'glorotUniform');
  const biasInitializer = readInitializer(fields, 'biasInitializer', 'zeros');
  if (Math.max(...strides) > 1 && Math.max(...dilation) > 1) {
    fields.report(
      'strideWithDilation',
      `strides above 1 cannot be combined with dilationRate above 1. Received strides=${show(strides)}, dilationRate=${show(dilation)}.`,
      { label: 'Use no dilation', field: 'dilationRate', value: 1 },
    );
  }
  const shape = imageShape(input);
  if (!shape) return undefined;
  const [height, width, channels] = shape;
  const window = resolveWindow(height, width, { size: kernelSize, strides, dilation, padding });
  const positions = windowOutput(fields, window, 'kernelSize');
  if (!positions) return undefined;
  const taps = kernelSize[0] * kernelSize[1];
  const weights: WeightSpec[] = [
    {
      name: `${input.name}/kernel`,
      shape: [...kernelSize, channels, filters],
      initializer: kernelInitializer,
      fanIn: taps * channels,
      fanOut: taps * filters,
    },
  ];
  if (useBias) {
    weights.push({
      name: `${input.name}/bias`,
      shape: [filters],
      initializer: biasInitializer,
      fanIn: filters,
      fanOut: filters,
    });
  }
  return {
    type: 'conv2d',
    name: input.name,
    inputs: input.inputs,
    inputShapes: [input.inputShape],
    outputShape: [...positions, filters],
    weights,
    params: taps * channels * filters + (useBias ? filters : 0),
    macs: positions[0] * positions[1] * filters * taps * channels,
    receptiveField: slideReceptiveField(input.inputField, window),
    window,
    padMode,
    filters,
    useBias,
    activation,
  };
};

/** `replicate` pads as much as `same` does, with the border's cells. */
function readPadding(input: RuleInput) {
  const value = input.fields.get('padding') ?? 'valid';
  if (value === 'valid' || value === 'same') return { padding: value, padMode: 'zero' } as const;
  if (value === 'replicate') return { padding: 'same', padMode: 'replicate' } as const;
  const explicit = explicitPadding(value, maxPadding);
  if (explicit) return { padding: explicit, padMode: 'zero' } as const;
  input.fields.report(
    'badValue',
    `padding must be valid, same, replicate or [[top, bottom], [left, right]]. Received padding=${show(value)}.`,
  );
  return { padding: 'valid', padMode: 'zero' } as const;
}
