/** Small real networks that are tuned: what is kept, what the next network does, what switching off and throwing away do. Runs in a page. */
import {
  createEngine,
  createMemoryTuningStore,
  EngineError,
  type Engine,
  type ModelConfig,
  type Network,
  type TunedKernel,
  type TuningChoices,
  type TuningStore,
} from '../../src/engine/index.ts';
import { countCreations } from './count-creations.ts';
import { sha256OfWeights } from './page-data.ts';
import { randomBytes, randomFloats, seededUniform } from './reference/seeded-random.ts';

const inputShape = [10, 10, 3] as const;
const batchSize = 4;
const classes = 3;

const model: ModelConfig = {
  inputShape,
  layers: [
    { type: 'conv2d', filters: 8, kernelSize: 3, activation: 'relu' },
    { type: 'maxPooling2d' },
    { type: 'flatten' },
    { type: 'dense', units: classes, activation: 'softmax' },
  ],
};

interface Tuned {
  readonly engine: Engine;
  readonly store: TuningStore;
  readonly errors: string[];
  readonly compile: (tuning: 'auto' | 'off' | TuningChoices) => Promise<Network>;
  readonly upload: () => ReturnType<Engine['upload']>;
}

async function openTuned(store: TuningStore = createMemoryTuningStore()): Promise<Tuned> {
  const errors: string[] = [];
  const onError = (message: string) => void errors.push(message);
  const engine = await createEngine({ onError, tuning: { store, runtime: 'spec' } });
  const size = 40;
  const images = randomBytes(size * 300, seededUniform(1));
  const labels = randomBytes(size, seededUniform(2)).map((byte) => byte % classes);
  return {
    engine,
    store,
    errors,
    compile: (tuning) =>
      engine.compile(model, { batchSize, optimizer: { type: 'sgd', learningRate: 0.01 }, seed: 3, tuning }),
    upload: () => engine.upload({ images, labels, shape: [size, ...inputShape], classes }),
  };
}

/** Every kernel's last way, which none of them goes by itself. */
const lastWays = (kernels: readonly TunedKernel[]) =>
  Object.fromEntries(kernels.map(({ key, ways }) => [key, ways.at(-1) ?? '']));
const firstWays = (kernels: readonly TunedKernel[]) =>
  Object.fromEntries(kernels.map(({ key, ways }) => [key, ways[0] ?? '']));

/** Measures, replaces what was found by the last ways, and follows them through a second network. */
export async function followTuning() {
  const { engine, store, errors, compile } = await openTuned();
  const network = await compile('auto');
  await network.tuning.measure();
  const first = network.tuning.kernels;
  const inputs = randomFloats(batchSize * 300, seededUniform(4));
  network.dispose();
  engine.dispose();
  const records = await store.load();
  for (const [key, record] of records) await store.save(key, { ...record, choice: record.ways.at(-1) ?? '' });
  // Kernels too short to be measured have no record, and go their default way.
  const measured = new Set(first.filter(({ state }) => state === 'measured').map(({ key }) => key));
  const planted = Object.fromEntries(
    first.map(({ key, ways }) => [key, (measured.has(key) ? ways.at(-1) : ways[0]) ?? '']),
  );
  const later = await openTuned(store);
  const next = await later.compile('auto');
  const nextChoices = next.tuning.choices;
  const plantedOutputs = await next.predict(inputs);
  await next.tuning.setMode('off');
  const afterOff = next.tuning.choices;
  const defaultOutputs = await next.predict(inputs);
  await next.tuning.setMode('auto');
  const afterOn = next.tuning.choices;
  await next.tuning.forget();
  const afterForget = next.tuning.choices;
  const storedAfterForget = (await store.load()).size;
  next.dispose();
  later.engine.dispose();
  const differences = plantedOutputs.map((output, index) => Math.abs(output - (defaultOutputs[index] ?? NaN)));
  return {
    ...{ first, storedCount: records.size, planted, next: nextChoices, defaults: firstWays(first) },
    ...{ afterOff, afterOn, afterForget, storedAfterForget, largestDifference: Math.max(...differences) },
    errors: [...errors, ...later.errors],
    ledger: { ...later.engine.ledger },
  };
}

/** What 40 steps create after everything has been measured. */
export async function stepsAfterTuning() {
  const { engine, compile, upload } = await openTuned();
  const network = await compile('auto');
  const data = upload();
  await network.tuning.measure();
  await network.fit(data, { epochs: 1 }).finished;
  const run = network.fit(data, { epochs: 4, startPaused: true });
  await run.step();
  const counts = countCreations(engine.device);
  const before = engine.ledger.bytes;
  for (let step = 0; step < 35; step++) await run.step();
  const creations = Object.entries(counts.now()).filter(([, count]) => count > 0);
  const bytes = engine.ledger.bytes - before;
  counts.stop();
  const isOver = network.tuning.kernels.every(({ state }) => state === 'measured' || state === 'skipped');
  await run.stop();
  engine.dispose();
  return { creations, bytes, isOver };
}

/** Trains until the tuner is at work, pauses, trains on, and throws everything away. */
export async function disposeWhileTuning() {
  const { engine, errors, compile, upload } = await openTuned();
  const network = await compile('auto');
  let steps = 0;
  const onSteps = (all: readonly unknown[]) => void (steps += all.length);
  const run = network.fit(upload(), { epochs: 10_000, callbacks: { onSteps } });
  const isMeasuring = () => network.tuning.kernels.some(({ state, tried }) => state === 'measuring' && tried > 0);
  while (!isMeasuring()) await new Promise((resolve) => setTimeout(resolve, 5));
  const stepsBefore = steps;
  while (steps === stepsBefore) await new Promise((resolve) => setTimeout(resolve, 5));
  await run.pause();
  run.resume();
  const wasMeasuring = network.tuning.kernels.some(({ state }) => state === 'measuring' || state === 'waiting');
  network.dispose();
  await run.finished.catch(() => undefined);
  await engine.device.queue.onSubmittedWorkDone();
  await new Promise((resolve) => setTimeout(resolve, 100));
  engine.dispose();
  return { wasMeasuring, stepsMeanwhile: steps - stepsBefore, errors, ledger: { ...engine.ledger } };
}

async function bitsAfterTraining({ compile, upload }: Tuned, tuning: 'off' | TuningChoices): Promise<string> {
  const network = await compile(tuning);
  const data = upload();
  await network.fit(data, { epochs: 2 }).finished;
  const bits = await sha256OfWeights(await network.getWeights());
  network.dispose();
  data.dispose();
  return bits;
}

/** Hashes of the weights after training with tuning off and with choices given, beside an empty and a full store. */
export async function bitsOfTunings() {
  const tuned = await openTuned();
  const off = await bitsAfterTraining(tuned, 'off');
  const network = await tuned.compile('auto');
  const choices = lastWays(network.tuning.kernels);
  await network.tuning.measure();
  network.dispose();
  const offBesideStore = await bitsAfterTraining(tuned, 'off');
  const fixed = await bitsAfterTraining(tuned, choices);
  const fixedAgain = await bitsAfterTraining(tuned, choices);
  const { mode } = (await tuned.compile(choices)).tuning;
  const wrong = Object.fromEntries(Object.keys(choices).map((key) => [key, 'no such way']));
  const refusal = await tuned.compile(wrong).then(
    () => 'compiled',
    (error: unknown) => (error instanceof EngineError ? `${error.code} ${error.message}` : String(error)),
  );
  tuned.engine.dispose();
  return { off, offBesideStore, fixed, fixedAgain, mode, refusal };
}
