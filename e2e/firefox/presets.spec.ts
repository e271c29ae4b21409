/**
 * Plan: the heavy networks that come with Receptive train (the light ones do in the engine's project). Each goes through
 * JSON and back, has the parameters it is documented with, and a few steps on one fixed batch of coloured pictures take
 * at least a third off the loss of that batch; afterwards the engine holds not one byte.
 */
import { expect, test } from 'playwright/test';
import { heavyPresets, throughJson } from '../engine/preset-cases.ts';
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

for (const { preset, params, training } of heavyPresets) {
  test(`${preset.name}: ${params} parameters, and it learns a batch`, async () => {
    const trained = await firefox.page.evaluate(
      (config, training) => proof.trainOnBatch(proof.engine, config, proof.digits, training),
      throughJson(preset),
      training,
    );
    expect(trained.params).toBe(params);
    expect(trained.lossBefore).toBeGreaterThan(1.5);
    expect(trained.lossAfter).toBeLessThan((2 / 3) * trained.lossBefore);
    expect(trained.ledger).toEqual({ bytes: 0, buffers: 0 });
  });
}
