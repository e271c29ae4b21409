/**
 * `npm test`: everything that must hold, from a fresh clone: types, lint, format, build and every spec, in a Chromium and a
 * Firefox with WebGPU that it finds or installs. Further arguments go to Playwright: `npm test -- --grep conv2d`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root } from './lib/install.mjs';

/** Ends the run as a failed one, with the same last line as the specs' reporter. */
function fail(message) {
  console.error(`\n${message}`);
  console.log('\n0 passed, 1 failed');
  process.exit(1);
}

/** Runs a program to its end with its output shown; true when it succeeded. */
function run(command, words, environment = {}) {
  const { status } = spawnSync(command, words, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  return status === 0;
}

/** Runs a program of node_modules under this Node. */
function runTool(path, words, environment) {
  return run(process.execPath, [join(root, 'node_modules', path), ...words], environment);
}

/** Does one stage under its title and tells its time; a stage that gives false or throws ends the run. */
async function stage(title, work) {
  console.log(`\n── ${title}`);
  const start = performance.now();
  let isDone = false;
  try {
    isDone = (await work()) !== false;
  } catch (error) {
    console.error(error.message);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (!isDone) fail(`The stage "${title}" failed after ${seconds} s; what it says stands above.`);
  console.log(`   ${title}: done in ${seconds} s`);
}

/** Installs packages of the system, where that can be done without asking anybody. */
function systemPackages(...packages) {
  return {
    name: `the system's ${packages.join(' and ')}`,
    isPossible: () => process.platform === 'linux' && process.getuid() === 0 && existsSync('/usr/bin/apt-get'),
    install: () =>
      run('apt-get', ['update', '-qq']) &&
      run('apt-get', ['install', '-y', '-qq', ...packages], { DEBIAN_FRONTEND: 'noninteractive' }),
  };
}

/** Ways to get each browser where none works, cheapest first. Each is true when it may have put one in place. */
const chromiumInstallers = [
  {
    name: "Playwright's own Chromium",
    isPossible: () => true,
    install: () =>
      runTool('playwright/cli.js', ['install', 'chromium'], { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' }),
  },
  systemPackages('chromium'),
];
const firefoxInstallers = [systemPackages('firefox-esr', 'mesa-vulkan-drivers')];

/** What `find` gives, after installing what it needs. @throws with `advice` when it cannot be had. */
async function findOrInstall(browser, find, installers, advice) {
  const refuse = (reason) => console.log(`   passed over: ${reason}`);
  let found = await find(refuse);
  for (const { name, isPossible, install } of installers) {
    if (found || !isPossible()) continue;
    console.log(`   No ${browser} with WebGPU yet; installing ${name} …`);
    if (install()) found = await find(refuse);
  }
  if (found) return found;
  throw new Error(
    `No ${browser} with WebGPU was found on this machine, and none could be installed.\n${advice}, and run \`npm test\` again.`,
  );
}

/** Leaves in the environment which Chromium the specs start, and on which GPU. */
async function chooseChromium(find) {
  const advice = 'Install Chrome, Chromium or Edge 113 or newer, or name one in RECEPTIVE_CHROMIUM';
  const { executablePath, gpu, adapter } = await findOrInstall('Chromium', find, chromiumInstallers, advice);
  process.env.RECEPTIVE_CHROMIUM = executablePath;
  process.env.RECEPTIVE_GPU = gpu;
  console.log(`   ${executablePath}: WebGPU on ${adapter} (${gpu})`);
}

/** Leaves in the environment which Firefox the specs start, on the kind of GPU that Chromium was given. */
async function chooseFirefox(find) {
  const driver = process.platform === 'linux' ? ' and the Vulkan driver lavapipe (mesa-vulkan-drivers)' : '';
  const advice = `Install Firefox 141 or newer${driver}, or name one in RECEPTIVE_FIREFOX`;
  const { executablePath, adapter } = await findOrInstall('Firefox', find, firefoxInstallers, advice);
  process.env.RECEPTIVE_FIREFOX = executablePath;
  console.log(`   ${executablePath}: WebGPU on ${adapter} (${process.env.RECEPTIVE_GPU})`);
}

/** Fetches MNIST where this machine has none; without it the specs that train on real digits fail and say so. */
async function chooseData(findMnistFolder) {
  if (!findMnistFolder()) runTool('../scripts/data.mjs', []);
  console.log(`   ${findMnistFolder() ?? 'no MNIST: the specs that need it will fail'}`);
}

await stage('packages', ensureInstalled);
const { loadTypeScript } = await import('./lib/typescript.mjs');
const { findWorkingChromium } = await loadTypeScript('e2e/support/webgpu-check.ts');
const { findWorkingFirefox } = await loadTypeScript('e2e/support/firefox-check.ts');
const { findMnistFolder } = await loadTypeScript('e2e/support/mnist.ts');

await stage('Chromium', () => chooseChromium(findWorkingChromium));
await stage('Firefox', () => chooseFirefox(findWorkingFirefox));
await stage('data', () => chooseData(findMnistFolder));
await stage('types', () => runTool('typescript/bin/tsc', ['-p', '.']));
await stage('lint', () => runTool('eslint/bin/eslint.js', ['.', '--max-warnings', '0']));
await stage('format', () => runTool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']));
await stage('build', () => runTool('vite/bin/vite.js', ['build', '--logLevel', 'warn']));

console.log('\n── specs');
const arePassed = runTool('playwright/cli.js', ['test', ...process.argv.slice(2)], { RECEPTIVE_IS_BUILT: 'true' });
process.exit(arePassed ? 0 : 1);
