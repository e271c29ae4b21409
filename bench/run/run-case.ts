/** Trains one network in every peer's page, in turns, and gathers what was measured. */
import { resolveModel } from '../../src/engine/model/resolve.ts';
import type { ResolvedModel } from '../../src/engine/model/resolved.ts';
import type { BenchCase } from '../cases.ts';
import type { PackedWeight } from '../page/weights.ts';
import { peerTitle } from '../peer-list.ts';
import type { CaseResult, Inability } from '../results-file.ts';
import type { Bench } from './bench.ts';
import { problemsOf, type Trained } from './checks.ts';
import { finishRunner, openRunner, type Runner } from './runner.ts';

async function round({ sliceMs }: Bench, runners: readonly Runner[]): Promise<void> {
  for (const { page, train, infer, memory } of runners) {
    train.push(await page.train(sliceMs));
    infer.push(await page.infer(sliceMs / 2));
    memory.push(await page.readMemory());
  }
}

/** What a person watching sees of a round. */
const lastRate = ({ page, train }: Runner): string =>
  `${page.peer} ${train.at(-1)?.imagesPerSecond.toFixed(0) ?? 'none'}`;

/** Every round begins with another peer, so that none always follows the same one. */
function turned<T>(list: readonly T[], by: number): readonly T[] {
  const start = by % Math.max(1, list.length);
  return [...list.slice(start), ...list.slice(0, start)];
}

function resolved({ model }: BenchCase): ResolvedModel {
  const resolution = resolveModel(model);
  if (!resolution.ok) throw new Error(`${model.name}: can be built. Received ${resolution.issues[0]?.message}.`);
  return resolution.model;
}

/** Opens the pages, Receptive's first, as the others begin with its weights. */
async function openAll(bench: Bench, benchCase: BenchCase): Promise<{ runners: Runner[]; inabilities: Inability[] }> {
  const runners: Runner[] = [];
  const inabilities: Inability[] = [];
  let weights: readonly PackedWeight[] | undefined;
  for (const { peer } of bench.built) {
    const answer = await openRunner(bench, benchCase, peer, weights);
    if ('cannot' in answer) inabilities.push(answer);
    else runners.push(answer);
    if (!('cannot' in answer) && peer === 'receptive') weights = await answer.page.readWeights();
    bench.say(`  ${peerTitle(peer)}: ${'cannot' in answer ? `cannot: ${answer.cannot}` : 'ready'}`);
    if ('cannot' in answer && peer === 'receptive') break;
  }
  return { runners, inabilities };
}

/** What must not be: broken training, and peers that cannot do what every peer can, so that they were used wrongly. */
function failuresOf(
  { suite, batchSize }: BenchCase,
  model: ResolvedModel,
  trained: readonly Trained[],
  inabilities: readonly Inability[],
): string[] {
  const [receptive] = trained;
  const isSameInInference = model.layers.every(({ type }) => type !== 'batchNormalization');
  const unexpected = inabilities.filter(({ peer }) => peer === 'receptive' || suite !== 'networks');
  return [
    ...unexpected.map(({ peer, cannot }) => `${peerTitle(peer)}: can train the network. Received reason=${cannot}.`),
    ...trained.flatMap((one) => (receptive ? problemsOf(one, receptive, isSameInInference) : [])),
  ].map((failure) => `${model.name}, batch ${batchSize}: ${failure}`);
}

async function runRounds(bench: Bench, runners: readonly Runner[]): Promise<void> {
  for (let index = 0; index < bench.rounds && runners.length > 0; index++) {
    await bench.ceiling();
    await round(bench, turned(runners, index));
    bench.say(`  round ${index + 1} of ${bench.rounds}: ${runners.map(lastRate).join(', ')} images/s`);
  }
}

/** All peers on one network; peers that cannot train it are told of in the result. */
export async function runCase(
  bench: Bench,
  benchCase: BenchCase,
): Promise<{ readonly result: CaseResult; readonly failures: readonly string[] }> {
  const model = resolved(benchCase);
  const { runners, inabilities } = await openAll(bench, benchCase);
  try {
    await runRounds(bench, runners);
    const finished = [];
    for (const runner of runners) finished.push(await finishRunner(bench, runner));
    const { suite, network, batchSize } = benchCase;
    const result: CaseResult = {
      suite,
      network,
      title: model.name,
      batchSize,
      params: model.params,
      macsPerImage: model.macs,
      peers: [...finished.map(([measurement]) => measurement), ...inabilities],
    };
    const trained = finished.map(([, one]) => one);
    return { result, failures: failuresOf(benchCase, model, trained, inabilities) };
  } finally {
    for (const { page } of runners) await page.close();
  }
}
