/*
 * Plan. The data layer in a real browser's worker, where its decoder, its Cache and its quota are the platform's own and
 * not the ones of Node. The layer alone is bundled and served, with the four files beside it, by a server of this
 * spec; other hosts are out of its worker's reach. Climb: the first time the site is taken, the second time the copy kept in the browser, with
 * the site gone. Then: a used-up quota leaves nothing kept and still gives the data; damaged, cut and lengthened gzip is
 * refused as in Node; a bomb ends early; 14,000 digits are generated in seconds and can be cancelled.
 */
import { expect, test } from 'playwright/test';
import type { Page } from 'playwright/test';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { basename, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { mnistFolder } from '../support/mnist.ts';

const source = resolve(import.meta.dirname, '../../src/data');

/** What the worker is asked, and answers. */
interface Ask {
  readonly load?: { readonly startAt?: string; readonly cancelAfterMs?: number };
  readonly inflate?: number[];
}
interface Answer {
  readonly rung?: string;
  readonly sizes?: number[];
  readonly skipped?: string[];
  readonly error?: string;
  readonly elapsedMs: number;
}

const workerCode = `
import { loadData } from '${source}/load-data.ts';
import { openIdxFile } from '${source}/open-file.ts';
onmessage = async ({ data: { load, inflate } }) => {
  const startMs = performance.now();
  const skipped = [];
  let answer;
  try {
    if (inflate) {
      const { bytes } = await openIdxFile(new Uint8Array(inflate));
      answer = { sizes: [bytes.length] };
    } else {
      const controller = new AbortController();
      if (load.cancelAfterMs) setTimeout(() => controller.abort(), load.cancelAfterMs);
      const callbacks = { onSkipped: ({ rung, reason }) => skipped.push(rung + ': ' + reason) };
      const data = await loadData({
        baseUrl: location.origin, startAt: load.startAt, signal: controller.signal, callbacks, seed: 1,
        fetch: (url, init) => (url.startsWith(location.origin) ? fetch(url, init) : Promise.reject(new Error('cut off'))),
      });
      answer = { rung: data.rung, sizes: [data.train.labels.length, data.test.labels.length] };
    }
  } catch (error) {
    answer = { error: (error.code || '') + ' ' + error.name + ' ' + error.message };
  }
  postMessage({ ...answer, skipped, elapsedMs: performance.now() - startMs });
};`;

async function bundleWorker(): Promise<string> {
  const entry = '\0data-worker';
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'data-worker',
        resolveId: (id) => (id === 'data-worker' ? entry : undefined),
        load: (id) => (id === entry ? workerCode : undefined),
      },
    ],
    build: { write: false, minify: false, rolldownOptions: { input: 'data-worker' } },
  });
  const output = (Array.isArray(result) ? result : [result]).flatMap((one) => ('output' in one ? one.output : []));
  const chunk = output.find((one) => one.type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error('data-worker: the bundle must have one chunk. Received none.');
  return chunk.code;
}

const site = { script: '', isUp: true };
let server: Server;
let address: string;

test.beforeAll(async () => {
  site.script = await bundleWorker();
  server = createServer((request, response) => {
    const path = request.url ?? '/';
    const send = (type: string, body: string | Buffer) => response.setHeader('content-type', type).end(body);
    if (path === '/') send('text/html', '<!doctype html><title>data</title>');
    else if (path === '/worker.js') send('text/javascript', site.script);
    else if (site.isUp && path.startsWith('/data/mnist/')) {
      send('application/octet-stream', readFileSync(join(mnistFolder(), basename(path))));
    } else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('server: must listen on a port. Received none.');
  address = `http://127.0.0.1:${bound.port}`;
});

test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Opens an empty page, each of whose questions is answered by a worker of its own. */
async function open(page: Page): Promise<(ask: Ask) => Promise<Answer>> {
  await page.goto(`${address}/`);
  return (ask) =>
    page.evaluate(
      (message) =>
        new Promise<Answer>((answered, failed) => {
          const worker = new Worker('/worker.js', { type: 'module' });
          worker.onmessage = ({ data }: MessageEvent<Answer>) => {
            worker.terminate();
            answered(data);
          };
          worker.onerror = ({ message: cause }) => failed(new Error(`worker: ${cause}`));
          worker.postMessage(message);
        }),
      ask,
    );
}

const mnistSizes = [60_000, 10_000];

test('the site is taken once, then the copy kept in the browser', async ({ page }) => {
  site.isUp = true;
  const ask = await open(page);
  expect(await ask({ load: {} })).toMatchObject({
    rung: 'site',
    sizes: mnistSizes,
    skipped: ['cache: This browser keeps no copy of the data yet.'],
  });
  site.isUp = false;
  expect(await ask({ load: {} })).toMatchObject({ rung: 'cache', sizes: mnistSizes, skipped: [] });
});

test('a used-up quota keeps nothing and costs nothing else', async ({ page }) => {
  site.isUp = true;
  const ask = await open(page);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: address, quotaSize: 3_000_000 });
  expect(await ask({ load: {} })).toMatchObject({ rung: 'site', sizes: mnistSizes });
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});

test('generated digits come when every place fails, within seconds, and can be cancelled', async ({ page }) => {
  site.isUp = false;
  const ask = await open(page);
  const { rung, sizes, skipped } = await ask({ load: {} });
  expect([rung, sizes]).toEqual(['generated', [12_000, 2_000]]);
  expect(skipped?.map((line) => line.split(':')[0])).toEqual(['cache', 'site', 'mirror']);
  const cancelled = await ask({ load: { startAt: 'generated', cancelAfterMs: 100 } });
  expect(cancelled.error).toMatch(/AbortError/);
  const { elapsedMs } = await ask({ load: { startAt: 'generated' } });
  test.info().annotations.push({ type: 'generated', description: `14,000 digits in ${Math.round(elapsedMs)} ms` });
  expect(elapsedMs).toBeLessThan(15_000);
});

test('wrong gzip is named as in Node, and a bomb ends early', async ({ page }) => {
  site.isUp = false;
  const ask = await open(page);
  const idx = Buffer.alloc(16 + 100 * 784);
  idx.set([0, 0, 8, 3, 0, 0, 0, 100, 0, 0, 0, 28, 0, 0, 0, 28]);
  for (let i = 16; i < idx.length; i++) idx[i] = (i * i * 31 + (i >> 3) * 17) & 255;
  const whole = gzipSync(idx);
  const inflate = (bytes: Buffer): Promise<Answer> => ask({ inflate: [...bytes] });
  expect((await inflate(whole)).sizes).toEqual([idx.length]);
  expect((await inflate(whole.subarray(0, -300))).error).toMatch(/^truncated .*cut short/);
  expect((await inflate(Buffer.concat([whole, Buffer.from('more')]))).error).toMatch(/^truncated .*followed by bytes/);
  const wrongSum = Buffer.from(whole);
  wrongSum.writeUInt32LE(wrongSum.readUInt32LE(whole.length - 8) ^ 1, whole.length - 8);
  expect((await inflate(wrongSum)).error).toMatch(/^damaged .*checksum/);
  const bomb = Buffer.alloc(300 * 2 ** 20);
  idx.copy(bomb, 0, 0, 16);
  const { error, elapsedMs } = await inflate(gzipSync(bomb, { level: 6 }));
  expect(error).toMatch(/^tooLarge /);
  expect(elapsedMs).toBeLessThan(1000);
});
