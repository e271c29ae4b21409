/** Initial weights for a model that owe nothing to the engine's initializers. */
import type { ModelConfig, NamedTensor } from '../../../src/engine/index.ts';
import { countOf, planReference } from './reference-plan.ts';
import { randomFloats, seededUniform } from './seeded-random.ts';

/** What Keras starts these at whatever the seed; every other weight of one axis is zero. */
const startingAtOne: readonly string[] = ['gamma', 'moving_variance'];

/** Kernels uniform in ±√(6 / (fan-in + fan-out)), biases zero, normalizations that change nothing but the scale. */
export function startWeights(config: ModelConfig, seed: number): readonly NamedTensor[] {
  const next = seededUniform(seed);
  const specs = planReference(config).flatMap(({ weights }) => weights);
  return specs.map(({ name, role, shape }) => {
    const count = countOf(shape);
    const fans = count / (shape.at(-1) ?? 1) + count / (shape.at(-2) ?? 1);
    if (role.endsWith('kernel')) return { name, shape, data: randomFloats(count, next, Math.sqrt(6 / fans)) };
    return { name, shape, data: new Float32Array(count).fill(startingAtOne.includes(role) ? 1 : 0) };
  });
}
