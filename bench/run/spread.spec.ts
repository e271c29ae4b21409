/*
 * Plan. Odd and even numbers of samples, one sample, samples out of order, and none, which has no median.
 */
import { expect, test } from 'playwright/test';
import { spreadOf } from './spread.ts';

test('smallest, median and largest', () => {
  expect(spreadOf([5, 1, 3])).toEqual({ min: 1, median: 3, max: 5, samples: [5, 1, 3] });
  expect(spreadOf([4, 1, 3, 2])).toMatchObject({ min: 1, median: 2.5, max: 4 });
  expect(spreadOf([7])).toMatchObject({ min: 7, median: 7, max: 7 });
});

test('no samples are refused', () => expect(() => spreadOf([])).toThrow('Received samples=[]'));
