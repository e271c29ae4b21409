/** The small network that one layer is proved in, with random weights and inputs. Pure; knows no engine. */
import type { LayerConfig, LossConfig, ModelConfig } from '../../src/engine/index.ts';
import { countOf, planReference, type ReferenceLayer } from './reference/reference-plan.ts';
import { randomFloats } from './reference/seeded-random.ts';

const classes = 3;

/** What the layer reads, where it cannot read the model's input as it is. */
function sourcesOf(layer: LayerConfig): readonly LayerConfig[] {
  if (layer.type === 'dense') return [{ type: 'flatten' }];
  if (layer.type !== 'add' && layer.type !== 'concatenate') return [];
  // Sources of different depth, where they are joined by their depth.
  const isByDepth = layer.type === 'concatenate' && [undefined, -1, 3].includes(layer.axis);
  const source = { type: 'conv2d', inputs: ['input'], padding: 'same' } as const;
  return [
    { ...source, name: 'left', filters: 3, kernelSize: 3, activation: 'sigmoid' },
    { ...source, name: 'right', filters: isByDepth ? 2 : 3, kernelSize: 2 },
  ];
}

/** A cross-entropy needs a softmax, unless it makes its own; the other losses take the sums. */
function needsSoftmax(loss: LossConfig): boolean {
  if (typeof loss === 'string') return loss.endsWith('Crossentropy');
  return loss.type.endsWith('Crossentropy') && !('fromLogits' in loss && loss.fromLogits);
}

/** What the layer needs before it → layer → flatten, where its outputs are not flat → dense(3). */
export function networkAround(
  layer: LayerConfig,
  inputShape: ModelConfig['inputShape'],
  loss: LossConfig = 'sparseCategoricalCrossentropy',
): ModelConfig {
  const sources = sourcesOf(layer);
  const joined = sources.length > 1 ? { ...layer, inputs: ['left', 'right'] } : layer;
  const before = [...sources, joined];
  const rank = planReference({ inputShape, layers: before }).at(-1)?.outputShape.length ?? 0;
  const head: LayerConfig = { type: 'dense', units: classes, activation: needsSoftmax(loss) ? 'softmax' : 'linear' };
  return { inputShape, layers: [...before, ...(rank > 1 ? [{ type: 'flatten' } as const] : []), head] };
}

/** A weight's numbers: kernels ±√(3 / inputs of a cell), so that they keep the size of what flows through. */
function randomWeight(role: string, shape: readonly number[], layer: ReferenceLayer, next: () => number) {
  const count = countOf(shape);
  if (role === 'gamma' || role === 'moving_variance') return randomFloats(count, next, 0.5).map((value) => 1 + value);
  if (!role.endsWith('kernel')) return randomFloats(count, next, 0.5);
  // Of a transposed kernel the last axis is the inputs; of one by depth, what a channel becomes.
  const isByDepth = role === 'depthwise_kernel' || layer.config.type === 'depthwiseConv2d';
  const [height = 1, width = 1, third = 1, last = 1] = shape;
  const transposed = layer.config.type === 'conv2dTranspose' ? last : third;
  const fanIn = shape.length < 4 ? height : height * width * (isByDepth ? 1 : transposed);
  return randomFloats(count, next, Math.sqrt(3 / fanIn));
}

/** Random weights for every layer, in the order of `getWeights`. */
export function randomWeights(plan: readonly ReferenceLayer[], next: () => number) {
  return plan.flatMap((layer) =>
    layer.weights.map(({ name, role, shape }) => ({ name, shape, data: randomWeight(role, shape, layer, next) })),
  );
}

/** Numbers in −1…1, rounded to so many levels if there are any. */
export function randomInputs(count: number, next: () => number, levels?: number): Float32Array<ArrayBuffer> {
  const inputs = randomFloats(count, next);
  return levels ? inputs.map((value) => Math.round((value * levels) / 2) / levels) : inputs;
}
