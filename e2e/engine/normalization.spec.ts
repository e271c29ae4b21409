/**
 * Plan: what the table of layers cannot show of normalizations. Numbers far from zero (mean 1000, deviation 1) lose no
 * digits, in outputs and gradients, also when the first number is far from all others; a variance by the difference of squares
 * would miss by a tenth. The moving statistics after an epoch with a short last batch are those of float64, per step
 * Keras's moving · momentum + batch · (1 − momentum) with the biased variance; a frozen layer's stay as they were, and so do
 * those of a network that only answers questions. Predictions use them, so they do not depend on what else is asked.
 */
import { expect, test } from 'playwright/test';
import type { LayerConfig } from '../../src/engine/index.ts';
import { page, useEnginePage } from './file-page.ts';

useEnginePage();

for (const layer of [
  { type: 'batchNormalization' },
  { type: 'layerNormalization', axis: [1, 2, 3] },
] as const satisfies readonly LayerConfig[]) {
  for (const outlier of [undefined, 1020]) {
    const start = outlier === undefined ? '' : `, the first number ${outlier}`;
    test(`${layer.type} of numbers around 1000${start} loses no digits`, async () => {
      const comparisons = await page.evaluate(
        async ({ layer, outlier }) => {
          const [examples, cells] = [6, 13 * 11 * 3];
          const head: LayerConfig[] = [{ type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }];
          const config = { inputShape: [13, 11, 3] as const, layers: [layer, ...head] };
          const network = await proof.engine.compile(config, { batchSize: 8, optimizer: { type: 'sgd' } });
          // Uniform numbers of deviation 1.
          const spread = proof.randomFloats(examples * cells, proof.seededUniform(3), Math.sqrt(3));
          const inputs = spread.map((value) => 1000 + value);
          if (outlier !== undefined) inputs.fill(outlier, 0, 3);
          const labels = Uint8Array.of(0, 1, 2, 2, 1, 0);
          const actual = await network.gradients(inputs, labels);
          const weights = new Map((await network.getWeights()).map(({ name, data }) => [name, data]));
          network.dispose();
          const expected = proof.runFloat64(config, weights, inputs, labels);
          const given = new Map(actual.weights.map(({ name, data }) => [name, data]));
          const limit = { limit: 1e-5, terms: 1000 };
          return [
            proof.compare('loss', [actual.loss], [expected.loss], limit),
            ...[...expected.weights].map(([name, wanted]) => proof.compare(name, given.get(name) ?? [], wanted, limit)),
            proof.compare('inputs', actual.inputs, expected.inputs, limit),
          ];
        },
        { layer, outlier },
      );
      expect(comparisons.length).toBe(6);
      expect(comparisons.filter(({ isClose }) => !isClose)).toEqual([]);
    });
  }
}

/** The moving statistics after one epoch of 10 examples in batches of 4, and those float64 expects. */
function movedStatistics(isTrainable: boolean) {
  return page.evaluate(async (trainable) => {
    const [count, batchSize, shape, momentum] = [10, 4, [5, 3, 2] as const, 0.75];
    const cells = shape[0] * shape[1] * shape[2];
    const layers: LayerConfig[] = [
      { type: 'batchNormalization', momentum, trainable },
      { type: 'flatten' },
      { type: 'dense', units: 3, activation: 'softmax' },
    ];
    const network = await proof.engine.compile(
      { inputShape: shape, layers },
      { batchSize, optimizer: { type: 'sgd', learningRate: 0.1 } },
    );
    const images = proof.randomBytes(count * cells, proof.seededUniform(6));
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
    const data = proof.engine.upload({ images, labels, shape: [count, ...shape], classes: 3 });
    const example = Float32Array.from(images.subarray(0, cells), (byte) => byte / 255);
    const statistics = async () => {
      const moving = (await network.getWeights()).filter(({ name }) => name.includes('/moving_'));
      return moving.flatMap((weight) => [...weight.data]);
    };
    await network.gradients(example, Uint8Array.of(1));
    await network.evaluate(data);
    const before = await statistics();
    await network.fit(data, { epochs: 1, shuffle: false }).finished;
    const after = await statistics();
    const alone = await network.predict(example);
    const among = await network.predict(Float32Array.from(images, (byte) => byte / 255));
    for (const held of [network, data]) held.dispose();

    const channels = [0, 1];
    const expected = channels.map(() => [0, 1] as [number, number]);
    for (let first = 0; first < count; first += batchSize) {
      const bytes = images.subarray(first * cells, Math.min(first + batchSize, count) * cells);
      for (const c of channels) {
        const values = [...bytes].filter((_, i) => i % 2 === c).map((byte) => byte / 255);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        const [movingMean, movingVariance] = expected[c]!;
        expected[c] = [movingMean * momentum + mean * 0.25, movingVariance * momentum + variance * 0.25];
      }
    }
    return {
      before,
      after,
      expected: [...expected.map(([mean]) => mean), ...expected.map(([, variance]) => variance)],
      isSameAlone: alone.join() === among.slice(0, 3).join(),
    };
  }, isTrainable);
}

test('moving statistics follow every batch, the short one too, and only in training', async () => {
  const { before, after, expected, isSameAlone } = await movedStatistics(true);
  expect(before).toEqual([0, 0, 1, 1]);
  after.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-6));
  expect(isSameAlone).toBe(true);
});

test('the moving statistics of a frozen layer stay', async () => {
  const { after, isSameAlone } = await movedStatistics(false);
  expect(after).toEqual([0, 0, 1, 1]);
  expect(isSameAlone).toBe(true);
});
