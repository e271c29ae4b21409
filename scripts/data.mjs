/**
 * `npm run data [folder]`: keeps a copy of MNIST in public/data/mnist, so that the app serves it itself. The files come
 * from the folder given (or named by RECEPTIVE_MNIST), otherwise from the mirror.
 */
import { join, resolve } from 'node:path';
import { ensureInstalled, giveUp, root } from './lib/install.mjs';

ensureInstalled();
const { loadTypeScript } = await import('./lib/typescript.mjs');
const { fetchMnist } = await loadTypeScript('scripts/lib/fetch-mnist.ts');

const named = process.argv[2] ?? process.env.RECEPTIVE_MNIST;
const source = named === undefined ? undefined : resolve(named);
const target = join(root, 'public/data/mnist');

/** On a terminal a file's progress stays on its line; elsewhere only finished files are told. */
function tell(line, isLast) {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[2K${line}${isLast ? '\n' : ''}`);
  else if (isLast) console.log(line);
}

try {
  await fetchMnist(target, source, tell);
  console.log(`MNIST stands in ${target}.`);
} catch (error) {
  giveUp(
    `MNIST could not be put into ${target}.\n${error.message}\n` +
      'Give a folder that holds the four .gz files (npm run data -- <folder>), or try again with a network.',
  );
}
