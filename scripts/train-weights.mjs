/**
 * Trains the lecture's network with this project's engine on real MNIST, in a browser, as a person would in the app:
 * `npm run weights -- [--epochs 5] [--seed 1] [--browser chromium|firefox] [--precision float32|mixedFloat16]
 * [--out public/weights/lecture-cnn.safetensors]`.
 * Prints the test accuracy after each epoch; with --out the weights are written, as the app ships them.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, giveUp, root } from './lib/install.mjs';

ensureInstalled();
const { createServer } = await import('vite');
const { loadTypeScript } = await import('./lib/typescript.mjs');
const { mnistFolder } = await loadTypeScript('e2e/support/mnist.ts');

const { values: options } = parseArgs({
  options: {
    epochs: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    browser: { type: 'string', default: 'chromium' },
    precision: { type: 'string', default: 'float32' },
    out: { type: 'string' },
  },
});
/** How often a run is asked whether it has ended: an answer that takes an hour would be taken for none. */
const askEveryMs = 2000;

/** A page to train in, and what ends its browser. */
async function openPage(browser) {
  if (browser === 'firefox') {
    const { chosenFirefox, launchFirefox } = await loadTypeScript('e2e/support/firefox.ts');
    return launchFirefox(chosenFirefox());
  }
  if (browser !== 'chromium') giveUp(`--browser must be chromium or firefox. Received ${browser}.`);
  const { chosenLaunchOptions } = await loadTypeScript('e2e/support/browser.ts');
  const launchOptions = chosenLaunchOptions();
  if (!launchOptions) giveUp('There must be a Chromium with WebGPU; `npm test` finds or installs one.');
  const { chromium } = await import('playwright');
  const opened = await chromium.launch(launchOptions);
  return { page: await opened.newPage(), close: () => opened.close() };
}

const folder = mnistFolder();
const server = await createServer({
  root,
  mode: 'test',
  logLevel: 'error',
  // Nothing may reload the page while it trains, whatever happens to the files meanwhile.
  server: { port: 0, host: 'localhost', hmr: false, ws: false, watch: null },
  plugins: [
    {
      name: 'mnist-files',
      configureServer({ middlewares }) {
        middlewares.use('/mnist-files/', (request, response) => {
          response.setHeader('content-type', 'application/octet-stream');
          response.end(readFileSync(join(folder, request.url?.replace(/[^\w.-]/g, '') ?? '')));
        });
      },
    },
  ],
});
await server.listen();
const { page, close } = await openPage(options.browser);
try {
  page.on('console', (message) => console.log(message.text()));
  const { port } = server.httpServer.address();
  await page.goto(`http://localhost:${port}/e2e/engine/engine-page.html`);
  await page.evaluate(
    async ({ epochs, seed, precision }) => {
      const { trainLecture } = await import('/scripts/lib/train-lecture.ts');
      globalThis.lectureRun = trainLecture(epochs, seed, precision).then(
        (bytes) => ({ bytes }),
        (error) => ({ failure: String(error) }),
      );
    },
    { epochs: Number(options.epochs), seed: Number(options.seed), precision: options.precision },
  );
  let result;
  while (!result) {
    result = await page.evaluate(
      (waitMs) => Promise.race([globalThis.lectureRun, new Promise((resolve) => setTimeout(resolve, waitMs))]),
      askEveryMs,
    );
  }
  if (result.failure) throw new Error(result.failure);
  if (options.out) {
    const path = join(root, options.out);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.from(result.bytes, 'base64'));
    console.log(`Written: ${options.out}`);
  }
} finally {
  await close();
  await server.close();
}
