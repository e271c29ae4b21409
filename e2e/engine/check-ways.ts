/** Every way that the kernels of a network can go, held to the references, one round after another. Runs in a page. */
import { createEngine, type Engine, type ModelConfig, type TuningChoices } from '../../src/engine/index.ts';
import { cellCount } from '../../src/engine/shape/cells.ts';
import { checkNetwork } from './check-layer.ts';
import { sha256OfWeights } from './page-data.ts';
import { randomBytes, seededUniform } from './reference/seeded-random.ts';

export interface WaysReport {
  /** Names of all ways that were gone, those of different kernels included. */
  readonly ways: readonly string[];
  readonly failures: readonly string[];
}

const batchSize = 4;
const steps = 3;

/** An engine that chooses as for a graphics card, or as for a CPU, whatever the adapter is. */
export async function engineFor(machine: 'software' | 'hardware'): Promise<Engine> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('ways: WebGPU must find an adapter. Received adapter=null.');
  const subgroups: GPUFeatureName = 'subgroups';
  const device = await adapter.requestDevice({
    requiredFeatures: adapter.features.has(subgroups) ? [subgroups] : [],
  });
  Object.defineProperty(device, 'adapterInfo', { value: { isFallbackAdapter: machine === 'software' } });
  return createEngine({ device });
}

/** Round r: every kernel goes its way r, counted around; forward, all gradients and the bits of training are checked. */
export async function checkWays(machine: 'software' | 'hardware', config: ModelConfig): Promise<WaysReport> {
  const engine = await engineFor(machine);
  const plain = await engine.compile(config, { batchSize, optimizer: { type: 'sgd' } });
  const { kernels } = plain.tuning;
  plain.dispose();
  const rounds = Math.max(...kernels.map(({ ways }) => ways.length));
  const gone = new Set<string>();
  const failures: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const chosen = kernels.map(({ key, ways }) => [key, ways[round % ways.length] ?? ''] as const);
    chosen.forEach(([, way]) => gone.add(way));
    const tuning = Object.fromEntries(chosen);
    const report = await checkNetwork(engine, config, { batchSize, tuning });
    failures.push(...report.failures.map((failure) => `round ${round}: ${failure}`));
    const [once, again] = [
      await bitsAfterTraining(engine, config, tuning),
      await bitsAfterTraining(engine, config, tuning),
    ];
    if (once !== again) failures.push(`round ${round}: the same seed gives the same bits. Received ${once}, ${again}.`);
  }
  engine.dispose();
  return { ways: [...gone], failures };
}

async function bitsAfterTraining(engine: Engine, config: ModelConfig, tuning: TuningChoices): Promise<string> {
  const network = await engine.compile(config, { batchSize, seed: 5, optimizer: { type: 'rmsprop' }, tuning });
  const count = batchSize * steps;
  const cells = cellCount(config.inputShape);
  const images = randomBytes(count * cells, seededUniform(3));
  const labels = Uint8Array.from({ length: count }, (_, index) => index % 3);
  const shape = [count, ...config.inputShape] as const;
  const data = engine.upload({ images, labels, shape, classes: 3 });
  await network.fit(data, { epochs: 1 }).finished;
  const hash = await sha256OfWeights(await network.getWeights());
  network.dispose();
  data.dispose();
  return hash;
}
