/**
 * `npm run bench`: trains the same networks with Receptive and with the other trainers that run in a browser, in turns, and
 * prints how they compare. Options: see bench/run/options.ts, or give a wrong one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, giveUp, root } from './lib/install.mjs';

const folder = join(root, 'bench');

/** The peers' packages, which the app does without. */
function isInstalled() {
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
  const present = packagesOf(record);
  return Object.entries(packagesOf(join(folder, 'package-lock.json'))).every(
    ([path, { version }]) => path === '' || present[path]?.version === version,
  );
}

ensureInstalled();
if (!isInstalled()) {
  console.log('Installing the trainers to compare with into bench/node_modules (once) …');
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', words, {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    // npm is a .cmd file on Windows, which only a shell can start.
    shell: process.platform === 'win32',
  });
  if (status !== 0) giveUp('npm ci failed in bench/; its own message stands above.');
}

const { loadTypeScript } = await import('./lib/typescript.mjs');
const { runBenchmark } = await loadTypeScript('bench/run/main.ts');
try {
  process.exitCode = (await runBenchmark(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  giveUp(error.message);
}
