/** The table of optimizers and options that the update kernels are held to. Data only. */
import type { OptimizerConfig } from '../../src/engine/model/training-config.ts';

/** One row of the table. */
export interface OptimizerCase {
  readonly optimizer: OptimizerConfig;
  /** A rule so near that only a comparison that works tells them apart: the control. */
  readonly neighbour: OptimizerConfig;
}

/** Each optimizer with each of its options. */
export const optimizerCases: readonly OptimizerCase[] = [
  {
    optimizer: { type: 'sgd', learningRate: 0.1 },
    neighbour: { type: 'sgd', learningRate: 0.1001 },
  },
  {
    optimizer: { type: 'sgd', learningRate: 0.1, momentum: 0.9 },
    neighbour: { type: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true },
  },
  {
    optimizer: { type: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: true },
    neighbour: { type: 'sgd', learningRate: 0.1, momentum: 0.9 },
  },
  {
    optimizer: { type: 'rmsprop', learningRate: 0.01, epsilon: 1e-3 },
    neighbour: { type: 'rmsprop', learningRate: 0.01, epsilon: 1.1e-3 },
  },
  {
    optimizer: { type: 'rmsprop', learningRate: 0.01, rho: 0.8, momentum: 0.5 },
    neighbour: { type: 'rmsprop', learningRate: 0.01, rho: 0.8 },
  },
  {
    optimizer: { type: 'rmsprop', learningRate: 0.01, centered: true, epsilon: 1e-5 },
    neighbour: { type: 'rmsprop', learningRate: 0.01, epsilon: 1e-5 },
  },
  {
    optimizer: { type: 'rmsprop', learningRate: 0.01, centered: true, epsilon: 1e-5, momentum: 0.9 },
    neighbour: { type: 'rmsprop', learningRate: 0.01, centered: true, epsilon: 1e-5, momentum: 0.89 },
  },
  {
    optimizer: { type: 'adam', learningRate: 0.01, epsilon: 1e-3 },
    neighbour: { type: 'adam', learningRate: 0.01, epsilon: 1.1e-3 },
  },
  {
    optimizer: { type: 'adam', learningRate: 0.01, beta1: 0.8, beta2: 0.95 },
    neighbour: { type: 'adam', learningRate: 0.01, beta1: 0.8, beta2: 0.96 },
  },
  // Nothing given: Keras's defaults.
  { optimizer: { type: 'sgd' }, neighbour: { type: 'sgd', learningRate: 0.011 } },
  {
    optimizer: { type: 'rmsprop' },
    neighbour: { type: 'rmsprop', learningRate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-6, centered: false },
  },
  { optimizer: { type: 'adam' }, neighbour: { type: 'adam', beta1: 0.9, beta2: 0.99 } },
  // AdamW is Adam with a decay of its own; Adagrad starts its sums at 0.1.
  {
    optimizer: { type: 'adamw', learningRate: 0.01, epsilon: 1e-3 },
    neighbour: { type: 'adam', learningRate: 0.01, epsilon: 1e-3 },
  },
  {
    optimizer: { type: 'adamw', learningRate: 0.01, weightDecay: 0.1, beta1: 0.8, epsilon: 1e-3 },
    neighbour: { type: 'adamw', learningRate: 0.01, weightDecay: 0.09, beta1: 0.8, epsilon: 1e-3 },
  },
  { optimizer: { type: 'adagrad' }, neighbour: { type: 'adagrad', initialAccumulatorValue: 0.11 } },
  {
    optimizer: { type: 'adagrad', learningRate: 0.1, initialAccumulatorValue: 0.5, epsilon: 1e-2 },
    neighbour: { type: 'adagrad', learningRate: 0.1, initialAccumulatorValue: 0.5, epsilon: 1.2e-2 },
  },
  // What all have in common.
  {
    optimizer: { type: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 0.05 },
    neighbour: { type: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 0.049 },
  },
  {
    optimizer: { type: 'rmsprop', learningRate: 0.01, epsilon: 1e-3, weightDecay: 0.1 },
    neighbour: { type: 'rmsprop', learningRate: 0.01, epsilon: 1e-3 },
  },
  {
    optimizer: { type: 'sgd', learningRate: 0.1, clipnorm: 0.1 },
    neighbour: { type: 'sgd', learningRate: 0.1, globalClipnorm: 0.1 },
  },
  {
    optimizer: { type: 'sgd', learningRate: 0.1, momentum: 0.5, globalClipnorm: 0.3 },
    neighbour: { type: 'sgd', learningRate: 0.1, momentum: 0.5, globalClipnorm: 0.301 },
  },
  {
    optimizer: { type: 'adam', learningRate: 0.01, epsilon: 1e-3, clipnorm: 0.05, weightDecay: 0.1 },
    neighbour: { type: 'adam', learningRate: 0.01, epsilon: 1e-3, clipnorm: 0.051, weightDecay: 0.1 },
  },
  {
    optimizer: { type: 'sgd', learningRate: 0.1, clipvalue: 0.02 },
    neighbour: { type: 'sgd', learningRate: 0.1, clipvalue: 0.021 },
  },
  {
    optimizer: { type: 'adagrad', learningRate: 0.1, globalClipnorm: 0.2 },
    neighbour: { type: 'adagrad', learningRate: 0.1, clipnorm: 0.2 },
  },
  // A norm or a value that nothing reaches clips nothing; its control does.
  {
    optimizer: { type: 'sgd', learningRate: 0.1, clipnorm: 1e3 },
    neighbour: { type: 'sgd', learningRate: 0.1, clipnorm: 1e-1 },
  },
  // Schedules, by the step.
  {
    optimizer: { type: 'sgd', learningRate: { type: 'constant', learningRate: 0.1 } },
    neighbour: { type: 'sgd', learningRate: 0.1001 },
  },
  {
    optimizer: { type: 'sgd', learningRate: { type: 'step', initialLearningRate: 0.1, decaySteps: 5 } },
    neighbour: { type: 'sgd', learningRate: { type: 'step', initialLearningRate: 0.1, decaySteps: 6 } },
  },
  {
    optimizer: {
      type: 'sgd',
      momentum: 0.9,
      learningRate: { type: 'exponential', initialLearningRate: 0.1, decaySteps: 4, decayRate: 0.6 },
    },
    neighbour: {
      type: 'sgd',
      momentum: 0.9,
      learningRate: { type: 'exponential', initialLearningRate: 0.1, decaySteps: 4, decayRate: 0.61 },
    },
  },
  {
    optimizer: {
      type: 'adam',
      epsilon: 1e-3,
      learningRate: { type: 'exponential', initialLearningRate: 0.01, decaySteps: 3, decayRate: 0.3, staircase: true },
    },
    neighbour: {
      type: 'adam',
      epsilon: 1e-3,
      learningRate: { type: 'exponential', initialLearningRate: 0.01, decaySteps: 3, decayRate: 0.3 },
    },
  },
  {
    optimizer: { type: 'sgd', learningRate: { type: 'cosine', initialLearningRate: 0.1, decaySteps: 10, alpha: 0.1 } },
    neighbour: { type: 'sgd', learningRate: { type: 'cosine', initialLearningRate: 0.1, decaySteps: 10 } },
  },
  {
    optimizer: {
      type: 'sgd',
      weightDecay: 0.05,
      learningRate: { type: 'cosine', initialLearningRate: 0, decaySteps: 6, warmupTarget: 0.1, warmupSteps: 4 },
    },
    neighbour: {
      type: 'sgd',
      weightDecay: 0.05,
      learningRate: { type: 'cosine', initialLearningRate: 0, decaySteps: 6, warmupTarget: 0.1, warmupSteps: 5 },
    },
  },
];
