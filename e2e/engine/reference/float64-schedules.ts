/** Keras 3's learning-rate schedules by the step, from 0. Independent of the engine. */
import type { ScheduleConfig } from '../../../src/engine/model/training-config.ts';

type Cosine = Extract<ScheduleConfig, { readonly type: 'cosine' }>;

/** Without a target there is no warm-up, whatever its steps. */
function cosineRate(config: Cosine, step: number): number {
  const { initialLearningRate, decaySteps, alpha = 0, warmupTarget } = config;
  const warmupSteps = warmupTarget === undefined ? 0 : (config.warmupSteps ?? 0);
  const peak = warmupTarget ?? initialLearningRate;
  if (step < warmupSteps) return initialLearningRate + ((peak - initialLearningRate) * step) / warmupSteps;
  const share = Math.min((step - warmupSteps) / decaySteps, 1);
  const cosine = (1 + Math.cos(Math.PI * share)) / 2;
  return peak * ((1 - alpha) * cosine + alpha);
}

/** The rate of step `step`, 0 for the first. */
export function learningRateAt(schedule: number | ScheduleConfig, step: number): number {
  if (typeof schedule === 'number') return schedule;
  switch (schedule.type) {
    case 'constant':
      return schedule.learningRate;
    case 'step':
      return schedule.initialLearningRate * (schedule.decayRate ?? 0.5) ** Math.floor(step / schedule.decaySteps);
    case 'exponential': {
      const power = step / schedule.decaySteps;
      return schedule.initialLearningRate * schedule.decayRate ** (schedule.staircase ? Math.floor(power) : power);
    }
    case 'cosine':
      return cosineRate(schedule, step);
  }
}
