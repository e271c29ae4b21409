/**
 * Plan: what one seed gives is one set of bits in Firefox too. After 500 steps of the lecture's network on real digits the
 * SHA-256 over all weights is the same for a run straight through and for one that was paused, resumed and asked
 * everything on the way, and another for another seed.
 */
import { expect, test } from 'playwright/test';
import type { FirefoxPage } from '../support/firefox.ts';
import { openFirefoxPage } from './open-firefox-page.ts';

const steps = 500;

let firefox: FirefoxPage;

test.beforeAll(async () => {
  firefox = await openFirefoxPage();
});

test.afterEach(async () => {
  expect(await firefox.page.evaluate(() => proof.gpuErrors.splice(0))).toEqual([]);
});

test.afterAll(() => firefox.close());

test(`${steps} steps of the lecture’s network have the same bits whatever happens on the way`, async () => {
  const [plain, disturbed, other] = await firefox.page.evaluate(async (steps) => {
    const data = proof.uploadDigits(300);
    const training = { config: proof.lectureModel, batchSize: 8, steps, seed: 11 };
    const found = [];
    for (const change of [{}, { isDisturbed: true }, { seed: 12 }])
      found.push(await proof.hashAfterTraining(proof.engine, data, { ...training, ...change }));
    data.dispose();
    return found;
  }, steps);
  expect(plain).toEqual({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), stepCount: steps, pauses: 0 });
  expect(disturbed).toEqual({ ...plain, pauses: 4 });
  expect(other?.stepCount).toBe(steps);
  expect(other?.hash).not.toBe(plain?.hash);
});
