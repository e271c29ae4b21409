/** Keras 3's constraints in float64: what is done to a weight after an update. Independent of the engine. */
import type { ConstraintConfig } from '../../../src/engine/model/config.ts';
import { countOf } from './reference-plan.ts';

/** Keras's `epsilon()`, which keeps a norm of zero from dividing. */
const epsilon = 1e-7;

/** For every number, which norm it belongs to: its place along the axes that are not summed over. */
function normIndices(shape: readonly number[], axes: ReadonlySet<number>): Int32Array {
  return Int32Array.from({ length: countOf(shape) }, (_, i) => {
    let [rest, index, place] = [i, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis] ?? 1;
      if (!axes.has(axis)) {
        index += (rest % size) * place;
        place *= size;
      }
      rest = Math.floor(rest / size);
    }
    return index;
  });
}

/** The norm that each number's slice should have, from the norm it has. */
function wantedNorm(constraint: Exclude<ConstraintConfig, string>, norm: number): number {
  const held = (least: number, most: number) => Math.min(Math.max(norm, least), most);
  switch (constraint.type) {
    case 'nonNeg':
      return norm;
    case 'unitNorm':
      return 1;
    case 'maxNorm':
      return held(0, constraint.maxValue ?? 2);
    case 'minMaxNorm': {
      const { minValue = 0, maxValue = 1, rate = 1 } = constraint;
      return rate * held(minValue, maxValue) + (1 - rate) * norm;
    }
  }
}

/** The constrained weight. */
export function constrained(config: ConstraintConfig, values: Float64Array, shape: readonly number[]): Float64Array {
  const constraint: Exclude<ConstraintConfig, string> = typeof config === 'string' ? { type: config } : config;
  if (constraint.type === 'nonNeg') return values.map((value) => (value >= 0 ? value : 0));
  const axes = new Set([constraint.axis ?? 0].flat().map((axis) => (axis < 0 ? shape.length + axis : axis)));
  const indices = normIndices(shape, axes);
  const squares = new Float64Array(values.length);
  values.forEach((value, i) => (squares[indices[i]!]! += value * value));
  return values.map((value, i) => {
    const norm = Math.sqrt(squares[indices[i]!]!);
    return (value * wantedNorm(constraint, norm)) / (epsilon + norm);
  });
}
