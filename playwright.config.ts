/**
 * The specs' four kinds: pure ones in Node, the engine on a real WebGPU device, the engine once more in Firefox, and stories
 * on the built site.
 */
import { defineConfig } from 'playwright/test';
import { chosenLaunchOptions } from './e2e/support/browser.ts';
import { findMnistFolder } from './e2e/support/mnist.ts';
import { devServerUrl, serversFor, siteUrl } from './e2e/support/servers.ts';

// The servers and the specs' own processes inherit it.
const mnist = findMnistFolder();
if (mnist !== undefined) process.env['RECEPTIVE_MNIST'] = mnist;

const launchOptions = chosenLaunchOptions();

/** In a run of everything the stories come last: pages train at a person's pace when no engine spec stands beside them. */
const isWholeRun = process.argv.slice(2).join(' ') === 'test';

export default defineConfig({
  // Two files at a time: they share one GPU, which may be a CPU. Most of their time is compilation, which is not parallel.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: './e2e/support/plain-reporter.ts',
  outputDir: 'test-results',
  webServer: serversFor(process.argv.slice(2)),
  use: {
    screenshot: 'only-on-failure',
    ...(launchOptions && { launchOptions }),
  },
  projects: [
    // Started in this order: Firefox's specs, one at a time, beside the engine's, which are many and small.
    // Driven by Puppeteer (e2e/support/firefox.ts); Playwright runs its specs and starts no browser for them.
    { name: 'firefox', workers: 1, testDir: 'e2e/firefox', timeout: 300_000 },
    { name: 'engine', testDir: 'e2e/engine', use: { baseURL: devServerUrl } },
    {
      name: 'pure',
      testDir: '.',
      testMatch: [
        'src/**/*.spec.ts',
        'scripts/**/*.spec.ts',
        'bench/{node,report,run}/**/*.spec.ts',
        'e2e/house/**/*.spec.ts',
      ],
    },
    {
      name: 'stories',
      testDir: 'e2e/stories',
      use: { baseURL: siteUrl, viewport: { width: 1440, height: 900 } },
      dependencies: isWholeRun ? ['pure', 'engine', 'firefox'] : [],
    },
  ],
});
