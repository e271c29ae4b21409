/**
 * `npm run bench:node`: Receptive alone, without a browser, on the GPU that there is. Bundles the benchmark with the engine
 * and its shaders into one file and runs it; with `--bundle FOLDER` it only writes that file, which needs nothing but Node
 * and the folder of the package `webgpu` (beside it, or named by `--webgpu` or RECEPTIVE_WEBGPU).
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureInstalled, giveUp, root } from './lib/install.mjs';

const words = process.argv.slice(2);
const at = words.indexOf('--bundle');
const bundleFolder = at < 0 ? undefined : words[at + 1];
if (at >= 0 && bundleFolder === undefined) giveUp('npm run bench:node: --bundle needs a folder.');

ensureInstalled();
const { build } = await import('vite');
const { loadTypeScript } = await import('./lib/typescript.mjs');
const { describeRevision } = await loadTypeScript('bench/run/machine.ts');
const outDir = bundleFolder === undefined ? join(root, 'node_modules/.bench-node') : resolve(bundleFolder);
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  define: { bundledRevision: JSON.stringify(describeRevision()) },
  // Whatever is not Node's own goes into the file, but what has native code or is only there on developers' machines.
  ssr: { noExternal: true, external: ['webgpu', 'playwright'] },
  build: {
    ssr: 'bench/node/main.mjs',
    outDir,
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'bench-node.mjs', codeSplitting: false } },
  },
});
const bundle = join(outDir, 'bench-node.mjs');
if (bundleFolder !== undefined) {
  console.log(`Written: ${bundle}. Run it with: node ${bundle} --webgpu <folder of the package webgpu>`);
} else {
  const data = process.env.RECEPTIVE_MNIST ?? join(root, '../shared/data/mnist');
  const child = spawn(process.execPath, [bundle, ...words], {
    stdio: 'inherit',
    env: {
      ...process.env,
      RECEPTIVE_RESULTS: join(root, 'bench/results'),
      ...(existsSync(data) && { RECEPTIVE_MNIST: data }),
    },
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}
