/** Which weights a layer has, in Keras 3's names, order and shapes, with what is asked of them. Knows no values. */
import type { ConstraintConfig, LayerConfig, RegularizerConfig } from '../../../src/engine/model/config.ts';
import { pairOf } from './reference-window.ts';

/** `l1·Σ|w| + l2·Σw²`. */
export interface ReferenceRegularizer {
  readonly l1: number;
  readonly l2: number;
}

export interface ReferenceWeight {
  /** `conv2d_1/kernel`. */
  readonly name: string;
  /** What stands behind the slash. */
  readonly role: string;
  readonly shape: readonly number[];
  /** False for frozen layers and for moving statistics. */
  readonly isTrainable: boolean;
  readonly regularizer: ReferenceRegularizer | undefined;
  readonly constraint: ConstraintConfig | undefined;
}

/** True for what is measured and not learnt: a batch normalization's moving mean and variance. */
export function isStatistic({ role }: Pick<ReferenceWeight, 'role'>): boolean {
  return role.startsWith('moving_');
}

/** Keras's L1 and L2 are 0.01 unless told, its L1L2 object 0 unless told. */
export function regularizerOf(config: RegularizerConfig | undefined): ReferenceRegularizer | undefined {
  if (config === undefined) return undefined;
  if (typeof config === 'string') return { l1: config === 'l2' ? 0 : 0.01, l2: config === 'l1' ? 0 : 0.01 };
  switch (config.type) {
    case 'l1':
      return { l1: config.l1 ?? 0.01, l2: 0 };
    case 'l2':
      return { l1: 0, l2: config.l2 ?? 0.01 };
    case 'l1l2':
      return { l1: config.l1 ?? 0, l2: config.l2 ?? 0 };
  }
}

interface WeightDraft {
  readonly role: string;
  readonly shape: readonly number[];
  readonly regularizer?: RegularizerConfig | undefined;
  readonly constraint?: ConstraintConfig | undefined;
}

type Configured<Type extends LayerConfig['type']> = Extract<LayerConfig, { readonly type: Type }>;
type Biased = Configured<'conv2d' | 'depthwiseConv2d' | 'separableConv2d' | 'conv2dTranspose' | 'dense'>;

const biasOf = (config: Biased, outputs: number): WeightDraft[] =>
  config.useBias === false
    ? []
    : [{ role: 'bias', shape: [outputs], regularizer: config.biasRegularizer, constraint: config.biasConstraint }];

const kernelOf = (
  config: Configured<'conv2d' | 'conv2dTranspose' | 'dense'>,
  shape: readonly number[],
): WeightDraft => ({
  role: 'kernel',
  shape,
  regularizer: config.kernelRegularizer,
  constraint: config.kernelConstraint,
});

const depthwiseOf = (
  config: Configured<'depthwiseConv2d' | 'separableConv2d'>,
  role: string,
  channels: number,
): WeightDraft => ({
  role,
  shape: [...pairOf(config.kernelSize), channels, config.depthMultiplier ?? 1],
  regularizer: config.depthwiseRegularizer,
  constraint: config.depthwiseConstraint,
});

function separableWeights(config: Configured<'separableConv2d'>, channels: number): WeightDraft[] {
  const pointwise: WeightDraft = {
    role: 'pointwise_kernel',
    shape: [1, 1, channels * (config.depthMultiplier ?? 1), config.filters],
    regularizer: config.pointwiseRegularizer,
    constraint: config.pointwiseConstraint,
  };
  return [depthwiseOf(config, 'depthwise_kernel', channels), pointwise, ...biasOf(config, config.filters)];
}

type Normalization = Configured<'batchNormalization' | 'layerNormalization'>;

/** The example's axes that are normalized together; config counts the batch as axis 0. */
export function normalizedAxes(config: Normalization, rank: number): readonly number[] {
  if (config.type === 'batchNormalization') return [rank - 1];
  const axes = [config.axis ?? -1].flat();
  return axes.map((axis) => (axis < 0 ? rank + axis : axis - 1)).toSorted((a, b) => a - b);
}

function normalizationWeights(config: Normalization, inputShape: readonly number[]): WeightDraft[] {
  const shape = normalizedAxes(config, inputShape.length).map((axis) => inputShape[axis] ?? 0);
  const { gammaRegularizer, gammaConstraint, betaRegularizer, betaConstraint } = config;
  const gamma: WeightDraft = { role: 'gamma', shape, regularizer: gammaRegularizer, constraint: gammaConstraint };
  const beta: WeightDraft = { role: 'beta', shape, regularizer: betaRegularizer, constraint: betaConstraint };
  const moving = ['moving_mean', 'moving_variance'].map((role): WeightDraft => ({ role, shape }));
  return [
    ...(config.scale === false ? [] : [gamma]),
    ...(config.center === false ? [] : [beta]),
    ...(config.type === 'batchNormalization' ? moving : []),
  ];
}

function draftsOf(config: LayerConfig, inputShape: readonly number[]): readonly WeightDraft[] {
  const channels = inputShape.at(-1) ?? 0;
  switch (config.type) {
    case 'conv2d': {
      const shape = [...pairOf(config.kernelSize), channels / (config.groups ?? 1), config.filters];
      return [kernelOf(config, shape), ...biasOf(config, config.filters)];
    }
    case 'depthwiseConv2d':
      return [depthwiseOf(config, 'kernel', channels), ...biasOf(config, channels * (config.depthMultiplier ?? 1))];
    case 'separableConv2d':
      return separableWeights(config, channels);
    case 'conv2dTranspose':
      return [
        kernelOf(config, [...pairOf(config.kernelSize), config.filters, channels]),
        ...biasOf(config, config.filters),
      ];
    case 'dense':
      return [kernelOf(config, [channels, config.units]), ...biasOf(config, config.units)];
    case 'batchNormalization':
    case 'layerNormalization':
      return normalizationWeights(config, inputShape);
    default:
      return [];
  }
}

/** The weights of the layer `name` in the order of `getWeights`. */
export function weightsOf(
  config: LayerConfig,
  name: string,
  inputShape: readonly number[],
): readonly ReferenceWeight[] {
  return draftsOf(config, inputShape).map(({ role, shape, regularizer, constraint }) => ({
    name: `${name}/${role}`,
    role,
    shape,
    isTrainable: config.trainable !== false && !isStatistic({ role }),
    regularizer: regularizerOf(regularizer),
    constraint,
  }));
}
