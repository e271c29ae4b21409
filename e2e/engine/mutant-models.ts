/** Seeded random changes of valid models that between them have every layer type, option and a graph. Knows no engine. */
import type { LayerType } from '../../src/engine/model/config.ts';
import { seededDraws, type SeededDraws } from '../support/seeded-draws.ts';

type Json = Record<string, unknown>;

const softmax: Json = { type: 'dense', units: 3, activation: 'softmax' };
const maxNorm: Json = { type: 'maxNorm', maxValue: 2, axis: [0, 1, 2] };

/** Images: a chain with every option of the plain layers. */
const chain: Json = {
  inputShape: [8, 9, 2],
  layers: [
    { type: 'conv2d', filters: 3, kernelSize: 3, strides: 1, padding: 'same', activation: 'relu', useBias: true },
    { type: 'maxPooling2d', poolSize: 2, padding: 'valid' },
    {
      type: 'conv2d',
      filters: 2,
      kernelSize: [2, 3],
      dilationRate: 1,
      kernelInitializer: { type: 'constant', value: 1 },
    },
    { type: 'averagePooling2d', poolSize: 2, strides: 1 },
    { type: 'activation', activation: 'leakyRelu', negativeSlope: 0.1 },
    { type: 'flatten' },
    { type: 'dense', units: 5, activation: 'tanh', biasInitializer: 'zeros' },
    softmax,
  ],
};

/** The other convolutions and everything that only changes a shape. */
const shapes: Json = {
  inputShape: [6, 5, 4],
  layers: [
    { type: 'zeroPadding2d', padding: [1, 2] },
    { type: 'depthwiseConv2d', kernelSize: 3, depthMultiplier: 2, depthwiseConstraint: maxNorm, activation: 'elu' },
    { type: 'padding2d', mode: 'reflect', padding: 1 },
    { type: 'separableConv2d', filters: 4, kernelSize: 2, padding: 'replicate', pointwiseRegularizer: 'l1l2' },
    { type: 'upSampling2d', size: [1, 2], interpolation: 'bilinear' },
    { type: 'conv2dTranspose', filters: 2, kernelSize: 3, strides: 2, padding: 'same', trainable: false },
    { type: 'spatialDropout2d', rate: 0.25 },
    { type: 'globalMaxPooling2d', keepdims: true },
    { type: 'reshape', targetShape: [-1] },
    { type: 'dropout', rate: 0.5 },
    softmax,
  ],
};

/** A graph with a skip, two branches and both normalizations. */
const graph: Json = {
  inputShape: [7, 6, 2],
  layers: [
    { type: 'conv2d', name: 'stem', filters: 4, kernelSize: 3, padding: 'same', groups: 2, kernelRegularizer: 'l2' },
    { type: 'batchNormalization', name: 'left', momentum: 0.9, epsilon: 0.01 },
    { type: 'layerNormalization', name: 'right', inputs: ['stem'], axis: [1, 2, 3], gammaInitializer: 'ones' },
    { type: 'add', name: 'sum', inputs: ['left', 'right', 'stem'] },
    { type: 'concatenate', name: 'both', inputs: ['sum', 'input'], axis: -1 },
    { type: 'globalAveragePooling2d', name: 'mean' },
    { ...softmax, kernelConstraint: { type: 'unitNorm', axis: 0 }, activityRegularizer: { type: 'l1', l1: 0.1 } },
  ],
};

const bases = [chain, shapes, graph] as const;

const nonsense: readonly [unknown, ...unknown[]] = [
  ...([null, undefined, true, false, NaN, Infinity, -1, 0, 0.5, 1, 2, 3, 1e9, 2 ** 53] as const),
  ...['', '3', 'same', 'relu', 'l1', 'maxNorm', 'reflect', 'bilinear', 'add', 'dense', 'flatten', 'stem', 'input'],
  ...['__proto__', 'constructor', 'toString', Symbol.iterator.toString(), 10n, () => 1, new Map(), 'x'.repeat(10_000)],
  ...[
    [],
    {},
    [1],
    [2, 2],
    [1, 2, 3],
    [-1],
    [-1, 4],
    [[1], [2]],
    [NaN, 2],
    ['input'],
    ['input', 'input'],
    ['sum', 'stem'],
  ],
  ...[
    [
      [1, 0],
      [2, 1],
    ],
    { type: 'zeros' },
    { type: 'constant' },
    { type: 'l2', l2: -1 },
    { type: 'unitNorm', axis: 7 },
  ],
];

/** Fields that some layer has, and three that none has. */
const fields: readonly [string, ...string[]] = [
  ...(['type', 'name', 'inputs', 'trainable', 'filters', 'kernelSize', 'strides', 'padding', 'dilationRate'] as const),
  ...['groups', 'depthMultiplier', 'poolSize', 'units', 'rate', 'size', 'interpolation', 'mode', 'targetShape', 'axis'],
  ...['keepdims', 'epsilon', 'momentum', 'center', 'scale', 'activation', 'negativeSlope', 'useBias'],
  ...['kernelInitializer', 'biasInitializer', 'gammaInitializer', 'movingVarianceInitializer', 'pointwiseInitializer'],
  ...['kernelRegularizer', 'depthwiseRegularizer', 'activityRegularizer', 'kernelConstraint', 'betaConstraint'],
  ...['__proto__', 'constructor', 'x'],
];

/** The types that unchanged models have between them. */
export const mutatedTypes: readonly LayerType[] = [
  ...new Set(
    bases.flatMap(({ layers }) => (layers as readonly { readonly type: LayerType }[]).map(({ type }) => type)),
  ),
];

/** The models before any change; all of them are sound. */
export const soundModels: readonly unknown[] = bases;

/** `count` models of a seed, each one to three changes away from a sound one. */
export function mutantModels(count: number, seed: number): unknown[] {
  const draws = seededDraws(seed);
  return Array.from({ length: count }, () => mutant(draws));
}

function mutant(draws: SeededDraws): unknown {
  const model = structuredClone(draws.pick(bases));
  const layers = Array.isArray(model['layers']) ? (model['layers'] as unknown[]) : [];
  for (let count = draws.between(1, 3); count > 0; count--) change(model, layers, draws);
  return model;
}

/** One change of the model or of its list of layers, in place. */
function change(model: Json, layers: unknown[], draws: SeededDraws): void {
  const { below, pick } = draws;
  const at = below(Math.max(1, layers.length));
  // An earlier change may have left no layer, or nonsense in its place.
  const layer: object = typeof layers[at] === 'object' && layers[at] !== null ? layers[at] : {};
  const ownField = (): string => pick([pick(fields), ...Object.keys(layer)]);
  const kinds: readonly [() => unknown, ...(() => unknown)[]] = [
    () => Object.assign(layer, { [ownField()]: pick(nonsense) }),
    () => Object.assign(layer, { [ownField()]: pick(nonsense) }),
    () => set(layer, pick(fields), pick(nonsense)),
    () => Reflect.deleteProperty(layer, ownField()),
    () => layers.splice(at, 1),
    () => layers.push({ ...layer }),
    () => layers.splice(below(layers.length + 1), 0, { ...layer }),
    () => layers.splice(at, 1, pick(nonsense)),
    () => layers.splice(at, 0, structuredClone(pick(bases)['layers'])),
    () => layers.reverse(),
    () => Object.assign(model, { [pick(['inputShape', 'layers', 'name', 'other'])]: pick(nonsense) }),
    () => Object.assign(model, { inputShape: [pick(nonsense), 9, 2] }),
  ];
  pick(kinds)();
}

/** As an assignment, but `__proto__` becomes a field like any other. */
function set(target: object, field: string, value: unknown): void {
  Object.defineProperty(target, field, { value, enumerable: true, configurable: true, writable: true });
}
