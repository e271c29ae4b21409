/** Learning-rate schedules: Keras 3's, as schedule.wgsl computes them on the GPU. Knows no optimizer. */
import type { FieldReader } from '../model/field-reader.ts';
import { isRecord } from '../model/field-reader.ts';

const kinds = { constant: 0, exponential: 1, staircase: 2, cosine: 3 } as const;

/** A schedule with its defaults filled in; Keras's `step` is a staircase. */
export interface Schedule {
  readonly kind: keyof typeof kinds;
  readonly initial: number;
  /** Of the exponential ones, per `decaySteps`. */
  readonly decayRate: number;
  readonly decaySteps: number;
  /** Of the cosine: where the warm-up ends, how long it takes, and the share of the peak that is left at the end. */
  readonly peak: number;
  readonly warmupSteps: number;
  readonly alpha: number;
}

/** Bytes of the struct `Schedule` of schedule.wgsl. */
export const scheduleBytes = 32;

/** The same rate at every step. */
export function constantSchedule(learningRate: number): Schedule {
  return {
    kind: 'constant',
    initial: learningRate,
    decayRate: 1,
    decaySteps: 1,
    peak: learningRate,
    warmupSteps: 0,
    alpha: 0,
  };
}

/** The field `learningRate`: a number, a schedule, or the default. */
export function readSchedule(fields: FieldReader, fallback: number): Schedule {
  const value = fields.get('learningRate');
  if (isRecord(value)) return fields.nested('learningRate', value, readRecord) ?? constantSchedule(fallback);
  return constantSchedule(fields.number('learningRate', fallback, 'a number > 0 or a schedule', (rate) => rate > 0));
}

/** The rate of a step, 0 for the first. */
export function learningRateAt(schedule: Schedule, step: number): number {
  const { initial, peak, decayRate, decaySteps, warmupSteps, alpha } = schedule;
  switch (schedule.kind) {
    case 'constant':
      return initial;
    case 'exponential':
      return initial * decayRate ** (step / decaySteps);
    case 'staircase':
      return initial * decayRate ** Math.floor(step / decaySteps);
    case 'cosine': {
      if (step < warmupSteps) return initial + ((peak - initial) * step) / warmupSteps;
      const left = decaySteps - Math.min(step - warmupSteps, decaySteps);
      return peak * ((1 - alpha) * Math.sin((Math.PI / 2) * (left / decaySteps)) ** 2 + alpha);
    }
  }
}

/** Writes the struct `Schedule` of schedule.wgsl. */
export function writeSchedule(view: DataView, offset: number, schedule: Schedule): void {
  const { kind, decaySteps, warmupSteps, initial, peak, alpha, decayRate } = schedule;
  const log2Decay = kind === 'exponential' ? Math.log2(decayRate) / decaySteps : Math.log2(decayRate);
  [kinds[kind], decaySteps, warmupSteps].forEach((value, index) => view.setInt32(offset + 4 * index, value, true));
  [initial, peak, alpha, log2Decay].forEach((value, index) => view.setFloat32(offset + 16 + 4 * index, value, true));
}

const stepRange = { min: 1, max: 2 ** 31 - 1 };
const isPositive = (value: number) => value > 0;
const isNotNegative = (value: number) => value >= 0;
const positiveRule = 'a number > 0';
const notNegativeRule = 'a number ≥ 0';

function readRecord(fields: FieldReader): Schedule {
  const type = fields.requiredOneOf('type', ['constant', 'step', 'exponential', 'cosine'], 'constant');
  if (fields.issues.length > 0) return constantSchedule(1);
  const initial = () => fields.requiredNumber('initialLearningRate', 1, positiveRule, isPositive);
  const decaySteps = () => fields.integer('decaySteps', stepRange);
  switch (type) {
    case 'constant':
      return constantSchedule(fields.requiredNumber('learningRate', 1, positiveRule, isPositive));
    case 'step': {
      const decayRate = fields.number('decayRate', 0.5, positiveRule, isPositive);
      return { ...constantSchedule(initial()), kind: 'staircase', decaySteps: decaySteps(), decayRate };
    }
    case 'exponential': {
      const decayRate = fields.requiredNumber('decayRate', 1, positiveRule, isPositive);
      const kind = fields.boolean('staircase', false) ? 'staircase' : 'exponential';
      return { ...constantSchedule(initial()), kind, decaySteps: decaySteps(), decayRate };
    }
    case 'cosine':
      return readCosine(fields, decaySteps());
  }
}

/** A warm-up may start at zero; without a target there is none. */
function readCosine(fields: FieldReader, decaySteps: number): Schedule {
  const isWarmedUp = fields.get('warmupTarget') !== undefined;
  const initial = isWarmedUp
    ? fields.requiredNumber('initialLearningRate', 1, notNegativeRule, isNotNegative)
    : fields.requiredNumber('initialLearningRate', 1, positiveRule, isPositive);
  const peak = fields.number('warmupTarget', initial, positiveRule, isPositive);
  const warmupSteps = fields.integer('warmupSteps', { ...stepRange, min: 0 }, 0);
  const alpha = fields.number('alpha', 0, 'a number from 0 to 1', (value) => value >= 0 && value <= 1);
  if (!isWarmedUp && warmupSteps > 0)
    fields.report('badValue', `warmupSteps needs a warmupTarget. Received warmupSteps=${warmupSteps}.`);
  return { ...constantSchedule(initial), kind: 'cosine', decaySteps, peak, warmupSteps, alpha };
}
