/**
 * Trains a network on the GPU beside a float64 copy of it, from the same weights on the same batches, and gives both
 * losses of every step. Knows no tolerances. Runs in a page.
 */
import type { Engine, ModelConfig, OptimizerConfig, Precision } from '../../src/engine/index.ts';
import { createFloat64Optimizer } from './reference/float64-optimizers.ts';
import { runFloat64 } from './reference/float64-reference.ts';
import { countOf, planReference } from './reference/reference-plan.ts';
import { randomBytes, seededUniform } from './reference/seeded-random.ts';
import { startWeights } from './reference/start-weights.ts';

const batchSize = 8;
/** Not a multiple of the batch: every sixth batch is short. */
const examples = 44;
const classes = 4;

export interface FollowTrainingOptions {
  readonly model: ModelConfig;
  readonly optimizer: OptimizerConfig;
  /** What the float64 copy trains with: the same, unless it is to be found out. */
  readonly reference?: OptimizerConfig;
  readonly steps: number;
  readonly precision?: Precision;
}

export interface Trajectories {
  readonly engine: readonly number[];
  readonly reference: readonly number[];
}

function digits(inputShape: ModelConfig['inputShape']) {
  return {
    images: randomBytes(examples * countOf(inputShape), seededUniform(11)),
    labels: Uint8Array.from({ length: examples }, (_, i) => (i * 7 + Math.floor(i / 5)) % classes),
    shape: [examples, ...inputShape] as const,
    classes,
  };
}

/** Losses of the steps on the GPU. */
async function trainEngine(engine: Engine, options: FollowTrainingOptions, source: ReturnType<typeof digits>) {
  const { model, optimizer, steps, precision = 'float32' } = options;
  const network = await engine.compile(model, { batchSize, optimizer, seed: 1, precision });
  network.setWeights(startWeights(model, 1));
  const data = engine.upload(source);
  const losses: number[] = [];
  const onSteps = (some: readonly { readonly loss: number }[]) => void losses.push(...some.map(({ loss }) => loss));
  await network.fit(data, { epochs: 100, shuffle: false, maxSteps: steps, callbacks: { onSteps } }).finished;
  network.dispose();
  data.dispose();
  return losses;
}

/** Losses of the same steps in float64. */
function trainFloat64(options: FollowTrainingOptions, source: ReturnType<typeof digits>) {
  const { model, optimizer, reference = optimizer, steps } = options;
  const specs = planReference(model).flatMap(({ weights }) => weights);
  const weights = new Map(startWeights(model, 1).map(({ name, data }) => [name, Float64Array.from(data)]));
  const copy = createFloat64Optimizer(reference, { weights: specs });
  const pixels = countOf(model.inputShape);
  const inputs = Float64Array.from(source.images, (value) => value / 255);
  const batches = Math.ceil(examples / batchSize);
  return Array.from({ length: steps }, (_, step) => {
    const from = (step % batches) * batchSize;
    const to = Math.min(examples, from + batchSize);
    const batch = inputs.subarray(from * pixels, to * pixels);
    const run = runFloat64(model, weights, batch, source.labels.subarray(from, to));
    copy.update(weights, run.weights);
    for (const [name, statistics] of run.statistics) weights.set(name, Float64Array.from(statistics));
    return run.loss;
  });
}

/** Both losses of every step. */
export async function followTraining(engine: Engine, options: FollowTrainingOptions): Promise<Trajectories> {
  const source = digits(options.model.inputShape);
  return { engine: await trainEngine(engine, options, source), reference: trainFloat64(options, source) };
}
