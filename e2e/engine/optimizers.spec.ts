/**
 * Plan: each optimizer and each of its options follows Keras 3's rule. A small network trains for twelve steps on the GPU
 * beside a float64 copy with its own gradients and its own update; after every step the losses agree and the weights
 * are as far from each other as float32 explains, measured against the way they have come. A new learning rate counts
 * from the next step, a new optimizer starts afresh. The controls train the copy with a neighbouring rule (another momentum, not Nesterov, not
 * centered, another epsilon, …) and must part.
 */
import { expect, test } from 'playwright/test';
import { page, useEnginePage } from './file-page.ts';
import type { FollowOptions, Parting } from './follow-optimizer.ts';
import { optimizerCases } from './optimizer-cases.ts';

/** Weights of size 0.5 are rounded to 3e-8 twelve times, on a way of 1e-2 and more: 3e-8·12 / 1e-2, and ten for tanh. */
const weightsLimit = 3e-4;
/** Three layers of float32, and weights that are 3e-4 of a way of 0.1 apart. */
const lossLimit = 1e-5;

useEnginePage();

const follow = (options: FollowOptions): Promise<readonly Parting[]> =>
  page.evaluate((given) => proof.followOptimizer(proof.engine, given), options);

const farthest = (partings: readonly Parting[], key: keyof Parting): number =>
  partings.reduce((most, parting) => Math.max(most, Number.isNaN(parting[key]) ? Infinity : parting[key]), 0);

for (const { optimizer, neighbour } of optimizerCases) {
  test(`twelve steps follow Keras: ${JSON.stringify(optimizer)}`, async () => {
    const partings = await follow({ optimizer });
    expect(partings).toHaveLength(12);
    expect(farthest(partings, 'loss')).toBeLessThan(lossLimit);
    expect(farthest(partings, 'weights')).toBeLessThan(weightsLimit);
  });

  test(`control: ${JSON.stringify(optimizer)} does not follow ${JSON.stringify(neighbour)}`, async () => {
    const partings = await follow({ optimizer, reference: neighbour });
    expect(farthest(partings, 'weights')).toBeGreaterThan(weightsLimit);
  });
}

for (const optimizer of [
  { type: 'sgd', learningRate: 0.1, momentum: 0.9 },
  { type: 'rmsprop', learningRate: 0.01 },
  { type: 'adam', learningRate: 0.01 },
  { type: 'adagrad', learningRate: { type: 'exponential', initialLearningRate: 0.1, decaySteps: 2, decayRate: 0.5 } },
] as const) {
  test(`a new learning rate counts from the next step, slots are kept, a schedule ends: ${optimizer.type}`, async () => {
    const partings = await follow({ optimizer, change: { step: 6, learningRate: 0.003 } });
    expect(farthest(partings, 'weights')).toBeLessThan(weightsLimit);
  });
}

for (const [optimizer, next] of [
  [
    { type: 'sgd', learningRate: 0.1, momentum: 0.9 },
    { type: 'adam', learningRate: 0.01 },
  ],
  [
    { type: 'adam', learningRate: 0.01 },
    { type: 'rmsprop', learningRate: 0.01, momentum: 0.9, centered: true, epsilon: 1e-5 },
  ],
  [
    { type: 'rmsprop', learningRate: 0.01 },
    { type: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true },
  ],
  [
    { type: 'adam', learningRate: 0.01 },
    { type: 'adagrad', learningRate: { type: 'step', initialLearningRate: 0.1, decaySteps: 3 } },
  ],
] as const) {
  test(`a new optimizer starts with empty slots and its schedule’s first step: ${optimizer.type}, then ${next.type}`, async () => {
    const partings = await follow({ optimizer, replacement: { step: 6, optimizer: next } });
    expect(farthest(partings, 'weights')).toBeLessThan(weightsLimit);
  });
}
