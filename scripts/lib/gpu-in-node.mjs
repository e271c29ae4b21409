/**
 * WebGPU in plain Node, from the npm package `webgpu` (Dawn), on the drivers there are or on a borrowed software one. It
 * knows nothing of the engine and needs no other package.
 *
 * The package's native library is part of its tarball, so it works after an install without scripts: its postinstall only
 * lifts macOS's quarantine mark, which npm's downloads do not carry.
 */
import { existsSync, readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Folders where Linux systems keep the Chromium whose Vulkan loader and SwiftShader driver can be borrowed. */
const chromiumFolders = [
  '/usr/lib/chromium',
  '/usr/lib/chromium-browser',
  '/opt/google/chrome',
  '/opt/microsoft/msedge',
];

const driverFolders = ['/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/etc/vulkan/icd.d'];

/** Whether the person has named a Vulkan driver. */
const isDriverNamed = () => Boolean(process.env.VK_ICD_FILENAMES || process.env.VK_DRIVER_FILES);

function hasVulkanDriver() {
  if (process.platform !== 'linux' || isDriverNamed()) return true;
  return driverFolders.some(
    (folder) => existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.json')),
  );
}

/** Where Playwright keeps its own Chromium; nowhere on machines without Playwright. */
async function playwrightFolders() {
  try {
    const { chromium } = await import('playwright');
    return [dirname(chromium.executablePath())];
  } catch {
    return [];
  }
}

async function swiftShaderFolder() {
  const named = process.env.RECEPTIVE_CHROMIUM ? [dirname(process.env.RECEPTIVE_CHROMIUM)] : [];
  const folders = [...named, ...chromiumFolders, ...(await playwrightFolders())];
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
  if (process.platform !== 'linux' || isDriverNamed()) return false;
  const folder = await swiftShaderFolder();
  if (folder === undefined) return false;
  process.env.VK_ICD_FILENAMES = join(folder, 'vk_swiftshader_icd.json');
  const loader = join(folder, 'libvulkan.so.1');
  if (existsSync(loader)) preload(loader);
  return true;
}

/**
 * WebGPU for Node, its constants and classes made global as in a page.
 * @param flags Dawn's: `adapter=Apple M1`, `backend=vulkan`, `disable-dawn-features=timestamp_quantization`.
 * @param folder the package `webgpu`, where it is not installed beside this file.
 */
export async function loadGpu({ flags = [], folder } = {}) {
  if (!hasVulkanDriver()) await lendSwiftShader();
  const { create, globals } = await import(
    /* @vite-ignore */ folder === undefined ? 'webgpu' : pathToFileURL(join(resolve(folder), 'index.js')).href
  );
  Object.assign(globalThis, globals);
  const gpu = create(flags);
  // A driver without a device behind it, or one that Dawn refuses (Mesa's lavapipe), gives no adapter.
  if ((await gpu.requestAdapter()) === null && (await lendSwiftShader())) return create(flags);
  return gpu;
}
