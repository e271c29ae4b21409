/**
 * Which Firefox the specs run in and how it is started so that WebGPU works, with or without a graphics card: the second
 * WGSL compiler (naga) on a second driver (Mesa's lavapipe). Playwright drives only a Firefox of its own making, so this
 * one is driven by Puppeteer over WebDriver BiDi. Whether it really gives an adapter is judged in firefox-check.ts.
 */
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import puppeteer, { type Page } from 'puppeteer-core';

/** Without the first there is no navigator.gpu, without the second no adapter on a software driver. */
const preferences = { 'dom.webgpu.enabled': true, 'gfx.webgpu.ignore-blocklist': true };

/** Longer than the slowest row of the table on two busy cores. */
const answerTimeoutMs = 300_000;

const commands = ['firefox-esr', 'firefox', 'firefox.exe'];
const driverFolders = ['/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/etc/vulkan/icd.d'];

function places(): string[] {
  const installs = ['PROGRAMFILES', 'PROGRAMFILES(X86)'].flatMap((name) => process.env[name] ?? []);
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [
    ...commands.flatMap((command) => folders.map((folder) => join(folder, command))),
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    ...installs.map((folder) => join(folder, 'Mozilla Firefox', 'firefox.exe')),
  ];
}

/** The Firefoxes of this machine, best first: the one named by RECEPTIVE_FIREFOX, then the system's. */
export function firefoxCandidates(): string[] {
  const existing = places().filter((place) => existsSync(place));
  const named = process.env['RECEPTIVE_FIREFOX'];
  const all = named === undefined || named === '' ? existing : [named, ...existing];
  const programs = all.map((place) => (existsSync(place) ? realpathSync(place) : place));
  // One program often has several names on the PATH.
  return all.filter((_, index) => programs.indexOf(programs[index] ?? '') === index);
}

/** Where Mesa's lavapipe tells Vulkan's loader of itself; undefined where it is not installed. */
export function lavapipeDriver(): string | undefined {
  return driverFolders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .find((path) => /\/lvp_icd[^/]*\.json$/.test(path));
}

/** The driver Firefox is to compute on: lavapipe on Linux, unless RECEPTIVE_GPU asks for the hardware. */
function driverEnvironment(): Record<string, string> {
  if (process.platform !== 'linux' || process.env['RECEPTIVE_GPU'] === 'hardware') return {};
  const driver = lavapipeDriver();
  if (driver === undefined) {
    throw new Error(
      `firefox: Mesa's lavapipe must be on this machine. Received no lvp_icd*.json in ${driverFolders.join(', ')}. ` +
        'Install the package mesa-vulkan-drivers.',
    );
  }
  return { VK_ICD_FILENAMES: driver };
}

/** A running Firefox with one page. */
export interface FirefoxPage {
  readonly page: Page;
  /** Ends the browser and removes what it wrote. */
  readonly close: () => Promise<void>;
}

/** Starts the Firefox named, headless, in a home of its own. @throws when it does not start or has no driver. */
export async function launchFirefox(executablePath: string, timeout = 60_000): Promise<FirefoxPage> {
  const driver = driverEnvironment();
  const home = mkdtempSync(join(tmpdir(), 'receptive-firefox-'));
  const forget = () => rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  try {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath,
      headless: true,
      timeout,
      protocolTimeout: answerTimeoutMs,
      extraPrefsFirefox: preferences,
      env: { ...process.env, ...driver, HOME: home },
    });
    const page = await browser.newPage();
    return { page, close: () => browser.close().finally(forget) };
  } catch (error) {
    forget();
    throw error;
  }
}

/** What the specs are run with: what `npm test` found, otherwise the first that exists. @throws when there is none. */
export function chosenFirefox(): string {
  const [executablePath] = firefoxCandidates();
  if (executablePath === undefined) {
    throw new Error(
      `firefox: a Firefox with WebGPU must be on this machine. Received none of ${commands.join(', ')} on the PATH. ` +
        'Install the package firefox-esr, or name one in RECEPTIVE_FIREFOX.',
    );
  }
  return executablePath;
}
