/** What the machine and the project say of themselves. */
import { spawnSync } from 'node:child_process';
import { cpus, release, totalmem, type as systemType } from 'node:os';
import type { Machine } from '../results-file.ts';

/** The machine this process runs on. */
export function describeMachine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    system: `${systemType()} ${release()} ${process.arch}`,
  };
}

/** The commit, with `+` where files differ from it; empty outside a repository. */
export function describeRevision(): string {
  const git = (...words: string[]) => spawnSync('git', words, { cwd: import.meta.dirname, encoding: 'utf8' });
  const head = git('rev-parse', '--short', 'HEAD');
  if (head.status !== 0) return '';
  const changes = git('status', '--porcelain').stdout.trim();
  return `${head.stdout.trim()}${changes === '' ? '' : '+'}`;
}
