/** Where a run takes place, in words and numbers. */
import { execFileSync } from 'node:child_process';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { AdapterFacts, Machine } from '../results-file.ts';

/** The machine this process runs on. */
export function describeMachine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? '',
    cores: processors.length,
    memoryBytes: totalmem(),
    system: `${platform()} ${release()} ${arch()}`,
  };
}

/** The adapter's own words. */
export function describeAdapter({ info, features }: GPUAdapter): AdapterFacts {
  const { vendor, architecture, device, description } = info;
  return { vendor, architecture, device, description, features: [...features].sort() };
}

/** The project's commit, with `+` when files differ from it; empty outside a repository. */
export function revisionOf(folder: string): string {
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : '+'}`;
  } catch {
    return '';
  }
}
