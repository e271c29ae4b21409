/**
 * The two servers the specs talk to: Vite's dev server for the engine's modules, and the built site under a sub-path, as
 * a project page on a static host has it. A run of pure specs alone starts neither.
 */
import type { PlaywrightTestConfig } from 'playwright/test';

type WebServer = Exclude<NonNullable<PlaywrightTestConfig['webServer']>, readonly unknown[]>;

const firstPort = Number(process.env['RECEPTIVE_PORT'] ?? 6173);
const sitePath = '/receptive/';

/** The dev server: every module of the project by its path, as in `import('/src/engine/index.ts')`. */
export const devServerUrl = `http://localhost:${firstPort}/`;

/** The built site. */
export const siteUrl = `http://localhost:${firstPort + 1}${sitePath}`;

const vite = 'node node_modules/vite/bin/vite.js';
const preview = `${vite} preview --base ${sitePath} --port ${firstPort + 1} --strictPort`;

const devServer: WebServer = {
  name: 'dev',
  command: `${vite} --mode test --port ${firstPort} --strictPort`,
  url: devServerUrl,
  reuseExistingServer: false,
};

const site: WebServer = {
  name: 'site',
  // `npm test` has just built it; any other run builds it first, so that no story is told about yesterday's page.
  command: process.env['RECEPTIVE_IS_BUILT'] === 'true' ? preview : `${vite} build --logLevel warn && ${preview}`,
  url: siteUrl,
  reuseExistingServer: false,
};

/** The projects named by `--project`, or undefined when the command line names none. */
function projectsAskedFor(words: readonly string[]): readonly string[] | undefined {
  const named = words.flatMap((word, index) => {
    if (word.startsWith('--project=')) return [word.slice('--project='.length)];
    return word === '--project' ? [words[index + 1] ?? ''] : [];
  });
  return named.length > 0 ? named : undefined;
}

/** The project whose specs a file filter such as `e2e/engine/conv2d` can only mean, or undefined. */
function projectOfFilter(filter: string): string | undefined {
  if (/^(?:\.\/)?(?:src|scripts|e2e\/house)\b/.test(filter)) return 'pure';
  return /^(?:\.\/)?e2e\/(engine|firefox|stories)\b/.exec(filter)?.[1];
}

/** The servers that the run started by this command line (without `node` and the script) needs. */
export function serversFor(words: readonly string[]): WebServer[] {
  const filters = words.filter((word) => !word.startsWith('-') && word !== 'test');
  const meant = filters.map(projectOfFilter);
  const projects =
    projectsAskedFor(words) ??
    (meant.length > 0 && meant.every((project) => project !== undefined)
      ? meant
      : ['pure', 'engine', 'firefox', 'stories']);
  const needsDevServer = projects.includes('engine') || projects.includes('firefox');
  return [...(needsDevServer ? [devServer] : []), ...(projects.includes('stories') ? [site] : [])];
}
