/*
 * Plan. A kernel's row says what it gained, how far its measuring is, or why there is nothing to say; the panel's line says how many
 * are measured and what they gained together, weighted by their times. Switched off, it says so and nothing else.
 */
import { expect, test } from 'playwright/test';
import type { TunedKernel } from '../engine/contract.ts';
import { outcomeText, tuningSummary } from './tuning-text.ts';

const waiting: TunedKernel = {
  key: 'a',
  labels: ['conv2d_1 forward'],
  state: 'waiting',
  ways: ['small', 'large', 'wide'],
  choice: 'small',
  tried: 0,
  refusals: [],
};
const faster: TunedKernel = { ...waiting, state: 'measured', choice: 'large', defaultMs: 3, choiceMs: 2 };
const same: TunedKernel = { ...waiting, state: 'measured', defaultMs: 1, choiceMs: 1 };
const measuring: TunedKernel = { ...waiting, state: 'measuring', tried: 1 };
const skipped: TunedKernel = { ...waiting, state: 'skipped', reason: 'takes too little time to matter' };

test('a row says what was gained, or how far it is', () => {
  expect(outcomeText(faster, true)).toBe('1.50×');
  expect(outcomeText(same, true)).toBe('default');
  expect(outcomeText(measuring, true)).toBe('1 of 2');
  expect(outcomeText(skipped, true)).toBe('left alone');
  expect(outcomeText(waiting, true)).toBe('waiting');
  expect(outcomeText(waiting, false)).toBe('');
});

test('the line sums up', () => {
  const line = (...kernels: TunedKernel[]) => tuningSummary({ isOn: true, kernels });
  expect(line()).toBe('');
  expect(line(waiting, waiting)).toBe('begins with training');
  expect(line(waiting, measuring)).toBe('measuring');
  expect(line(faster, same, measuring, skipped)).toBe('2 of 3 kernels measured, 1.33× as fast');
  expect(line(faster)).toBe('1 kernel measured, 1.50× as fast');
  expect(line(faster, same, skipped)).toBe('2 kernels measured, 1.33× as fast');
  expect(tuningSummary({ isOn: false, kernels: [faster] })).toBe('off');
});
