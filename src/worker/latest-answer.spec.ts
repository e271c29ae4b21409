/*
 * Plan: a question that takes a while, asked for again and again.
 *  - Never twice at a time; what is wanted meanwhile is asked once more, not once for each wish.
 *  - Soon is not before the rest is over since the last question, and one wish however often it is said; cancelled, it is none.
 *  - A question that fails is told of, and the next is asked all the same.
 */
import { expect, test } from 'playwright/test';
import { LatestAnswer } from './latest-answer.ts';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function watched(takesMs: number, failure?: Error) {
  let [asked, underWay, most] = [0, 0, 0];
  const failures: unknown[] = [];
  const ask = async (): Promise<void> => {
    asked += 1;
    most = Math.max(most, ++underWay);
    await wait(takesMs);
    underWay -= 1;
    if (failure) throw failure;
  };
  const latest = new LatestAnswer(ask, (work) => void work().catch((error: unknown) => failures.push(error)));
  return { latest, failures, counts: () => ({ asked, most }) };
}

test('one at a time, and once more for all that is wanted meanwhile', async () => {
  const { latest, counts } = watched(40);
  for (let wish = 0; wish < 5; wish++) latest.now();
  await wait(200);
  expect(counts()).toEqual({ asked: 2, most: 1 });
});

test('soon is after a rest, and one wish', async () => {
  const { latest, counts } = watched(1);
  latest.now();
  await wait(20);
  for (let wish = 0; wish < 5; wish++) latest.soon(200);
  await wait(60);
  expect(counts().asked).toBe(1);
  await wait(300);
  expect(counts().asked).toBe(2);
  latest.soon(50);
  latest.cancel();
  await wait(120);
  expect(counts().asked).toBe(2);
});

test('a failure ends nothing', async () => {
  const failure = new Error('no answer');
  const { latest, failures, counts } = watched(1, failure);
  latest.now();
  await wait(30);
  latest.now();
  await wait(30);
  expect(counts().asked).toBe(2);
  expect(failures).toEqual([failure, failure]);
});
