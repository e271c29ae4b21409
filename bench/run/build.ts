/** Builds one page for each peer with Vite, as a person who ships it would, and weighs what a browser loads of it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import type { PeerId } from '../results-file.ts';

const benchFolder = join(import.meta.dirname, '..');
const buildsFolder = join(benchFolder, '../.cache/bench');

/** Where a peer's built page lies. */
export interface BuiltPeer {
  readonly peer: PeerId;
  readonly folder: string;
  /** Paths under `folder` that belong to the benchmark and not to the peer. */
  readonly ownPaths: readonly string[];
}

/**
 * TensorFlow.js hands its WebAssembly threads the text of a function that asks with `typeof` for a variable outside of it;
 * a compressor, which sees the variable, leaves the question out, and every thread fails.
 */
const minifyFor = (peer: PeerId): true | { compress: false } => (peer === 'tfjs-wasm' ? { compress: false } : true);

/** Builds the page of `peer`; its trainer is a chunk of its own that the page imports when it is told to. */
export async function buildPeer(peer: PeerId): Promise<BuiltPeer> {
  const folder = join(buildsFolder, peer);
  await build({
    root: join(benchFolder, 'page'),
    configFile: false,
    logLevel: 'error',
    base: './',
    resolve: { alias: { '#peer': join(benchFolder, 'peers', `${peer}.ts`) } },
    worker: { format: 'es' },
    build: {
      target: 'es2022',
      outDir: folder,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1e5,
      rolldownOptions: { output: { entryFileNames: 'own/[name].js', minify: minifyFor(peer) } },
    },
  });
  return { peer, folder, ownPaths: readdirSync(join(folder, 'own')).map((name) => `own/${name}`) };
}

/** Gzipped bytes of the files at `paths` under the peer's folder. */
export function weigh({ folder }: BuiltPeer, paths: Iterable<string>): number {
  return [...paths].reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path)), { level: 9 }).length, 0);
}
