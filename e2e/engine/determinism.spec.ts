/**
 * Plan: one seed on one adapter gives one set of bits. After 500 steps on real digits the SHA-256 over all weights is the
 * same for a run straight through and for one that was paused, stepped and resumed four times, with every question a
 * network can be asked in between, while it stood still and while it went on. So for the lecture's network, and for a
 * graph with all that draws at random: dropout of both kinds, and moved images; a skip and batch statistics are in it
 * too. The control: another seed gives other bits (for the lecture's network it does in Firefox's project).
 */
import { expect, test } from 'playwright/test';
import type { AugmentationConfig, ModelConfig } from '../../src/engine/index.ts';
import { lectureModel } from '../../src/engine/model/presets.ts';
import { page, useEnginePage } from './file-page.ts';
import type { TrainingOfBits } from './hash-after-training.ts';

const steps = 500;
const batchSize = 4;
const examples = 300;

const everythingRandom: ModelConfig = {
  inputShape: [28, 28, 1],
  layers: [
    { type: 'conv2d', filters: 6, kernelSize: 3, strides: 2, padding: 'same', useBias: false },
    { type: 'batchNormalization' },
    { type: 'activation', name: 'before', activation: 'relu' },
    { type: 'conv2d', filters: 6, kernelSize: 3, padding: 'same', activation: 'relu', name: 'beside' },
    { type: 'add', inputs: ['beside', 'before'] },
    { type: 'spatialDropout2d', rate: 0.2 },
    { type: 'maxPooling2d' },
    { type: 'flatten' },
    { type: 'dropout', rate: 0.3 },
    { type: 'dense', units: 10, activation: 'softmax' },
  ],
};

const networks: readonly { title: string; config: ModelConfig; augmentation?: AugmentationConfig }[] = [
  { title: 'the lecture’s network', config: lectureModel },
  {
    title: 'a graph with dropout, batch statistics, a skip and moved images',
    config: everythingRandom,
    augmentation: { shift: 2, rotation: 10, zoom: 0.1, noise: 0.05, flip: true },
  },
];

useEnginePage();

/** A hash for every change of the training. */
function hashesOf(training: TrainingOfBits, changes: readonly Partial<TrainingOfBits>[]) {
  return page.evaluate(
    async ({ training, changes, examples }) => {
      const data = proof.uploadDigits(examples);
      const found = [];
      for (const change of changes)
        found.push(await proof.hashAfterTraining(proof.engine, data, { ...training, ...change }));
      data.dispose();
      return found;
    },
    { training, changes, examples },
  );
}

for (const { title, ...trained } of networks) {
  test(`${title}: ${steps} steps have the same bits whatever happens on the way`, async () => {
    const training = { ...trained, seed: 11, batchSize, steps };
    const [plain, disturbed] = await hashesOf(training, [{}, { isDisturbed: true }]);
    expect(plain).toEqual({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), stepCount: steps, pauses: 0 });
    expect(disturbed).toEqual({ ...plain, pauses: 4 });
  });
}

test('control: from another seed the bits are others', async () => {
  const training = { config: everythingRandom, seed: 11, batchSize, steps };
  const [one, other] = await hashesOf(training, [{}, { seed: 12 }]);
  expect([one?.stepCount, other?.stepCount]).toEqual([steps, steps]);
  expect(other?.hash).not.toBe(one?.hash);
});
