/*
 * Plan. The defaults are Keras 3's, by what the GPU gets: entry point, constants, uniforms. Options reach the place they are
 * read from. Complements of decays are those of double precision. A table of mistakes gives issues in the form of messages, at
 * the optimizer, and still an optimizer; JSON nobody would write is never thrown at.
 */
import { expect, test } from 'playwright/test';
import type { OptimizerConfig, ScheduleConfig } from '../model/training-config.ts';
import { advanceData, haveSameSlots, hyperparameterData, resolveOptimizer } from './optimizers.ts';
import { constantSchedule, learningRateAt } from './schedules.ts';

function resolved(config: OptimizerConfig) {
  const { optimizer, issues } = resolveOptimizer(config);
  expect(issues).toEqual([]);
  return optimizer;
}

const none = {
  ...{ momentum: 0, epsilon: 0, rho: 0, beta1: 0, beta2: 0, firstSlot: 0, weightDecay: 0 },
  ...{ constants: {}, clipping: { kind: 'none', limit: 0 }, schedule: constantSchedule(0.001) },
};
const rmsprop = { ...none, entryPoint: 'rmsprop', rho: 0.9, epsilon: 1e-7 };
const sgd = { ...none, entryPoint: 'sgd', schedule: constantSchedule(0.01) };
const adam = { ...none, entryPoint: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const adagrad = { ...none, entryPoint: 'adagrad', firstSlot: 0.1, epsilon: 1e-7 };

const rows: readonly (readonly [config: OptimizerConfig, expected: object])[] = [
  [{ type: 'rmsprop' }, { ...rmsprop, constants: { hasMomentum: false, isCentered: false } }],
  [{ type: 'sgd' }, { ...sgd, constants: { hasMomentum: false, isNesterov: false } }],
  [{ type: 'adam' }, adam],
  [{ type: 'adamw' }, { ...adam, weightDecay: 0.004 }],
  [{ type: 'adagrad' }, adagrad],
  [
    { type: 'rmsprop', learningRate: 0.1, rho: 0.5, momentum: 0.25, epsilon: 0, centered: true },
    {
      ...rmsprop,
      schedule: constantSchedule(0.1),
      rho: 0.5,
      momentum: 0.25,
      epsilon: 0,
      constants: { hasMomentum: true, isCentered: true },
    },
  ],
  [
    { type: 'sgd', learningRate: 1, momentum: 1, nesterov: true },
    { ...sgd, schedule: constantSchedule(1), momentum: 1, constants: { hasMomentum: true, isNesterov: true } },
  ],
  [
    { type: 'adam', learningRate: 0.5, beta1: 0, beta2: 0.5, epsilon: 1, weightDecay: 0.25 },
    { ...adam, schedule: constantSchedule(0.5), beta1: 0, beta2: 0.5, epsilon: 1, weightDecay: 0.25 },
  ],
  [{ type: 'adamw', weightDecay: 0 }, adam],
  [
    { type: 'adagrad', initialAccumulatorValue: 0, epsilon: 1 },
    { ...adagrad, firstSlot: 0, epsilon: 1 },
  ],
  [
    { type: 'adam', clipnorm: 2 },
    { ...adam, clipping: { kind: 'norm', limit: 2 } },
  ],
  [
    { type: 'adam', globalClipnorm: 3 },
    { ...adam, clipping: { kind: 'globalNorm', limit: 3 } },
  ],
  [
    { type: 'adam', clipvalue: 4 },
    { ...adam, clipping: { kind: 'value', limit: 4 } },
  ],
];
for (const [config, expected] of rows) {
  test(JSON.stringify(config), () => expect(resolved(config)).toEqual(expected));
}

test('uniforms hold what the shaders read, complements in double precision', () => {
  const data = hyperparameterData(resolved({ type: 'adam', beta1: 0.9, beta2: 0.999, weightDecay: 0.5, clipnorm: 2 }));
  expect([...data]).toEqual([0, 1e-7, 0, 1, 1 - 0.9, 1 - 0.999, 0.5, 2].map(Math.fround));
  // 1 − fround(0.999) would differ from fround(0.001) in the fifth digit.
  expect(Math.abs((data[5] ?? 0) - (1 - Math.fround(0.999)))).toBeGreaterThan(1e-9);
  const rms = hyperparameterData(resolved({ type: 'rmsprop', rho: 0.99, momentum: 0.5 }));
  expect([...rms.subarray(0, 4)]).toEqual([0.5, 1e-7, 0.99, 1 - 0.99].map(Math.fround));
  const learningRate: ScheduleConfig = {
    type: 'exponential',
    initialLearningRate: 0.5,
    decaySteps: 10,
    decayRate: 0.25,
    staircase: true,
  };
  const advance = new DataView(advanceData(resolved({ type: 'adam', learningRate })));
  const floats = (offsets: readonly number[]) => offsets.map((offset) => advance.getFloat32(offset, true));
  expect(floats([0, 4, 8, 12])).toEqual([0.9, 0.999, 1 - 0.9, 1 - 0.999].map(Math.fround));
  expect([16, 20, 24].map((offset) => advance.getInt32(offset, true))).toEqual([2, 10, 0]);
  expect(floats([32, 44])).toEqual([0.5, -2]);
});

test('slots are kept by the same rule only', () => {
  const momentum = resolved({ type: 'sgd', momentum: 0.9 });
  expect(haveSameSlots(momentum, resolved({ type: 'sgd', momentum: 0.5, learningRate: 1, clipvalue: 1 }))).toBe(true);
  expect(haveSameSlots(momentum, resolved({ type: 'sgd' }))).toBe(false);
  expect(haveSameSlots(resolved({ type: 'adam' }), resolved({ type: 'adamw' }))).toBe(true);
  expect(haveSameSlots(resolved({ type: 'adagrad' }), resolved({ type: 'adagrad', initialAccumulatorValue: 1 }))).toBe(
    false,
  );
});

const mistakes: readonly (readonly [config: unknown, code: string, words: string])[] = [
  [null, 'notAnObject', 'must be an object'],
  ['adam', 'notAnObject', 'must be an object'],
  [{}, 'badValue', 'type must be one of rmsprop, sgd, adam, adamw, adagrad. Received type=undefined.'],
  [{ type: 'ftrl' }, 'badValue', 'type must be one of rmsprop, sgd, adam, adamw, adagrad. Received type="ftrl".'],
  [
    { type: 'sgd', rho: 0.9 },
    'unknownField',
    'there is no field "rho"; it has type, momentum, nesterov, learningRate, weightDecay, clipnorm, globalClipnorm, clipvalue. Received rho=0.9.',
  ],
  [{ type: 'adam', momentum: 0.9 }, 'unknownField', 'there is no field "momentum"'],
  [
    { type: 'sgd', learningRate: 0 },
    'badValue',
    'learningRate must be a number > 0 or a schedule. Received learningRate=0.',
  ],
  [{ type: 'sgd', learningRate: Infinity }, 'badValue', 'Received learningRate=Infinity.'],
  [{ type: 'sgd', momentum: 1.01 }, 'badValue', 'momentum must be a number from 0 to 1. Received momentum=1.01.'],
  [{ type: 'sgd', nesterov: 'yes' }, 'badValue', 'nesterov must be true or false. Received nesterov="yes".'],
  [{ type: 'rmsprop', rho: 1 }, 'badValue', 'rho must be a number from 0 up to, not including, 1. Received rho=1.'],
  [{ type: 'rmsprop', epsilon: -1 }, 'badValue', 'epsilon must be a number ≥ 0. Received epsilon=-1.'],
  [{ type: 'rmsprop', momentum: -0.1 }, 'badValue', 'momentum must be a number ≥ 0. Received momentum=-0.1.'],
  [
    { type: 'adam', beta1: '0.9' },
    'badValue',
    'beta1 must be a number from 0 up to, not including, 1. Received beta1="0.9".',
  ],
  [{ type: 'adam', beta2: NaN }, 'badValue', 'Received beta2=NaN.'],
  [{ type: 'adam', weightDecay: -1 }, 'badValue', 'weightDecay must be a number ≥ 0. Received weightDecay=-1.'],
  [{ type: 'adam', clipnorm: 0 }, 'badValue', 'clipnorm must be a number > 0. Received clipnorm=0.'],
  [
    { type: 'adam', clipnorm: 1, clipvalue: 2 },
    'badValue',
    'at most one of clipnorm, globalClipnorm and clipvalue may be given. Received clipnorm=1, clipvalue=2.',
  ],
  [{ type: 'adagrad', initialAccumulatorValue: -1 }, 'badValue', 'Received initialAccumulatorValue=-1.'],
  [{ type: 'sgd', learningRate: { type: 'linear' } }, 'badValue', 'Received type="linear".'],
  [
    { type: 'sgd', learningRate: { type: 'constant', learningRate: -1 } },
    'badValue',
    'learningRate: learningRate must be a number > 0. Received learningRate=-1.',
  ],
  [
    { type: 'sgd', learningRate: { type: 'step', initialLearningRate: 1, decaySteps: 0.5 } },
    'badValue',
    'learningRate: decaySteps must be a whole number from 1 to 2147483647. Received decaySteps=0.5.',
  ],
  [
    { type: 'sgd', learningRate: { type: 'exponential', initialLearningRate: 1, decaySteps: 5 } },
    'badValue',
    'learningRate: decayRate must be a number > 0. Received decayRate=undefined.',
  ],
  [
    { type: 'sgd', learningRate: { type: 'cosine', initialLearningRate: 0, decaySteps: 5 } },
    'badValue',
    'learningRate: initialLearningRate must be a number > 0. Received initialLearningRate=0.',
  ],
  [
    { type: 'sgd', learningRate: { type: 'cosine', initialLearningRate: 1, decaySteps: 5, warmupSteps: 2 } },
    'badValue',
    'learningRate: warmupSteps needs a warmupTarget. Received warmupSteps=2.',
  ],
];
for (const [config, code, words] of mistakes) {
  test(`${JSON.stringify(config)} ${words}`, () => {
    const { optimizer, issues } = resolveOptimizer(config);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ layer: 'optimizer', code });
    expect(issues[0]?.message).toContain(words);
    expect(issues[0]?.message).toMatch(/^optimizer: .+\. Received \w+=.+\.$/);
    expect(learningRateAt(optimizer.schedule, 0)).toBeGreaterThan(0);
  });
}

test('strange values give issues', () => {
  for (const config of [
    undefined,
    0,
    [],
    () => 1,
    10n,
    { type: [] },
    { type: '__proto__' },
    JSON.parse('{"__proto__":1,"type":"sgd"}'),
  ]) {
    expect(resolveOptimizer(config).issues.length).toBeGreaterThan(0);
  }
});
