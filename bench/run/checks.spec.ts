/*
 * Plan. A run that trained what Receptive trained passes; then spoil one thing at a time and the judgement must name it:
 * a loss that did not fall, weights that stayed, another network's loss in the first step, another optimizer's in the
 * second, outputs of other weights, an error in the page, and no number at all.
 */
import { expect, test } from 'playwright/test';
import { problemsOf, type Trained } from './checks.ts';

const receptive: Trained = {
  title: 'Receptive',
  firstLosses: [2.3, 2.23, 2.16],
  lossAfter: 0.4,
  predictedLoss: 2.23,
  haveWeightsChanged: true,
  errors: [],
};
const peer: Trained = { ...receptive, title: 'Peer', firstLosses: [2.3001, 2.231, 2.17], predictedLoss: 2.231 };

test('the same training passes', () => expect(problemsOf(peer, receptive, true)).toEqual([]));

const spoiled: readonly (readonly [why: string, change: Partial<Trained>, message: RegExp])[] = [
  ['the loss stayed', { lossAfter: 2.3001 }, /lowers the loss/],
  ['the loss is no number', { lossAfter: NaN }, /lowers the loss/],
  ['the weights stayed', { haveWeightsChanged: false }, /changes the weights/],
  ['another network', { firstLosses: [2.31, 2.231, 2.17] }, /Received loss=2\.31 for 2\.3 in step 1/],
  ['another optimizer', { firstLosses: [2.3001, 2.231, 1.9] }, /Received loss=1\.9 for 2\.16 in step 3/],
  ['outputs of other weights', { predictedLoss: 2.3 }, /outputs are those it trains/],
  ['an error', { errors: ['device lost'] }, /Received error=device lost/],
];
for (const [why, change, message] of spoiled) {
  test(`${why}: is named`, () => {
    const problems = problemsOf({ ...peer, ...change }, receptive, true);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
  });
}

test('where batches are normalized, outputs are compared with Receptive’s', () => {
  const normalized = { ...receptive, predictedLoss: 2.5 };
  expect(problemsOf({ ...peer, predictedLoss: 2.51 }, normalized, false)).toEqual([]);
  expect(problemsOf({ ...peer, predictedLoss: 2.23 }, normalized, false)).toHaveLength(1);
});
