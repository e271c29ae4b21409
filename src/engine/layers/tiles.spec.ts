/*
 * Plan. The arithmetic of tiles by tables. The choice by candidates whose cost is written down: the cheapest wins, idle threads
 * and wasted products count, what breaks a limit of the machine is passed over, and of candidates that all break one the first is
 * taken; seeded candidates against the cost model written out a second time.
 */
import { expect, test } from 'playwright/test';
import { seededDraws } from '../../../e2e/support/seeded-draws.ts';
import type { Target } from './op.ts';
import { chooseTile, coverage, tapChunks, tileCount, upTo, type TileCost } from './tiles.ts';

const software: Target = {
  batchSize: 64,
  tunedBatchSize: 64,
  element: 'f32',
  isSoftware: true,
  hasQuads: false,
  choices: new Map(),
};
const hardware: Target = { ...software, isSoftware: false };
const cost: TileCost = { loads: 10, products: 100, sums: 20, held: 10, useful: 1, invocations: 1e6 };

test('counts whole tiles and the share of them that exists', () => {
  expect([tileCount(13, 4), tileCount(12, 4), tileCount(1, 4)]).toEqual([4, 3, 1]);
  expect([coverage(12, 4), coverage(13, 4), coverage(1, 4)]).toEqual([1, 13 / 16, 0.25]);
  expect([upTo(4), upTo(7, 3), upTo(2, 3)]).toEqual([[1, 2, 3, 4], [3, 6], []]);
});

const chunks: readonly (readonly [kernel: number, step: number, chunks: readonly number[]])[] = [
  [1, 1, [1, 1]],
  [3, 1, [3, 1]],
  [11, 4, [11, 4]],
  [5, 5, [5, 5]],
  [2, 3, [2, 2]],
];
for (const [size, step, [whole, part]] of chunks) {
  test(`a kernel of ${size} at stride ${step} is taken whole, by rows of ${part} or by ${part}×${part} taps`, () =>
    expect(tapChunks({ rows: size, columns: size }, { rows: step, columns: step })).toEqual([
      { tapRows: whole, tapColumns: whole },
      { tapRows: part, tapColumns: whole },
      { tapRows: part, tapColumns: part },
    ]));
}

const choices: readonly (readonly [
  title: string,
  better: Partial<TileCost>,
  worse: Partial<TileCost>,
  target: Target,
])[] = [
  ['fewer loads', { loads: 9 }, {}, hardware],
  ['fewer sums to carry', { sums: 19 }, {}, software],
  ['less waste', {}, { useful: 0.9 }, hardware],
  ['busy cores', {}, { invocations: 32 }, software],
  ['a busy card', {}, { invocations: 32_000 }, hardware],
  ['too many sums', { loads: 50 }, { sums: 65 }, hardware],
  ['too many products', {}, { products: 2000 }, software],
  ['too much held', { loads: 50 }, { held: 321 }, software],
];
for (const [title, better, worse, target] of choices) {
  test(`prefers by ${title}`, () => {
    const [good, bad] = [
      { ...cost, ...better },
      { ...cost, ...worse },
    ];
    expect(chooseTile(target, 1e12, [good, bad], (tile) => tile)).toBe(good);
    expect(chooseTile(target, 1e12, [bad, good], (tile) => tile)).toBe(good);
  });
}

test('a large tile must be worth its compilation', () => {
  const [small, large] = [
    { ...cost, products: 20, loads: 12 },
    { ...cost, products: 800, loads: 80 },
  ];
  expect(chooseTile(software, 1e9, [small, large], (tile) => tile)).toBe(large);
  expect(chooseTile(software, 1e3, [small, large], (tile) => tile)).toBe(small);
});

test('takes the first where none keeps the limits, and needs one', () => {
  const [first, second] = [
    { ...cost, sums: 1000 },
    { ...cost, sums: 999 },
  ];
  expect(chooseTile(software, 1e12, [first, second], (tile) => tile)).toBe(first);
  expect(() => chooseTile(software, 1e12, [], () => cost)).toThrow(
    'tiles: there must be a candidate. Received candidates=[].',
  );
});

test('the choice is the cheapest per useful product', () => {
  const { between } = seededDraws(4);
  const limits = { sums: 64, products: 640, held: 128 };
  for (let round = 0; round < 200; round++) {
    const candidates = Array.from({ length: 20 }, (): TileCost => ({
      loads: between(1, 60),
      products: between(1, 800),
      sums: between(1, 80),
      held: between(1, 160),
      useful: between(1, 10) / 10,
      invocations: between(1, 60_000),
    }));
    const perProduct = (tile: TileCost): number =>
      (4 * tile.loads + 0.5 * tile.products) / tile.products / tile.useful / Math.min(1, tile.invocations / 32_768);
    const allowed = candidates.filter(
      ({ sums, products, held }) => sums <= limits.sums && products <= limits.products && held <= limits.held,
    );
    const chosen = chooseTile(hardware, 1e12, candidates, (tile) => tile);
    expect(allowed).toContain(chosen);
    expect(perProduct(chosen)).toBeLessThanOrEqual(Math.min(...allowed.map(perProduct)) * (1 + 1e-12));
  }
});
