/**
 * The plan: what stands in docs is, byte for byte, what the files in bench/results give, pictures too, and no picture more.
 * Before that, the comparison must notice a figure that changes, a device must have its section and its picture, and a run that
 * failed must leave no figure.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'playwright/test';
import type { SoloCase } from '../node/solo-result.ts';
import type { ResultsFile } from '../results-file.ts';
import { drawPerformance } from './performance.ts';
import { readResults } from './read-results.ts';

const root = resolve(import.meta.dirname, '../..');
const rate = (median: number) => ({ min: median, median, max: median, samples: [median] });

function made(trainImagesPerSecond: number, failures: readonly string[] = []): ResultsFile {
  const lecture: SoloCase = {
    ...{ suite: 'lecture', network: 'lecture', title: 'Lecture CNN', batchSize: 64, params: 10, macsPerImage: 1000 },
    result: {
      ...{ trainImagesPerSecond: rate(trainImagesPerSecond), inferImagesPerSecond: rate(9), msPerStep: rate(4) },
      ...{ firstStepMs: 5, ledgerBytes: 6, lossBefore: 2, lossAfter: 1, steps: 7 },
      dispatches: [{ label: 'conv2d_1 <forward>', us: rate(300), flops: 64_000, bytes: 4096 }],
    },
  };
  return {
    ...{ format: 'receptive-bench', version: 1, runner: 'node', revision: 'abc', rounds: 1, cases: [], failures },
    ...{ startedAt: '2026-01-31T10:00:00.000Z', finishedAt: '2026-01-31T11:00:00.000Z', solo: [lecture] },
    machine: { processor: 'Abacus', cores: 2, memoryBytes: 2 ** 30, system: 'beads' },
    adapter: { vendor: 'acme', architecture: 'wire', device: '', description: 'Ten rows', features: [] },
    runtime: { name: 'Node', version: '20.0.0', webgpu: 'webgpu 1.2.3' },
    ceilings: { fmaGflops: rate(1), copyGBps: rate(1), dispatchUs: rate(1) },
  };
}

const pageOf = (file: ResultsFile) => drawPerformance([file]).get('performance.md') ?? '';

test('control: a device has its section, its figures and its picture', () => {
  const drawn = drawPerformance([made(1234)]);
  const page = drawn.get('performance.md');
  for (const text of ['## acme, wire, Ten rows in a machine with Abacus', '1,234', 'roofline-acme-wire.svg']) {
    expect(page).toContain(text);
  }
  const picture = drawn.get('performance/roofline-acme-wire.svg');
  expect(picture).toContain('conv2d_1 &lt;forward&gt;');
  expect(picture).not.toMatch(/NaN|Infinity|undefined/);
});

test('control: what the page costs stands there where it was measured', () => {
  const drawing = { engineImagesPerSecond: rate(500), pageImagesPerSecond: rate(470), cost: rate(0.06) };
  expect(pageOf({ ...made(1234), drawing })).toContain('| What the page costs | 6.0 % | 6.0 % | 6.0 % |');
  expect(pageOf(made(1234))).not.toContain('What the page costs');
});

test('control: another figure gives another page', () => {
  expect(pageOf(made(1234))).not.toBe(pageOf(made(1235)));
  expect(pageOf(made(1234))).toBe(pageOf(made(1234)));
});

test('control: a failed run leaves no figure', () => {
  expect(pageOf(made(1234, ['the loss rose']))).not.toContain('1,234');
});

test('docs/performance.md is what the files of results give', () => {
  const drawn = drawPerformance(readResults(join(root, 'bench/results')));
  for (const [path, text] of drawn) {
    expect(readFileSync(join(root, 'docs', path), 'utf8'), `docs/${path}: run npm run bench:report`).toBe(text);
  }
  const folder = join(root, 'docs/performance');
  const pictures = existsSync(folder) ? readdirSync(folder).map((name) => `performance/${name}`) : [];
  expect(pictures.filter((path) => !drawn.has(path))).toEqual([]);
});
