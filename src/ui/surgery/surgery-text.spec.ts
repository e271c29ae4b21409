/*
 * Plan. The words of the panel with figures worked out by hand: shares with as many decimals as the images allow, a true minus,
 * ± where nothing changed, dots where nothing is known yet; and which of two kernels a layer's bank is.
 */
import { expect, test } from 'playwright/test';
import type { FilterBank } from '../../engine/model/filter-bank.ts';
import type { SurgeryEffect } from '../../worker/protocol.ts';
import { addressText, bankText, effectText, knownText, stepText } from './surgery-text.ts';

const bank: FilterBank = {
  layer: 'separable_conv2d_1',
  weight: 'separable_conv2d_1/depthwise_kernel',
  kind: 'filter',
  filters: 6,
  slices: 1,
  height: 3,
  width: 3,
  stride: { filter: 1, slice: 0, row: 18, column: 6 },
  typicalSize: 0.1,
};
const address = { weight: 'conv2d_1/kernel', filter: 7 };
const effect: SurgeryEffect = {
  step: { kind: 'switchedOff', address },
  isUndone: false,
  before: 0.984,
  after: 0.979,
  count: 1000,
  isTraining: false,
};

test('names', () => {
  expect(bankText(bank)).toBe('separable_conv2d_1, depthwise');
  expect(bankText({ ...bank, weight: 'separable_conv2d_1/kernel' })).toBe('separable_conv2d_1');
  expect(addressText(address, undefined)).toBe('conv2d_1, filter 7');
  expect(stepText(effect.step, { ...bank, layer: 'dense_1', weight: 'dense_1/kernel', kind: 'unit' })).toBe(
    'dense_1, unit 7 switched off',
  );
});

test('effects', () => {
  expect(effectText(effect)).toEqual({
    accuracy: '98.4\u00a0% → 97.9\u00a0%',
    difference: '−0.5 points',
    images: '1,000 test images',
  });
  expect(effectText({ ...effect, after: 0.984 }).difference).toBe('±0.0 points');
  expect(effectText({ ...effect, before: 0.9801, after: 0.9834, count: 10_000 }).difference).toBe('+0.33 points');
  const { after: _unknown, ...pending } = effect;
  expect(effectText({ ...pending, isTraining: true })).toEqual({
    accuracy: '98.4\u00a0% → …',
    difference: '',
    images: '1,000 test images, while training goes on',
  });
  const { before: _unmeasured, ...late } = effect;
  expect(effectText(late)).toMatchObject({ accuracy: '97.9\u00a0%', difference: '' });
  expect(knownText({ accuracy: 0.9876, count: 1000 })).toBe('98.8\u00a0% of 1,000 test images are right.');
  expect(effectText({ ...effect, count: 0 }).images).toContain('not known');
});
