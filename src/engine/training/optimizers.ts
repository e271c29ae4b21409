/** Optimizers: Keras 3's defaults, the entry point of optimizer.wgsl, its constants and its uniforms. */
import { EngineError } from '../error.ts';
import type { OptimizerConfig, OptimizerType } from '../model/training-config.ts';
import { FieldReader, isRecord, show } from '../model/field-reader.ts';
import type { ModelIssue } from '../model/issue.ts';
import type { ShaderConstants } from '../gpu/wgsl/specialise.ts';
import { learningRateAt, readSchedule, scheduleBytes, writeSchedule, type Schedule } from './schedules.ts';

/** How gradients are held back, and at what. */
export interface Clipping {
  readonly kind: 'none' | 'norm' | 'globalNorm' | 'value';
  readonly limit: number;
}

/** One optimizer ready for the GPU. */
export interface ResolvedOptimizer {
  readonly entryPoint: 'sgd' | 'rmsprop' | 'adam' | 'adagrad';
  /** Those of the rule itself: two optimizers with the same ones mean the same by their slots. */
  readonly constants: ShaderConstants;
  readonly schedule: Schedule;
  readonly weightDecay: number;
  readonly clipping: Clipping;
  readonly momentum: number;
  readonly epsilon: number;
  readonly rho: number;
  readonly beta1: number;
  readonly beta2: number;
  /** What the first slot starts at. */
  readonly firstSlot: number;
}

type Rule = Omit<ResolvedOptimizer, 'schedule' | 'weightDecay' | 'clipping'>;

/** Sets of numbers an optimizer may keep per weight; the memory for all is there, so that it can be changed at any step. */
export const slotCount = 3;

const types: readonly OptimizerType[] = ['rmsprop', 'sgd', 'adam', 'adamw', 'adagrad'];
/** Keras's default of AdamW. */
const adamwDecay = 0.004;

const isShare = (value: number) => value >= 0 && value < 1;
const shareRule = 'a number from 0 up to, not including, 1';
const isPositive = (value: number) => value > 0;
const isNotNegative = (value: number) => value >= 0;

/** The optimizer with its defaults. @throws EngineError `invalidModel` with the first issue. */
export function optimizerOf(config: OptimizerConfig): ResolvedOptimizer {
  const { optimizer, issues } = resolveOptimizer(config);
  if (issues[0]) throw new EngineError('invalidModel', issues[0].message);
  return optimizer;
}

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
  const type = fields.requiredOneOf('type', types, 'rmsprop');
  const optimizer: ResolvedOptimizer = {
    ...readRule(fields, type),
    schedule: readSchedule(fields, type === 'sgd' ? 0.01 : 0.001),
    weightDecay: fields.number('weightDecay', type === 'adamw' ? adamwDecay : 0, 'a number ≥ 0', isNotNegative),
    clipping: readClipping(fields),
  };
  fields.finish();
  return { optimizer, issues };
}

function readRule(fields: FieldReader, type: OptimizerType): Rule {
  const epsilon = () => fields.number('epsilon', 1e-7, 'a number ≥ 0', isNotNegative);
  const none = { constants: {}, momentum: 0, epsilon: 0, rho: 0, beta1: 0, beta2: 0, firstSlot: 0 };
  switch (type) {
    case 'sgd': {
      const momentum = fields.number('momentum', 0, 'a number from 0 to 1', (value) => value >= 0 && value <= 1);
      const isNesterov = fields.boolean('nesterov', false);
      return { ...none, entryPoint: 'sgd', constants: { hasMomentum: momentum > 0, isNesterov }, momentum };
    }
    case 'rmsprop': {
      const momentum = fields.number('momentum', 0, 'a number ≥ 0', isNotNegative);
      const isCentered = fields.boolean('centered', false);
      const rho = fields.number('rho', 0.9, shareRule, isShare);
      const constants = { hasMomentum: momentum > 0, isCentered };
      return { ...none, entryPoint: 'rmsprop', constants, momentum, rho, epsilon: epsilon() };
    }
    case 'adam':
    case 'adamw': {
      const beta1 = fields.number('beta1', 0.9, shareRule, isShare);
      const beta2 = fields.number('beta2', 0.999, shareRule, isShare);
      return { ...none, entryPoint: 'adam', beta1, beta2, epsilon: epsilon() };
    }
    case 'adagrad': {
      const firstSlot = fields.number('initialAccumulatorValue', 0.1, 'a number ≥ 0', isNotNegative);
      return { ...none, entryPoint: 'adagrad', firstSlot, epsilon: epsilon() };
    }
  }
}

const clippings = { clipnorm: 'norm', globalClipnorm: 'globalNorm', clipvalue: 'value' } as const;

function readClipping(fields: FieldReader): Clipping {
  const given = (['clipnorm', 'globalClipnorm', 'clipvalue'] as const).filter(
    (field) => fields.get(field) !== undefined,
  );
  const limits = given.map((field) => fields.number(field, 1, 'a number > 0', isPositive));
  if (given.length > 1) {
    const received = given.map((field) => `${field}=${show(fields.get(field))}`).join(', ');
    fields.report(
      'badValue',
      `at most one of clipnorm, globalClipnorm and clipvalue may be given. Received ${received}.`,
    );
  }
  const [field] = given;
  return field ? { kind: clippings[field], limit: limits[0] ?? 1 } : { kind: 'none', limit: 0 };
}

/** True when the two mean the same by their slots, so that these can be kept. */
export function haveSameSlots(a: ResolvedOptimizer, b: ResolvedOptimizer): boolean {
  return slotsMeaning(a) === slotsMeaning(b);
}

/** What an optimizer means by its slots: the same text for the same meaning. */
export function slotsMeaning({ entryPoint, constants, firstSlot }: ResolvedOptimizer): string {
  return JSON.stringify([entryPoint, constants, firstSlot]);
}

/** How many of the slots, from the first one on, an optimizer writes. */
export function slotsUsed({ entryPoint, constants }: ResolvedOptimizer): number {
  switch (entryPoint) {
    case 'sgd':
      return constants['hasMomentum'] === true ? 1 : 0;
    case 'rmsprop':
      return constants['hasMomentum'] === true ? 3 : constants['isCentered'] === true ? 2 : 1;
    case 'adam':
      return 2;
    case 'adagrad':
      return 1;
  }
}

/** Bytes of the uniform `Hyperparameters` of optimizer.wgsl. */
export const hyperparameterBytes = 32;

/** The uniform `Hyperparameters` of optimizer.wgsl. */
export function hyperparameterData(optimizer: ResolvedOptimizer): Float32Array<ArrayBuffer> {
  const { momentum, epsilon, rho, beta1, beta2, weightDecay, clipping } = optimizer;
  return Float32Array.of(momentum, epsilon, rho, 1 - rho, 1 - beta1, 1 - beta2, weightDecay, clipping.limit);
}

/** Bytes of the uniform `Advance` of step-finish.wgsl. */
export const advanceBytes = 16 + scheduleBytes;

/** The uniform `Advance` of step-finish.wgsl. */
export function advanceData(optimizer: ResolvedOptimizer): ArrayBuffer {
  const { beta1, beta2, schedule } = optimizer;
  const view = new DataView(new ArrayBuffer(advanceBytes));
  [beta1, beta2, 1 - beta1, 1 - beta2].forEach((value, index) => view.setFloat32(4 * index, value, true));
  writeSchedule(view, 16, schedule);
  return view.buffer;
}

/** The rate after so many updates. */
export function learningRateOf({ schedule }: ResolvedOptimizer, updates: number): number {
  return learningRateAt(schedule, updates);
}
