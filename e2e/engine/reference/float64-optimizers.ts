/**
 * Keras 3's update rules in float64, written from its documented formulas (keras.optimizers SGD, RMSprop, Adam, AdamW,
 * Adagrad and what they share). Independent of the engine.
 */
import type {
  AdagradConfig,
  AdamConfig,
  OptimizerConfig,
  RMSpropConfig,
  SGDConfig,
} from '../../../src/engine/model/training-config.ts';
import { constrained } from './float64-constraints.ts';
import type { WeightsByName } from './float64-reference.ts';
import { learningRateAt } from './float64-schedules.ts';
import type { ReferenceWeight } from './reference-weights.ts';

/** New weight and slots of one number, from its gradient and the learning rate; `step` counts from 1. */
type Rule = (weight: number, slots: Float64Array, grad: number, learningRate: number, step: number) => number;

/** m ← μ·m − η·g; w ← w + m, or with Nesterov w + μ·m − η·g. */
function sgdRule({ momentum = 0, nesterov = false }: SGDConfig): Rule {
  return (weight, slots, grad, learningRate) => {
    slots[0] = momentum * slots[0]! - learningRate * grad;
    return weight + (nesterov ? momentum * slots[0] - learningRate * grad : slots[0]);
  };
}

/** v ← ρ·v + (1−ρ)·g²; increment η·g/√(v + ε), centered: /√(v − a² + ε) with a the mean gradient. */
function rmspropRule({ rho = 0.9, momentum = 0, epsilon = 1e-7, centered = false }: RMSpropConfig): Rule {
  return (weight, slots, grad, learningRate) => {
    slots[0] = rho * slots[0]! + (1 - rho) * grad * grad;
    slots[1] = rho * slots[1]! + (1 - rho) * grad;
    const spread = centered ? slots[0] - slots[1] * slots[1] : slots[0];
    const increment = (learningRate * grad) / Math.sqrt(spread + epsilon);
    slots[2] = momentum * slots[2]! + increment;
    return weight - slots[2];
  };
}

/** α = η·√(1−β₂ᵗ)/(1−β₁ᵗ); m ← m + (g−m)(1−β₁); v ← v + (g²−v)(1−β₂); w ← w − α·m/(√v + ε). */
function adamRule({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: AdamConfig): Rule {
  return (weight, slots, grad, learningRate, step) => {
    const alpha = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    slots[0]! += (grad - slots[0]!) * (1 - beta1);
    slots[1]! += (grad * grad - slots[1]!) * (1 - beta2);
    return weight - (alpha * slots[0]!) / (Math.sqrt(slots[1]!) + epsilon);
  };
}

/** a ← a + g²; w ← w − η·g/√(a + ε); a starts at 0.1. */
function adagradRule({ initialAccumulatorValue = 0.1, epsilon = 1e-7 }: AdagradConfig): Rule {
  return (weight, slots, grad, learningRate, step) => {
    slots[0] = (step === 1 ? initialAccumulatorValue : slots[0]!) + grad * grad;
    return weight - (learningRate * grad) / Math.sqrt(slots[0] + epsilon);
  };
}

function ruleOf(config: OptimizerConfig): Rule {
  switch (config.type) {
    case 'sgd':
      return sgdRule(config);
    case 'rmsprop':
      return rmspropRule(config);
    case 'adam':
    case 'adamw':
      return adamRule(config);
    case 'adagrad':
      return adagradRule(config);
  }
}

const squaredLength = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

/** Scales by limit / norm where the norm is larger than the limit. */
function shortened(values: Float64Array, norm: number, limit: number): Float64Array {
  return values.map((value) => (norm > limit ? (value * limit) / norm : value));
}

/** At most one of the three ways is given. */
function clipped(config: OptimizerConfig, gradients: readonly Float64Array[]): readonly Float64Array[] {
  const { clipnorm, globalClipnorm, clipvalue } = config;
  if (clipnorm !== undefined) return gradients.map((grad) => shortened(grad, Math.sqrt(squaredLength(grad)), clipnorm));
  if (globalClipnorm !== undefined) {
    const norm = Math.sqrt(gradients.reduce((sum, grad) => sum + squaredLength(grad), 0));
    return gradients.map((grad) => shortened(grad, norm, globalClipnorm));
  }
  if (clipvalue !== undefined)
    return gradients.map((grad) => grad.map((value) => Math.min(Math.max(value, -clipvalue), clipvalue)));
  return gradients;
}

/** What an update must know of a network's weights. */
export interface Float64OptimizerOptions {
  /** Shapes, constraints and what is frozen; without them every weight of `update` is trainable and free. */
  readonly weights?: readonly ReferenceWeight[];
  /** By weight name, 0 for every frozen number and 1 for the others. A frozen number has no gradient, and stays. */
  readonly masks?: WeightsByName;
}

/** An optimizer with empty slots. */
export interface Float64Optimizer {
  /** Changes `weights` in place by one step. */
  update(weights: Map<string, Float64Array>, gradients: WeightsByName): void;
  /** Keeps the slots and the step count; ends a schedule. */
  setLearningRate(learningRate: number): void;
}

/** Keras 3's optimizer of that config. */
export function createFloat64Optimizer(
  config: OptimizerConfig,
  { weights: specs = [], masks = new Map() }: Float64OptimizerOptions = {},
): Float64Optimizer {
  const specOf = new Map(specs.map((spec) => [spec.name, spec]));
  const slots = new Map<string, Float64Array>();
  const rule = ruleOf(config);
  const decay = config.weightDecay ?? (config.type === 'adamw' ? 0.004 : 0);
  let schedule = config.learningRate ?? (config.type === 'sgd' ? 0.01 : 0.001);
  let step = 0;

  const updateOne = (name: string, values: Float64Array, gradient: Float64Array, learningRate: number) => {
    const own = slots.get(name) ?? new Float64Array(3 * values.length);
    slots.set(name, own);
    const before = values.slice();
    values.forEach((value, i) => {
      const decayed = value - value * decay * learningRate;
      values[i] = rule(decayed, own.subarray(3 * i, 3 * i + 3), gradient[i]!, learningRate, step);
    });
    const spec = specOf.get(name);
    if (spec?.constraint !== undefined) values.set(constrained(spec.constraint, values, spec.shape));
    const mask = masks.get(name);
    if (mask) before.forEach((value, i) => (values[i] = mask[i] === 0 ? value : values[i]!));
  };

  return {
    setLearningRate: (learningRate) => (schedule = learningRate),
    update(weights, gradients) {
      const learningRate = learningRateAt(schedule, step);
      step++;
      const trained = [...weights].filter(([name]) => specOf.get(name)?.isTrainable !== false);
      const masked = trained.map(([name]) => {
        const [gradient, mask] = [gradients.get(name), masks.get(name)];
        if (!gradient) throw new Error(`${name}: every weight has a gradient. Received undefined.`);
        return Float64Array.from(gradient, (value, i) => (mask ? value * mask[i]! : value));
      });
      const limited = clipped(config, masked);
      trained.forEach(([name, values], i) => updateOne(name, values, limited[i]!, learningRate));
    },
  };
}
