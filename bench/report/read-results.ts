/** Files of results, from a folder. It draws nothing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultsFile } from '../results-file.ts';

/** Every file of results in the folder, the oldest first. @throws Error for a file that is none. */
export function readResults(folder: string): readonly ResultsFile[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const files = names.sort().map((name) => parseResults(readFileSync(join(folder, name), 'utf8'), name));
  return files.sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}

/** @throws Error when the text is not a file of results of this version. */
export function parseResults(text: string, name: string): ResultsFile {
  const parsed: unknown = JSON.parse(text);
  if (isResults(parsed)) return parsed;
  throw new Error(`${name}: must be a file of results, version 1. Received ${text.slice(0, 60)}…`);
}

/** The benchmarks write these files themselves, so their mark is believed. */
function isResults(value: unknown): value is ResultsFile {
  if (typeof value !== 'object' || value === null) return false;
  return 'format' in value && value.format === 'receptive-bench' && 'version' in value && value.version === 1;
}
