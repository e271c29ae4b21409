/*
 * Plan: the table of arguments against the engine. Every layer type has a form; for every argument the engine, given each
 * value that its control can write, never calls the field unknown; the table's defaults are the engine's: a layer with the
 * default written out resolves like the layer without it. What equals the default is not written; a pair of equal sides is
 * one number; variants read back as they were written; typed lists are read in every usual form or explained.
 */
import { expect, test } from 'playwright/test';
import type { LayerConfig, LayerType } from '../../engine/model/config.ts';
import { checkModel, resolveModel } from '../../engine/model/resolve.ts';
import { layerTypes } from '../../engine/model/rules/layer-rules.ts';
import { given, pairOf, sidesOf, variantOf, withArgument, writtenVariant } from './layer-argument-values.ts';
import { kerasName, layerArguments, type Argument } from './layer-arguments.ts';
import { initializers, regularizers } from './variants.ts';
import { readWholeNumbers } from './whole-numbers.ts';

const needed: Readonly<Partial<Record<LayerType, object>>> = {
  conv2d: { filters: 4, kernelSize: 3 },
  depthwiseConv2d: { kernelSize: 3 },
  separableConv2d: { filters: 4, kernelSize: 3 },
  conv2dTranspose: { filters: 4, kernelSize: 3 },
  padding2d: { mode: 'reflect' },
  reshape: { targetShape: [-1] },
  dense: { units: 10 },
  dropout: { rate: 0.5 },
  spatialDropout2d: { rate: 0.5 },
  activation: { activation: 'relu' },
  add: { inputs: ['input', 'input'] },
  concatenate: { inputs: ['input', 'input'] },
};

const bare = (type: LayerType): LayerConfig => ({ type, ...needed[type] }) as LayerConfig;

/** The layer with what it needs around it; dense layers get a row. */
function modelAround(layer: LayerConfig): unknown {
  const before = layer.type === 'dense' ? [{ type: 'flatten' }] : [];
  return {
    inputShape: [12, 12, 4],
    layers: [
      ...before,
      { ...layer, name: 'probe' },
      { type: 'flatten' },
      { type: 'dense', units: 10, activation: 'softmax' },
    ],
  };
}

function resolvedProbe(layer: LayerConfig): unknown {
  const resolution = resolveModel(modelAround(layer));
  if (!resolution.ok) throw new Error(`probe: must resolve. Received ${resolution.issues[0]?.message}`);
  const probe = resolution.model.layers.find(({ name }) => name === 'probe');
  return probe && { ...probe, config: undefined };
}

/** Values that the argument's control can write. */
function writable(argument: Argument): readonly unknown[] {
  switch (argument.kind) {
    case 'number':
      return [argument.min, argument.max];
    case 'pair':
      return [1, 2, [2, 1]];
    case 'switch':
      return [true, false];
    case 'choice':
      return argument.options;
    case 'padding':
      return [
        ...argument.words,
        [
          [1, 0],
          [2, 3],
        ],
      ];
    case 'sizes':
      return [[-1], [4, -1], [1, 2, 3]];
    case 'variant':
      return argument.variants.map((variant) =>
        writtenVariant(variantOf(variant.type, 'none', argument.variants), argument.variants),
      );
  }
}

for (const type of layerTypes) {
  test(`${type}: the engine knows every argument and has the same defaults`, () => {
    const layer = bare(type);
    for (const argument of layerArguments[type]) {
      const { key } = argument;
      for (const value of writable(argument)) {
        const issues = checkModel(modelAround({ ...layer, [key]: value }));
        const strange = issues.filter(
          ({ code, message }) => code === 'unknownField' || message.includes(`${key} must be one of`),
        );
        expect(strange, `${key}=${JSON.stringify(value)}`).toEqual([]);
      }
      if (!('fallback' in argument) || key in (needed[type] ?? {})) continue;
      const fallback = argument.kind === 'sizes' && argument.isSingle ? argument.fallback[0] : argument.fallback;
      const written = fallback === 'none' ? layer : { ...layer, [key]: fallback };
      expect(resolvedProbe(written), `${key}=${JSON.stringify(fallback)}`).toEqual(resolvedProbe(layer));
    }
  });
}

test('what is the default is not written, and comes back when it is chosen again', () => {
  const layer: LayerConfig = { type: 'conv2d', filters: 8, kernelSize: 3 };
  const strides = layerArguments.conv2d.find(({ key }) => key === 'strides');
  const initializer = layerArguments.conv2d.find(({ key }) => key === 'kernelInitializer');
  if (!strides || !initializer) throw new Error('conv2d: must have strides and an initializer.');
  const strided = withArgument(layer, strides, 2);
  expect(strided).toEqual({ ...layer, strides: 2 });
  expect(withArgument(strided, strides, 1)).toEqual(layer);
  expect(withArgument(layer, initializer, 'glorotUniform')).toEqual(layer);
  expect(given(strided, 'strides')).toBe(2);
  expect(given(layer, 'strides')).toBeUndefined();
});

test('pairs, sides and variants read back as they are written', () => {
  expect(pairOf(3, [1, 1])).toEqual([3, 3]);
  expect(pairOf([3, 5], [1, 1])).toEqual([3, 5]);
  expect(pairOf('nonsense', [1, 2])).toEqual([1, 2]);
  expect(sidesOf(2)).toEqual([
    [2, 2],
    [2, 2],
  ]);
  expect(sidesOf([1, 2])).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(
    sidesOf([
      [1, 0],
      [2, 3],
    ]),
  ).toEqual([
    [1, 0],
    [2, 3],
  ]);
  const strong = { type: 'l2', settings: { l2: 0.3 } };
  expect(writtenVariant(strong, regularizers)).toEqual({ type: 'l2', l2: 0.3 });
  expect(variantOf({ type: 'l2', l2: 0.3 }, 'none', regularizers)).toEqual(strong);
  expect(variantOf({ type: 'l1l2', l1: 0.2 }, 'none', regularizers).settings).toEqual({ l1: 0.2, l2: 0 });
  expect(writtenVariant(variantOf('heNormal', 'zeros', initializers), initializers)).toBe('heNormal');
  expect(kerasName('movingVarianceInitializer')).toBe('moving_variance_initializer');
});

test('lists of whole numbers in every usual form, and nonsense explained', () => {
  for (const text of ['3, 3, 64', '3×3×64', '[3 3 64]', '3x3x64']) {
    expect(readWholeNumbers(text)).toEqual({ numbers: [3, 3, 64] });
  }
  expect(readWholeNumbers('−1')).toEqual({ numbers: [-1] });
  expect(readWholeNumbers('3, abc').problem).toBe('“abc” is not a whole number.');
  expect(readWholeNumbers('  ').problem).toMatch(/needed/);
  expect(readWholeNumbers('2.5').problem).toMatch(/whole/);
});
