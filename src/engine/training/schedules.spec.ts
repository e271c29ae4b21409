/*
 * Plan. Each schedule at steps worked out by hand: at its start, on both sides of every step or bend, and past its end. Then the
 * formulas of Keras 3's documentation, written with powers and cosines, at every step of a few random schedules.
 */
import { expect, test } from 'playwright/test';
import { seededDraws } from '../../../e2e/support/seeded-draws.ts';
import type { ScheduleConfig } from '../model/training-config.ts';
import { resolveOptimizer } from './optimizers.ts';
import { learningRateAt } from './schedules.ts';

function rateOf(learningRate: number | ScheduleConfig): (step: number) => number {
  const { optimizer, issues } = resolveOptimizer({ type: 'sgd', learningRate });
  expect(issues).toEqual([]);
  return (step) => learningRateAt(optimizer.schedule, step);
}

const rows: readonly (readonly [schedule: number | ScheduleConfig, ...(readonly [step: number, rate: number])[]])[] = [
  [0.25, [0, 0.25], [1e6, 0.25]],
  [{ type: 'constant', learningRate: 0.5 }, [0, 0.5], [7, 0.5]],
  [{ type: 'step', initialLearningRate: 8, decaySteps: 3 }, [0, 8], [2, 8], [3, 4], [5, 4], [6, 2], [9, 1]],
  [{ type: 'step', initialLearningRate: 9, decaySteps: 2, decayRate: 1 / 3 }, [1, 9], [2, 3], [4, 1]],
  [
    { type: 'exponential', initialLearningRate: 8, decaySteps: 4, decayRate: 0.25 },
    ...([
      [0, 8],
      [2, 4],
      [4, 2],
      [6, 1],
    ] as const),
  ],
  [
    { type: 'exponential', initialLearningRate: 8, decaySteps: 4, decayRate: 0.25, staircase: true },
    ...([
      [3, 8],
      [4, 2],
      [7, 2],
      [8, 0.5],
    ] as const),
  ],
  [{ type: 'cosine', initialLearningRate: 2, decaySteps: 6 }, [0, 2], [2, 1.5], [3, 1], [4, 0.5], [6, 0], [99, 0]],
  [{ type: 'cosine', initialLearningRate: 2, decaySteps: 6, alpha: 0.5 }, [0, 2], [3, 1.5], [6, 1], [7, 1]],
  [
    { type: 'cosine', initialLearningRate: 0, decaySteps: 6, warmupTarget: 2, warmupSteps: 4 },
    ...([
      [0, 0],
      [1, 0.5],
      [3, 1.5],
      [4, 2],
      [6, 1.5],
      [7, 1],
      [10, 0],
      [11, 0],
    ] as const),
  ],
];

for (const [schedule, ...points] of rows) {
  test(JSON.stringify(schedule), () => {
    const rate = rateOf(schedule);
    for (const [step, expected] of points) expect(rate(step), `step ${step}`).toBeCloseTo(expected, 12);
  });
}

test('random schedules are Keras’s formulas at every step', () => {
  const { between, below } = seededDraws(5);
  let farthest = 0;
  const hold = (rate: number, expected: number) => (farthest = Math.max(farthest, Math.abs(rate - expected)));
  for (let round = 0; round < 50; round++) {
    const [initialLearningRate, decayRate, alpha] = [between(1, 99) / 100, between(1, 120) / 100, below(100) / 100];
    const [decaySteps, warmupSteps, warmupTarget] = [between(1, 30), between(1, 20), between(1, 99) / 50];
    const exponential = rateOf({ type: 'exponential', initialLearningRate, decaySteps, decayRate });
    const cosine = rateOf({ type: 'cosine', initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps });
    for (let step = 0; step < 60; step++) {
      hold(exponential(step), initialLearningRate * decayRate ** (step / decaySteps));
      const share = Math.min(step - warmupSteps, decaySteps) / decaySteps;
      const decayed = warmupTarget * ((1 - alpha) * 0.5 * (1 + Math.cos(Math.PI * share)) + alpha);
      const warming = initialLearningRate + (warmupTarget - initialLearningRate) * (step / warmupSteps);
      hold(cosine(step), step < warmupSteps ? warming : decayed);
    }
  }
  expect(farthest).toBeLessThan(1e-10);
});
