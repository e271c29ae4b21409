/** `npm run bench:report`: draws docs/performance.md and its pictures from the files in bench/results. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureInstalled, root } from './lib/install.mjs';

ensureInstalled();
const { loadTypeScript } = await import('./lib/typescript.mjs');
const { readResults } = await loadTypeScript('bench/report/read-results.ts');
const { drawPerformance } = await loadTypeScript('bench/report/performance.ts');

const files = readResults(join(root, 'bench/results'));
// Pictures of devices that are no longer there must go.
rmSync(join(root, 'docs/performance'), { recursive: true, force: true });
for (const [path, text] of drawPerformance(files)) {
  const target = join(root, 'docs', path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
console.log(`Drawn: docs/performance.md, from ${files.length} files of results.`);
