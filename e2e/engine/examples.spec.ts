/** Plan: the two examples of docs/engine.md run as they stand, in Node and in a page, and learn what they set out to. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'playwright/test';
import { devServerUrl } from '../support/servers.ts';

test('the example for Node learns rows from columns', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['docs/examples/train-in-node.mjs']);
  expect(stdout).toContain('epoch 8: loss');
  expect(Number(/accuracy ([\d.]+)\n$/.exec(stdout)?.[1])).toBeGreaterThan(0.95);
});

test('the example for the browser learns squares from rings', async ({ page }) => {
  await page.goto(new URL('docs/examples/train-in-browser.html', devServerUrl).href);
  const log = page.getByRole('log');
  await expect(log).toContainText(/\naccuracy /, { timeout: 60_000 });
  expect(Number(/accuracy ([\d.]+)/.exec((await log.textContent()) ?? '')?.[1])).toBeGreaterThan(0.95);
  await expect(log).toContainText('skip: 12×12×8, 0');
});
