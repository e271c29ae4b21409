/** Optimizers: Keras 3's defaults, the entry point of optimizer.wgsl, its constants and its uniforms. */
import type { OptimizerConfig } from '../model/config.ts';
import { FieldReader, isRecord, show } from '../model/field-reader.ts';
import type { ModelIssue } from '../model/issue.ts';
import type { ShaderConstants } from '../gpu/wgsl/specialise.ts';

/** One optimizer ready for the GPU. */
export interface ResolvedOptimizer {
  readonly entryPoint: 'sgd' | 'rmsprop' | 'adam';
  readonly constants: ShaderConstants;
  readonly learningRate: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly rho: number;
  readonly beta1: number;
  readonly beta2: number;
}

/** Sets of numbers an optimizer may keep per weight; the memory for all is there, so that it can be changed at any step. */
export const slotCount = 3;

const isShare = (value: number) => value >= 0 && value < 1;
const shareRule = 'a number from 0 up to, not including, 1';
const isPositive = (value: number) => value > 0;
const isNotNegative = (value: number) => value >= 0;

/** The optimizer with its defaults, and what is wrong with its JSON. */
export function resolveOptimizer(config: unknown): { optimizer: ResolvedOptimizer; issues: readonly ModelIssue[] } {
  const issues: ModelIssue[] = [];
  if (!isRecord(config)) {
    issues.push({
      layer: 'optimizer',
      code: 'notAnObject',
      message: `optimizer: must be an object. Received optimizer=${show(config)}.`,
    });
  }
  const fields = new FieldReader('optimizer', isRecord(config) ? config : { type: 'rmsprop' }, issues);
  const type = fields.oneOf('type', ['rmsprop', 'sgd', 'adam'], 'rmsprop');
  if (fields.get('type') === undefined)
    fields.report('badValue', 'type must be one of rmsprop, sgd, adam. Received type=undefined.');
  const optimizer = readOptimizer(fields, type);
  fields.finish();
  return { optimizer, issues };
}

function readOptimizer(fields: FieldReader, type: OptimizerConfig['type']): ResolvedOptimizer {
  const rate = (fallback: number) => fields.number('learningRate', fallback, 'a number > 0', isPositive);
  const epsilon = () => fields.number('epsilon', 1e-7, 'a number ≥ 0', isNotNegative);
  const none = { momentum: 0, epsilon: 0, rho: 0, beta1: 0, beta2: 0 };
  switch (type) {
    case 'sgd': {
      const momentum = fields.number('momentum', 0, 'a number from 0 to 1', (value) => value >= 0 && value <= 1);
      const isNesterov = fields.boolean('nesterov', false);
      const constants = { hasMomentum: momentum > 0, isNesterov };
      return { ...none, entryPoint: 'sgd', constants, learningRate: rate(0.01), momentum };
    }
    case 'rmsprop': {
      const momentum = fields.number('momentum', 0, 'a number ≥ 0', isNotNegative);
      const isCentered = fields.boolean('centered', false);
      const rho = fields.number('rho', 0.9, shareRule, isShare);
      const constants = { hasMomentum: momentum > 0, isCentered };
      return {
        ...none,
        entryPoint: 'rmsprop',
        constants,
        learningRate: rate(0.001),
        momentum,
        rho,
        epsilon: epsilon(),
      };
    }
    case 'adam': {
      const beta1 = fields.number('beta1', 0.9, shareRule, isShare);
      const beta2 = fields.number('beta2', 0.999, shareRule, isShare);
      return {
        ...none,
        entryPoint: 'adam',
        constants: {},
        learningRate: rate(0.001),
        beta1,
        beta2,
        epsilon: epsilon(),
      };
    }
  }
}

/** The uniform `Hyperparameters` of optimizer.wgsl. */
export function hyperparameterData(optimizer: ResolvedOptimizer): Float32Array<ArrayBuffer> {
  const { learningRate, momentum, epsilon, rho, beta1, beta2 } = optimizer;
  return Float32Array.of(learningRate, momentum, epsilon, rho, 1 - rho, 1 - beta1, 1 - beta2, 0);
}

/** The uniform `Decay` of step-finish.wgsl. */
export function decayData(optimizer: ResolvedOptimizer): Float32Array<ArrayBuffer> {
  const { beta1, beta2 } = optimizer;
  return Float32Array.of(beta1, beta2, 1 - beta1, 1 - beta2);
}
