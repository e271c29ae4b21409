/** Runs a TypeScript file of the project in plain Node, through Vite's module runner. Needs the packages installed. */
import { runnerImport } from 'vite';
import { root } from './install.mjs';

/** The module at `path` (from the project's folder), with everything that it imports. */
export async function loadTypeScript(path) {
  const { module } = await runnerImport(`/${path}`, { root, configFile: false, logLevel: 'error' });
  return module;
}
