/** `npm run bench`: what is to be run, one after another, and the file that is left of it. */
import { resolve } from 'node:path';
import { mnistFolder } from '../../e2e/support/mnist.ts';
import { benchCases, type BenchCase } from '../cases.ts';
import { peerTitle } from '../peer-list.ts';
import type { CaseResult, DrawingResult, Machine, ResultsFile, SoakResult } from '../results-file.ts';
import type { Bench } from './bench.ts';
import { buildPeer, type BuiltPeer } from './build.ts';
import { readDigits } from './digits.ts';
import { runDrawing } from './drawing.ts';
import { launchBrowser } from './launch.ts';
import { describeMachine, describeRevision } from './machine.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { PeerPage } from './peer-page.ts';
import { describeCase, describeDrawing, describeSpread } from './print.ts';
import { runCase } from './run-case.ts';
import { reasonOf } from './runner.ts';
import { serve } from './server.ts';
import { runSoak } from './soak.ts';
import { spreadOf } from './spread.ts';
import { writeResults } from './write-results.ts';

const say = (line: string): void => console.log(line);

async function buildAll({ peers }: BenchOptions): Promise<BuiltPeer[]> {
  const built: BuiltPeer[] = [];
  for (const peer of peers) {
    say(`Building the page of ${peerTitle(peer)} …`);
    built.push(await buildPeer(peer));
  }
  return built;
}

function describeWhere({ processor, cores, memoryBytes, system }: Machine): string {
  return `${processor}, ${cores} cores, ${(memoryBytes / 2 ** 30).toFixed(0)} GiB, ${system}`;
}

interface Gathered {
  readonly cases: CaseResult[];
  readonly failures: string[];
  drawing?: DrawingResult;
  soak?: SoakResult;
}

async function runCases(options: BenchOptions, bench: Bench, gathered: Gathered): Promise<void> {
  const { suites, networks } = options;
  const isWanted = ({ suite, network }: BenchCase): boolean =>
    suites.includes(suite) && (networks?.includes(network) ?? true);
  for (const benchCase of benchCases.filter(isWanted)) {
    say(`\n${benchCase.model.name ?? benchCase.network}, batch ${benchCase.batchSize}`);
    try {
      const { result, failures } = await runCase(bench, benchCase);
      gathered.cases.push(result);
      gathered.failures.push(...failures);
      say(describeCase(result));
    } catch (error) {
      // What was measured before is kept.
      gathered.failures.push(`${benchCase.network}, batch ${benchCase.batchSize}: ${reasonOf(error)}`);
    }
  }
}

/** What is not a comparison of peers. */
async function runRest(
  { suites, soakMinutes }: BenchOptions,
  mnist: string,
  bench: Bench,
  gathered: Gathered,
): Promise<void> {
  if (suites.includes('drawing')) {
    say('\nThe app beside the bare engine');
    const { result, failures } = await runDrawing(bench, mnist);
    gathered.drawing = result;
    gathered.failures.push(...failures);
    say(describeDrawing(result));
  }
  if (suites.includes('soak')) {
    say(`\nTraining for ${soakMinutes} minutes`);
    const { result, failures } = await runSoak(bench, soakMinutes);
    gathered.soak = result;
    gathered.failures.push(...failures);
  }
}

async function runAll(
  options: BenchOptions,
  mnist: string,
  place: Pick<Bench, 'browser' | 'server' | 'built'>,
): Promise<ResultsFile> {
  const startedAt = new Date().toISOString();
  const machine = describeMachine();
  const { browser, server } = place;
  // A page without a trainer, for what is measured beside them.
  const beside = await PeerPage.at(browser, server.url, 'receptive');
  const adapter = await beside.adapterFacts();
  const runtime = { name: 'Chromium', version: browser.version() };
  const named = [adapter.vendor, adapter.architecture, adapter.device, adapter.description].filter(Boolean).join(' ');
  say(`\nAdapter: ${named}; Chromium ${runtime.version}; ${describeWhere(machine)}; ${startedAt}`);
  const fma: number[] = [];
  const ceiling = async (): Promise<void> => {
    fma.push(await beside.measureFma());
  };
  await ceiling();
  const { rounds, sliceMs, isTuned } = options;
  const bench: Bench = { ...place, rounds, sliceMs, isTuned, ceiling, say };
  const gathered: Gathered = { cases: [], failures: [] };
  await runCases(options, bench, gathered);
  await runRest(options, mnist, bench, gathered);
  return {
    format: 'receptive-bench',
    version: 1,
    runner: 'browser',
    startedAt,
    finishedAt: new Date().toISOString(),
    revision: describeRevision(),
    machine,
    adapter,
    runtime,
    rounds,
    ceilings: { fmaGflops: spreadOf(fma) },
    ...gathered,
  };
}

/** Runs what `words` ask for; true when everything could be trusted. */
export async function runBenchmark(words: readonly string[]): Promise<boolean> {
  const options = readOptions(words);
  const mnist = resolve(options.mnist ?? mnistFolder());
  const digits = readDigits(mnist);
  const built = await buildAll(options);
  const server = await serve(built, digits);
  const browser = await launchBrowser(options);
  try {
    const results = await runAll(options, mnist, { browser, server, built });
    say(`\nA loop of multiply-adds in registers: ${describeSpread(results.ceilings.fmaGflops)} GFLOP/s`);
    say(`Results: ${await writeResults(results, options.out)}`);
    for (const failure of results.failures) console.error(`FAILED: ${failure}`);
    return results.failures.length === 0;
  } finally {
    await browser.close();
    await server.close();
  }
}
