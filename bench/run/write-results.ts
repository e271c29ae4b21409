/** Keeps a run's results as a file. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { ResultsFile } from '../results-file.ts';

const folder = join(import.meta.dirname, '../results');

/** `browser-google-swiftshader-2026-11-22T20-14.json`. */
function nameOf({ runner, adapter, startedAt }: ResultsFile): string {
  const device = [adapter.vendor, adapter.architecture].filter(Boolean).join('-') || 'unnamed';
  const words = `${runner}-${device}-${startedAt.slice(0, 16)}`;
  return `${words.replace(/[^\w-]+/g, '-')}.json`;
}

/** Five digits say more than the machine repeats. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
}

/** Writes the file and gives its path. */
export async function writeResults(results: ResultsFile, out: string | undefined): Promise<string> {
  const path = out === undefined ? join(folder, nameOf(results)) : resolve(out);
  const style = await resolveConfig(join(folder, 'results.json'));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, await format(JSON.stringify(results, rounded), { ...style, parser: 'json' }));
  return path;
}
