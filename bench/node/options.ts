/** The benchmark's command line: words → what is to be measured. */
import { parseArgs } from 'node:util';
import type { CaseSuite } from '../results-file.ts';

/** Suites in the order they run. */
export const suites = ['lecture', 'batches', 'networks', 'filters'] as const satisfies readonly CaseSuite[];

/** What is to be measured, where, and where the result goes. */
export interface BenchOptions {
  readonly suites: readonly CaseSuite[];
  /** Names of networks; all when not given. */
  readonly networks: readonly string[] | undefined;
  /** Batch sizes; all when not given. */
  readonly batches: readonly number[] | undefined;
  readonly rounds: number;
  /** Length of one timed slice of training. */
  readonly sliceMs: number;
  /** Whether the kernels' ways are measured before anything is timed. */
  readonly isTuned: boolean;
  /** Part of an adapter's name; the fastest kind there is when not given. */
  readonly adapter: string | undefined;
  /** Folder of the package `webgpu`, where it is not installed. */
  readonly webgpu: string | undefined;
  /** Folder with MNIST's four .gz files. */
  readonly data: string | undefined;
  /** The file to write; named by device and date in the folder of results when not given. */
  readonly out: string | undefined;
}

const usage = `npm run bench:node -- [options]
  --suite ${suites.join('|')}|all   several by commas; default all
  --network NAME,…          only these: lecture, smallVgg, leNet5 …
  --batch N,…               only these batch sizes
  --quick             the lecture's network alone, three short rounds
  --rounds N          default 5
  --slice MS          length of a timed slice of training, default 1000
  --tuning auto|off         measures the ways that kernels can go before a network is timed; default off
  --adapter NAME      part of the adapter's name; default: a discrete GPU before an integrated one before the processor
  --data FOLDER       MNIST's four .gz files; without them generated digits are trained on
  --out FILE.json     default: bench/results/node-<adapter>-<date>.json
  --bundle FOLDER     writes a file that runs all this with Node and the folder of the package webgpu alone, and stops
  --webgpu FOLDER     where that package is (or RECEPTIVE_WEBGPU)`;

/** Reads the words. @throws Error with the usage for words it does not know. */
export function readOptions(words: readonly string[], environment: NodeJS.ProcessEnv): BenchOptions {
  const { values } = parse(words);
  const isQuick = values.quick;
  return {
    suites: readSuites(values.suite ?? (isQuick ? 'lecture' : 'all')),
    networks: values.network?.split(','),
    batches: values.batch?.split(',').map((text) => readCount('batch', text)),
    rounds: readCount('rounds', values.rounds ?? (isQuick ? '3' : '5')),
    sliceMs: readCount('slice', values.slice ?? (isQuick ? '500' : '1000')),
    isTuned: readTuning(values.tuning),
    adapter: values.adapter,
    webgpu: values.webgpu ?? environment['RECEPTIVE_WEBGPU'],
    data: values.data ?? environment['RECEPTIVE_MNIST'],
    out: values.out,
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        suite: { type: 'string' },
        network: { type: 'string' },
        batch: { type: 'string' },
        quick: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        slice: { type: 'string' },
        tuning: { type: 'string', default: 'off' },
        adapter: { type: 'string' },
        webgpu: { type: 'string' },
        data: { type: 'string' },
        out: { type: 'string' },
      },
    });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function readSuites(text: string): readonly CaseSuite[] {
  if (text === 'all') return suites;
  return text.split(',').map((word) => {
    const suite = suites.find((name) => name === word);
    if (!suite) throw new Error(`bench: suites are ${suites.join(', ')}. Received suite=${word}.\n${usage}`);
    return suite;
  });
}

function readTuning(text: string): boolean {
  if (text === 'auto' || text === 'off') return text === 'auto';
  throw new Error(`bench: tuning must be auto or off. Received tuning=${text}.\n${usage}`);
}

function readCount(name: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error(`bench: ${name} must be a whole number > 0. Received ${name}=${text}.\n${usage}`);
}
