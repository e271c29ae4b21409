/*
 * Plan. Philox 4×32-10 gives the known answers that Random123 ships for it. A stream is a pure function of its four numbers;
 * uniforms fill [0, 1) evenly, normals have their moments, bounded numbers are unbiased where a remainder would not be. An epoch's
 * order holds every index once, comes again for the same seed and epoch, and puts any index anywhere alike. Bounds on random
 * figures are five standard deviations of the statistic, seeds fixed.
 */
import { expect, test } from 'playwright/test';
import { philox, randomStreams, RandomStream, shuffledIndices } from './random.ts';

type Four = readonly [number, number, number, number];

// Random123's kat_vectors, philox4x32 10.
const answers: readonly (readonly [counter: Four, key: readonly [number, number], words: Four])[] = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];
for (const [counter, key, words] of answers) {
  test(`philox of ${counter[0].toString(16)}… is ${words[0].toString(16)}…`, () =>
    expect(philox(counter, key)).toEqual([...words]));
}

const take = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

test('a stream comes again, and differs by seed, use and place', () => {
  const integers = (seed: number, stream: number, substream: number, step = 0): string => {
    const random = new RandomStream(seed, stream, substream, step);
    return String(take(10, () => random.integer()));
  };
  expect(integers(1, 1, 0)).toBe(integers(1, 1, 0));
  const others = [
    integers(1, 1, 0),
    integers(2, 1, 0),
    integers(1, 2, 0),
    integers(1, 1, 1),
    integers(1, 1, 0, 1),
    integers(0xffffffff, 1, 0),
  ];
  expect(new Set(others).size).toBe(others.length);
  expect(new Set(Object.values(randomStreams)).size).toBe(Object.keys(randomStreams).length);
});

test('uniforms fill [0, 1) evenly', () => {
  const random = new RandomStream(7, 1, 0);
  const count = 100_000;
  const bins = new Array<number>(100).fill(0);
  const values = take(count, () => random.uniform());
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  for (const value of values) {
    const bin = Math.floor(value * bins.length);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const mean = count / bins.length;
  const chiSquare = bins.reduce((sum, hits) => sum + (hits - mean) ** 2 / mean, 0);
  // 99 degrees of freedom: mean 99, standard deviation √198.
  expect(Math.abs(chiSquare - 99)).toBeLessThan(5 * Math.sqrt(198));
});

test('normals have mean 0, variance 1, no skew, kurtosis 3', () => {
  const random = new RandomStream(3, 1, 0);
  const count = 100_000;
  const values = take(count, () => random.normal());
  const moment = (power: number): number => values.reduce((sum, value) => sum + value ** power, 0) / count;
  const within = (spread: number): number => (5 * spread) / Math.sqrt(count);
  expect(Math.abs(moment(1))).toBeLessThan(within(1));
  expect(Math.abs(moment(2) - 1)).toBeLessThan(within(Math.sqrt(2)));
  expect(Math.abs(moment(3))).toBeLessThan(within(Math.sqrt(15)));
  expect(Math.abs(moment(4) - 3)).toBeLessThan(within(Math.sqrt(96)));
});

test('bounded numbers are unbiased', () => {
  const random = new RandomStream(5, 1, 0);
  // A remainder alone would put two thirds of the numbers below 2³¹ − 1 instead of half.
  const below = 3 * 2 ** 30;
  const count = 20_000;
  const values = take(count, () => random.below(below));
  expect(Math.max(...values)).toBeLessThan(below);
  const low = values.filter((value) => value < 2 ** 30).length / count;
  expect(Math.abs(low - 1 / 3)).toBeLessThan((5 * Math.sqrt(2)) / 3 / Math.sqrt(count));
  expect(take(100, () => random.below(1))).toEqual(new Array(100).fill(0));
});

test('an epoch’s order is a permutation of its own', () => {
  for (const size of [0, 1, 2, 1000]) {
    expect([...shuffledIndices(size, 1, 0)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: size }, (_, index) => index),
    );
  }
  const order = (seed: number, epoch: number): string => String(shuffledIndices(100, seed, epoch));
  expect(order(1, 0)).toBe(order(1, 0));
  expect(
    new Set([order(1, 0), order(1, 1), order(2, 0), order(2, 1), String(Array.from(Array(100).keys()))]).size,
  ).toBe(5);
});

test('every order of four comes as often', () => {
  const rounds = 12_000;
  const orders = new Map<string, number>();
  for (let epoch = 0; epoch < rounds; epoch++) {
    const order = String(shuffledIndices(4, 9, epoch));
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  expect(orders.size).toBe(24);
  const mean = rounds / 24;
  const chiSquare = [...orders.values()].reduce((sum, hits) => sum + (hits - mean) ** 2 / mean, 0);
  expect(Math.abs(chiSquare - 23)).toBeLessThan(5 * Math.sqrt(46));
});
