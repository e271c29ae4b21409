/**
 * Plan: whatever way the tuner may choose is right. Networks whose kernels have many ways are built with each of them in turn,
 * as on a CPU and as on a graphics card, and held to TensorFlow.js and the float64 reference, forward and every gradient;
 * trained twice from one seed, each gives the same bits. The families that must be among the ways are named.
 */
import { expect, test } from 'playwright/test';
import { page, useEnginePage } from './file-page.ts';
import { waysCases } from './ways-cases.ts';

useEnginePage();

/** Some ways are compiled for seconds. */
const patienceMs = 300_000;

const families = {
  software: [/quads lend weights$/, /quads lend the patch$/, /taps 3×3$/],
  hardware: [/^matrix /, /quads lend weights$/, /taps 3×3$/],
} as const;

for (const machine of ['software', 'hardware'] as const) {
  for (const { title, config } of waysCases) {
    test(`every way as on ${machine}: ${title}`, async () => {
      test.setTimeout(patienceMs);
      const { ways, failures } = await page.evaluate(([kind, model]) => proof.checkWays(kind, model), [
        machine,
        config,
      ] as const);
      expect(failures).toEqual([]);
      if (config !== waysCases[0]?.config) return;
      for (const family of families[machine])
        expect(
          ways.filter((way) => family.test(way)),
          String(family),
        ).not.toEqual([]);
    });
  }
}
