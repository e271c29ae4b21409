/**
 * The plan: write the bundle into a folder outside the project and run it there on the smallest case, as on a machine with
 * nothing else: the file it leaves must hold a trustworthy run, with every dispatch timed and the model's arithmetic shared out
 * among them. A word it does not know must end it with the usage.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'playwright/test';
import { readResults } from '../report/read-results.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'bench-node-'));
const bundle = join(folder, 'bench-node.mjs');
const webgpu = join(root, 'node_modules/webgpu');

test.beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'scripts/bench-node.mjs'), '--bundle', folder], { stdio: 'pipe' });
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...words: string[]) {
  const environment = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const options = { cwd: folder, encoding: 'utf8', env: environment, timeout: 110_000 } as const;
  return spawnSync(process.execPath, [bundle, '--webgpu', webgpu, ...words], options);
}

test('the bundle measures by itself', () => {
  const { status, stderr } = run('--suite', 'batches', '--batch', '16', '--rounds', '1', '--slice', '100');
  expect(status, stderr).toBe(0);
  const [results, ...others] = readResults(folder);
  expect(others).toEqual([]);
  expect(results?.failures).toEqual([]);
  expect(results?.data).toContain('generated');
  expect(results?.ceilings.fmaGflops.max).toBeGreaterThan(0);
  const [one] = results?.solo ?? [];
  if (one?.result.cannot !== undefined || !one) throw new Error('the case must have been measured.');
  expect(one).toMatchObject({ network: 'lecture', batchSize: 16 });
  expect(one.result.lossAfter).toBeLessThan(one.result.lossBefore);
  const { dispatches } = one.result;
  for (const { us, bytes } of dispatches) expect(us.min * bytes).toBeGreaterThan(0);
  const flops = dispatches.reduce((sum, dispatch) => sum + dispatch.flops, 0);
  expect(flops).toBeGreaterThan(2 * 2 * one.macsPerImage * one.batchSize);
});

test('a word it does not know ends it with the usage', () => {
  const { status, stderr } = run('--suit', 'lecture');
  expect(status).toBe(1);
  expect(stderr).toContain('--suite');
});
