/** Where the specs that train on real digits find MNIST's four .gz files. It does not open them. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

function folderCandidates(): string[] {
  const named = process.env['RECEPTIVE_MNIST'];
  if (named !== undefined && named !== '') return [resolve(named)];
  return [join(root, '../shared/data/mnist'), join(root, 'public/data/mnist')];
}

/** The folder with MNIST, or undefined when this machine has none. */
export function findMnistFolder(): string | undefined {
  return folderCandidates().find((folder) => existsSync(join(folder, 'train-images-idx3-ubyte.gz')));
}

/**
 * The folder with MNIST.
 * @throws Error when there is none, with what to do about it: a spec that needs real digits fails and is never skipped.
 */
export function mnistFolder(): string {
  const folder = findMnistFolder();
  if (folder === undefined) {
    throw new Error(
      `MNIST: its four .gz files must be on this machine. Received none in ${folderCandidates().join(', ')}. ` +
        'Run `npm run data`, or name their folder in RECEPTIVE_MNIST.',
    );
  }
  return folder;
}
