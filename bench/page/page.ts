/**
 * A peer's page: what Node drives it with. It knows a trainer by its face only; which one it is, the build decides by what
 * it puts in the place of `#peer`.
 */
import type { ModelConfig } from '../../src/engine/model/config.ts';
import { resolveModel } from '../../src/engine/model/resolve.ts';
import type { StepCalls } from '../results-file.ts';
import { batchOf, crossEntropy, fetchDigits } from './digits.ts';
import { adapterFacts, measureFma } from './fma.ts';
import { countCalls, perStep } from './gpu-calls.ts';
import { gpuErrors, watchGpuErrors } from './gpu-errors.ts';
import { readMemory, watchMemory } from './memory.ts';
import type { Digits, Trainer } from './trainer.ts';
import { packWeight, unpackWeight, type PackedWeight } from './weights.ts';

watchMemory();
watchGpuErrors();

/** Images in one call of `predict`. */
const inferBatchSize = 256;
const checkedSteps = 3;

let trainer: Trainer | undefined;
let digits: Digits | undefined;
let batchSize = 0;
let steps = 0;
let msPerStep = 0;
let msPerInference = 0;
let kernelBefore = new Float32Array();

function opened(): { readonly trainer: Trainer; readonly digits: Digits } {
  if (!trainer || !digits) throw new Error('page: a network is open before it is trained. Received trainer=undefined.');
  return { trainer, digits };
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [answer: T, elapsedMs: number]> {
  const startMs = performance.now();
  const answer = await work();
  return [answer, performance.now() - startMs];
}

async function train(count: number): Promise<{ readonly loss: number; readonly elapsedMs: number }> {
  const [loss, elapsedMs] = await timed(() => opened().trainer.train(count));
  steps += count;
  msPerStep = elapsedMs / count;
  return { loss, elapsedMs };
}

/** Loads the trainer, opens the network in it and takes the first steps, all on the first batch. */
async function open(
  config: ModelConfig,
  size: number,
  weights: readonly PackedWeight[] | undefined,
): Promise<{
  readonly firstStepMs: number;
  readonly firstLosses: readonly number[];
  readonly predictedLoss: number;
  readonly notes: readonly string[];
}> {
  const resolution = resolveModel(config);
  if (!resolution.ok) throw new Error(resolution.issues.map(({ message }) => message).join(' '));
  const given = await fetchDigits(config.inputShape);
  const { model } = resolution;
  const unpacked = weights?.map(unpackWeight);
  const batch = (index: number) => batchOf(given, size, index);
  [digits, batchSize] = [given, size];
  const startMs = performance.now();
  const peer = await import('#peer');
  trainer = await peer.open({ config, model, batchSize: size, digits: given, weights: unpacked, batch });
  const first = await train(1);
  const firstStepMs = performance.now() - startMs;
  kernelBefore = Float32Array.from(await trainer.firstKernel());
  const predictedLoss = await lossOfFirstBatch();
  const firstLosses = [first.loss];
  while (firstLosses.length < checkedSteps) firstLosses.push((await train(1)).loss);
  return { firstStepMs, firstLosses, predictedLoss, notes: trainer.notes };
}

/** By the outputs, not by what the trainer says. */
async function lossOfFirstBatch(): Promise<number> {
  const { trainer, digits } = opened();
  const { images, labels } = batchOf(digits, batchSize, 0);
  return crossEntropy(await trainer.predict(images), labels);
}

/** Lets a trainer that can measure its own kernels do so before anything is timed; in milliseconds. */
async function tune(): Promise<number> {
  const { trainer } = opened();
  const [, elapsedMs] = await timed(async () => trainer.tune?.());
  return elapsedMs;
}

/**
 * Pipelines, caches and just-in-time compilers get ready, and a slice's length becomes known. A trainer whose steps are
 * longer than that has had its turn with the first steps.
 */
async function warmUp(budgetMs: number): Promise<void> {
  if (msPerStep < budgetMs) await train(stepsFor(budgetMs / 2));
  if (msPerStep < budgetMs) await train(stepsFor(budgetMs));
  await inferOnce();
  if (msPerInference < budgetMs) await inferOnce();
}

const stepsFor = (budgetMs: number): number => Math.max(1, Math.round(budgetMs / msPerStep));

async function inferOnce(): Promise<void> {
  const { trainer, digits } = opened();
  const { images } = batchOf(digits, inferBatchSize, 0);
  [, msPerInference] = await timed(() => trainer.predict(images));
}

interface Slice {
  readonly imagesPerSecond: number;
  readonly msPerStep: number;
  readonly steps: number;
  /** Of the last step. */
  readonly loss: number;
}

/** Trains for about `budgetMs`; a slow trainer takes one step. */
async function trainSlice(budgetMs: number): Promise<Slice> {
  const count = stepsFor(budgetMs);
  const { loss, elapsedMs } = await train(count);
  return { imagesPerSecond: (count * batchSize * 1000) / elapsedMs, msPerStep: elapsedMs / count, steps: count, loss };
}

/** Images per second from floats in JavaScript's hands to probabilities in JavaScript's hands. */
async function inferSlice(budgetMs: number): Promise<number> {
  const { trainer, digits } = opened();
  const { images } = batchOf(digits, inferBatchSize, 0);
  const count = Math.max(1, Math.round(budgetMs / msPerInference));
  const [, elapsedMs] = await timed(async () => {
    for (let call = 0; call < count; call++) await trainer.predict(images);
  });
  msPerInference = elapsedMs / count;
  return (count * inferBatchSize * 1000) / elapsedMs;
}

/** What further steps cost: what a call of `train` does once, such as reading the loss, is taken off. */
async function countStepCalls(budgetMs: number): Promise<StepCalls> {
  const count = Math.min(16, stepsFor(budgetMs));
  const once = await countCalls(() => train(1));
  // Nothing goes through the GPU's interfaces.
  if (Object.values(once).every((calls) => calls === 0)) return once;
  const often = await countCalls(() => train(1 + count));
  return perStep(once, often, count);
}

/** One more step on the first batch, and whether the weights are others than after the first step. */
async function close(): Promise<{
  readonly lossAfter: number;
  readonly haveWeightsChanged: boolean;
  readonly steps: number;
}> {
  const { loss } = await train(1);
  const kernel = await opened().trainer.firstKernel();
  const haveWeightsChanged = kernel.some((value, index) => value !== kernelBefore[index]);
  return { lossAfter: loss, haveWeightsChanged, steps };
}

async function readWeights(): Promise<readonly PackedWeight[]> {
  return ((await opened().trainer.weights?.()) ?? []).map(packWeight);
}

const bench = {
  adapterFacts,
  close,
  countStepCalls,
  gpuErrors,
  inferBatchSize,
  inferSlice,
  isIsolated: () => crossOriginIsolated,
  ledger: () => opened().trainer.ledger?.(),
  measureFma,
  open,
  readMemory,
  readWeights,
  trainSlice,
  tune,
  warmUp,
};

declare global {
  /** What Node calls in a peer's page. */
  var bench: BenchPage;
}

/** The type of `bench`. */
export type BenchPage = typeof bench;

globalThis.bench = bench;
