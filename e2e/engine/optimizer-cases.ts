/** The table of optimizers and options that the update kernels are held to. Data only. */
import type { OptimizerConfig } from '../../src/engine/model/config.ts';

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
];
