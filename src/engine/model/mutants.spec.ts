/*
 * Plan. Three sound models that between them have every layer type are changed at random, seeded, five thousand times: fields
 * replaced, left out or invented, layers doubled, dropped, shuffled or replaced by nonsense. Resolving never throws; a refusal
 * names a layer in every message and says what was received; what resolves has whole, finite counts. Broken losses likewise.
 */
import { expect, test } from 'playwright/test';
import { mutantModels, mutatedTypes, soundModels } from '../../../e2e/engine/mutant-models.ts';
import { checkModel, resolveModel, type Resolution } from './resolve.ts';
import type { ResolvedLayer, ResolvedModel } from './resolved.ts';
import { layerTypes } from './rules/layer-rules.ts';

const count = 5000;

test('the models that are changed are sound and have every layer type', () => {
  for (const model of soundModels) expect(checkModel(model)).toEqual([]);
  expect(mutatedTypes.toSorted()).toEqual(layerTypes.toSorted());
});

/** What is wrong with a refusal. */
function faultsOf({ issues }: Extract<Resolution, { readonly ok: false }>): readonly string[] {
  if (issues.length === 0) return ['no issue'];
  return issues
    .filter(({ layer, message, fix }) => {
      const hasForm = message.startsWith(`${layer}: `) && /\. Received [\w ]+=[^]+\.$/.test(message);
      return layer === '' || !hasForm || (fix !== undefined && fix.layer !== layer);
    })
    .map(({ message }) => message);
}

/** What is wrong with a resolved model. */
function strangeCounts({ layers }: ResolvedModel): readonly string[] {
  const isStrange = ({ params, trainableParams, macs, outputShape, receptiveField }: ResolvedLayer) => {
    const counts = [params, trainableParams, params - trainableParams, macs, ...outputShape];
    const field = [receptiveField.vertical, receptiveField.horizontal].flatMap(({ size, jump, start }) => [
      size,
      jump,
      start,
    ]);
    return !counts.every((value) => Number.isSafeInteger(value) && value >= 0) || !field.every(Number.isFinite);
  };
  return layers.filter(isStrange).map(({ name }) => name);
}

test(`${count} changed models are resolved or refused, never thrown at`, () => {
  const resolutions = mutantModels(count, 17).map((model) => resolveModel(model));
  const faults = resolutions.flatMap((resolution) =>
    resolution.ok ? strangeCounts(resolution.model) : faultsOf(resolution),
  );
  expect(faults).toEqual([]);
  const resolved = resolutions.filter(({ ok }) => ok).length;
  expect(resolved).toBeGreaterThan(300);
  expect(count - resolved).toBeGreaterThan(2500);
});

test('mutants repeat with their seed', () => {
  const issuesOf = (seed: number) =>
    mutantModels(50, seed).map((model) => checkModel(model).map(({ message }) => message));
  expect(issuesOf(3)).toEqual(issuesOf(3));
  expect(issuesOf(3)).not.toEqual(issuesOf(4));
});

test('any value may be given as a loss', () => {
  const [sound] = soundModels;
  const values: readonly unknown[] = [
    null,
    0,
    NaN,
    10n,
    [],
    {},
    'x',
    Symbol('loss'),
    () => 1,
    { type: null },
    new Map(),
  ];
  for (const loss of values) {
    const resolution = resolveModel(sound, { loss });
    expect(resolution.ok).toBe(false);
    if (!resolution.ok) expect(faultsOf(resolution)).toEqual([]);
  }
});
