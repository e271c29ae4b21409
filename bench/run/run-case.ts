/** Trains one network in every peer's page, in turns, and gathers what was measured. */
import type { Browser } from 'playwright';
import { resolveModel } from '../../src/engine/model/resolve.ts';
import type { ResolvedModel } from '../../src/engine/model/resolved.ts';
import type { BenchCase } from '../cases.ts';
import { peerTitle, peerVersion } from '../peer-list.ts';
import type { CaseResult, Inability, Measurement, PeerId } from '../results-file.ts';
import type { PackedWeight } from '../page/weights.ts';
import { weigh, type BuiltPeer } from './build.ts';
import { problemsOf, type Trained } from './checks.ts';
import { PeerPage } from './peer-page.ts';
import type { BenchServer } from './server.ts';
import { spreadOf } from './spread.ts';

/** What every case needs. */
export interface Bench {
  readonly browser: Browser;
  readonly server: BenchServer;
  readonly built: readonly BuiltPeer[];
  readonly rounds: number;
  readonly sliceMs: number;
  /** Whether a trainer with a tuner may use it before it is timed. */
  readonly isTuned: boolean;
  /** GFLOP/s of the register loop, taken once a round. */
  readonly ceiling: () => Promise<void>;
  readonly say: (line: string) => void;
}

/** A peer's page with the network open in it, and what its rounds gave so far. */
interface Runner {
  readonly page: PeerPage;
  readonly opened: Awaited<ReturnType<PeerPage['open']>>;
  /** What was spent on finding the fastest kernels; 0 where nothing can be. */
  readonly tuningMs: number;
  readonly train: { readonly imagesPerSecond: number; readonly msPerStep: number }[];
  readonly infer: number[];
  readonly memory: Awaited<ReturnType<PeerPage['readMemory']>>[];
}

/** The reason in one line; Playwright's own words and the stack are left out. */
function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replace(/^page\.\w+: /, '').replace(/^Error: /, '');
}

async function openRunner(
  bench: Bench,
  { model, batchSize }: BenchCase,
  peer: PeerId,
  weights: readonly PackedWeight[] | undefined,
): Promise<Runner | Inability> {
  const page = await PeerPage.at(bench.browser, bench.server.url, peer);
  try {
    const opened = await page.open(model, batchSize, weights);
    const tuningMs = bench.isTuned ? await page.tune() : 0;
    await page.warmUp(bench.sliceMs / 4);
    return { page, opened, tuningMs, train: [], infer: [], memory: [] };
  } catch (error) {
    const cannot = reasonOf(error);
    await page.close();
    return { peer, version: peerVersion(peer), cannot };
  }
}

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

async function measurementOf(
  bench: Bench,
  { page, opened, tuningMs, train, infer, memory }: Runner,
): Promise<readonly [Measurement, Trained]> {
  const { peer } = page;
  const calls = await page.countCalls(bench.sliceMs);
  const { lossAfter, haveWeightsChanged, steps } = await page.finish();
  const built = bench.built.find((one) => one.peer === peer);
  if (!built) throw new Error(`benchmark: every peer is built. Received peer=${peer}.`);
  const loaded = [...bench.server.requested(peer)].filter((path) => !path.endsWith('.html') && !built.ownPaths.includes(path));
  const tuned = bench.isTuned && peer === 'receptive';
  const largest = (bytes: readonly number[]): number => Math.max(...bytes);
  const measurement: Measurement = {
    peer,
    version: peerVersion(peer),
    trainImagesPerSecond: spreadOf(train.map(({ imagesPerSecond }) => imagesPerSecond)),
    inferImagesPerSecond: spreadOf(infer),
    inferBatchSize: await page.inferBatchSize(),
    msPerStep: spreadOf(train.map(({ msPerStep }) => msPerStep)),
    firstStepMs: opened.firstStepMs,
    calls,
    memory: {
      gpuBytes: largest(memory.map(({ gpuPeakBytes }) => gpuPeakBytes)),
      scriptBytes: largest(memory.map(({ scriptBytes }) => scriptBytes)),
      wasmBytes: largest(memory.map(({ wasmBytes }) => wasmBytes)),
    },
    transferBytes: weigh(built, loaded),
    scriptTransferBytes: weigh(built, loaded.filter((path) => path.endsWith('.js'))),
    lossBefore: opened.firstLosses[0] ?? NaN,
    lossAfter,
    firstLosses: opened.firstLosses,
    steps,
    notes: [...opened.notes, ...(tuned ? [`its kernels were tuned in ${(tuningMs / 1000).toFixed(1)} s before the rounds`] : [])],
  };
  const errors = await page.errors();
  const { firstLosses, predictedLoss } = opened;
  return [measurement, { title: peerTitle(peer), firstLosses, lossAfter, predictedLoss, haveWeightsChanged, errors }];
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

/** All peers on one network. `failures` is what must not be; peers that cannot train it are told in the result. */
export async function runCase(
  bench: Bench,
  benchCase: BenchCase,
): Promise<{ readonly result: CaseResult; readonly failures: readonly string[] }> {
  const model = resolved(benchCase);
  const { runners, inabilities } = await openAll(bench, benchCase);
  try {
    for (let index = 0; index < bench.rounds && runners.length > 0; index++) {
      await bench.ceiling();
      await round(bench, turned(runners, index));
      bench.say(`  round ${index + 1} of ${bench.rounds}: ${runners.map(lastRate).join(', ')} images/s`);
    }
    const measured = [];
    for (const runner of runners) measured.push(await measurementOf(bench, runner));
    const receptive = measured[0]?.[1];
    const isSameInInference = model.layers.every(({ type }) => type !== 'batchNormalization');
    // Every peer can train the lecture's network, so one that cannot has been used wrongly.
    const unexpected = inabilities.filter(({ peer }) => peer === 'receptive' || benchCase.suite !== 'networks');
    const failures = [
      ...unexpected.map(({ peer, cannot }) => `${peerTitle(peer)}: can train the network. Received ${cannot}.`),
      ...measured.flatMap(([, trained]) => (receptive ? problemsOf(trained, receptive, isSameInInference) : [])),
    ];
    const result: CaseResult = {
      suite: benchCase.suite,
      network: benchCase.network,
      title: model.name,
      batchSize: benchCase.batchSize,
      params: model.params,
      macsPerImage: model.macs,
      peers: [...measured.map(([measurement]) => measurement), ...inabilities],
    };
    return { result, failures: failures.map((failure) => `${model.name}, batch ${benchCase.batchSize}: ${failure}`) };
  } finally {
    for (const { page } of runners) await page.close();
  }
}
