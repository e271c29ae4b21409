/**
 * Plan: the networks that come with Receptive are plain JSON that the engine builds and trains. Each preset goes through
 * JSON and back, has the parameters it is documented with, and a few steps on one fixed batch, of real digits or of
 * generated coloured pictures, take at least a third off the loss of that batch; afterwards the engine holds not one byte. The
 * control: with a learning rate of nothing the loss stays. The heavy presets are built and trained in Firefox's
 * project, whose driver computes them several times faster.
 */
import { expect, test } from 'playwright/test';
import * as presets from '../../src/engine/model/presets.ts';
import { page, useEnginePage } from './file-page.ts';
import { heavyPresets, lightPresets, throughJson } from './preset-cases.ts';

useEnginePage();

test('every preset has its case', () => {
  const names = [...lightPresets, ...heavyPresets].map(({ preset }) => preset.name);
  expect(names.toSorted()).toEqual(
    Object.values(presets)
      .map(({ name }) => name)
      .toSorted(),
  );
});

for (const { preset, params, training } of lightPresets) {
  test(`${preset.name}: ${params} parameters, and it learns a batch`, async () => {
    const trained = await page.evaluate(
      ({ config, training }) => proof.trainOnBatch(proof.engine, config, proof.digits, training),
      { config: throughJson(preset), training },
    );
    expect(trained.params).toBe(params);
    expect(trained.lossBefore).toBeGreaterThan(1.5);
    expect(trained.lossAfter).toBeLessThan((2 / 3) * trained.lossBefore);
    expect(trained.ledger).toEqual({ bytes: 0, buffers: 0 });
  });
}

test('control: without a learning rate to speak of nothing is learned', async () => {
  const trained = await page.evaluate(
    (training) => proof.trainOnBatch(proof.engine, proof.lectureModel, proof.digits, training),
    { batchSize: 8, steps: 12, learningRate: 1e-12 },
  );
  expect(trained.lossAfter).toBeCloseTo(trained.lossBefore, 4);
});
