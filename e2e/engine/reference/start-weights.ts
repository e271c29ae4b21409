/** Initial weights for a model that owe nothing to the engine's initializers. */
import type { ModelConfig, NamedTensor } from '../../../src/engine/index.ts';
import { countOf, planReference } from './reference-plan.ts';
import { randomFloats, seededUniform } from './seeded-random.ts';

/** Kernels uniform in ±√(6 / (fan-in + fan-out)), biases zero. */
export function startWeights(config: ModelConfig, seed: number): readonly NamedTensor[] {
  const next = seededUniform(seed);
  const specs = planReference(config).flatMap(({ weights }) => weights);
  return specs.map(({ name, shape }) => {
    const count = countOf(shape);
    const fans = count / (shape.at(-1) ?? 1) + count / (shape.at(-2) ?? 1);
    const data = shape.length === 1 ? new Float32Array(count) : randomFloats(count, next, Math.sqrt(6 / fans));
    return { name, shape, data };
  });
}
