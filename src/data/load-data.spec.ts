/*
 * Plan. The ladder with the platform replaced: `serve` answers per address, a map stands for the browser's store. One
 * rung after the other is made to fail in every way that has been met (404, a web page with status 200, another
 * file of the same size, a cut file, silence before and within the answer, too many bytes, a damaged copy), and each
 * time the reason must be told, the next rung be used, and nothing bad be kept. Cancelling, at any rung, rejects with
 * AbortError, lets go of the connection and keeps nothing.
 */
import { expect, test } from 'playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { mnistFolder } from '../../e2e/support/mnist.ts';
import type { DataFileName, DataRung } from './dataset-types.ts';
import { loadData } from './load-data.ts';
import type { LoadOptions } from './load-data.ts';
import { downloadOrder } from './mnist-files.ts';
import type { DataStore } from './store.ts';

const mirrorHost = 'cdn.jsdelivr.net';
const testLabels: DataFileName = 't10k-labels-idx1-ubyte';

const packed = (file: DataFileName): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(mnistFolder(), `${file}.gz`)));
const fileOf = (url: string): DataFileName => {
  const found = downloadOrder.find((file) => url.endsWith(`/${file}.gz`));
  if (found === undefined) throw new Error(`unexpected address ${url}`);
  return found;
};
const good = (url: string): Response => new Response(packed(fileOf(url)));
const page = (): Response =>
  new Response('<!doctype html><title>App</title>', { headers: { 'content-type': 'text/html' } });
const missing = (): Response => new Response('not here', { status: 404 });

class MapStore implements DataStore {
  readonly files = new Map<DataFileName, Uint8Array<ArrayBuffer>>();
  get = async (file: DataFileName) => this.files.get(file);
  put = async (file: DataFileName, bytes: Uint8Array): Promise<void> => {
    this.files.set(file, new Uint8Array(bytes));
  };
  clear = async () => this.files.clear();
  static full(): MapStore {
    const store = new MapStore();
    for (const file of downloadOrder) store.files.set(file, packed(file));
    return store;
  }
}

type Answer = (url: string, signal: AbortSignal | null | undefined) => Response | Promise<Response>;

/** Loads with the site and the mirror answering as given, and writes down what was told and asked. */
function load(site: Answer, mirror: Answer, more: Partial<LoadOptions> = {}) {
  const asked: string[] = [];
  const skipped: { rung: DataRung; reason: string }[] = [];
  const shares: number[] = [];
  const result = loadData({
    baseUrl: 'https://school.example/app/',
    signal: new AbortController().signal,
    seed: 1,
    store: null,
    patience: { firstByteMs: 150, stallMs: 150 },
    fetch: async (input, init) => {
      const url = String(input instanceof Request ? input.url : input);
      asked.push(url);
      return (url.includes(mirrorHost) ? mirror : site)(url, init?.signal);
    },
    callbacks: {
      onProgress: ({ loadedBytes, totalBytes }) => void shares.push(loadedBytes / totalBytes),
      onSkipped: (told) => void skipped.push(told),
    },
    ...more,
  });
  return { result, asked, skipped, shares };
}

test('takes the kept copy first and asks nobody', async () => {
  const { result, asked, skipped } = load(good, good, { store: MapStore.full() });
  const data = await result;
  expect([data.rung, data.train.labels.length, data.test.labels.length]).toEqual(['cache', 60_000, 10_000]);
  expect([asked, skipped]).toEqual([[], []]);
});

test('takes the site, tells growing progress up to the whole, and keeps the files for the next time', async () => {
  const store = new MapStore();
  const { result, asked, skipped, shares } = load(good, missing, { store });
  expect((await result).rung).toBe('site');
  expect(asked).toEqual(downloadOrder.map((file) => `https://school.example/app/data/mnist/${file}.gz`));
  expect(skipped.map(({ rung }) => rung)).toEqual(['cache']);
  expect(shares.at(-1)).toBe(1);
  expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  expect(store.files.size).toBe(4);
  expect((await load(missing, missing, { store }).result).rung).toBe('cache');
});

test('takes files that arrive already inflated', async () => {
  const inflated: Answer = (url) => {
    const headers = { 'content-encoding': 'gzip', 'content-length': '77' };
    return new Response(new Uint8Array(gunzipSync(packed(fileOf(url)))), { headers });
  };
  const { result, shares } = load(inflated, missing);
  expect((await result).rung).toBe('site');
  expect(shares.at(-1)).toBe(1);
});

/** A site's failure that only costs one rung: what it answers, and what must be told about it. */
const siteFailures: readonly (readonly [name: string, site: Answer, reason: RegExp])[] = [
  ['404', missing, /^This site did not give t10k-labels-idx1-ubyte\.gz\. Received status=404\.$/],
  ['a web page with status 200', page, /^This site answered with a web page instead of t10k-labels-idx1-ubyte\.gz/],
  ['an empty answer', () => new Response(''), /did not send .* first bytes nothing: the file is empty/],
  ['no network', () => Promise.reject(new TypeError('Failed to fetch')), /could not be reached.*Failed to fetch/],
  [
    'another file of the same size',
    changedLabel,
    /it is not MNIST's test labels: SHA-256 must be ff7bcfd4…\. Received/,
  ],
  [
    'a file of another size',
    (url) => good(url.replace('train', 't10k')),
    /^This site sent train-labels-idx1-ubyte\.gz, but it is another file: holds 10,008 bytes, expected 60,008\.$/,
  ],
  ['a cut file', (url) => new Response(packed(fileOf(url)).slice(0, -1000)), /it is a .*cut short/],
  ['silence', () => new Promise(() => undefined), /^This site was silent for too long/],
  ['silence after the first bytes', stalled, /^This site was silent for too long/],
  ['a body without end', endless, /^This site sent more than t10k-labels-idx1-ubyte\.gz can hold/],
];

function changedLabel(url: string): Response {
  const plain = gunzipSync(packed(fileOf(url)));
  plain[8] = plain[8] === 7 ? 1 : 7;
  return new Response(new Uint8Array(gzipSync(plain)));
}

function stalled(url: string): Response {
  return new Response(new ReadableStream({ start: (body) => body.enqueue(packed(fileOf(url)).slice(0, 100)) }));
}

function endless(): Response {
  let sentBytes = 0;
  const pull = (body: ReadableStreamDefaultController<Uint8Array>): void => {
    sentBytes += 4096;
    if (sentBytes > 2 ** 20) throw new Error('read far past the limit');
    body.enqueue(new Uint8Array([0x1f, 0x8b, ...new Uint8Array(4094)]));
  };
  return new Response(new ReadableStream({ pull }));
}

for (const [name, site, reason] of siteFailures) {
  test(`goes on to the mirror after ${name}`, async () => {
    const store = new MapStore();
    const { result, skipped } = load(site, good, { store, startAt: 'site' });
    expect((await result).rung).toBe('mirror');
    expect(skipped).toHaveLength(1);
    expect(skipped[0]?.rung).toBe('site');
    expect(skipped[0]?.reason).toMatch(reason);
    expect(store.files.get(testLabels)).toEqual(packed(testLabels));
  });
}

test('generates digits when nothing else is left, having told of every rung', async () => {
  const { result, skipped, asked, shares } = load(missing, page, { store: new MapStore() });
  const data = await result;
  expect([data.rung, data.train.shape, data.test.shape]).toEqual([
    'generated',
    [12_000, 28, 28, 1],
    [2_000, 28, 28, 1],
  ]);
  expect(skipped.map(({ rung }) => rung)).toEqual(['cache', 'site', 'mirror']);
  expect(skipped[2]?.reason).toMatch(/^cdn\.jsdelivr\.net answered with a web page/);
  expect(asked[1]).toBe('https://cdn.jsdelivr.net/gh/fgnt/mnist/t10k-labels-idx1-ubyte.gz');
  expect(shares.at(-1)).toBe(1);
});

test('removes a damaged copy and goes on', async () => {
  const store = MapStore.full();
  store.files.set(testLabels, packed('t10k-images-idx3-ubyte').slice(0, 5000));
  const { result, skipped } = load(good, missing, { store });
  expect((await result).rung).toBe('site');
  expect(skipped[0]?.reason).toMatch(/^The copy kept in this browser is unusable and was removed/);
  expect(store.files.get(testLabels)).toEqual(packed(testLabels));
});

test('is content without a place to keep the data', async () => {
  const store = new MapStore();
  store.put = async (file, bytes) => {
    if (file === 'train-images-idx3-ubyte') throw new DOMException('full', 'QuotaExceededError');
    store.files.set(file, new Uint8Array(bytes));
  };
  expect((await load(good, missing, { store }).result).rung).toBe('site');
  expect(store.files.size).toBe(0);
  const { result, skipped } = load(good, missing, { store: null });
  expect((await result).rung).toBe('site');
  expect(skipped[0]?.reason).toBe('This browser lends the page no place to keep data.');
});

test('starts at the rung named, and only at one that can be climbed', async () => {
  const { result, asked } = load(good, missing, { startAt: 'mirror', store: MapStore.full() });
  expect((await result).rung).toBe('generated');
  expect(asked.every((url) => url.includes(mirrorHost))).toBe(true);
  await expect(load(good, good, { startAt: 'files' }).result).rejects.toMatchObject({ code: 'badArgument' });
});

test('cancelling within a download rejects, closes the connection and keeps nothing', async () => {
  const controller = new AbortController();
  const store = new MapStore();
  let connection: AbortSignal | null | undefined;
  const site: Answer = (url, signal) => {
    connection = signal;
    if (fileOf(url) !== 't10k-images-idx3-ubyte') return good(url);
    setTimeout(() => controller.abort('a reason of its own'), 20);
    return stalled(url);
  };
  const { result, skipped } = load(site, good, { signal: controller.signal, store, startAt: 'site' });
  await expect(result).rejects.toMatchObject({ name: 'AbortError' });
  expect(connection?.aborted).toBe(true);
  expect([skipped.length, store.files.size]).toEqual([0, 0]);
});

test('cancelling while keeping takes back what was kept', async () => {
  const controller = new AbortController();
  const store = new MapStore();
  store.put = async (file, bytes) => {
    store.files.set(file, new Uint8Array(bytes));
    if (store.files.size === 2) controller.abort();
  };
  await expect(load(good, good, { signal: controller.signal, store }).result).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(store.files.size).toBe(0);
});

test('cancelling before the start or among the generated digits rejects', async () => {
  const early = load(good, good, { signal: AbortSignal.abort() });
  await expect(early.result).rejects.toMatchObject({ name: 'AbortError' });
  expect(early.asked).toEqual([]);
  const controller = new AbortController();
  const late = load(good, good, { signal: controller.signal, startAt: 'generated' });
  setTimeout(() => controller.abort(), 50);
  await expect(late.result).rejects.toMatchObject({ name: 'AbortError' });
  expect(late.shares.at(-1)).toBeLessThan(0.8);
});
