/**
 * Keras 3's update rules in float64, written from its documented formulas (keras.optimizers SGD, RMSprop, Adam).
 * Independent of the engine.
 */
import type { AdamConfig, OptimizerConfig, RMSpropConfig, SGDConfig } from '../../../src/engine/model/config.ts';
import type { WeightsByName } from './float64-reference.ts';

/** New weight and slots of one number, from its gradient; `step` counts from 1. */
type Rule = (weight: number, slots: Float64Array, grad: number, step: number) => number;

/** m ← μ·m − η·g; w ← w + m, or with Nesterov w + μ·m − η·g. */
function sgdRule({ learningRate = 0.01, momentum = 0, nesterov = false }: SGDConfig): Rule {
  return (weight, slots, grad) => {
    slots[0] = momentum * slots[0]! - learningRate * grad;
    return weight + (nesterov ? momentum * slots[0] - learningRate * grad : slots[0]);
  };
}

/** v ← ρ·v + (1−ρ)·g²; increment η·g/√(v + ε), centered: /√(v − a² + ε) with a the mean gradient. */
function rmspropRule(config: RMSpropConfig): Rule {
  const { learningRate = 0.001, rho = 0.9, momentum = 0, epsilon = 1e-7, centered = false } = config;
  return (weight, slots, grad) => {
    slots[0] = rho * slots[0]! + (1 - rho) * grad * grad;
    slots[1] = rho * slots[1]! + (1 - rho) * grad;
    const spread = centered ? slots[0] - slots[1] * slots[1] : slots[0];
    const increment = (learningRate * grad) / Math.sqrt(spread + epsilon);
    slots[2] = momentum * slots[2]! + increment;
    return weight - slots[2];
  };
}

/** α = η·√(1−β₂ᵗ)/(1−β₁ᵗ); m ← m + (g−m)(1−β₁); v ← v + (g²−v)(1−β₂); w ← w − α·m/(√v + ε). */
function adamRule({ learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: AdamConfig): Rule {
  return (weight, slots, grad, step) => {
    const alpha = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    slots[0]! += (grad - slots[0]!) * (1 - beta1);
    slots[1]! += (grad * grad - slots[1]!) * (1 - beta2);
    return weight - (alpha * slots[0]!) / (Math.sqrt(slots[1]!) + epsilon);
  };
}

function ruleOf(config: OptimizerConfig): Rule {
  switch (config.type) {
    case 'sgd':
      return sgdRule(config);
    case 'rmsprop':
      return rmspropRule(config);
    case 'adam':
      return adamRule(config);
  }
}

/** An optimizer with empty slots. */
export interface Float64Optimizer {
  /** Changes `weights` in place by one step. */
  update(weights: Map<string, Float64Array>, gradients: WeightsByName): void;
  /** Keeps the slots and the step count. */
  setLearningRate(learningRate: number): void;
}

/** Keras 3's optimizer of that config. */
export function createFloat64Optimizer(config: OptimizerConfig): Float64Optimizer {
  const slots = new Map<string, Float64Array>();
  let rule = ruleOf(config);
  let step = 0;
  return {
    setLearningRate: (learningRate) => (rule = ruleOf({ ...config, learningRate })),
    update(weights, gradients) {
      step++;
      for (const [name, values] of weights) {
        const gradient = gradients.get(name);
        if (!gradient) throw new Error(`${name}: every weight has a gradient. Received undefined.`);
        const own = slots.get(name) ?? new Float64Array(3 * values.length);
        slots.set(name, own);
        values.forEach((value, i) => (values[i] = rule(value, own.subarray(3 * i, 3 * i + 3), gradient[i]!, step)));
      }
    },
  };
}
