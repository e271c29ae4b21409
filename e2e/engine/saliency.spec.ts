/*
 * Plan. What the worker tells of the saliency of an image with two channels is the slope of the class's score, by finite differences of
 * a network that gives the scores themselves; times the pixel, likewise; another class's slopes are others (control). A climb
 * raises the sum that it is for, as that network confirms for its picture, and far above what as many steps in directions of
 * chance do (control); the same seed comes to the same bits, another one to others. The mean of a map and a unit of a dense layer can
 * be climbed for too. Stopped, it tells of nothing more; the memory it took is given back.
 */
import { expect, test } from 'playwright/test';
import type { ModelConfig } from '../../src/engine/model/config.ts';
import type { Climb } from '../../src/worker/protocol.ts';
import { page, useEnginePage } from './file-page.ts';

useEnginePage();

/** Differences of float32 sums of about 1 at a distance of 0.05 err by 1e-6 / 0.05, and the curve by its square. */
const slopeLimit = 2e-3;

/** Weights of chance make sums of a few tenths of pixels 0…1. */
const leastRise = 0.5;

const smooth: ModelConfig = {
  inputShape: [6, 5, 2],
  layers: [
    { type: 'conv2d', name: 'maps', filters: 4, kernelSize: 3, padding: 'same', activation: 'tanh' },
    { type: 'averagePooling2d', name: 'pool' },
    { type: 'flatten', name: 'row' },
    { type: 'dense', name: 'answer', units: 4, activation: 'softmax' },
  ],
};

const digits: ModelConfig = {
  inputShape: [12, 12, 1],
  layers: [
    { type: 'conv2d', name: 'first', filters: 6, kernelSize: 3, activation: 'relu' },
    { type: 'maxPooling2d', name: 'pool' },
    { type: 'conv2d', name: 'second', filters: 8, kernelSize: 3, activation: 'relu' },
    { type: 'flatten', name: 'row' },
    { type: 'dense', name: 'answer', units: 5, activation: 'softmax' },
  ],
};

const middle: Climb = { id: 1, aim: { layer: 'second', row: 1, column: 1, channel: 3 }, isSmooth: true, seed: 1 };

const climb = (wanted: Climb, reportsUntilStop?: number) =>
  page.evaluate(([model, asked, reports]) => proof.climbOnce(proof.engine, model, asked, reports), [
    digits,
    wanted,
    reportsUntilStop,
  ] as const);

const summedByPixel = (numbers: readonly number[]): number[] =>
  Array.from(
    { length: numbers.length / 2 },
    (_, pixel) => (numbers[2 * pixel] ?? NaN) + (numbers[2 * pixel + 1] ?? NaN),
  );

const furthest = (told: readonly number[], known: readonly number[]): number =>
  Math.max(...known.map((value, place) => Math.abs(value - (told[place] ?? NaN))));

test('saliency is the slope of the score', async () => {
  const find = (unit: number) =>
    page.evaluate(([model, asked]) => proof.findSaliency(proof.engine, model, asked), [smooth, unit] as const);
  const { told, score, image, slopes } = await find(2);
  expect(told).toMatchObject({ unit: 2, height: 6, width: 5 });
  expect(told.score).toBeCloseTo(score, 4);
  expect(told.gradient).toHaveLength(30);
  expect(furthest(told.gradient, summedByPixel(slopes))).toBeLessThan(slopeLimit);
  expect(furthest(told.product, summedByPixel(slopes.map((slope, cell) => slope * (image[cell] ?? NaN))))).toBeLessThan(
    slopeLimit,
  );
  expect(furthest(told.image, summedByPixel(image.map((pixel) => pixel / 2)))).toBeLessThan(1e-6);
  const other = await find(1);
  expect(furthest(other.told.gradient, summedByPixel(slopes))).toBeGreaterThan(20 * slopeLimit);
});

test('a climb raises its unit’s sum, and chance does not', async () => {
  const { last, reports, sums, astray, bytesLeft } = await climb(middle);
  const [before, after] = sums.map((cells) => cells[4] ?? NaN);
  expect(last).toMatchObject({ id: 1, steps: 48, planned: 48, isOver: true });
  expect(reports).toBe(17);
  expect(last.before).toBeCloseTo(before ?? NaN, 4);
  expect(last.value).toBeCloseTo(after ?? NaN, 4);
  const rise = last.value - last.before;
  expect(rise).toBeGreaterThan(leastRise);
  expect(Math.abs((astray[4] ?? NaN) - last.before)).toBeLessThan(rise / 4);
  expect(Math.min(...last.pixels)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...last.pixels)).toBeLessThanOrEqual(1);
  expect(bytesLeft).toBe(0);
});

test('the same seed comes to the same bits, another to others', async () => {
  const [first, again, other] = [await climb(middle), await climb(middle), await climb({ ...middle, seed: 2 })];
  expect(again.last).toEqual(first.last);
  expect(other.last.pixels).not.toEqual(first.last.pixels);
});

test('the mean of a map, and an answer, unsmoothed', async () => {
  const mean = (cells: readonly number[]): number => cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
  const whole = await climb({ id: 2, aim: { layer: 'first', channel: 2 }, isSmooth: false, seed: 1 });
  expect(whole.sums[1]).toHaveLength(100);
  expect(whole.last.value).toBeCloseTo(mean(whole.sums[1]), 4);
  expect(whole.last.value - whole.last.before).toBeGreaterThan(4 * Math.abs(mean(whole.astray) - whole.last.before));
  const answer = await climb({
    ...{ id: 3, isSmooth: false, seed: 1 },
    aim: { layer: 'answer', row: 0, column: 0, channel: 4 },
  });
  expect(answer.last.value).toBeCloseTo(answer.sums[1][0] ?? NaN, 4);
  expect(answer.last.value - answer.last.before).toBeGreaterThan(leastRise);
});

test('stopped, a climb tells of nothing more', async () => {
  const { last, reports, bytesLeft } = await climb(middle, 3);
  expect(reports).toBe(3);
  expect(last).toMatchObject({ steps: 6, isOver: false });
  expect(bytesLeft).toBe(0);
});
