/**
 * The engine in plain Node: its TypeScript through Vite's module loader, its GPU from the npm package `webgpu` (Dawn).
 * For benchmarks and checks without a browser; the engine itself knows nothing of it.
 *
 * The package's native library is part of its tarball, so it works after an install without scripts: its postinstall only
 * lifts macOS's quarantine mark, which npm's downloads do not carry.
 */
import { existsSync, readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { createServer } from 'vite';
import { root } from './install.mjs';

/** Folders where Linux systems keep the Chromium whose Vulkan loader and SwiftShader driver can be borrowed. */
const chromiumFolders = [
  '/usr/lib/chromium',
  '/usr/lib/chromium-browser',
  '/opt/google/chrome',
  '/opt/microsoft/msedge',
];

const driverFolders = ['/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/etc/vulkan/icd.d'];

function hasVulkanDriver() {
  if (process.platform !== 'linux') return true;
  return driverFolders.some(
    (folder) => existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.json')),
  );
}

async function swiftShaderFolder() {
  const { chromium } = await import('playwright');
  const named = process.env.RECEPTIVE_CHROMIUM ? [dirname(process.env.RECEPTIVE_CHROMIUM)] : [];
  const folders = [...named, ...chromiumFolders, dirname(chromium.executablePath())];
  return folders.find((folder) => existsSync(join(folder, 'vk_swiftshader_icd.json')));
}

/** Keeps a library in the process under its own name, where a later dlopen by that name finds it. */
function preload(path) {
  const keepLoaded = 0x1000; // RTLD_NODELETE of glibc and musl; Node has no name for it.
  try {
    process.dlopen({ exports: {} }, path, constants.dlopen.RTLD_NOW | keepLoaded);
  } catch {
    // Node always objects that it is no Node module, after having loaded it.
  }
}

/** Lends Dawn the software driver that comes with Chromium; false where there is none, or a driver was asked for. */
async function lendSwiftShader() {
  if (process.platform !== 'linux' || process.env.VK_ICD_FILENAMES) return false;
  const folder = await swiftShaderFolder();
  if (folder === undefined) return false;
  process.env.VK_ICD_FILENAMES = join(folder, 'vk_swiftshader_icd.json');
  const loader = join(folder, 'libvulkan.so.1');
  if (existsSync(loader)) preload(loader);
  return true;
}

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

/** WebGPU for Node, its constants and classes made global as in a page. */
export async function loadGpu() {
  if (!hasVulkanDriver()) await lendSwiftShader();
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const gpu = create([]);
  // A driver without a device behind it, or one that Dawn refuses (Mesa's lavapipe), gives no adapter.
  if ((await gpu.requestAdapter()) === null && (await lendSwiftShader())) return create([]);
  return gpu;
}

/** The engine's public face and the GPU to give to `createEngine({ gpu })`; `close` when done. */
export async function loadEngine() {
  const gpu = await loadGpu();
  const { module, close } = await loadModule('/src/engine/index.ts');
  return { engine: module, gpu, close };
}
