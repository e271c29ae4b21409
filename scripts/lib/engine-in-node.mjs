/**
 * The engine in plain Node: its TypeScript through Vite's module loader, its GPU from the npm package `webgpu` (Dawn).
 * For checks without a browser; the engine itself knows nothing of it.
 */
import { createServer } from 'vite';
import { loadGpu } from './gpu-in-node.mjs';
import { root } from './install.mjs';

export { loadGpu };

/** Loads any module of the project as the page would; `close` ends the loader. */
export async function loadModule(path) {
  const server = await createServer({
    root,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  return { module: await server.ssrLoadModule(path), close: () => server.close() };
}

/** The engine's public face and the GPU to give to `createEngine({ gpu })`; `close` when done. */
export async function loadEngine() {
  const gpu = await loadGpu();
  const { module, close } = await loadModule('/src/engine/index.ts');
  return { engine: module, gpu, close };
}
