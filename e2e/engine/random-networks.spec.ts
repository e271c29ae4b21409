/**
 * Plan: whole networks drawn at random, graphs with skips, sums and joins of every layer and option, are right: every
 * layer's outputs, the loss and the gradient by every weight and by the inputs, against the float64 reference and, where
 * it has all layers, TensorFlow.js. Seeds are fixed, so that a failing network fails again. Firefox, where pipelines
 * compile faster, takes a hundred others; the draws themselves are checked too, or a table of chains would prove nothing.
 */
import { expect, test } from 'playwright/test';
import { checkModel } from '../../src/engine/model/resolve.ts';
import { page, useEnginePage } from './file-page.ts';
import { randomModel } from './random-model.ts';

/** Others than Firefox's. */
const firstSeed = 301;
const lastSeed = 330;
const perTest = 10;

useEnginePage();

test('the draws: models that can be built, with skips, sums and joins, and every layer often', () => {
  const models = Array.from({ length: 300 }, (_, index) => randomModel(index + 1));
  expect(models.flatMap((model) => checkModel(model))).toEqual([]);
  const types = models.flatMap(({ layers }) => layers.map(({ type }) => type));
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  expect(Math.min(...counts.values())).toBeGreaterThan(20);
  expect(counts.size).toBe(21);
  const isSkipping = models.filter(({ layers }) => {
    const reads = layers.flatMap(({ inputs = [] }) => inputs);
    return reads.length > new Set(reads).size;
  });
  expect(isSkipping.length).toBeGreaterThan(150);
});

for (let first = firstSeed; first <= lastSeed; first += perTest) {
  const last = first + perTest - 1;
  test(`networks of seeds ${first} to ${last}`, async () => {
    const found = await page.evaluate((seeds) => proof.checkRandomNetworks(proof.engine, seeds.first, seeds.last), {
      first,
      last,
    });
    expect(found).toEqual([]);
  });
}
