/*
 * Plan. Means are over examples, not steps, so a short last batch counts for its size: the lecture's epoch ends with 32 of 64. An
 * epoch taken leaves nothing for the next.
 */
import { expect, test } from 'playwright/test';
import { EpochMeans } from './epoch-means.ts';

test('a short last batch counts for what it is', () => {
  const means = new EpochMeans();
  means.add({ loss: 2, accuracy: 0.5, count: 64 });
  means.add({ loss: 5, accuracy: 1, count: 32 });
  expect(means.take()).toEqual({ loss: 3, accuracy: 2 / 3 });
});

test('the next epoch starts empty', () => {
  const means = new EpochMeans();
  means.add({ loss: 100, accuracy: 0, count: 64 });
  means.take();
  means.add({ loss: 1, accuracy: 0.25, count: 8 });
  expect(means.take()).toEqual({ loss: 1, accuracy: 0.25 });
});
