/** What can be set on each optimizer: Keras's names, defaults and spans, as data for a form. Knows no form. */
import type { OptimizerConfig, OptimizerType } from '../engine/model/training-config.ts';
import { clippingOf, scheduleOf, startingRate, type SettingNumber } from './optimizer-extras.ts';

/** The settings of an optimizer that are numbers, beside the learning rate. */
export type OptimizerNumber =
  'rho' | 'momentum' | 'beta1' | 'beta2' | 'epsilon' | 'initialAccumulatorValue' | 'weightDecay';
/** The settings of an optimizer that are on or off. */
export type OptimizerSwitch = 'nesterov' | 'centered';

export interface OptimizerNumberField extends SettingNumber {
  readonly key: OptimizerNumber;
}

export interface OptimizerSwitchField {
  readonly key: OptimizerSwitch;
  readonly label: string;
  readonly hint: string;
}

/** One optimizer's form. */
export interface OptimizerForm {
  readonly type: OptimizerType;
  readonly label: string;
  readonly learningRate: number;
  readonly numbers: readonly OptimizerNumberField[];
  readonly switches: readonly OptimizerSwitchField[];
}

const belowOne = { min: 0, max: 0.9999, step: 0.01 };
const momentum: OptimizerNumberField = {
  key: 'momentum',
  label: 'momentum',
  fallback: 0,
  ...belowOne,
  hint: 'The share of the last update that goes on in the next one.',
};
const epsilon: OptimizerNumberField = {
  key: 'epsilon',
  label: 'epsilon',
  fallback: 1e-7,
  min: 1e-12,
  max: 1,
  step: 1e-7,
  hint: 'Keeps the division apart from zero.',
};

const weightDecay = (fallback: number): OptimizerNumberField => ({
  key: 'weightDecay',
  label: 'weight_decay',
  fallback,
  min: 0,
  max: 1,
  step: 0.001,
  hint: 'The share, times the learning rate, that every weight loses at every step.',
});
const moments: readonly OptimizerNumberField[] = [
  {
    key: 'beta1',
    label: 'beta_1',
    fallback: 0.9,
    ...belowOne,
    hint: 'How much of the mean gradient is kept at every step.',
  },
  {
    key: 'beta2',
    label: 'beta_2',
    fallback: 0.999,
    ...belowOne,
    step: 0.001,
    hint: 'How much of the mean squared gradient is kept at every step.',
  },
  epsilon,
];

/** The optimizers in the order they are offered. */
export const optimizerForms: readonly OptimizerForm[] = [
  {
    type: 'rmsprop',
    label: 'RMSprop',
    learningRate: 0.001,
    numbers: [
      {
        key: 'rho',
        label: 'rho',
        fallback: 0.9,
        ...belowOne,
        hint: 'How much of the mean squared gradient is kept at every step.',
      },
      momentum,
      epsilon,
      weightDecay(0),
    ],
    switches: [
      { key: 'centered', label: 'centered', hint: 'Divides by the estimated spread of the gradient, not by its size.' },
    ],
  },
  {
    type: 'sgd',
    label: 'SGD',
    learningRate: 0.01,
    numbers: [momentum, weightDecay(0)],
    switches: [{ key: 'nesterov', label: 'nesterov', hint: 'Takes the gradient where the momentum is about to lead.' }],
  },
  {
    type: 'adam',
    label: 'Adam',
    learningRate: 0.001,
    numbers: [...moments, weightDecay(0)],
    switches: [],
  },
  {
    type: 'adamw',
    label: 'AdamW',
    learningRate: 0.001,
    numbers: [...moments, weightDecay(0.004)],
    switches: [],
  },
  {
    type: 'adagrad',
    label: 'Adagrad',
    learningRate: 0.001,
    numbers: [
      {
        key: 'initialAccumulatorValue',
        label: 'accumulator',
        fallback: 0.1,
        min: 0,
        max: 1000,
        step: 0.1,
        hint: 'initial_accumulator_value: what the sum of squared gradients starts at.',
      },
      epsilon,
      weightDecay(0),
    ],
    switches: [],
  },
];

/** The form of an optimizer. */
export function formOf(type: OptimizerType): OptimizerForm {
  const form = optimizerForms.find((candidate) => candidate.type === type);
  if (form === undefined) throw new Error(`optimizer form: unknown optimizer. Received type=${type}.`);
  return form;
}

/** The learning rate, of a schedule the one it starts from; the optimizer's default where none is set. */
export function learningRateOf(optimizer: OptimizerConfig): number {
  return startingRate(optimizer) ?? formOf(optimizer.type).learningRate;
}

/** A number of an optimizer, Keras's default where it is not set. */
export function numberOf(optimizer: OptimizerConfig, field: OptimizerNumberField): number {
  const value = settingOf(optimizer, field.key);
  return typeof value === 'number' ? value : field.fallback;
}

/** A switch of an optimizer, off where it is not set. */
export function switchOf(optimizer: OptimizerConfig, field: OptimizerSwitchField): boolean {
  return settingOf(optimizer, field.key) === true;
}

function settingOf(optimizer: OptimizerConfig, key: string): unknown {
  return new Map<string, unknown>(Object.entries(optimizer)).get(key);
}

/** All settings beside the learning rate in one line: `rho 0.9 · momentum 0 · epsilon 1e−7`; switches only when they are on. */
export function describeOptimizer(optimizer: OptimizerConfig, write: (value: number) => string): string {
  const { numbers, switches } = formOf(optimizer.type);
  const clipping = clippingOf(optimizer);
  const schedule = scheduleOf(optimizer);
  return [
    // A decay of zero is none, and the line is short.
    ...numbers
      .filter((field) => field.key !== 'weightDecay' || numberOf(optimizer, field) > 0)
      .map((field) => `${field.label} ${write(numberOf(optimizer, field))}`),
    ...switches.filter((field) => switchOf(optimizer, field)).map((field) => field.label),
    ...(clipping.key === 'none' ? [] : [`${clipping.key} ${write(clipping.limit)}`]),
    ...(schedule.type === 'constant' ? [] : [`${schedule.label} schedule`]),
  ].join(' · ');
}
