/** Computes a network in float32 and in half precision from the same weights and says how far they part. Runs in a page. */
import type { Engine, Gradients, ModelConfig } from '../../src/engine/index.ts';
import { lengthOf } from './reference/compare.ts';
import { countOf } from './reference/reference-plan.ts';
import { randomFloats, seededUniform } from './reference/seeded-random.ts';
import { startWeights } from './reference/start-weights.ts';

const batchSize = 4;
const examples = 3;

interface Outcome {
  readonly gradients: Gradients;
  readonly outputs: Float32Array;
}

async function run(engine: Engine, model: ModelConfig, precision: 'float32' | 'mixedFloat16'): Promise<Outcome> {
  const network = await engine.compile(model, { batchSize, optimizer: { type: 'sgd' }, precision });
  network.setWeights(startWeights(model, 3));
  const inputs = randomFloats(examples * countOf(model.inputShape), seededUniform(4));
  const classes = network.model.layers.at(-1)?.outputShape.at(-1) ?? 1;
  const labels = Uint8Array.from({ length: examples }, (_, index) => (index * 2 + 1) % classes);
  const gradients = await network.gradients(inputs, labels);
  const outputs = await network.predict(inputs);
  network.dispose();
  return { gradients, outputs };
}

/** The relative distance of the loss, the outputs and every gradient, by what it is. */
export async function comparePrecisions(engine: Engine, model: ModelConfig): Promise<Readonly<Record<string, number>>> {
  const half = await run(engine, model, 'mixedFloat16');
  const full = await run(engine, model, 'float32');
  const pairs = full.gradients.weights.map(({ name, data }, index) => ({
    what: `${name} gradient`,
    numbers: half.gradients.weights[index]!.data,
    expected: data,
  }));
  pairs.push({ what: 'inputs gradient', numbers: half.gradients.inputs, expected: full.gradients.inputs });
  // Where the terms of a small gradient cancel, what was lost in them is a share of the large ones.
  const smallest = 0.1 * Math.max(...pairs.map(({ expected }) => lengthOf(expected)));
  const partingOf = (numbers: Float32Array, expected: Float32Array, least: number): number =>
    lengthOf(numbers.map((value, index) => value - expected[index]!)) / Math.max(lengthOf(expected), least);
  return {
    loss: Math.abs(half.gradients.loss - full.gradients.loss) / full.gradients.loss,
    outputs: partingOf(half.outputs, full.outputs, 0),
    ...Object.fromEntries(pairs.map(({ what, numbers, expected }) => [what, partingOf(numbers, expected, smallest)])),
  };
}
