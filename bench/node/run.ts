/** The benchmark without a browser, from the options to the file of results. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BenchCase } from '../cases.ts';
import type { AdapterFacts, ResultsFile } from '../results-file.ts';
import { describeMachine } from '../run/machine.ts';
import { loadBenchData } from './bench-data.ts';
import { Ceilings } from './ceilings.ts';
import { measureCase, type Workbench } from './measure-case.ts';
import { casesOf } from './node-cases.ts';
import { describeAdapter, openEngine } from './open-device.ts';
import type { BenchOptions } from './options.ts';
import { waitQuietly } from './patience.ts';
import { adapterText, caseText, ceilingsText } from './print.ts';
import type { SoloCase } from './solo-result.ts';
import { StepRecorder } from './step-recorder.ts';

/** What the options do not say. */
export interface BenchPlace {
  /** The version of the package `webgpu`. */
  readonly webgpuVersion: string;
  /** The commit that is measured. */
  readonly revision: string;
  /** Where a file without a name of its own goes. */
  readonly resultsFolder: string;
  /** Told of every line as it comes. */
  readonly print: (line: string) => void;
}

/** Measures, prints, writes the file; false when something made the results worthless. */
export async function runBenchmark(gpu: GPU, options: BenchOptions, place: BenchPlace): Promise<boolean> {
  const { print } = place;
  const startedAt = new Date().toISOString();
  const { engine, adapter: gpuAdapter, failures } = await openEngine(gpu);
  if (engine.adapter.isSoftware) waitQuietly();
  const [adapter, machine] = [describeAdapter(gpuAdapter), describeMachine()];
  const recorder = new StepRecorder(engine.device);
  const { images, origin } = loadBenchData(options.data);
  print(`${adapterText(adapter)}; ${machine.processor}, ${machine.cores} cores, ${machine.system}; ${origin}`);
  const ceilings = await Ceilings.open(engine);
  await ceilings.sample();
  print(ceilingsText(ceilings.results));
  const bench: Workbench = { engine, recorder, stopwatch: ceilings.stopwatch, images, options };
  const solo: SoloCase[] = [];
  const results = (): ResultsFile => ({
    format: 'receptive-bench',
    version: 1,
    runner: 'node',
    ...{ startedAt, finishedAt: new Date().toISOString(), revision: place.revision },
    ...{ machine, adapter },
    runtime: { name: 'Node', version: process.versions.node, webgpu: `webgpu ${place.webgpuVersion}` },
    rounds: options.rounds,
    ...{ ceilings: ceilings.results, cases: [], solo, data: origin, failures },
  });
  const path = options.out ?? join(place.resultsFolder, fileName(adapter, startedAt));
  for (const benchCase of casesOf(options, engine.adapter.isSoftware)) {
    print(`\n${await outcomeOf(bench, ceilings, benchCase, solo, failures)}`);
    // A machine that is taken away in the middle leaves what it has measured.
    writeResults(path, results());
  }
  ceilings.release();
  engine.dispose();
  print(`\nWritten: ${path}`);
  for (const failure of failures) print(`FAILED: ${failure}`);
  return failures.length === 0;
}

/** Measures a case into `solo`, or says into `failures` why it could not; in words, for the person who waits. */
async function outcomeOf(
  bench: Workbench,
  ceilings: Ceilings,
  benchCase: BenchCase,
  solo: SoloCase[],
  failures: string[],
): Promise<string> {
  try {
    const measured = await measureCase(bench, benchCase);
    await ceilings.sample();
    solo.push(measured);
    return caseText(measured, ceilings.results);
  } catch (error) {
    const failure = `${benchCase.network}, batch ${benchCase.batchSize}: ${String(error)}`;
    failures.push(failure);
    return failure;
  }
}

function writeResults(path: string, results: ResultsFile): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(results, undefined, 1)}\n`);
}

/** `node-swiftshader-2026-01-31-1405.json`. */
function fileName({ vendor, architecture, device }: AdapterFacts, startedAt: string): string {
  const isNumber = /^(0x[0-9a-f]+|\d*)$/i.test(device);
  const name = [isNumber ? architecture : device, architecture, vendor].find((word) => word !== '') ?? 'gpu';
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return `node-${words.join('-')}-${startedAt.slice(0, 16).replace('T', '-').replace(':', '')}.json`;
}
