/** What every layer rule gets and gives: pure arithmetic on shapes, no weights and no GPU. */
import type { ActivationName } from '../config.ts';
import type { FieldReader } from '../field-reader.ts';
import type { Activation, ResolvedLayer, Shape } from '../resolved.ts';
import type { ReceptiveField } from '../../shape/receptive-field.ts';

/** What is already known about the layer when its rule is asked. */
export interface RuleInput {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly inputShape: Shape;
  readonly inputField: ReceptiveField;
  /** The layer's JSON, copied field by field. */
  readonly fields: FieldReader;
}

/** The layer with shapes and counts, or undefined when an issue makes them unknowable. */
export type LayerRule = (input: RuleInput) => Omit<ResolvedLayer, 'config'> | undefined;

export const activationNames: readonly ActivationName[] = ['linear', 'relu', 'leakyRelu', 'sigmoid', 'tanh', 'softmax'];

/** Larger ones only overflow. */
const isSlope = (slope: number) => slope >= 0 && slope <= 1000;

/** Slope below zero of Keras's `leaky_relu`. */
const defaultNegativeSlope = 0.2;

export function readActivation(fields: FieldReader, fallback: ActivationName = 'linear'): Activation {
  return {
    name: fields.oneOf('activation', activationNames, fallback),
    negativeSlope: fields.number('negativeSlope', defaultNegativeSlope, 'a number from 0 to 1000', isSlope),
  };
}

/** Numbers in a shape. */
export function cellCount(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** `[height, width, channels]` of an image-shaped input; anything else is an issue. */
export function imageShape(input: RuleInput): readonly [number, number, number] | undefined {
  const [height, width, channels] = input.inputShape;
  if (input.inputShape.length === 3 && height && width && channels) return [height, width, channels];
  input.fields.report(
    'wrongRank',
    `needs an input of height × width × channels. Received inputs=[${input.inputShape.join(', ')}].`,
  );
  return undefined;
}
