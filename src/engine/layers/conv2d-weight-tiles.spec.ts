/*
 * Plan. A table of the parts in which a weight gradient sums the batch: as many as keep the machine busy and, on a CPU, its
 * cache warm, no more than the batch has examples.
 */
import { expect, test } from 'playwright/test';
import { partsFor } from './conv2d-weight-tiles.ts';
import type { Target } from './op.ts';

const targetOf = (isSoftware: boolean, batch: number): Target => ({
  ...{ batchSize: batch, tunedBatchSize: batch, element: 'f32', isSoftware, hasQuads: false, choices: new Map() },
});

type PartsRow = readonly [isSoftware: boolean, batch: number, invocations: number, cells: number, parts: number];
const parts: readonly PartsRow[] = [
  [true, 64, 256, 1, 1],
  [true, 64, 255, 1, 2],
  [true, 64, 1, 1, 64],
  [true, 48, 1, 1, 32],
  [true, 64, 256, 2048, 1],
  [true, 64, 256, 2049, 2],
  [true, 64, 256, 1e9, 64],
  [false, 64, 8192, 1e9, 1],
  [false, 64, 100, 1, 64],
  [false, 1, 1, 1, 1],
];
for (const [isSoftware, batch, invocations, cells, expected] of parts) {
  test(`${expected} parts for a batch of ${batch} × ${cells} cells, ${invocations} invocations${isSoftware ? ' in software' : ''}`, () => {
    expect(partsFor(targetOf(isSoftware, batch), invocations, cells)).toBe(expected);
  });
}
