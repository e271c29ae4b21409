/** Plan. Every optimizer has a form; what is not set reads as Keras's default, what is set as itself; the one-line description. */
import { expect, test } from 'playwright/test';
import type { OptimizerConfig } from '../engine/model/training-config.ts';
import { formatSetting } from './format.ts';
import { describeOptimizer, formOf, learningRateOf, numberOf, optimizerForms, switchOf } from './optimizer-fields.ts';

/** From Keras 3's documentation of RMSprop, SGD and Adam. */
const kerasDefaults: Readonly<Partial<Record<OptimizerConfig['type'], Readonly<Record<string, number>>>>> = {
  rmsprop: { learningRate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-7, weightDecay: 0 },
  sgd: { learningRate: 0.01, momentum: 0, weightDecay: 0 },
  adam: { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0 },
  adamw: { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.004 },
  adagrad: { learningRate: 0.001, initialAccumulatorValue: 0.1, epsilon: 1e-7, weightDecay: 0 },
};

for (const { type } of optimizerForms) {
  test(`${type}: what is not set is Keras's default`, () => {
    const numbers = formOf(type).numbers.map((field) => [field.key, numberOf({ type }, field)]);
    expect({ learningRate: learningRateOf({ type }), ...Object.fromEntries(numbers) }).toEqual(kerasDefaults[type]);
    expect(formOf(type).switches.map((field) => switchOf({ type }, field))).not.toContain(true);
  });
}

test('what is set is read, and every default lies within its span', () => {
  const optimizer: OptimizerConfig = { type: 'sgd', learningRate: 0.3, momentum: 0.9, nesterov: true };
  expect(learningRateOf(optimizer)).toBe(0.3);
  expect(describeOptimizer(optimizer, formatSetting)).toBe('momentum 0.9 · nesterov');
  expect(describeOptimizer({ type: 'rmsprop' }, formatSetting)).toBe('rho 0.9 · momentum 0 · epsilon 1e−7');
  for (const { fallback, min, max } of optimizerForms.flatMap((form) => form.numbers)) {
    expect(fallback).toBeGreaterThanOrEqual(min);
    expect(fallback).toBeLessThanOrEqual(max);
  }
});
