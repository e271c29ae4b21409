/*
 * Plan: the slide of a padded, strided window is followed position by position against sums written out by hand; every input
 * cell that a position reads is one that the worker would read; a transposed convolution has no slide.
 */
import { expect, test } from 'playwright/test';
import { layerOf } from '../../../e2e/support/resolved-layers.ts';
import { slidesOver, type SlidingLayer } from '../../engine/model/layer-taps.ts';
import { channelSum, numbersUnder, positionCount, positionText, slideStep, strideText } from './slide-plan.ts';

function sliding(layer: object): SlidingLayer {
  const resolved = layerOf([5, 5, 2], layer);
  if (!slidesOver(resolved)) throw new Error('layer: its window must slide.');
  return resolved;
}

/** Number r·10 + c at row r, column c. */
const plane = Array.from({ length: 25 }, (_, index) => Math.floor(index / 5) * 10 + (index % 5));

test('a strided window goes row by row over the padding', () => {
  const layer = sliding({ type: 'conv2d', filters: 1, kernelSize: 3, strides: 2, padding: 'same' });
  expect(positionCount(layer)).toBe(9);
  const first = slideStep(layer, 0);
  expect(numbersUnder(first, plane, 5)).toEqual([undefined, undefined, undefined, undefined, 0, 1, undefined, 10, 11]);
  const fifth = slideStep(layer, 4);
  expect([fifth.row, fifth.column]).toEqual([1, 1]);
  expect(numbersUnder(fifth, plane, 5)).toEqual([11, 12, 13, 21, 22, 23, 31, 32, 33]);
  expect(positionText(fifth, 4, 9)).toBe('position 5 of 9: output row 1, column 1');
  expect(strideText(layer)).toBe('stride 2, padding 1');
});

test('dilation and uneven padding are told', () => {
  const dilated = sliding({ type: 'conv2d', filters: 1, kernelSize: 3, dilationRate: 2 });
  expect(strideText(dilated)).toBe('stride 1, padding 0, dilation 2: spans 5');
  expect(slideStep(dilated, 0).columns.map(({ at }) => at)).toEqual([0, 2, 4]);
  const uneven = sliding({ type: 'maxPooling2d', poolSize: 2, strides: 2, padding: 'same' });
  expect(strideText(uneven)).toBe('stride 2, padding 0 before, 1 behind');
});

test('a channel adds its products, by the pointwise weight where there is one', () => {
  const numbers = [1, undefined, 3, 4];
  const channel = { channel: 0, inputs: [], weights: [0.5, 9, 1, -1], productSum: 0, contribution: 0 };
  expect(channelSum(numbers, { ...channel, pointwise: undefined })).toBeCloseTo(-0.5, 12);
  expect(channelSum(numbers, { ...channel, pointwise: -2 })).toBeCloseTo(1, 12);
  expect(channelSum(numbers, undefined)).toBeUndefined();
});

test('a transposed convolution’s window does not slide over the input', () => {
  expect(slidesOver(layerOf([5, 5, 2], { type: 'conv2dTranspose', filters: 1, kernelSize: 3 }))).toBe(false);
  expect(slidesOver(undefined)).toBe(false);
});
