/*
 * Plan. Over many sizes and both kinds of machines: tiles lie inside the channels; sums have at least one part, no part
 * without rows in a full batch, and enough parts to keep the machine busy where there are rows for it; the numbers depend on
 * the training batch only, so that other passes share pipelines; merging lanes are a power of two within 256.
 */
import { expect, test } from 'playwright/test';
import { laneCountFor, normalizationTile, summedParts } from './normalization-tiles.ts';
import type { Target } from './op.ts';

const targetOf = (isSoftware: boolean, tunedBatchSize: number, batchSize = tunedBatchSize): Target => ({
  ...{ batchSize, tunedBatchSize, isSoftware, hasQuads: false, choices: new Map() },
  element: 'f32',
});

for (const isSoftware of [true, false]) {
  test(`tiles and parts fit on ${isSoftware ? 'a CPU' : 'a GPU'}`, () => {
    for (const channels of [1, 2, 3, 5, 8, 17, 64, 512, 4096]) {
      for (const positions of [1, 2, 49, 784, 50_000]) {
        for (const batchSize of [1, 3, 64, 512]) {
          const target = targetOf(isSoftware, batchSize);
          const { channelsPerInvocation } = normalizationTile(target, channels);
          const parts = summedParts(target, channels, channelsPerInvocation, positions);
          expect(channelsPerInvocation).toBeLessThanOrEqual(channels);
          expect(Number.isInteger(parts) && parts >= 1 && parts <= batchSize * positions).toBe(true);
          const invocations = parts * Math.ceil(channels / channelsPerInvocation);
          if (batchSize * positions >= 200_000) expect(invocations).toBeGreaterThanOrEqual(isSoftware ? 256 : 16384);
          expect(summedParts(targetOf(isSoftware, batchSize, 1), channels, channelsPerInvocation, positions)).toBe(
            parts,
          );
        }
      }
    }
  });

  test(`lanes merge in a tree on ${isSoftware ? 'a CPU' : 'a GPU'}`, () => {
    const lanes = laneCountFor(targetOf(isSoftware, 64));
    expect(Number.isInteger(Math.log2(lanes)) && lanes > 1 && lanes <= 256).toBe(true);
  });
}
