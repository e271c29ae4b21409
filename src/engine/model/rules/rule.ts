/** What every layer rule gets and gives: pure arithmetic on shapes, no weights and no GPU. */
import { cellCount } from '../../shape/cells.ts';
import type { ActivationName } from '../config.ts';
import type { FieldReader } from '../field-reader.ts';
import { readRegularizer } from '../regularizer-config.ts';
import type { Activation, Regularizer, ResolvedLayer, Shape, WeightSpec } from '../resolved.ts';
import { fieldOfAll, type ReceptiveField } from '../../shape/receptive-field.ts';

/** Something a layer reads: the model's input or a layer before it. */
export interface Source {
  readonly name: string;
  readonly shape: Shape;
  readonly field: ReceptiveField;
}

/** What is already known about the layer when its rule is asked. */
export interface RuleInput {
  readonly name: string;
  /** What it reads, in the order of its `inputs`: one, or two and more where the layer joins. */
  readonly sources: readonly Source[];
  /** The first source's. */
  readonly inputShape: Shape;
  /** The first source's. */
  readonly inputField: ReceptiveField;
  readonly isTrainable: boolean;
  /** The layer's JSON, copied field by field. */
  readonly fields: FieldReader;
}

type WithoutConfig<T> = T extends unknown ? Omit<T, 'config'> : never;

/** A resolved layer that does not know the JSON it came from. */
export type RuledLayer = WithoutConfig<ResolvedLayer>;

/** The layer with shapes and counts, or undefined when an issue makes them unknowable. It reads every field either way. */
export type LayerRule = (input: RuleInput) => RuledLayer | undefined;

type CommonFields = Pick<
  ResolvedLayer,
  | 'name'
  | 'inputs'
  | 'inputShapes'
  | 'outputShape'
  | 'weights'
  | 'params'
  | 'trainableParams'
  | 'macs'
  | 'receptiveField'
  | 'isTrainable'
>;

/** What a rule has to say about the fields that every layer has; by default the first input's shape and field, no weights. */
export interface LayerFacts {
  readonly outputShape?: Shape;
  readonly receptiveField?: ReceptiveField;
  readonly weights?: readonly WeightSpec[];
  readonly macs?: number;
}

/** The fields every layer has. */
export function commonFields(input: RuleInput, facts: LayerFacts = {}): CommonFields {
  const weights = facts.weights ?? [];
  const count = (specs: readonly WeightSpec[]) => specs.reduce((sum, { shape }) => sum + cellCount(shape), 0);
  return {
    name: input.name,
    inputs: input.sources.map(({ name }) => name),
    inputShapes: input.sources.map(({ shape }) => shape),
    outputShape: facts.outputShape ?? input.inputShape,
    weights,
    params: count(weights),
    trainableParams: count(weights.filter(({ isTrainable }) => isTrainable)),
    macs: facts.macs ?? 0,
    receptiveField: facts.receptiveField ?? input.inputField,
    isTrainable: input.isTrainable,
  };
}

/** Every activation's name, in the order they are told. */
export const activationNames: readonly ActivationName[] = [
  'linear',
  'relu',
  'leakyRelu',
  'elu',
  'selu',
  'gelu',
  'silu',
  'sigmoid',
  'tanh',
  'softplus',
  'softmax',
];

/** Larger ones only overflow. */
const isSlope = (slope: number) => slope >= 0 && slope <= 1000;

/** Slope below zero of Keras's `leaky_relu`. */
const defaultNegativeSlope = 0.2;

/** The fields of a layer that ends in an activation. */
export interface ActivatedFields {
  readonly activation: Activation;
  readonly activityRegularizer?: Regularizer;
}

/** Reads `activation`, `negativeSlope` and `activityRegularizer`. */
export function readActivated({ fields }: RuleInput): ActivatedFields {
  const name = fields.oneOf('activation', activationNames, 'linear');
  const negativeSlope = fields.number('negativeSlope', defaultNegativeSlope, 'a number from 0 to 1000', isSlope);
  const activityRegularizer = readRegularizer(fields, 'activityRegularizer');
  return { activation: { name, negativeSlope }, ...(activityRegularizer && { activityRegularizer }) };
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

/** The field of a cell that sees every cell of a source; a flat one's cells do already. */
export function fieldOfSource({ shape, field }: Pick<Source, 'shape' | 'field'>): ReceptiveField {
  const [height, width] = shape;
  if (shape.length !== 3 || !height || !width) return field;
  return { vertical: fieldOfAll(field.vertical, height), horizontal: fieldOfAll(field.horizontal, width) };
}
