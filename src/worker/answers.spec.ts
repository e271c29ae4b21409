/* Plan. The largest output of each row is the answer, and how large it is its certainty; the first of equals wins. */
import { expect, test } from 'playwright/test';
import { answersOf } from './answers.ts';

test('reads the answer and its certainty from each row', () => {
  const outputs = Float32Array.of(0.125, 0.75, 0.125, 0.5, 0.25, 0.25, 0.25, 0.25, 0.5);
  expect([...answersOf(outputs, 3).answers]).toEqual([1, 0, 2]);
  expect([...answersOf(outputs, 3).certainties]).toEqual([0.75, 0.5, 0.5]);
  expect([...answersOf(Float32Array.of(-3, -1, -1), 3).answers]).toEqual([1]);
});
