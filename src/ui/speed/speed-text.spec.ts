/*
 * Plan. Each figure of the panel for small, middling and large values, and for those that are not known; corners of a line
 * whose values and times are given: time runs evenly from left to right, zero is the foot, the largest value the top.
 */
import { expect, test } from 'playwright/test';
import { describeTimes, formatGflops, formatMs, gflopsOf, peakText, submitText } from './speed-text.ts';

const cases: readonly (readonly [string, string])[] = [
  [formatMs(0.614), '0.61'],
  [formatMs(9.999), '10.0'],
  [formatMs(401.6), '402'],
  [formatGflops(23.14), '23.1'],
  [formatGflops(3100.4), '3,100'],
  [peakText(1240, 3100), '40\u00a0% of 3,100'],
  [peakText(undefined, 3100), 'best here 3,100'],
  [peakText(1240, undefined), ''],
  [submitText(12), '0.08 a step (12 steps at once)'],
  [submitText(1), '1.00 a step (1.0 steps at once)'],
  [submitText(0), ''],
  [
    describeTimes({ forward: 0.2, inputGradient: 0, weightGradient: 0.414, other: 0 }),
    'forward 0.20 ms, gradients of weights 0.41 ms',
  ],
];

cases.forEach(([text, expected], index) => {
  test(`figure ${index + 1} reads ${expected || 'nothing'}`, () => expect(text).toBe(expected));
});

test('operations in a time', () => {
  expect(gflopsOf(2e9, 1)).toBe(2000);
  expect(gflopsOf(0, 1)).toBeUndefined();
  expect(gflopsOf(2e9, 0)).toBeUndefined();
});
