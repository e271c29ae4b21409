/** Resolved layers of small models, for specs that ask what became of one. Decides nothing about them. */
import { resolveModel } from '../../src/engine/model/resolve.ts';
import type { ResolvedLayer, ResolvedModel, WeightSpec } from '../../src/engine/model/resolved.ts';

/** A last layer for any model. */
export const softmax = { type: 'dense', units: 3, activation: 'softmax' };

/** The model, or an error with every issue's message. */
export function resolved(config: unknown): ResolvedModel {
  const resolution = resolveModel(config);
  if (!resolution.ok) throw new Error(resolution.issues.map(({ message }) => message).join('\n'));
  return resolution.model;
}

/** The layers of a model whose output a flatten and a softmax close. */
export function layersOf(inputShape: readonly number[], ...layers: readonly object[]): readonly ResolvedLayer[] {
  return resolved({ inputShape, layers: [...layers, { type: 'flatten' }, softmax] }).layers;
}

/** The only layer of such a model. */
export function layerOf(inputShape: readonly number[], layer: object): ResolvedLayer {
  const [first] = layersOf(inputShape, layer);
  if (!first) throw new Error('layers: there must be one. Received layers=0.');
  return first;
}

/** A weight by the end of its name. */
export function weightOf(layer: ResolvedLayer, name: string): WeightSpec {
  const weight = layer.weights.find((spec) => spec.name.endsWith(`/${name}`));
  if (!weight) throw new Error(`weights: there must be one of the name. Received name=${name}.`);
  return weight;
}
