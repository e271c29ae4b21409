/** Trains a small network on the GPU beside a float64 copy of it and says how far they part. Runs in a page. */
import type { Engine, ModelConfig, OptimizerConfig } from '../../src/engine/index.ts';
import { lengthOf } from './reference/compare.ts';
import { createFloat64Optimizer } from './reference/float64-optimizers.ts';
import { runFloat64 } from './reference/float64-reference.ts';
import { randomBytes, seededUniform } from './reference/seeded-random.ts';

const batchSize = 5;
const steps = 10;
const inputShape = [6, 7, 1] as const;

/** Smooth activations: a kink that float32 and float64 pass on different sides would part the two for good. */
const model: ModelConfig = {
  inputShape,
  layers: [
    { type: 'conv2d', filters: 3, kernelSize: 3, activation: 'tanh' },
    { type: 'averagePooling2d' },
    { type: 'flatten' },
    { type: 'dense', units: 4, activation: 'softmax' },
  ],
};

export interface FollowOptions {
  /** What the engine trains with. */
  readonly optimizer: OptimizerConfig;
  /** What the float64 copy trains with; the same by default, another one is the control. */
  readonly reference?: OptimizerConfig;
  /** From this step on (from 1), this learning rate. */
  readonly change?: { readonly step: number; readonly learningRate: number };
  /** From this step on (from 1), this optimizer, new. */
  readonly replacement?: { readonly step: number; readonly optimizer: OptimizerConfig };
}

/** One step: by how much the losses differ, and the weights' distance over the way they have come from the start. */
export interface Parting {
  readonly loss: number;
  readonly weights: number;
}

function digits() {
  const next = seededUniform(3);
  const count = steps * batchSize;
  return {
    images: randomBytes(count * inputShape[0] * inputShape[1], next),
    labels: Uint8Array.from({ length: count }, (_, i) => (i * 7) % 4),
    shape: [count, ...inputShape] as const,
    classes: 4,
  };
}

/** The partings after each of ten steps. */
export async function followOptimizer(engine: Engine, options: FollowOptions): Promise<readonly Parting[]> {
  const { optimizer, reference = optimizer, change, replacement } = options;
  const source = digits();
  const network = await engine.compile(model, { batchSize, optimizer, seed: 5 });
  const data = engine.upload(source);
  const run = network.fit(data, { epochs: 1, shuffle: false, startPaused: true });
  const start = await network.getWeights();
  const weights = new Map(start.map(({ name, data: values }) => [name, Float64Array.from(values)]));
  let copy = createFloat64Optimizer(reference);
  const pixels = source.images.length / source.labels.length;
  const partings: Parting[] = [];
  for (let step = 1; step <= steps; step++) {
    if (change?.step === step) {
      network.setLearningRate(change.learningRate);
      copy.setLearningRate(change.learningRate);
    }
    if (replacement?.step === step) {
      await network.setOptimizer(replacement.optimizer);
      copy = createFloat64Optimizer(replacement.optimizer);
    }
    const from = (step - 1) * batchSize;
    const inputs = Float64Array.from(
      source.images.subarray(from * pixels, (from + batchSize) * pixels),
      (v) => v / 255,
    );
    const expected = runFloat64(model, weights, inputs, source.labels.subarray(from, from + batchSize));
    copy.update(weights, expected.weights);
    const metrics = await run.step();
    const now = await network.getWeights();
    const apart = now.map(({ name, data: values }) => lengthOf(values.map((v, i) => v - weights.get(name)![i]!)));
    const way = start.map(({ name, data: values }) => lengthOf(values.map((v, i) => v - weights.get(name)![i]!)));
    partings.push({
      loss: Math.abs((metrics?.loss ?? NaN) - expected.loss),
      weights: Math.max(...apart.map((distance, i) => distance / way[i]!)),
    });
  }
  await run.stop();
  network.dispose();
  data.dispose();
  return partings;
}
