/** Trains a small network on the GPU beside a float64 copy of it and says how far they part. Runs in a page. */
import type { Engine, LossConfig, ModelConfig, OptimizerConfig } from '../../src/engine/index.ts';
import { cellCount } from '../../src/engine/shape/cells.ts';
import { lengthOf } from './reference/compare.ts';
import { createFloat64Optimizer } from './reference/float64-optimizers.ts';
import { runFloat64 } from './reference/float64-reference.ts';
import { planReference } from './reference/reference-plan.ts';
import { randomBytes, seededUniform } from './reference/seeded-random.ts';

const batchSize = 5;
const steps = 12;
const inputShape = [6, 7, 1] as const;
const classes = 4;

/** Smooth activations: a kink that float32 and float64 pass on different sides would part the two for good. */
const plainModel: ModelConfig = {
  inputShape,
  layers: [
    { type: 'conv2d', filters: 3, kernelSize: 3, activation: 'tanh' },
    { type: 'averagePooling2d' },
    { type: 'flatten' },
    { type: 'dense', units: classes, activation: 'softmax' },
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
  /** For inputs of 6×7×1 and four outputs. */
  readonly model?: ModelConfig;
  /** What the float64 copy is a copy of; the same by default. */
  readonly referenceModel?: ModelConfig;
  readonly loss?: LossConfig;
  /** Filters that do not learn, by weight name: for each filter of the last axis, 0 frozen or 1. */
  readonly masks?: Readonly<Record<string, readonly number[]>>;
  /** What the copy makes of the masks; the same by default. */
  readonly referenceMasks?: Readonly<Record<string, readonly number[]>>;
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
    labels: Uint8Array.from({ length: count }, (_, i) => (i * 7) % classes),
    shape: [count, ...inputShape] as const,
    classes,
  };
}

/** A weight that has not moved and should not have is no distance away. */
const share = (distance: number, way: number): number => (distance === 0 ? 0 : distance / way);

function copyOf({ model = plainModel, ...options }: FollowOptions) {
  const specs = planReference(options.referenceModel ?? model).flatMap(({ weights }) => weights);
  const masks = new Map(
    Object.entries(options.referenceMasks ?? options.masks ?? {}).map(([name, filters]) => {
      const count = cellCount(specs.find((spec) => spec.name === name)?.shape ?? [0]);
      return [name, Float64Array.from({ length: count }, (_, i) => filters[i % filters.length]!)];
    }),
  );
  return (config: OptimizerConfig) => createFloat64Optimizer(config, { weights: specs, masks });
}

/** The partings after each of twelve steps. */
export async function followOptimizer(engine: Engine, options: FollowOptions): Promise<readonly Parting[]> {
  const { optimizer, reference = optimizer, change, replacement, model = plainModel, loss, masks = {} } = options;
  const source = digits();
  const network = await engine.compile(model, { batchSize, optimizer, seed: 5, ...(loss && { loss }) });
  const data = engine.upload(source);
  for (const [name, mask] of Object.entries(masks)) await network.setFilterMask(name, Uint8Array.from(mask));
  const run = network.fit(data, { epochs: 1, shuffle: false, startPaused: true });
  const start = await network.getWeights();
  const weights = new Map(start.map(({ name, data: values }) => [name, Float64Array.from(values)]));
  const createCopy = copyOf(options);
  let copy = createCopy(reference);
  const pixels = source.images.length / source.labels.length;
  const partings: Parting[] = [];
  for (let step = 1; step <= steps; step++) {
    if (change?.step === step) {
      network.setLearningRate(change.learningRate);
      copy.setLearningRate(change.learningRate);
    }
    if (replacement?.step === step) {
      await network.setOptimizer(replacement.optimizer);
      copy = createCopy(replacement.optimizer);
    }
    const from = (step - 1) * batchSize;
    const inputs = Float64Array.from(
      source.images.subarray(from * pixels, (from + batchSize) * pixels),
      (v) => v / 255,
    );
    const labels = source.labels.subarray(from, from + batchSize);
    const expected = runFloat64(options.referenceModel ?? model, weights, inputs, labels, { ...(loss && { loss }) });
    copy.update(weights, expected.weights);
    const metrics = await run.step();
    const now = await network.getWeights();
    const apart = now.map(({ name, data: values }) => lengthOf(values.map((v, i) => v - weights.get(name)![i]!)));
    const way = start.map(({ name, data: values }) => lengthOf(values.map((v, i) => v - weights.get(name)![i]!)));
    partings.push({
      loss: Math.abs((metrics?.loss ?? NaN) - expected.loss),
      weights: Math.max(...apart.map((distance, i) => share(distance, way[i]!))),
    });
  }
  await run.stop();
  network.dispose();
  data.dispose();
  return partings;
}
