/** Reads what a weight's JSON says and makes its specification. Knows shapes and fans, draws no numbers. */
import { cellCount } from '../../shape/cells.ts';
import type { InitializerConfig } from '../config.ts';
import { readConstraint } from '../constraint-config.ts';
import type { FieldReader } from '../field-reader.ts';
import { readInitializer } from '../initializer-config.ts';
import { readRegularizer } from '../regularizer-config.ts';
import type { Constraint, Regularizer, Shape, WeightSpec } from '../resolved.ts';
import type { RuleInput } from './rule.ts';

/** What the JSON says of a weight, whatever its shape. */
export interface WeightArguments {
  readonly initializer: InitializerConfig;
  readonly regularizer?: Regularizer;
  readonly constraint?: Constraint;
}

/** Reads `<stem>Initializer`, `<stem>Regularizer` and `<stem>Constraint` of a weight of `rank` axes. */
export function readWeight(
  fields: FieldReader,
  stem: string,
  fallback: InitializerConfig,
  rank: number,
): WeightArguments {
  const regularizer = readRegularizer(fields, `${stem}Regularizer`);
  const constraint = readConstraint(fields, `${stem}Constraint`, rank);
  return {
    initializer: readInitializer(fields, `${stem}Initializer`, fallback),
    ...(regularizer && { regularizer }),
    ...(constraint && { constraint }),
  };
}

/** The weight of a layer. */
export function weightSpec(input: RuleInput, name: string, shape: Shape, given: WeightArguments): WeightSpec {
  return { name: `${input.name}/${name}`, shape, ...fansOf(shape), isTrainable: input.isTrainable, ...given };
}

/** A number of the layer's own that training moves but no optimizer touches. */
export function statisticSpec(
  input: RuleInput,
  name: string,
  shape: Shape,
  initializer: InitializerConfig,
): WeightSpec {
  return { name: `${input.name}/${name}`, shape, ...fansOf(shape), initializer, isTrainable: false };
}

/** Inputs and outputs of one cell, from the shape alone. Source: Keras 3 `compute_fans`. */
function fansOf(shape: Shape): { readonly fanIn: number; readonly fanOut: number } {
  const taps = cellCount(shape.slice(0, -2));
  const fanOut = shape.at(-1) ?? 1;
  return { fanIn: taps * (shape.at(-2) ?? fanOut), fanOut: taps * fanOut };
}

/** The bias as the JSON has it; undefined when there is none. */
export function readBias(fields: FieldReader): WeightArguments | undefined {
  const useBias = fields.boolean('useBias', true);
  const bias = readWeight(fields, 'bias', 'zeros', 1);
  return useBias ? bias : undefined;
}
