/**
 * Plan: a training step of the lecture's network is at most 14 dispatches on a CPU and fewer on a graphics card, every step the
 * same ones. Networks whose plan fuses the head and merges what is independent, for units, batches and short batches of
 * many sizes, for both kinds of adapter, leave the same gradients and metrics as the layers' own kernels, to 1e-6 of the
 * largest; and a table says which fusions are taken. Controls show that a difference would be seen.
 */
import { expect, test } from 'playwright/test';
import type { LayerConfig, ModelConfig } from '../../src/engine/index.ts';
import { page, useEnginePage } from './file-page.ts';

useEnginePage();

for (const [adapter, limit] of [
  ['CPU', 14],
  ['graphics card', 12],
] as const) {
  test(`a step of the lecture’s network on a ${adapter} is at most ${limit} dispatches`, async () => {
    const labels = await page.evaluate(async (isCard) => {
      const { dispatchesOfStep, cardDevice } = proof.countDispatches;
      const options = { model: proof.lectureModel, batchSize: 4, optimizer: { type: 'rmsprop' }, steps: 3 } as const;
      if (!isCard) return dispatchesOfStep(proof.engine, options);
      const device = await cardDevice();
      const engine = await proof.createEngine({ device });
      const labels = await dispatchesOfStep(engine, options);
      engine.dispose();
      device.destroy();
      return labels;
    }, adapter !== 'CPU');
    expect(labels.length, labels.join(', ')).toBeLessThanOrEqual(limit);
    expect(labels.length).toBeGreaterThan(6);
  });
}

const endingIn = (...layers: readonly LayerConfig[]): ModelConfig => ({
  inputShape: [5, 4, 2],
  layers: [{ type: 'conv2d', filters: 3, kernelSize: 2, activation: 'relu' }, { type: 'flatten' }, ...layers],
});
const softmax = (units: number, useBias = true): LayerConfig => ({
  type: 'dense',
  units,
  activation: 'softmax',
  useBias,
});
const hidden = (units: number, activation: 'relu' | 'tanh'): LayerConfig => ({ type: 'dense', units, activation });

/** Title, model, batch, examples in it. */
const cases: readonly (readonly [string, ModelConfig, number, number])[] = [
  ['one unit more than lanes', endingIn(softmax(5)), 7, 7],
  ['a short batch', endingIn(softmax(10)), 16, 9],
  ['a batch of none but one', endingIn(softmax(2)), 5, 1],
  ['a batch of one', endingIn(softmax(3, false)), 1, 1],
  ['two dense layers', endingIn(hidden(16, 'tanh'), softmax(10)), 64, 64],
  ['three, without a bias in the last', endingIn(hidden(9, 'relu'), hidden(13, 'tanh'), softmax(4, false)), 33, 30],
  ['many units', endingIn(hidden(30, 'relu'), softmax(64)), 6, 5],
  ['units that no tile divides', endingIn(hidden(7, 'relu'), softmax(11)), 3, 2],
];

for (const isSoftware of [true, false]) {
  for (const [title, model, batchSize, exampleCount] of cases) {
    test(`${title}, for a ${isSoftware ? 'CPU' : 'graphics card'}: fused as unfused`, async () => {
      const given = { model, batchSize, exampleCount, isSoftware };
      const { plain, fused, differences } = await page.evaluate((given) => proof.checkFusion(given), given);
      expect(fused).toContain(isSoftware ? 'head.headOfExample' : 'head.head');
      expect(plain).not.toContain('head.head');
      expect(fused.length).toBeLessThan(plain.length - 1);
      expect(Object.keys(differences).length).toBeGreaterThan(4);
      for (const [name, difference] of Object.entries(differences)) expect(difference, name).toBeLessThan(1e-6);
    });
  }
}

test('control: merged weight gradients of two dense layers run in one dispatch', async () => {
  const given = { model: endingIn(hidden(6, 'relu'), softmax(3)), batchSize: 4, exampleCount: 4, isSoftware: true };
  const { fused } = await page.evaluate((given) => proof.checkFusion(given), given);
  expect(fused).toContain('dense.weightGradient + dense.weightGradient + dense.inputGradient');
});
