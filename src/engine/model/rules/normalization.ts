/** BatchNormalization and LayerNormalization: shapes of their scale, shift and statistics. */
import { cellCount } from '../../shape/cells.ts';
import type { ReceptiveField } from '../../shape/receptive-field.ts';
import { readAxes } from '../axes.ts';
import { show } from '../field-reader.ts';
import { readInitializer } from '../initializer-config.ts';
import type { Shape, WeightSpec } from '../resolved.ts';
import { commonFields, fieldOfSource, type LayerRule, type RuleInput } from './rule.ts';
import { readWeight, statisticSpec, weightSpec } from './weight.ts';

export const batchNormalizationRule: LayerRule = (input) => {
  const { fields } = input;
  const momentum = fields.number('momentum', 0.99, 'a number from 0 to 1', (x) => x >= 0 && x <= 1);
  const meanInitializer = readInitializer(fields, 'movingMeanInitializer', 'zeros');
  const varianceInitializer = readInitializer(fields, 'movingVarianceInitializer', 'ones');
  const shape = input.inputShape.slice(-1);
  const { weights, ...normalized } = readNormalized(input, shape);
  return {
    type: 'batchNormalization',
    ...commonFields(input, {
      weights: [
        ...weights,
        statisticSpec(input, 'moving_mean', shape, meanInitializer),
        statisticSpec(input, 'moving_variance', shape, varianceInitializer),
      ],
    }),
    ...normalized,
    momentum,
  };
};

export const layerNormalizationRule: LayerRule = (input) => {
  const first = readFirstAxis(input);
  const shape = input.inputShape.slice(first);
  const { weights, ...normalized } = readNormalized(input, shape);
  const receptiveField = fieldOver(input, first);
  return {
    type: 'layerNormalization',
    ...commonFields(input, { weights, receptiveField }),
    ...normalized,
    rowCells: cellCount(shape),
  };
};

/** Where in an example's shape the normalized axes begin. */
function readFirstAxis({ fields, inputShape }: RuleInput): number {
  const rank = inputShape.length + 1;
  const axes = readAxes(fields, 'axis', -1, { first: 1, rank });
  const isLast = axes.every((axis, index) => axis === rank - axes.length + index);
  if (!isLast) {
    fields.report(
      'badValue',
      `axis must be the last axes, such as −1 or [1, 2, 3]. Received axis=${show(fields.get('axis'))}.`,
    );
  }
  return rank - axes.length - 1;
}

/** A number depends on all numbers it is normalized with. */
function fieldOver({ inputShape, inputField }: RuleInput, first: number): ReceptiveField {
  const all = fieldOfSource({ shape: inputShape, field: inputField });
  if (inputShape.length !== 3) return inputField;
  return {
    vertical: first === 0 ? all.vertical : inputField.vertical,
    horizontal: first <= 1 ? all.horizontal : inputField.horizontal,
  };
}

interface Normalized {
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  readonly weights: readonly WeightSpec[];
}

function readNormalized(input: RuleInput, shape: Shape): Normalized {
  const { fields } = input;
  const epsilon = fields.number('epsilon', 0.001, 'a number from 1e-12 to 1000', (x) => x >= 1e-12 && x <= 1000);
  const center = fields.boolean('center', true);
  const scale = fields.boolean('scale', true);
  const gamma = weightSpec(input, 'gamma', shape, readWeight(fields, 'gamma', 'ones', shape.length));
  const beta = weightSpec(input, 'beta', shape, readWeight(fields, 'beta', 'zeros', shape.length));
  return { epsilon, center, scale, weights: [...(scale ? [gamma] : []), ...(center ? [beta] : [])] };
}
