/**
 * Plan: the update rules that the engine's optimizers are followed with, against steps worked by hand from Keras 3's
 * formulas: each rule's first steps, decay, the three clippings, the schedules at their corners, the constraints, frozen
 * and masked weights. No two cases have the same figures, so a rule taken for another fails.
 */
import { expect, test } from 'playwright/test';
import type { ConstraintConfig } from '../../../src/engine/model/config.ts';
import type { OptimizerConfig, ScheduleConfig } from '../../../src/engine/model/training-config.ts';
import { constrained } from './float64-constraints.ts';
import { createFloat64Optimizer, type Float64OptimizerOptions } from './float64-optimizers.ts';
import { learningRateAt } from './float64-schedules.ts';
import { planReference } from './reference-plan.ts';

/** The weights after as many steps as there are gradients. */
function trained(
  config: OptimizerConfig,
  start: Readonly<Record<string, readonly number[]>>,
  gradients: readonly Readonly<Record<string, readonly number[]>>[],
  options: Float64OptimizerOptions = {},
): Record<string, number[]> {
  const optimizer = createFloat64Optimizer(config, options);
  const weights = new Map(Object.entries(start).map(([name, values]) => [name, Float64Array.from(values)]));
  for (const gradient of gradients) optimizer.update(weights, new Map(Object.entries(gradient)));
  return Object.fromEntries([...weights].map(([name, values]) => [name, Array.from(values)]));
}

const close = (values: readonly number[]) => values.map((value): unknown => expect.closeTo(value, 10));

/** One weight of 1, gradients 2 and then 3. */
const steps: readonly (readonly [OptimizerConfig, number])[] = [
  [{ type: 'sgd' }, 1 - 0.01 * 5],
  // m = −0.2, then 0.5·−0.2 − 0.3 = −0.4.
  [{ type: 'sgd', learningRate: 0.1, momentum: 0.5 }, 1 - 0.2 - 0.4],
  // 0.5·−0.2 − 0.2, then 0.5·−0.4 − 0.3.
  [{ type: 'sgd', learningRate: 0.1, momentum: 0.5, nesterov: true }, 1 - 0.3 - 0.5],
  // v = 2, then 1 + 4.5; epsilon under the root.
  [{ type: 'rmsprop', learningRate: 0.1, rho: 0.5, epsilon: 2 }, 1 - 0.2 / Math.sqrt(4) - 0.3 / Math.sqrt(7.5)],
  // Mean gradients 1 and 2: 2 − 1 + 3 = 4 and 5.5 − 4 + 3 = 4.5.
  [
    { type: 'rmsprop', learningRate: 0.1, rho: 0.5, epsilon: 3, centered: true, momentum: 0.5 },
    1 - 0.1 - (0.05 + 0.3 / Math.sqrt(4.5)),
  ],
  // First step: the bias corrections cancel, η·g/(|g| + ε/√(1−β₂)).
  [
    { type: 'adam', learningRate: 0.1, beta1: 0.5, beta2: 0.75, epsilon: 1 },
    1 - (0.1 * 0.5 * 1) / 0.5 / (1 + 1) - ((0.1 * Math.sqrt(0.4375)) / 0.75) * (2 / (Math.sqrt(3) + 1)),
  ],
  // a = 4.1, then 13.1.
  [{ type: 'adagrad', learningRate: 0.1, epsilon: 0 }, 1 - 0.2 / Math.sqrt(4.1) - 0.3 / Math.sqrt(13.1)],
  [
    { type: 'adagrad', learningRate: 0.1, epsilon: 5, initialAccumulatorValue: 0 },
    1 - 0.2 / Math.sqrt(9) - 0.3 / Math.sqrt(18),
  ],
  // Before each update the weight loses its tenth: 0.9 − 0.2, then 0.63 − 0.3.
  [{ type: 'sgd', learningRate: 0.1, weightDecay: 1 }, 0.33],
];
for (const [config, expected] of steps) {
  test(`two steps of ${JSON.stringify(config)}`, () => {
    expect(trained(config, { w: [1] }, [{ w: [2] }, { w: [3] }])).toEqual({ w: close([expected]) });
  });
}

test('AdamW is Adam that loses 0.004 of its rate', () => {
  const [adam, adamw] = [{ type: 'adam' } as const, { type: 'adamw' } as const].map(
    (config) => trained(config, { w: [5] }, [{ w: [1] }])['w']?.[0] ?? NaN,
  );
  expect((adam ?? 0) - (adamw ?? 0)).toBeCloseTo(5 * 0.004 * 0.001, 12);
});

const gradient = { a: [3, 4], b: [0, 12] };
const clippings: readonly (readonly [OptimizerConfig, readonly number[], readonly number[]])[] = [
  // Lengths 5 and 12: only the second is too long.
  [{ type: 'sgd', learningRate: 1, clipnorm: 6 }, [3, 4], [0, 6]],
  // Together 13.
  [{ type: 'sgd', learningRate: 1, globalClipnorm: 6.5 }, [1.5, 2], [0, 6]],
  [{ type: 'sgd', learningRate: 1, globalClipnorm: 14 }, [3, 4], [0, 12]],
  [{ type: 'sgd', learningRate: 1, clipvalue: 3.5 }, [3, 3.5], [0, 3.5]],
];
for (const [config, a, b] of clippings) {
  test(`gradients as clipped: ${JSON.stringify(config)}`, () => {
    const weights = trained(config, { a: [0, 0], b: [0, 0] }, [gradient]);
    expect(weights).toEqual({ a: close(a.map((v) => -v)), b: close(b.map((v) => -v)) });
    const negated = { a: gradient.a.map((v) => -v), b: gradient.b.map((v) => -v) };
    expect(trained(config, { a: [0, 0], b: [0, 0] }, [negated])).toEqual({ a: close(a), b: close(b) });
  });
}

const cosine = { type: 'cosine', initialLearningRate: 1, decaySteps: 10, alpha: 0.2 } as const;
const exponential = { type: 'exponential', initialLearningRate: 8, decaySteps: 10, decayRate: 0.25 } as const;
const schedules: readonly (readonly [ScheduleConfig, readonly (readonly [number, number])[]])[] = [
  [
    { type: 'constant', learningRate: 0.3 },
    [
      [0, 0.3],
      [99, 0.3],
    ],
  ],
  [
    { type: 'step', initialLearningRate: 8, decaySteps: 10 },
    [
      [0, 8],
      [9, 8],
      [10, 4],
      [29, 2],
    ],
  ],
  [
    exponential,
    [
      [0, 8],
      [5, 4],
      [10, 2],
    ],
  ],
  [
    { ...exponential, staircase: true },
    [
      [9, 8],
      [10, 2],
      [19, 2],
    ],
  ],
  [
    cosine,
    [
      [0, 1],
      [5, 0.6],
      [10, 0.2],
      [50, 0.2],
    ],
  ],
  // Up from 1 to 3 in four steps, then down from there.
  [
    { ...cosine, warmupTarget: 3, warmupSteps: 4 },
    [
      [0, 1],
      [2, 2],
      [4, 3],
      [9, 1.8],
      [14, 0.6],
      [99, 0.6],
    ],
  ],
  // Keras warms up only towards a target.
  [
    { ...cosine, warmupSteps: 4 },
    [
      [0, 1],
      [5, 0.6],
    ],
  ],
];
for (const [schedule, corners] of schedules) {
  test(`the rate of ${JSON.stringify(schedule)}`, () => {
    for (const [step, rate] of corners) expect(learningRateAt(schedule, step), `step ${step}`).toBeCloseTo(rate, 12);
  });
}

test('the first update takes the schedule at 0; a new rate ends the schedule', () => {
  const optimizer = createFloat64Optimizer({ type: 'sgd', learningRate: { ...exponential, decaySteps: 1 } });
  const weights = new Map([['w', Float64Array.of(0)]]);
  const seen = [undefined, undefined, 5].map((rate) => {
    if (rate !== undefined) optimizer.setLearningRate(rate);
    optimizer.update(weights, new Map([['w', [1]]]));
    return weights.get('w')?.[0];
  });
  expect(seen).toEqual([-8, -10, -15]);
});

const constraints: readonly (readonly [ConstraintConfig, readonly number[]])[] = [
  // Columns of [[3, −6], [4, 8]] are 5 and 10 long.
  ['nonNeg', [3, 0, 4, 8]],
  ['unitNorm', [0.6, -0.6, 0.8, 0.8]],
  ['maxNorm', [1.2, -1.2, 1.6, 1.6]],
  [{ type: 'maxNorm', maxValue: 7 }, [3, -4.2, 4, 5.6]],
  [{ type: 'maxNorm', maxValue: 7, axis: [0, 1] }, [3, -6, 4, 8].map((value) => (value * 7) / Math.sqrt(125))],
  [{ type: 'unitNorm', axis: -1 }, [3 / Math.sqrt(45), -6 / Math.sqrt(45), 4 / Math.sqrt(80), 8 / Math.sqrt(80)]],
  // 5 → ½·6 + ½·5 = 5.5, 10 → ½·8 + ½·10 = 9.
  [{ type: 'minMaxNorm', minValue: 6, maxValue: 8, rate: 0.5 }, [3.3, -5.4, 4.4, 7.2]],
];
for (const [constraint, expected] of constraints) {
  test(`[[3, −6], [4, 8]] under ${JSON.stringify(constraint)}`, () => {
    const values = constrained(constraint, Float64Array.of(3, -6, 4, 8), [2, 2]);
    // Keras adds 1e-7 to the norm.
    expect(Array.from(values)).toEqual(expected.map((value): unknown => expect.closeTo(value, 5)));
  });
}

test('frozen layers and masked numbers stay, and do not count in a norm; constraints hold after the update', () => {
  const plan = planReference({
    inputShape: [1, 1, 2],
    layers: [
      { type: 'flatten' },
      { type: 'dense', units: 1, useBias: false, kernelConstraint: 'nonNeg' },
      { type: 'dense', units: 1, useBias: false, trainable: false },
    ],
  });
  const weights = plan.flatMap((layer) => layer.weights);
  const masks = new Map([['dense_1/kernel', [1, 0]]]);
  const start = { 'dense_1/kernel': [1, 5], 'dense_2/kernel': [7] };
  const gradients = { 'dense_1/kernel': [3, 40], 'dense_2/kernel': [50] };
  const config = { type: 'sgd', learningRate: 1, globalClipnorm: 0.5, weightDecay: 0.25 } as const;
  // 1 − ¼ − 3·½/3; the frozen five lose nothing.
  expect(trained(config, start, [gradients], { weights, masks })).toEqual({
    'dense_1/kernel': close([0.25, 5]),
    'dense_2/kernel': [7],
  });
  const held = trained(config, start, [gradients, gradients], { weights, masks });
  expect(held['dense_1/kernel']).toEqual(close([0, 5]));
});
