/**
 * Trains the lecture's network with this project's engine on real MNIST, in a browser, as a person would in the app:
 * `npm run weights -- [--epochs 5] [--seed 1] [--out public/weights/lecture-cnn.safetensors]`. Prints the test accuracy
 * after each epoch; with --out the weights are written, as the app ships them.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, giveUp, root } from './lib/install.mjs';

ensureInstalled();
const { chromium } = await import('playwright');
const { createServer } = await import('vite');
const { loadTypeScript } = await import('./lib/typescript.mjs');
const { chosenLaunchOptions } = await loadTypeScript('e2e/support/browser.ts');
const { mnistFolder } = await loadTypeScript('e2e/support/mnist.ts');

const { values: options } = parseArgs({
  options: {
    epochs: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});
const launchOptions = chosenLaunchOptions();
if (!launchOptions) giveUp('There must be a Chromium with WebGPU; `npm test` finds or installs one.');

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
const browser = await chromium.launch(launchOptions);
try {
  const page = await browser.newPage();
  page.on('console', (message) => console.log(message.text()));
  const { port } = server.httpServer.address();
  await page.goto(`http://localhost:${port}/e2e/engine/engine-page.html`);
  const bytes = await page.evaluate(
    async ({ epochs, seed }) => {
      const { trainLecture } = await import('/scripts/lib/train-lecture.ts');
      return trainLecture(epochs, seed);
    },
    { epochs: Number(options.epochs), seed: Number(options.seed) },
  );
  if (options.out) {
    const path = join(root, options.out);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.from(bytes, 'base64'));
    console.log(`Written: ${options.out}`);
  }
} finally {
  await browser.close();
  await server.close();
}
