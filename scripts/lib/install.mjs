/** Makes a fresh clone runnable: judges the Node version and installs the locked packages. Uses Node alone. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const oldestNode = [20, 19];

/** Ends the process with a sentence, not a stack, when something outside the project is missing. */
export function giveUp(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

/** Whether Node `version` ("20.19.0") can run the project's tools. */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/** Whether what npm has noted in node_modules is what the lock file asks for; packages for other systems may be absent. */
function isInstallCurrent() {
  // npm writes this record when an install has finished, so half an install has none.
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const present = readPackages(record);
  return Object.entries(readPackages(join(root, 'package-lock.json'))).every(
    ([path, wanted]) => path === '' || wanted.optional || present[path]?.version === wanted.version,
  );
}

/** Installs exactly what package-lock.json names, unless that is what is there. */
export function ensureInstalled() {
  if (!isNodeNewEnough(process.versions.node)) {
    giveUp(
      `Receptive needs Node ${oldestNode.join('.')} or newer. Received Node ${process.versions.node}.\n` +
        'Install a current one from https://nodejs.org and run the command again.',
    );
  }
  if (isInstallCurrent()) return;
  console.log('Installing the packages named in package-lock.json (once; about a minute) …');
  const isWindows = process.platform === 'win32';
  const { status, error } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    // npm is a .cmd file on Windows, which only a shell can start.
    shell: isWindows,
  });
  if (error) giveUp(`npm could not be started: ${error.message}`);
  if (status !== 0) giveUp('npm ci failed; its own message stands above. A network is needed for the first install.');
}
