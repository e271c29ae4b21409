/**
 * The one harness that is run over every layer and option: builds a small network around a layer on the GPU and holds
 * its shapes, outputs, loss and every gradient to the references. Runs in a page; knows no test runner.
 */
import {
  checkModel,
  type Engine,
  type LayerConfig,
  type LossConfig,
  type ModelConfig,
  type Network,
  type TuningChoices,
} from '../../src/engine/index.ts';
import { keepMapMask, keepMask } from '../../src/engine/training/dropout-mask.ts';
import { networkAround, randomInputs, randomWeights } from './network-around.ts';
import { compare, describe, float32PairFactor, limitOf, type Comparison } from './reference/compare.ts';
import type { KeepMask } from './reference/float64-layer.ts';
import {
  runFloat64,
  type ReferenceOptions,
  type ReferenceRun,
  type WeightsByName,
} from './reference/float64-reference.ts';
import { countOf, longestSum, planReference, type ReferenceLayer } from './reference/reference-plan.ts';
import { seededUniform } from './reference/seeded-random.ts';
import { hasTfjsGradients, hasTfjsOutputs, runTfjs } from './reference/tfjs-reference.ts';

export { networkAround } from './network-around.ts';

export interface CheckOptions {
  /** Examples in the batch, ≤ `batchSize`; 3 by default, so that the batch of 4 is short. */
  readonly examples?: number;
  readonly batchSize?: number;
  readonly seed?: number;
  /** Rounds the inputs to this many values, so that windows hold equal maxima. */
  readonly inputLevels?: number;
  /** Falsifies every tensor of the references by this share of its largest value: the control. */
  readonly falsifiedBy?: number;
  /** Default: sparse categorical cross-entropy. */
  readonly loss?: LossConfig;
  /** Default: every kernel goes its default way. */
  readonly tuning?: TuningChoices;
}

export interface CheckReport {
  /** Empty when everything holds. */
  readonly failures: readonly string[];
  readonly comparisons: readonly Comparison[];
}

/** What the engine says of the model, against the reference's own arithmetic. */
function structureFailures(network: Network, plan: readonly ReferenceLayer[]): string[] {
  const told = network.summary().map(({ name, outputShape, params, macs }) => ({ name, outputShape, params, macs }));
  const expected = plan.map(({ name, outputShape, weights, macs }) => ({
    name,
    outputShape,
    params: weights.reduce((sum, { shape }) => sum + countOf(shape), 0),
    macs,
  }));
  return expected.flatMap((layer, i) => {
    const [wanted, given] = [JSON.stringify(layer), JSON.stringify(told[i])];
    return wanted === given ? [] : [`summary: expected ${wanted}. Received ${given}.`];
  });
}

/** Everything the engine computes for one batch, in the form of a reference. */
async function runEngine(
  network: Network,
  plan: readonly ReferenceLayer[],
  inputs: Float32Array<ArrayBuffer>,
  labels: Uint8Array<ArrayBuffer>,
): Promise<ReferenceRun & { readonly accuracy: number; readonly outputs: Float32Array }> {
  const gradients = await network.gradients(inputs, labels);
  const activations = new Map<string, Float32Array>();
  for (const { name } of plan) activations.set(name, (await network.activations(inputs, name)).data);
  return {
    activations,
    loss: gradients.loss,
    accuracy: gradients.accuracy,
    outputs: await network.predict(inputs),
    weights: new Map(gradients.weights.map(({ name, data }) => [name, data])),
    inputs: gradients.inputs,
  };
}

function falsified(values: ArrayLike<number>, share: number): ArrayLike<number> {
  const list = Float64Array.from(values);
  const at = list.reduce((best, value, i) => (Math.abs(value) > Math.abs(list[best] ?? 0) ? i : best), 0);
  if (list.length > 0) list[at] = list[at]! * (1 + share);
  return list;
}

/** Every tensor of `reference` against the engine's; gradients only where the reference has them. */
export function compareRuns(
  source: string,
  actual: ReferenceRun,
  reference: ReferenceRun,
  { terms, limit, falsifiedBy = 0 }: { readonly terms: number; readonly limit: number; readonly falsifiedBy?: number },
): Comparison[] {
  const against = (what: string, got: ArrayLike<number> | undefined, wanted: ArrayLike<number>) =>
    compare(`${what} (${source})`, got ?? [], falsified(wanted, falsifiedBy), { terms, limit });
  return [
    against('loss', [actual.loss], [reference.loss]),
    ...[...reference.activations].map(([name, wanted]) =>
      against(`${name} outputs`, actual.activations.get(name), wanted),
    ),
    ...[...reference.weights].map(([name, wanted]) => against(`${name} gradient`, actual.weights.get(name), wanted)),
    ...(reference.inputs.length > 0 ? [against('inputs gradient', actual.inputs, reference.inputs)] : []),
  ];
}

/** Share of the rows whose first largest value is at the label. */
function accuracyOf(outputs: ArrayLike<number>, labels: ArrayLike<number>): number {
  const width = outputs.length / labels.length;
  const rows = Array.from(labels, (_, i) => Array.from(outputs).slice(i * width, (i + 1) * width));
  return rows.filter((row, i) => row.indexOf(Math.max(...row)) === labels[i]).length / rows.length;
}

/** What the engine's dropout keeps in a gradient query: its first step, the layer's place in the model. */
function keepOf(plan: readonly ReferenceLayer[], seed: number, examples: number): KeepMask {
  const masks = new Map(
    plan.map(({ name, config, outputShape }, layerIndex) => {
      if (config.type !== 'dropout' && config.type !== 'spatialDropout2d') return [name, { kept: [], width: 0 }];
      const mask = { seed, layerIndex, step: 0, rate: config.rate };
      const width = config.type === 'dropout' ? countOf(outputShape) : (outputShape.at(-1) ?? 1);
      const isByMap = config.type === 'spatialDropout2d';
      return [name, { kept: isByMap ? keepMapMask(mask, examples, width) : keepMask(mask, examples * width), width }];
    }),
  );
  return (name, example, cell) => {
    const { kept, width } = masks.get(name) ?? { kept: [], width: 0 };
    return kept[example * width + cell] ?? true;
  };
}

const changingByMode: readonly string[] = ['dropout', 'spatialDropout2d', 'batchNormalization'];

/** The engine shows activations as in inference; its gradients and its accuracy are those of training. */
async function asTheEngine<Run extends ReferenceRun>(
  plan: readonly ReferenceLayer[],
  run: (options: ReferenceOptions) => Run | Promise<Run>,
): Promise<Run & { readonly trainingOutputs: ArrayLike<number> }> {
  const training = await run({ mode: 'training' });
  const trainingOutputs = training.activations.get(plan.at(-1)?.name ?? '') ?? [];
  if (!plan.some(({ config }) => changingByMode.includes(config.type))) return { ...training, trainingOutputs };
  const { activations } = await run({ mode: 'inference' });
  return { ...training, activations, trainingOutputs };
}

interface Proof {
  readonly config: ModelConfig;
  readonly plan: readonly ReferenceLayer[];
  readonly weights: WeightsByName;
  readonly inputs: Float32Array;
  readonly labels: Uint8Array;
  readonly options: Required<Pick<CheckOptions, 'seed' | 'falsifiedBy'>> & Pick<CheckOptions, 'loss'>;
}

/** Every comparison with both references, and the accuracy that there must be. */
async function compareWithReferences(
  proof: Proof,
  actual: ReferenceRun,
): Promise<{ readonly comparisons: readonly Comparison[]; readonly accuracy: number }> {
  const { config, plan, weights, inputs, labels, options } = proof;
  const terms = Math.max(...plan.map((layer) => longestSum(layer, labels.length)));
  const limit = limitOf(plan);
  const { falsifiedBy } = options;
  const given = {
    ...(options.loss !== undefined && { loss: options.loss }),
    keep: keepOf(plan, options.seed, labels.length),
  };
  const float64 = await asTheEngine(plan, (mode) => runFloat64(config, weights, inputs, labels, { ...given, ...mode }));
  // Gradients of frozen weights are the engine's to give or not.
  const frozen = [...float64.frozenWeights].filter(([name]) => actual.weights.has(name));
  const expected = { ...float64, weights: new Map([...float64.weights, ...frozen]) };
  const comparisons = compareRuns('float64', actual, expected, { terms, limit, falsifiedBy });
  const accuracy = accuracyOf(float64.trainingOutputs, labels);
  if (!hasTfjsOutputs(config)) return { comparisons, accuracy };
  const tfjs = await asTheEngine(plan, (mode) => runTfjs(config, weights, inputs, labels, { ...given, ...mode }));
  const isComplete = hasTfjsGradients(config) === tfjs.weights.size > 0;
  if (!isComplete) throw new Error(`TensorFlow.js: gives the gradients it should. Received ${tfjs.weights.size}.`);
  const pair = { terms, limit: float32PairFactor * limit, falsifiedBy };
  return { comparisons: [...comparisons, ...compareRuns('TensorFlow.js', actual, tfjs, pair)], accuracy };
}

/** Bit for bit what was set must come back. */
async function roundTripFailures(network: Network, weights: WeightsByName): Promise<string[]> {
  const returned = await network.getWeights();
  const isSame = (data: Float32Array, set: ArrayLike<number> | undefined) =>
    data.length === set?.length && data.every((value, i) => Object.is(value, set[i]));
  const names = returned.map(({ name }) => name).join();
  const expected = [...weights.keys()].join();
  return [
    ...(names === expected ? [] : [`getWeights: names are ${expected}. Received ${names}.`]),
    ...returned
      .filter(({ name, data }) => !isSame(data, weights.get(name)))
      .map(({ name }) => `${name}: comes back as set.`),
  ];
}

/** Predictions come from fused kernels, activations from others: some compilers round a product before its sum, others not. */
const roundingLimit = 1e-6;

/** Holds a whole network to the references. */
export async function checkNetwork(
  engine: Engine,
  config: ModelConfig,
  options: CheckOptions = {},
): Promise<CheckReport> {
  const { examples = 3, batchSize = 4, seed = 1, inputLevels, falsifiedBy = 0, loss, tuning } = options;
  const chosenLoss = loss === undefined ? {} : { loss };
  const issues = checkModel(config, chosenLoss);
  if (issues.length > 0) return { failures: issues.map(({ message }) => message), comparisons: [] };
  const bytesBefore = engine.ledger.bytes;
  const network = await engine.compile(config, {
    ...{ batchSize, seed, optimizer: { type: 'sgd' } },
    ...chosenLoss,
    ...(tuning && { tuning }),
  });
  const plan = planReference(config);
  const next = seededUniform(seed);
  const tensors = randomWeights(plan, next);
  const weights = new Map(tensors.map(({ name, data }) => [name, data]));
  const inputs = randomInputs(examples * countOf(config.inputShape), next, inputLevels);
  const outputClasses = plan.at(-1)?.outputShape.at(-1) ?? 1;
  const labels = Uint8Array.from({ length: examples }, (_, i) => (i * 2 + 1) % outputClasses);
  network.setWeights(tensors);
  const roundTrip = await roundTripFailures(network, weights);
  const structure = structureFailures(network, plan);
  const actual = await runEngine(network, plan, inputs, labels);
  network.dispose();
  const proof = { config, plan, weights, inputs, labels, options: { seed, falsifiedBy, ...chosenLoss } };
  const { comparisons, accuracy } = await compareWithReferences(proof, actual);
  const last = actual.activations.get(plan.at(-1)?.name ?? '') ?? [];
  return {
    comparisons,
    failures: [
      ...structure,
      ...roundTrip,
      ...comparisons.filter(({ isClose }) => !isClose).map(describe),
      ...(compare('predict', actual.outputs, last, { limit: roundingLimit }).isClose
        ? []
        : ['predict: gives the last layer’s activations.']),
      ...(Math.abs(accuracy - actual.accuracy) < 1e-6
        ? []
        : [`accuracy: is ${accuracy}. Received ${actual.accuracy}.`]),
      ...(engine.ledger.bytes === bytesBefore
        ? []
        : [`dispose: frees all. Received bytes=${engine.ledger.bytes - bytesBefore}.`]),
    ],
  };
}

/** Holds one layer to the references, in the network around it. */
export function checkLayer(
  engine: Engine,
  layer: LayerConfig,
  inputShape: ModelConfig['inputShape'],
  options: CheckOptions = {},
): Promise<CheckReport> {
  return checkNetwork(engine, networkAround(layer, inputShape, options.loss), options);
}
