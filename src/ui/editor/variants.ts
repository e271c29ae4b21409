/** Arguments that are one of several things with arguments of their own: initializers, regularizers, constraints. Data only. */

/** A number of a variant. */
export interface VariantNumber {
  readonly key: string;
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
}

/** A word of a variant. */
export interface VariantChoice {
  readonly key: string;
  readonly options: readonly string[];
  readonly fallback: string;
}

/** Whole numbers of a variant; a list of one is written as the number. */
export interface VariantList {
  readonly key: string;
  readonly fallback: number;
}

/** One thing that an argument can be. */
export interface Variant {
  readonly type: string;
  /** Written without arguments, as the engine allows for most. */
  readonly isNameEnough: boolean;
  readonly numbers: readonly VariantNumber[];
  readonly choices: readonly VariantChoice[];
  readonly lists: readonly VariantList[];
}

const far = 1e6;
const named = (...types: readonly string[]): readonly Variant[] =>
  types.map((type) => ({ type, isNameEnough: true, numbers: [], choices: [], lists: [] }));
const number = (key: string, fallback: number, min = -far, max = far): VariantNumber => ({ key, fallback, min, max });
const variant = (
  type: string,
  numbers: readonly VariantNumber[],
  choices: readonly VariantChoice[] = [],
  isNameEnough = true,
  lists: readonly VariantList[] = [],
): Variant => ({ type, isNameEnough, numbers, choices, lists });

/** Keras 3's initializers with their defaults. */
export const initializers: readonly Variant[] = [
  ...named('glorotUniform', 'glorotNormal', 'heUniform', 'heNormal', 'lecunUniform', 'lecunNormal'),
  variant('randomNormal', [number('mean', 0), number('stddev', 0.05, 0)]),
  variant('truncatedNormal', [number('mean', 0), number('stddev', 0.05, 0)]),
  variant('randomUniform', [number('minval', -0.05), number('maxval', 0.05)]),
  variant(
    'varianceScaling',
    [number('scale', 1, 1e-9)],
    [
      { key: 'mode', options: ['fanIn', 'fanOut', 'fanAvg'], fallback: 'fanIn' },
      {
        key: 'distribution',
        options: ['truncatedNormal', 'untruncatedNormal', 'uniform'],
        fallback: 'truncatedNormal',
      },
    ],
    false,
  ),
  variant('orthogonal', [number('gain', 1)]),
  variant('constant', [number('value', 0)], [], false),
  ...named('zeros', 'ones'),
];

const factor = (key: string): VariantNumber => number(key, 0.01, 0);

/** Keras 3's regularizers: `l1·Σ|w| + l2·Σw²` is added to the loss. */
export const regularizers: readonly Variant[] = [
  variant('l2', [factor('l2')]),
  variant('l1', [factor('l1')]),
  variant('l1l2', [factor('l1'), factor('l2')]),
];

/** Norms are over these axes: 0 gives one per unit of a dense kernel, 0, 1, 2 one per filter. */
const axis: readonly VariantList[] = [{ key: 'axis', fallback: 0 }];

/** Keras 3's constraints, which hold after every update. */
export const constraints: readonly Variant[] = [
  variant('maxNorm', [number('maxValue', 2, 0)], [], true, axis),
  variant('unitNorm', [], [], true, axis),
  variant('minMaxNorm', [number('minValue', 0, 0), number('maxValue', 1, 0), number('rate', 1, 0, 1)], [], true, axis),
  ...named('nonNeg'),
];
