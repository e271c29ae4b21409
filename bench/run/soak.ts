/** A long training run with its memory: what a page holds after an hour must be what it held after minutes. */
import { lectureModel } from '../../src/engine/model/presets.ts';
import type { SoakResult, SoakSample } from '../results-file.ts';
import { PeerPage } from './peer-page.ts';
import type { Bench } from './bench.ts';

const batchSize = 64;
const minuteMs = 60_000;
/** Looks in a run however short: enough for a beginning and an end. */
const fewestSamples = 6;

/** What a garbage collector may leave lying about. */
const looseShare = 0.05;
const looseBytes = 2 ** 20;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** What grew from the first third of the samples to the last; GPU memory by a byte, JavaScript's by more than its slack. */
export function growthOf(samples: readonly SoakSample[]): string[] {
  const third = Math.ceil(samples.length / 3);
  const [early, late] = [samples.slice(0, third), samples.slice(-third)];
  const grown = (
    name: 'ledgerBytes' | 'ledgerBuffers' | 'gpuBytes' | 'scriptBytes',
    slack: (early: number) => number,
  ): string[] => {
    const [before, after] = [median(early.map((sample) => sample[name])), median(late.map((sample) => sample[name]))];
    return after <= before + slack(before) ? [] : [`Soak: ${name} does not grow. Received ${before}, later ${after}.`];
  };
  const none = (): number => 0;
  return [
    ...grown('ledgerBytes', none),
    ...grown('ledgerBuffers', none),
    ...grown('gpuBytes', none),
    ...grown('scriptBytes', (bytes) => looseBytes + looseShare * bytes),
  ];
}

async function look(page: PeerPage, sliceMs: number, stepsBefore: number, minute: number): Promise<SoakSample> {
  const { imagesPerSecond, loss, steps } = await page.train(sliceMs);
  const { scriptBytes, gpuBytes } = await page.readMemory();
  const { bytes = NaN, buffers = NaN } = (await page.ledger()) ?? {};
  return {
    minute,
    steps: stepsBefore + steps,
    scriptBytes,
    gpuBytes,
    ledgerBytes: bytes,
    ledgerBuffers: buffers,
    imagesPerSecond,
    loss,
  };
}

/** Trains the lecture's network for `minutes` with Receptive alone. */
export async function runSoak(
  { browser, server, say }: Pick<Bench, 'browser' | 'server' | 'say'>,
  minutes: number,
): Promise<{ readonly result: SoakResult; readonly failures: readonly string[] }> {
  const page = await PeerPage.at(browser, server.url, 'receptive');
  try {
    await page.open(lectureModel, batchSize, undefined);
    await page.warmUp(minuteMs / fewestSamples);
    const everyMs = Math.min(minuteMs, (minutes * minuteMs) / fewestSamples);
    const samples: SoakSample[] = [];
    const startMs = performance.now();
    for (let elapsedMs = 0; elapsedMs < minutes * minuteMs; elapsedMs = performance.now() - startMs) {
      const sample = await look(page, everyMs, samples.at(-1)?.steps ?? 0, (elapsedMs + everyMs) / minuteMs);
      samples.push(sample);
      const { minute, steps, scriptBytes, ledgerBytes, imagesPerSecond, loss } = sample;
      say(
        `  minute ${minute.toFixed(1)}: ${steps} steps, page ${mib(scriptBytes)}, engine ${mib(ledgerBytes)}, ` +
          `${imagesPerSecond.toFixed(0)} images/s, loss ${loss.toFixed(4)}`,
      );
    }
    const errors = (await page.errors()).map((error) => `Soak: nothing goes wrong. Received error=${error}.`);
    return { result: { minutes, samples }, failures: [...errors, ...growthOf(samples)] };
  } finally {
    await page.close();
  }
}

const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(2)} MiB`;
