/** One peer with one network: opened in its page, timed round by round, and judged at the end. */
import type { BenchCase } from '../cases.ts';
import type { PackedWeight } from '../page/weights.ts';
import { peerTitle, peerVersion } from '../peer-list.ts';
import type { Inability, Measurement, PeakMemory, PeerId } from '../results-file.ts';
import type { Bench } from './bench.ts';
import { weigh, type BuiltPeer } from './build.ts';
import type { Trained } from './checks.ts';
import { PeerPage } from './peer-page.ts';
import { spreadOf } from './spread.ts';

/** A peer's page with the network open in it, and what its rounds gave so far. */
export interface Runner {
  readonly page: PeerPage;
  readonly opened: Awaited<ReturnType<PeerPage['open']>>;
  /** What else was done before it was timed. */
  readonly notes: readonly string[];
  readonly train: { readonly imagesPerSecond: number; readonly msPerStep: number }[];
  readonly infer: number[];
  readonly memory: Awaited<ReturnType<PeerPage['readMemory']>>[];
}

/** The reason in one line; Playwright's own words and the stack are left out. */
export function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replace(/^page\.\w+: /, '').replace(/^Error: /, '');
}

/** Lets Receptive, which alone has a tuner, use it. */
async function tune({ isTuned }: Bench, page: PeerPage): Promise<readonly string[]> {
  if (!isTuned || page.peer !== 'receptive') return [];
  const seconds = (await page.tune()) / 1000;
  return [`its kernels were tuned in ${seconds.toFixed(1)} s before the rounds`];
}

/** Opens the network in a page of the peer's; a peer that cannot train it says why. @throws when the browser fails. */
export async function openRunner(
  bench: Bench,
  { model, batchSize }: BenchCase,
  peer: PeerId,
  weights: readonly PackedWeight[] | undefined,
): Promise<Runner | Inability> {
  const page = await PeerPage.at(bench.browser, bench.server.url, peer);
  try {
    const opened = await page.open(model, batchSize, weights);
    const notes = await tune(bench, page);
    await page.warmUp(bench.sliceMs / 4);
    return { page, opened, notes, train: [], infer: [], memory: [] };
  } catch (error) {
    const cannot = reasonOf(error);
    if (/\b(?:Target|crashed|closed)\b/.test(cannot)) throw error;
    await page.close();
    return { peer, version: peerVersion(peer), cannot };
  }
}

/** Everything that the page loaded but what belongs to the benchmark. */
function loadedPaths({ server }: Bench, built: BuiltPeer): readonly string[] {
  const isOwn = (path: string): boolean => path.endsWith('.html') || built.ownPaths.includes(path);
  return [...server.requested(built.peer)].filter((path) => !isOwn(path));
}

function sizesOf(bench: Bench, peer: PeerId): Pick<Measurement, 'transferBytes' | 'scriptTransferBytes'> {
  const built = bench.built.find((one) => one.peer === peer);
  if (!built) throw new Error(`benchmark: every peer is built. Received peer=${peer}.`);
  const paths = loadedPaths(bench, built);
  const scripts = paths.filter((path) => path.endsWith('.js'));
  return { transferBytes: weigh(built, paths), scriptTransferBytes: weigh(built, scripts) };
}

function peakOf(memory: Runner['memory']): PeakMemory {
  return {
    gpuBytes: Math.max(...memory.map(({ gpuPeakBytes }) => gpuPeakBytes)),
    scriptBytes: Math.max(...memory.map(({ scriptBytes }) => scriptBytes)),
    wasmBytes: Math.max(...memory.map(({ wasmBytes }) => wasmBytes)),
  };
}

/** Ends the peer's work: what it measured, and what says whether that was training. */
export async function finishRunner(bench: Bench, runner: Runner): Promise<readonly [Measurement, Trained]> {
  const { page, opened, train, infer } = runner;
  const { peer } = page;
  const calls = await page.countCalls(bench.sliceMs);
  const { lossAfter, haveWeightsChanged, steps } = await page.finish();
  const { firstLosses, predictedLoss, firstStepMs } = opened;
  const measurement: Measurement = {
    peer,
    version: peerVersion(peer),
    trainImagesPerSecond: spreadOf(train.map(({ imagesPerSecond }) => imagesPerSecond)),
    inferImagesPerSecond: spreadOf(infer),
    inferBatchSize: await page.inferBatchSize(),
    msPerStep: spreadOf(train.map(({ msPerStep }) => msPerStep)),
    firstStepMs,
    calls,
    memory: peakOf(runner.memory),
    ...sizesOf(bench, peer),
    lossBefore: firstLosses[0] ?? NaN,
    lossAfter,
    firstLosses,
    steps,
    notes: [...opened.notes, ...runner.notes],
  };
  const errors = await page.errors();
  return [measurement, { title: peerTitle(peer), firstLosses, lossAfter, predictedLoss, haveWeightsChanged, errors }];
}
