/** The plain-JSON description of how a network is trained: optimizer, schedule, loss, precision. Knows no rules. */

/**
 * Keras 3's learning-rate schedules, by the step (0 is the first). `step` is Keras's `PiecewiseConstantDecay` with equal
 * steps; `cosine` is `CosineDecay` with its warm-up.
 */
export type ScheduleConfig =
  | { readonly type: 'constant'; readonly learningRate: number }
  /** `initialLearningRate · decayRate^⌊step / decaySteps⌋`. */
  | {
      readonly type: 'step';
      readonly initialLearningRate: number;
      readonly decaySteps: number;
      /** Default 0.5. */
      readonly decayRate?: number;
    }
  /** `initialLearningRate · decayRate^(step / decaySteps)`; with `staircase` the quotient is whole. */
  | {
      readonly type: 'exponential';
      readonly initialLearningRate: number;
      readonly decaySteps: number;
      readonly decayRate: number;
      readonly staircase?: boolean;
    }
  /**
   * From `initialLearningRate` linearly to `warmupTarget` over `warmupSteps`, then by half a cosine over `decaySteps` down
   * to `alpha` times the peak. Defaults: alpha 0, no warm-up.
   */
  | {
      readonly type: 'cosine';
      readonly initialLearningRate: number;
      readonly decaySteps: number;
      readonly alpha?: number;
      readonly warmupTarget?: number;
      readonly warmupSteps?: number;
    };

interface OptimizerBase {
  readonly learningRate?: number | ScheduleConfig;
  /** Decoupled: before the update every weight loses `weightDecay · learningRate` of itself. Default none (AdamW: 0.004). */
  readonly weightDecay?: number;
  /** Each weight's gradient is scaled down to at most this norm. One of the three at most may be given. */
  readonly clipnorm?: number;
  /** All gradients together are scaled down to at most this norm. */
  readonly globalClipnorm?: number;
  /** Each number of a gradient is held between −clipvalue and clipvalue. */
  readonly clipvalue?: number;
}

/** RMSprop as Keras 3 computes it: epsilon inside the square root. Defaults: 0.001, 0.9, 0, 1e-7, false. */
export interface RMSpropConfig extends OptimizerBase {
  readonly type: 'rmsprop';
  readonly rho?: number;
  readonly momentum?: number;
  readonly epsilon?: number;
  readonly centered?: boolean;
}

/** Stochastic gradient descent. Defaults: 0.01, 0, false. */
export interface SGDConfig extends OptimizerBase {
  readonly type: 'sgd';
  readonly momentum?: number;
  readonly nesterov?: boolean;
}

/** Adam, and AdamW, which differs by its weight decay of 0.004. Defaults: 0.001, 0.9, 0.999, 1e-7. */
export interface AdamConfig extends OptimizerBase {
  readonly type: 'adam' | 'adamw';
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/** Adagrad. Defaults: 0.001, 0.1, 1e-7. */
export interface AdagradConfig extends OptimizerBase {
  readonly type: 'adagrad';
  readonly initialAccumulatorValue?: number;
  readonly epsilon?: number;
}

export type OptimizerConfig = RMSpropConfig | SGDConfig | AdamConfig | AdagradConfig;
export type OptimizerType = OptimizerConfig['type'];

export type LossName =
  'sparseCategoricalCrossentropy' | 'categoricalCrossentropy' | 'meanSquaredError' | 'hinge' | 'categoricalHinge';

/**
 * Keras 3's losses, means over the batch. Every one takes class indices (then the target of a row is its one-hot vector)
 * or rows of targets; `hinge` turns targets 0 and 1 into −1 and 1, as Keras does.
 */
export type LossConfig =
  | LossName
  | {
      readonly type: 'sparseCategoricalCrossentropy' | 'categoricalCrossentropy';
      /** True when the last layer has no softmax. Default false. */
      readonly fromLogits?: boolean;
      /** Targets become `target · (1 − labelSmoothing) + labelSmoothing / classes`. Default 0. */
      readonly labelSmoothing?: number;
    }
  | { readonly type: 'meanSquaredError' | 'hinge' | 'categoricalHinge' };

/** `float32`, or activations, weights and products in 16 bits with sums, master weights and loss in 32. */
export type Precision = 'float32' | 'mixedFloat16';
