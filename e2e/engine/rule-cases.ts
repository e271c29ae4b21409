/** The table of what may be asked of weights and outputs besides the optimizer. Data only. */
import type { ConstraintConfig, LayerConfig, ModelConfig, RegularizerConfig } from '../../src/engine/model/config.ts';
import type { OptimizerConfig } from '../../src/engine/model/training-config.ts';

type Conv = Extract<LayerConfig, { type: 'conv2d' }>;
type Dense = Extract<LayerConfig, { type: 'dense' }>;

/** Smooth, for inputs of 6×7×1 and four outputs. */
function modelWith(conv: Partial<Conv>, dense: Partial<Dense> = {}): ModelConfig {
  return {
    inputShape: [6, 7, 1],
    layers: [
      { type: 'conv2d', filters: 3, kernelSize: 3, activation: 'tanh', ...conv },
      { type: 'averagePooling2d' },
      { type: 'flatten' },
      { type: 'dense', units: 4, activation: 'softmax', ...dense },
    ],
  };
}

/** One row of the table. */
export interface RuleCase {
  readonly title: string;
  readonly optimizer: OptimizerConfig;
  readonly model: ModelConfig;
  /** So near that only a comparison that works tells it apart: the control. */
  readonly neighbour: ModelConfig;
}

const sgd: OptimizerConfig = { type: 'sgd', learningRate: 0.1 };

const regularized = (kernelRegularizer: RegularizerConfig): ModelConfig => modelWith({ kernelRegularizer });
const active = (activityRegularizer: RegularizerConfig): ModelConfig => modelWith({ activityRegularizer });
const constrained = (kernelConstraint: ConstraintConfig): ModelConfig => modelWith({}, { kernelConstraint });

const filters = [0, 1, 2];

/** Regularizers, constraints and frozen layers. */
export const ruleCases: readonly RuleCase[] = [
  { title: 'l2', optimizer: sgd, model: regularized('l2'), neighbour: regularized({ type: 'l2', l2: 0.0101 }) },
  { title: 'l1', optimizer: sgd, model: regularized('l1'), neighbour: regularized({ type: 'l1', l1: 0.0101 }) },
  {
    title: 'l1 and l2 on kernels and biases, clipped by norm',
    optimizer: { type: 'sgd', learningRate: 0.1, clipnorm: 0.1 },
    model: modelWith({ kernelRegularizer: 'l1l2', biasRegularizer: 'l2' }, { biasRegularizer: 'l1' }),
    neighbour: modelWith({ kernelRegularizer: 'l1l2', biasRegularizer: 'l2' }),
  },
  {
    title: 'l2 under adam',
    optimizer: { type: 'adam', learningRate: 0.01, epsilon: 1e-3 },
    model: regularized({ type: 'l2', l2: 0.1 }),
    neighbour: regularized({ type: 'l2', l2: 0.099 }),
  },
  {
    title: 'activity l2',
    optimizer: sgd,
    model: active({ type: 'l2', l2: 0.05 }),
    neighbour: active({ type: 'l2', l2: 0.049 }),
  },
  {
    title: 'activity l1',
    optimizer: sgd,
    model: active({ type: 'l1', l1: 0.05 }),
    neighbour: active({ type: 'l1', l1: 0.049 }),
  },
  {
    title: 'activity of the softmax itself',
    optimizer: sgd,
    model: modelWith({}, { activityRegularizer: { type: 'l2', l2: 0.5 } }),
    neighbour: modelWith({}, { activityRegularizer: { type: 'l2', l2: 0.49 } }),
  },
  {
    title: 'activity of every layer',
    optimizer: sgd,
    model: modelWith({ activityRegularizer: 'l1l2' }, { activityRegularizer: 'l2' }),
    neighbour: modelWith({ activityRegularizer: 'l1l2' }),
  },
  {
    title: 'nonNeg',
    optimizer: sgd,
    model: modelWith({ kernelConstraint: 'nonNeg', biasConstraint: 'nonNeg' }),
    neighbour: modelWith({ kernelConstraint: 'nonNeg' }, { kernelConstraint: 'nonNeg' }),
  },
  {
    title: 'unitNorm by unit',
    optimizer: sgd,
    model: constrained('unitNorm'),
    neighbour: constrained({ type: 'unitNorm', axis: 1 }),
  },
  {
    title: 'unitNorm by filter',
    optimizer: sgd,
    model: modelWith({ kernelConstraint: { type: 'unitNorm', axis: filters } }),
    neighbour: modelWith({ kernelConstraint: { type: 'unitNorm', axis: [0, 1] } }, { kernelConstraint: 'unitNorm' }),
  },
  {
    title: 'unitNorm by row and column of a kernel',
    optimizer: sgd,
    model: modelWith({ kernelConstraint: { type: 'unitNorm', axis: [-1, 1] } }),
    neighbour: modelWith({ kernelConstraint: { type: 'unitNorm', axis: [0, 3] } }),
  },
  {
    title: 'maxNorm',
    optimizer: sgd,
    model: constrained({ type: 'maxNorm', maxValue: 0.9 }),
    neighbour: constrained({ type: 'maxNorm', maxValue: 0.91 }),
  },
  {
    title: 'minMaxNorm',
    optimizer: { type: 'rmsprop', learningRate: 0.01, epsilon: 1e-3 },
    model: constrained({ type: 'minMaxNorm', minValue: 0.2, maxValue: 0.8, rate: 0.5, axis: 1 }),
    neighbour: constrained({ type: 'minMaxNorm', minValue: 0.2, maxValue: 0.8, rate: 0.51, axis: 1 }),
  },
  {
    title: 'a frozen convolution, with weight decay',
    optimizer: { type: 'adamw', learningRate: 0.01, weightDecay: 0.1, epsilon: 1e-3 },
    model: modelWith({ trainable: false, kernelConstraint: 'nonNeg' }),
    neighbour: modelWith({}),
  },
  {
    title: 'a frozen convolution counts in no norm',
    optimizer: { type: 'sgd', learningRate: 0.1, globalClipnorm: 0.1 },
    model: modelWith({ trainable: false, kernelRegularizer: 'l2' }),
    neighbour: modelWith({ kernelRegularizer: 'l2' }),
  },
];
