/** Dropout and SpatialDropout2D: a share of the numbers, or of the maps, left out while training. */
import { commonFields, imageShape, type LayerRule } from './rule.ts';

function dropoutRule(type: 'dropout' | 'spatialDropout2d'): LayerRule {
  return (input) => {
    const rate = input.fields.requiredNumber('rate', 0, 'a number ≥ 0 and < 1', (x) => x >= 0 && x < 1);
    if (type === 'spatialDropout2d' && !imageShape(input)) return undefined;
    return { type, ...commonFields(input), rate };
  };
}

export const plainDropoutRule = dropoutRule('dropout');
export const spatialDropout2dRule = dropoutRule('spatialDropout2d');
