/**
 * Which Chromium the specs run in and how it is started so that WebGPU works, with or without a graphics card. It knows
 * places and flags; whether one of them really gives an adapter is judged in webgpu-check.ts.
 */
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type LaunchOptions } from 'playwright';

/** `software` computes on SwiftShader, the same on every machine; `hardware` takes what the machine has. */
export type GpuKind = 'software' | 'hardware';

const always = [
  '--enable-unsafe-webgpu',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// With fewer of these a WebGPU canvas ends the GPU process of a headless Chromium.
const software = [
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
  '--use-webgpu-adapter=swiftshader',
];

// Elsewhere Chromium reaches WebGPU through the system's own interface.
const hardware = process.platform === 'linux' ? ['--enable-features=Vulkan', '--use-angle=vulkan'] : [];

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

function windowsPlaces(): string[] {
  const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
  return folders.flatMap((folder) => windowsPrograms.map((program) => join(folder, program)));
}

function commandsOnPath(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)));
}

/** The Chromiums of this machine, best first: the one named by RECEPTIVE_CHROMIUM, the system's, Playwright's own. */
export function chromiumCandidates(): string[] {
  const places = [
    ...commandsOnPath(),
    ...(process.platform === 'darwin' ? macApplications : []),
    ...(process.platform === 'win32' ? windowsPlaces() : []),
    chromium.executablePath(),
  ];
  const existing = places.filter((place) => existsSync(place)).map((place) => realpathSync(place));
  const named = process.env['RECEPTIVE_CHROMIUM'];
  return [...new Set(named === undefined || named === '' ? existing : [named, ...existing])];
}

/** How Playwright starts `executablePath` headless with WebGPU. */
export function launchOptions(executablePath: string, gpu: GpuKind): LaunchOptions {
  return { executablePath, headless: true, args: [...always, ...(gpu === 'software' ? software : hardware)] };
}

/**
 * What the specs are run with: what `npm test` found and left in the environment, otherwise the first that exists.
 * Undefined where there is no Chromium; specs without a browser still run.
 */
export function chosenLaunchOptions(): LaunchOptions | undefined {
  const [executablePath] = chromiumCandidates();
  if (executablePath === undefined) return undefined;
  return launchOptions(executablePath, process.env['RECEPTIVE_GPU'] === 'hardware' ? 'hardware' : 'software');
}
