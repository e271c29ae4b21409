/** Everything that is measured of one network at one batch, on an engine that is open. */
import {
  EngineError,
  resolveModel,
  type Dataset,
  type Engine,
  type ModelConfig,
  type Network,
  type ResolvedModel,
} from '../../src/engine/index.ts';
import type { ImageSet } from '../../src/data/dataset-types.ts';
import type { BenchCase } from '../cases.ts';
import { fitImages } from './bench-data.ts';
import { timeDispatches } from './dispatch-times.ts';
import type { BenchOptions } from './options.ts';
import type { SoloCase, SoloInability, SoloMeasurement } from './solo-result.ts';
import { rounded } from './spread.ts';
import type { StepRecorder } from './step-recorder.ts';
import { StepWork } from '../../src/engine/model/step-work.ts';
import type { Stopwatch } from './stopwatch.ts';
import { measureInference, measureTraining } from './throughput.ts';

const seed = 1;
const evaluatedExamples = 1024;

/** What every case shares. */
export interface Workbench {
  readonly engine: Engine;
  readonly recorder: StepRecorder;
  readonly stopwatch: Stopwatch;
  readonly images: ImageSet;
  readonly options: BenchOptions;
}

/** A case and how it went; only what the device has no memory for is not run. */
export async function measureCase(bench: Workbench, benchCase: BenchCase): Promise<SoloCase> {
  const { suite, network: name, batchSize, model } = benchCase;
  const { params, macs: macsPerImage } = resolved(model);
  const place = { suite, network: name, title: model.name ?? name, batchSize, params, macsPerImage };
  const images = fitImages(bench.images, model.inputShape);
  const startMs = performance.now();
  const data = bench.engine.upload(images);
  try {
    const network = await compile(bench.engine, benchCase);
    try {
      return { ...place, result: await measureNetwork(bench, network, data, images, startMs) };
    } finally {
      network.dispose();
    }
  } catch (error) {
    return { ...place, result: inability(error) };
  } finally {
    data.dispose();
  }
}

/** @throws Error for a model that cannot be: the cases are ours. */
function resolved(model: ModelConfig): ResolvedModel {
  const resolution = resolveModel(model);
  if (resolution.ok) return resolution.model;
  throw new Error(resolution.issues[0]?.message ?? `${model.name}: must be a model.`);
}

function compile(engine: Engine, { model, batchSize }: BenchCase): Promise<Network> {
  return engine.compile(model, { batchSize, optimizer: { type: 'rmsprop' }, seed });
}

/** @throws what is no want of memory. */
function inability(error: unknown): SoloInability {
  if (error instanceof EngineError && error.code === 'outOfMemory') return { cannot: error.message };
  throw error;
}

async function measureNetwork(
  { engine, recorder, stopwatch, options }: Workbench,
  network: Network,
  data: Dataset,
  images: ImageSet,
  startMs: number,
): Promise<SoloMeasurement> {
  const { rounds, sliceMs } = options;
  const before = await network.getWeights();
  await network.fit(data, { epochs: 1, maxSteps: 1 }).finished;
  const firstStepMs = performance.now() - startMs;
  network.reset();
  const tuning = options.isTuned ? await tune(network) : undefined;
  const seen = data.take(Math.min(evaluatedExamples, data.size));
  const { loss: lossBefore } = await network.evaluate(seen);
  const training = await measureTraining(network, data, rounds, sliceMs);
  const missing = stepsToLearn - network.stepCount;
  if (missing > 0) await network.fit(data, { epochs: missing, maxSteps: missing }).finished;
  const { loss: lossAfter } = await network.evaluate(seen);
  const after = await network.getWeights();
  assertLearned(network.model.name, lossBefore, lossAfter);
  assertChanged(before, after);
  const inferImagesPerSecond = await measureInference(network, floatsOf(images, network), rounds, sliceMs);
  const steps = network.stepCount;
  const ledgerBytes = engine.ledger.bytes;
  const work = new StepWork(network.model, network.batchSize);
  const dispatches = await timeDispatches({ network, data, recorder, stopwatch, work, rounds, roundMs: sliceMs });
  return {
    ...training,
    inferImagesPerSecond,
    ...(tuning && { tuning }),
    ...{ firstStepMs: rounded(firstStepMs), ledgerBytes, steps, dispatches },
    ...{ lossBefore: rounded(lossBefore), lossAfter: rounded(lossAfter) },
  };
}

/** After fewer, a loss may still be above where it began. */
const stepsToLearn = 60;

async function tune(network: Network): Promise<NonNullable<SoloMeasurement['tuning']>> {
  const startMs = performance.now();
  await network.tuning.setMode('auto');
  await network.tuning.measure();
  return { ms: rounded(performance.now() - startMs), choices: network.tuning.choices };
}

/** @throws Error when the loss has not fallen: an invalid pipeline is fast, and learns nothing. */
function assertLearned(name: string, lossBefore: number, lossAfter: number): void {
  if (lossAfter < lossBefore) return;
  throw new Error(`${name}: the loss must fall. Received before=${lossBefore}, after=${lossAfter}.`);
}

type Weights = Awaited<ReturnType<Network['getWeights']>>;

/** @throws Error when a weight is what it was before training. */
function assertChanged(before: Weights, after: Weights): void {
  const still = before.find(({ data }, index) => after[index]?.data.every((value, at) => value === data[at]) ?? true);
  if (still) throw new Error(`weights: all must change. Received the same ${still.name}.`);
}

const mostInferBatches = 16;

function floatsOf({ images }: ImageSet, { batchSize, model }: Network): Float32Array<ArrayBuffer> {
  const cells = model.inputShape.reduce((product, size) => product * size, batchSize * mostInferBatches);
  return Float32Array.from(images.subarray(0, cells), (byte) => byte / 255);
}
