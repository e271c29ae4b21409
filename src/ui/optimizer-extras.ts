/** What every optimizer can have beside its own rule: a schedule of the learning rate, and clipping. Data and pure functions. */
import type { OptimizerConfig, ScheduleConfig } from '../engine/model/training-config.ts';

/** A number that can be set: its name, default and span. */
export interface SettingNumber {
  readonly key: string;
  readonly label: string;
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly hint: string;
}

/** A schedule and its numbers; Keras's names. */
export interface ScheduleForm {
  readonly type: ScheduleConfig['type'];
  readonly label: string;
  readonly numbers: readonly SettingNumber[];
}

const manySteps = 1_000_000;
const steps = (key: string, label: string, fallback: number, min: number, hint: string): SettingNumber => ({
  key,
  label,
  fallback,
  min,
  max: manySteps,
  step: 1,
  hint,
});
const rate = (fallback: number): SettingNumber => ({
  key: 'decayRate',
  label: 'decay_rate',
  fallback,
  min: 0.0001,
  max: 1,
  step: 0.01,
  hint: 'What is left of the rate after so many steps.',
});
const decaySteps = steps(
  'decaySteps',
  'decay_steps',
  1000,
  1,
  'Training steps between two decays, or until the end of one.',
);

/** In the order they are offered; `constant` is a plain number. */
export const scheduleForms: readonly ScheduleForm[] = [
  { type: 'constant', label: 'constant', numbers: [] },
  { type: 'step', label: 'in steps', numbers: [decaySteps, rate(0.5)] },
  { type: 'exponential', label: 'exponential', numbers: [decaySteps, rate(0.9)] },
  {
    type: 'cosine',
    label: 'cosine',
    numbers: [
      decaySteps,
      {
        key: 'alpha',
        label: 'alpha',
        fallback: 0,
        min: 0,
        max: 1,
        step: 0.01,
        hint: 'The share of the rate that is left at the end.',
      },
      steps('warmupSteps', 'warmup_steps', 0, 0, 'Training steps in which the rate rises from zero first.'),
    ],
  },
];

/** The form of the schedule that an optimizer has. */
export function scheduleOf({ learningRate }: OptimizerConfig): ScheduleForm {
  const type = typeof learningRate === 'object' ? learningRate.type : 'constant';
  const form = scheduleForms.find((candidate) => candidate.type === type);
  if (!form) throw new Error(`schedule form: unknown schedule. Received type=${type}.`);
  return form;
}

/** The rate that a schedule starts from, or its peak after a warm-up; undefined where none is set. */
export function startingRate({ learningRate }: OptimizerConfig): number | undefined {
  if (typeof learningRate !== 'object') return learningRate;
  if (learningRate.type === 'constant') return learningRate.learningRate;
  const isWarmedUp = learningRate.type === 'cosine' && learningRate.warmupTarget !== undefined;
  return isWarmedUp ? learningRate.warmupTarget : learningRate.initialLearningRate;
}

/** A number of the schedule that an optimizer has, its default where it is not set. */
export function scheduleNumber({ learningRate }: OptimizerConfig, { key, fallback }: SettingNumber): number {
  const value = typeof learningRate === 'object' ? valueIn(learningRate, key) : undefined;
  return typeof value === 'number' ? value : fallback;
}

/** The optimizer with a schedule that starts from `start`; `changes` are numbers of the schedule by key. */
export function withSchedule(
  optimizer: OptimizerConfig,
  type: ScheduleConfig['type'],
  start: number,
  changes: Readonly<Record<string, number>> = {},
): OptimizerConfig {
  const isSame = scheduleOf(optimizer).type === type;
  const numbers = new Map(
    (scheduleForms.find((form) => form.type === type)?.numbers ?? []).map((field) => [
      field.key,
      changes[field.key] ?? (isSame ? scheduleNumber(optimizer, field) : field.fallback),
    ]),
  );
  return { ...optimizer, learningRate: written(type, start, (key) => numbers.get(key) ?? 0) };
}

function written(
  type: ScheduleConfig['type'],
  start: number,
  number: (key: string) => number,
): number | ScheduleConfig {
  switch (type) {
    case 'constant':
      return start;
    case 'step':
    case 'exponential':
      return { type, initialLearningRate: start, decaySteps: number('decaySteps'), decayRate: number('decayRate') };
    case 'cosine': {
      const warmupSteps = number('warmupSteps');
      const common = { type, decaySteps: number('decaySteps'), alpha: number('alpha') } as const;
      // The engine wants a rate above zero to start from; a thousandth of the peak is none to speak of.
      return warmupSteps === 0
        ? { ...common, initialLearningRate: start }
        : { ...common, initialLearningRate: start / 1000, warmupTarget: start, warmupSteps };
    }
  }
}

/** How gradients are held back; Keras's names, of which one at most may be given. */
export const clippings = [
  { key: 'none', label: 'none', hint: 'Gradients are taken as they are.' },
  { key: 'clipnorm', label: 'clipnorm', hint: 'Each weight’s gradient is scaled down to at most this norm.' },
  {
    key: 'globalClipnorm',
    label: 'global_clipnorm',
    hint: 'All gradients together are scaled down to at most this norm.',
  },
  { key: 'clipvalue', label: 'clipvalue', hint: 'Each number of a gradient is held between minus this and this.' },
] as const;

export type ClippingKey = (typeof clippings)[number]['key'];

/** The clipping that an optimizer has, and its limit. */
export function clippingOf(optimizer: OptimizerConfig): { readonly key: ClippingKey; readonly limit: number } {
  const found = clippings.find(({ key }) => key !== 'none' && valueIn(optimizer, key) !== undefined);
  const limit = found && valueIn(optimizer, found.key);
  return { key: found?.key ?? 'none', limit: typeof limit === 'number' ? limit : 1 };
}

/** The optimizer with that clipping and no other. */
export function withClipping(optimizer: OptimizerConfig, key: ClippingKey, limit: number): OptimizerConfig {
  const { clipnorm: _norm, globalClipnorm: _global, clipvalue: _value, ...rest } = optimizer;
  return key === 'none' ? rest : { ...rest, [key]: limit };
}

function valueIn(record: object, key: string): unknown {
  return new Map<string, unknown>(Object.entries(record)).get(key);
}
