/**
 * Plan: what the page says of a layer seen large is true. Histograms are held to a count in float64: numbers of both signs,
 * sizes that fill no workgroup, zeros alone, and numbers on the edges of bins. The largest value of every map over several
 * images, by which dead units are named, is that of the network's own activations; the network has units that are dead by
 * their bias and others that are not. The gradient by a layer's outputs, which a network of the layers behind it gives, is the
 * gradient by the inputs where the layer passes those on unchanged; a layer that others read past has none.
 */
import { expect, test } from 'playwright/test';
import type { ModelConfig } from '../../src/engine/model/config.ts';
import { page, useEnginePage } from './file-page.ts';

/** Sums of a few hundred float32 numbers near 1. */
const tolerance = 1e-5;
const bins = 64;

useEnginePage();

/** Numbers as float32 has them: eighths and their sums are exact. */
const mixed = Array.from({ length: 333 }, (_, i) => (((i * 37) % 101) - 40) / 64);
const cases: Readonly<Record<string, readonly number[]>> = {
  'numbers of both signs': mixed,
  'one number': [-3],
  'zeros and one other': [0, 0, 0.25, 0],
  'edges of bins': [-1, -0.5, 0.5, 1, 0.03125],
};

function expected(numbers: readonly number[]) {
  const largest = Math.max(...numbers.map(Math.abs));
  const limit = 2 ** Math.ceil(Math.log2(largest));
  const counts = Array.from({ length: bins }, () => 0);
  for (const number of numbers.filter((value) => value !== 0)) {
    const bin = Math.min(bins - 1, Math.floor(((number / limit + 1) / 2) * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length;
  const zeros = numbers.filter((value) => value === 0).length;
  return { limit, largest, bins: counts, count: numbers.length, zeros, mean, spread: Math.sqrt(variance) };
}

test('histograms count as a plain loop does', async () => {
  const found = await page.evaluate((tensors) => proof.tensorStatistics.histogramsOf(tensors), Object.values(cases));
  Object.entries(cases).forEach(([name, numbers], index) => {
    const { mean, spread, ...counted } = expected(numbers);
    expect(found[index], name).toMatchObject(counted);
    expect(Math.abs((found[index]?.mean ?? NaN) - mean), name).toBeLessThan(tolerance);
    expect(Math.abs((found[index]?.spread ?? NaN) - spread), name).toBeLessThan(100 * tolerance);
  });
});

test('zeros alone have no limit and no curve', async () => {
  const [found] = await page.evaluate(() => proof.tensorStatistics.histogramsOf([[0, 0, 0]]));
  expect(found).toMatchObject({ limit: 0, largest: 0, zeros: 3, count: 3, mean: 0, spread: 0 });
  expect(Math.max(...(found?.bins ?? [1]))).toBe(0);
});

/** Half of the filters of such a layer are pressed below zero for every image. */
const dying: ModelConfig = {
  inputShape: [7, 6, 2],
  layers: [
    {
      type: 'conv2d',
      name: 'maps',
      filters: 9,
      kernelSize: 3,
      activation: 'relu',
      biasInitializer: { type: 'randomNormal', stddev: 2 },
    },
    { type: 'flatten' },
    {
      type: 'dense',
      name: 'units',
      units: 70,
      activation: 'relu',
      biasInitializer: { type: 'randomNormal', stddev: 9 },
    },
    { type: 'dense', units: 3, activation: 'softmax' },
  ],
};

for (const layer of ['maps', 'units']) {
  test(`the largest of all ${layer} is that of the network’s activations`, async () => {
    const ask = { dying, layer };
    const { noted, known } = await page.evaluate(
      ({ dying, layer }) => proof.tensorStatistics.largestBesideActivations(dying, layer, 7),
      ask,
    );
    expect(noted).toEqual(known);
    expect(noted.filter((value) => value === 0).length, 'some are dead').toBeGreaterThan(0);
    expect(noted.filter((value) => value > 0).length, 'some are not').toBeGreaterThan(0);
  });
}

const passing = (layers: ModelConfig['layers']): ModelConfig => ({ inputShape: [5, 4, 2], layers });
const tails: Readonly<Record<string, ModelConfig>> = {
  'an image': passing([
    { type: 'activation', name: 'passed', activation: 'linear' },
    { type: 'conv2d', name: 'a', filters: 3, kernelSize: 3, padding: 'same', activation: 'tanh' },
    { type: 'concatenate', inputs: ['passed', 'a'] },
    { type: 'flatten' },
    { type: 'dense', units: 3, activation: 'softmax' },
  ]),
  units: passing([
    { type: 'flatten', name: 'passed' },
    { type: 'dense', units: 6, activation: 'tanh' },
    { type: 'dense', units: 3, activation: 'softmax' },
  ]),
};

for (const [name, config] of Object.entries(tails)) {
  test(`the gradient by the outputs of a layer that passes on ${name}`, async () => {
    const { byOutputs, byInputs } = await page.evaluate(
      (config) => proof.tensorStatistics.tailBesideInputs(config, 'passed'),
      config,
    );
    expect(byInputs.some((value) => Math.abs(value) > 1e-3)).toBe(true);
    expect(byOutputs?.shape).toEqual(name === 'units' ? [40] : [5, 4, 2]);
    byInputs.forEach((value, index) => {
      expect(Math.abs((byOutputs?.data[index] ?? NaN) - value)).toBeLessThan(tolerance);
    });
  });
}

test('a layer that others read past has no gradient of its own', async () => {
  const { byOutputs } = await page.evaluate(
    (config) => proof.tensorStatistics.tailBesideInputs(config, 'a'),
    tails['an image'] ?? passing([]),
  );
  expect(byOutputs).toBeUndefined();
});
