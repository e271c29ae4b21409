/**
 * Plan: training goes where it should. Four networks (a chain, a residual block with batch normalization, separable
 * convolutions with layer normalization and a join, an encoder with a decoder) are trained with each optimizer for 50
 * steps on the GPU, short batches among them, beside a float64 copy from the same weights; every loss must agree. The
 * controls train the copy at a learning rate 1 % off and must part.
 */
import { expect, test } from 'playwright/test';
import { page, useEnginePage } from './file-page.ts';
import type { Trajectories } from './follow-training.ts';
import { trajectoryModels, trajectoryOptimizers } from './trajectory-cases.ts';

const steps = 50;

/** Rounding of 6e-8 a step, fifty steps, grown by optimizers that divide by a small deviation: seen up to 7e-7 of a loss. */
const lossLimit = 1e-5;

useEnginePage();

/** The largest distance between the two losses of a step, as a share of the loss. */
function partingOf({ engine, reference }: Trajectories): number {
  expect(engine).toHaveLength(steps);
  return reference.reduce((worst, loss, step) => {
    const parting = Math.abs((engine[step] ?? NaN) - loss) / loss;
    return Number.isNaN(parting) ? Infinity : Math.max(worst, parting);
  }, 0);
}

for (const [title, model] of Object.entries(trajectoryModels)) {
  for (const optimizer of trajectoryOptimizers) {
    test(`${title} follows with ${JSON.stringify(optimizer)}`, async () => {
      const trajectories = await page.evaluate((options) => proof.followTraining(proof.engine, options), {
        model,
        optimizer,
        steps,
      });
      expect(partingOf(trajectories)).toBeLessThan(lossLimit);
      expect(trajectories.reference.at(-1)).toBeLessThan(trajectories.reference[0]!);
    });
  }
}

test('control: a learning rate 1 % off parts', async () => {
  for (const optimizer of trajectoryOptimizers) {
    const reference = { ...optimizer, learningRate: 1.01 * Number(optimizer.learningRate) };
    const model = Object.values(trajectoryModels)[0]!;
    const options = { model, optimizer, reference, steps };
    const trajectories = await page.evaluate((given) => proof.followTraining(proof.engine, given), options);
    expect(partingOf(trajectories)).toBeGreaterThan(lossLimit);
  }
});
