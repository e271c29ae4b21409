/** The bits of a network after some steps, trained straight through or looked into on the way. Runs in a page. */
import type { AugmentationConfig, Dataset, Engine, FitRun, ModelConfig, Network } from '../../src/engine/index.ts';
import { cellCount } from '../../src/engine/shape/cells.ts';
import { sha256OfWeights } from './page-data.ts';

/** What is trained and how. */
export interface TrainingOfBits {
  readonly config: ModelConfig;
  readonly seed: number;
  readonly batchSize: number;
  readonly steps: number;
  readonly augmentation?: AugmentationConfig;
  /** Pauses, steps, resumes and asks the network everything it can be asked, several times on the way. */
  readonly isDisturbed?: boolean;
}

/** The bits, and what shows that there was training. */
export interface TrainedBits {
  readonly hash: string;
  readonly stepCount: number;
  /** Times the run was paused and resumed. */
  readonly pauses: number;
}

const rounds = 4;

/** Resolves when the run has made this many steps. */
async function reached(network: Network, steps: number): Promise<void> {
  while (network.stepCount < steps) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Every question, while the run stands still and again while it goes on. */
async function askEverything(engine: Engine, network: Network, data: Dataset, pixels: Float32Array<ArrayBuffer>) {
  const [cells, [first]] = [cellCount(network.model.inputShape), network.model.layers];
  network.inspection.setInput(pixels.slice(0, cells));
  const encoder = engine.device.createCommandEncoder();
  network.inspection.encode(encoder);
  engine.device.queue.submit([encoder.finish()]);
  await network.activations(pixels, first?.name ?? '');
  await network.predict(pixels);
  await network.evaluate(data.take(network.batchSize + 1));
  await network.gradients(pixels, new Uint8Array(pixels.length / cells).fill(3));
  await network.profile(data);
  await network.getWeights();
  network.summary();
}

async function disturb(engine: Engine, network: Network, run: FitRun, data: Dataset, steps: number): Promise<number> {
  const cells = cellCount(network.model.inputShape);
  const pixels = Float32Array.from({ length: 2 * cells }, (_, at) => (at % 29) / 29);
  let pauses = 0;
  for (let round = 1; round <= rounds; round++) {
    await reached(network, Math.floor((steps * round) / (rounds + 2)));
    await run.pause();
    await askEverything(engine, network, data, pixels);
    await run.step();
    network.setWeights(await network.getWeights());
    run.resume();
    pauses++;
    await askEverything(engine, network, data, pixels);
  }
  return pauses;
}

/** SHA-256 over all weights after `steps` steps from the seed. */
export async function hashAfterTraining(
  engine: Engine,
  data: Dataset,
  { config, seed, batchSize, steps, augmentation, isDisturbed = false }: TrainingOfBits,
): Promise<TrainedBits> {
  const network = await engine.compile(config, { batchSize, seed, optimizer: { type: 'rmsprop' } });
  const moved = augmentation === undefined ? {} : { augmentation };
  const run = network.fit(data, { epochs: steps, maxSteps: steps, ...moved });
  const pauses = isDisturbed ? await disturb(engine, network, run, data, steps) : 0;
  await run.finished;
  const hash = await sha256OfWeights(await network.getWeights());
  const { stepCount } = network;
  network.dispose();
  return { hash, stepCount, pauses };
}
