/**
 * Plan: training in Firefox is as deterministic as anywhere: twenty steps of the lecture's network on real digits have the
 * same bits twice, and other bits from another seed; and it learns, or equal bits would be worth nothing.
 */
import { expect, test } from 'playwright/test';
import type { FirefoxPage } from '../support/firefox.ts';
import { openFirefoxPage } from './open-firefox-page.ts';

let firefox: FirefoxPage;

test.beforeAll(async () => {
  firefox = await openFirefoxPage();
});

test.afterEach(async () => {
  expect(await firefox.page.evaluate(() => proof.gpuErrors.splice(0))).toEqual([]);
});

test.afterAll(() => firefox.close());

test('twenty steps from one seed have the same bits twice, and others from another seed', async () => {
  const runs = await firefox.page.evaluate(async () => {
    const data = proof.uploadDigits(640);
    const found: { hash: string; losses: number[] }[] = [];
    for (const seed of [7, 7, 8]) {
      const options = { batchSize: 64, seed, optimizer: { type: 'rmsprop' } } as const;
      const network = await proof.engine.compile(proof.lectureModel, options);
      const losses: number[] = [];
      const onSteps = (all: readonly { loss: number }[]) => void losses.push(...all.map(({ loss }) => loss));
      await network.fit(data, { epochs: 2, maxSteps: 20, callbacks: { onSteps } }).finished;
      found.push({ hash: await proof.sha256OfWeights(await network.getWeights()), losses });
      network.dispose();
    }
    data.dispose();
    return found;
  });
  const [first, again, other] = runs;
  expect(first?.losses).toHaveLength(20);
  expect(first?.losses.at(-1)).toBeLessThan(0.8 * first!.losses[0]!);
  expect(again).toEqual(first);
  expect(other?.hash).not.toBe(first?.hash);
});
