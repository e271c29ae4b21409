/*
 * Plan: schedules and clipping of an optimizer, as the page writes them, against the engine, which the page may not import.
 * Every schedule written is one that the engine takes, starts from the rate that was set, and reads back; a warm-up ends at it; one clipping at most is there; losses likewise.
 */
import { expect, test } from 'playwright/test';
import { resolveOptimizer } from '../../src/engine/training/optimizers.ts';
import { learningRateAt } from '../../src/engine/training/schedules.ts';
import { resolveLoss } from '../../src/engine/model/loss.ts';
import { losses, lossName, smoothingOf, writtenLoss } from '../../src/ui/loss-fields.ts';
import {
  clippingOf,
  clippings,
  scheduleForms,
  scheduleNumber,
  scheduleOf,
  startingRate,
  withClipping,
  withSchedule,
} from '../../src/ui/optimizer-extras.ts';

for (const { type, numbers } of scheduleForms) {
  test(`${type}: the engine takes it, and it starts from the rate that was set`, () => {
    const optimizer = withSchedule({ type: 'adam', beta1: 0.8 }, type, 0.02, { decaySteps: 300 });
    const { optimizer: resolved, issues } = resolveOptimizer(optimizer);
    expect(issues).toEqual([]);
    expect(learningRateAt(resolved.schedule, 0)).toBeCloseTo(0.02, 12);
    expect(startingRate(optimizer)).toBe(0.02);
    expect(scheduleOf(optimizer).type).toBe(type);
    const decay = numbers.find(({ key }) => key === 'decaySteps');
    if (decay) expect(scheduleNumber(optimizer, decay)).toBe(300);
    expect(optimizer).toMatchObject({ type: 'adam', beta1: 0.8 });
  });
}

test('a warm-up rises to the rate that was set', () => {
  const optimizer = withSchedule({ type: 'sgd' }, 'cosine', 0.1, { decaySteps: 100, warmupSteps: 10 });
  const { optimizer: resolved, issues } = resolveOptimizer(optimizer);
  expect(issues).toEqual([]);
  expect(learningRateAt(resolved.schedule, 0)).toBeLessThan(0.001);
  expect(learningRateAt(resolved.schedule, 10)).toBeCloseTo(0.1, 12);
  expect(learningRateAt(resolved.schedule, 110)).toBeCloseTo(0, 12);
  expect(startingRate(withSchedule(optimizer, 'cosine', 0.2))).toBe(0.2);
});

test('one clipping at most', () => {
  let optimizer = withSchedule({ type: 'rmsprop' }, 'constant', 0.001);
  for (const { key } of clippings) {
    optimizer = withClipping(optimizer, key, 0.5);
    expect(resolveOptimizer(optimizer).issues).toEqual([]);
    expect(clippingOf(optimizer)).toEqual({ key, limit: key === 'none' ? 1 : 0.5 });
  }
});

test('every loss is one the engine knows; only a smoothed cross-entropy is written out', () => {
  for (const { type } of losses) {
    const written = writtenLoss(type, 0);
    expect(resolveLoss(written).issues).toEqual([]);
    expect(lossName(written)).toBe(type);
  }
  const smoothed = writtenLoss('sparseCategoricalCrossentropy', 0.1);
  expect(resolveLoss(smoothed)).toMatchObject({ loss: { labelSmoothing: 0.1 }, issues: [] });
  expect(smoothingOf(smoothed)).toBe(0.1);
  expect(smoothingOf('hinge')).toBeUndefined();
  expect(writtenLoss('sparseCategoricalCrossentropy', 0)).toBeUndefined();
});
