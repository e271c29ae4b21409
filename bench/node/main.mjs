/** `npm run bench:node`: what the bundle begins with. It gets the GPU; the rest is TypeScript. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadGpu } from '../../scripts/lib/gpu-in-node.mjs';
import { readOptions } from './options.ts';
import { runBenchmark } from './run.ts';

const here = import.meta.dirname;

/** The package `webgpu`: where one says, beside the bundle, or installed. */
function packageFolder(named) {
  if (named !== undefined) return named;
  const beside = join(here, 'webgpu');
  if (existsSync(join(beside, 'package.json'))) return beside;
  return dirname(createRequire(import.meta.url).resolve('webgpu/package.json'));
}

const options = readOptions(process.argv.slice(2), process.env);
const folder = packageFolder(options.webgpu);
// Dawn rounds timestamps to 65.5 µs, against pages that would spy by them.
const flags = ['disable-dawn-features=timestamp_quantization'];
if (options.adapter !== undefined) flags.push(`adapter=${options.adapter}`);
const gpu = await loadGpu({ flags, folder });
// Dawn's instance dies with the last that holds it, whatever its device is doing.
globalThis.dawnInstance = gpu;
const isGood = await runBenchmark(gpu, options, {
  webgpuVersion: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version,
  // Written in by the bundler: a machine that runs the bundle may have no repository.
  revision: bundledRevision,
  resultsFolder: process.env.RECEPTIVE_RESULTS ?? process.cwd(),
  print: (line) => console.log(line),
});
// While it is held, it keeps the process alive.
process.exit(isGood ? 0 : 1);
