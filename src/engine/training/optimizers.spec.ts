/*
 * Plan. The defaults are Keras 3's, by what the GPU gets: entry point, constants, uniforms. Options reach the place they are
 * read from. Complements of decays are those of double precision. A table of mistakes gives issues in the form of messages, at
 * the optimizer, and still an optimizer; JSON nobody would write is never thrown at.
 */
import { expect, test } from 'playwright/test';
import type { OptimizerConfig } from '../model/config.ts';
import { decayData, hyperparameterData, resolveOptimizer } from './optimizers.ts';

function resolved(config: OptimizerConfig) {
  const { optimizer, issues } = resolveOptimizer(config);
  expect(issues).toEqual([]);
  return optimizer;
}

const none = { momentum: 0, epsilon: 0, rho: 0, beta1: 0, beta2: 0 };
const rmsprop = { ...none, entryPoint: 'rmsprop', learningRate: 0.001, rho: 0.9, epsilon: 1e-7 };
const sgd = { ...none, entryPoint: 'sgd', learningRate: 0.01 };
const adam = {
  ...none,
  entryPoint: 'adam',
  constants: {},
  learningRate: 0.001,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
};

const rows: readonly (readonly [config: OptimizerConfig, expected: object])[] = [
  [{ type: 'rmsprop' }, { ...rmsprop, constants: { hasMomentum: false, isCentered: false } }],
  [{ type: 'sgd' }, { ...sgd, constants: { hasMomentum: false, isNesterov: false } }],
  [{ type: 'adam' }, adam],
  [
    { type: 'rmsprop', learningRate: 0.1, rho: 0.5, momentum: 0.25, epsilon: 0, centered: true },
    {
      ...rmsprop,
      learningRate: 0.1,
      rho: 0.5,
      momentum: 0.25,
      epsilon: 0,
      constants: { hasMomentum: true, isCentered: true },
    },
  ],
  [
    { type: 'sgd', learningRate: 1, momentum: 1, nesterov: true },
    { ...sgd, learningRate: 1, momentum: 1, constants: { hasMomentum: true, isNesterov: true } },
  ],
  [
    { type: 'adam', learningRate: 0.5, beta1: 0, beta2: 0.5, epsilon: 1 },
    { ...adam, learningRate: 0.5, beta1: 0, beta2: 0.5, epsilon: 1 },
  ],
];
for (const [config, expected] of rows) {
  test(JSON.stringify(config), () => expect(resolved(config)).toEqual(expected));
}

test('uniforms hold what the shaders read, complements in double precision', () => {
  const data = hyperparameterData(resolved({ type: 'adam', learningRate: 0.25, beta1: 0.9, beta2: 0.999 }));
  expect([...data]).toEqual([0.25, 0, 1e-7, 0, 1, 1 - 0.9, 1 - 0.999, 0].map(Math.fround));
  // 1 − fround(0.999) would differ from fround(0.001) in the fifth digit.
  expect(Math.abs((data[6] ?? 0) - (1 - Math.fround(0.999)))).toBeGreaterThan(1e-9);
  const rms = hyperparameterData(resolved({ type: 'rmsprop', rho: 0.99, momentum: 0.5 }));
  expect([...rms.subarray(1, 5)]).toEqual([0.5, 1e-7, 0.99, 1 - 0.99].map(Math.fround));
  expect([...decayData(resolved({ type: 'adam' }))]).toEqual([0.9, 0.999, 1 - 0.9, 1 - 0.999].map(Math.fround));
});

const mistakes: readonly (readonly [config: unknown, code: string, words: string])[] = [
  [null, 'notAnObject', 'must be an object'],
  ['adam', 'notAnObject', 'must be an object'],
  [{}, 'badValue', 'type must be one of rmsprop, sgd, adam. Received type=undefined.'],
  [{ type: 'adagrad' }, 'badValue', 'type must be one of rmsprop, sgd, adam. Received type="adagrad".'],
  [
    { type: 'sgd', rho: 0.9 },
    'unknownField',
    'there is no field "rho"; it has type, momentum, nesterov, learningRate. Received rho=0.9.',
  ],
  [{ type: 'adam', momentum: 0.9 }, 'unknownField', 'there is no field "momentum"'],
  [{ type: 'sgd', learningRate: 0 }, 'badValue', 'learningRate must be a number > 0. Received learningRate=0.'],
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
];
for (const [config, code, words] of mistakes) {
  test(`${JSON.stringify(config)} ${words}`, () => {
    const { optimizer, issues } = resolveOptimizer(config);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ layer: 'optimizer', code });
    expect(issues[0]?.message).toContain(words);
    expect(issues[0]?.message).toMatch(/^optimizer: .+\. Received \w+=.+\.$/);
    expect(optimizer.learningRate).toBeGreaterThan(0);
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
