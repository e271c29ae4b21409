/*
 * Plan: a run that answers at once, driven for a while.
 *  - At 20 steps a second there are about ten in half a second, each told of, never two at a time.
 *  - Another pace holds from then on; stop ends it; a run that has ended ends it too.
 */
import { expect, test } from 'playwright/test';
import { SlowMotion } from './slow-motion.ts';

const metrics = { step: 1, epoch: 0, count: 1, loss: 1, accuracy: 0, isFinite: true };
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function drivenRun(ends = Infinity) {
  let [made, told, underWay, most] = [0, 0, 0, 0];
  const run = {
    step: async () => {
      most = Math.max(most, ++underWay);
      await wait(2);
      underWay -= 1;
      return made++ < ends ? metrics : undefined;
    },
  };
  const slowMotion = new SlowMotion(() => (told += 1));
  return { run, slowMotion, counts: () => ({ told, most }) };
}

test('steps come at the pace chosen, one at a time, until it is stopped', async () => {
  const { run, slowMotion, counts } = drivenRun();
  slowMotion.start(run, 20);
  await wait(500);
  const { told, most } = counts();
  expect(told).toBeGreaterThan(4);
  expect(told).toBeLessThanOrEqual(11);
  expect(most).toBe(1);
  slowMotion.stop();
  await wait(120);
  expect(counts().told).toBeLessThanOrEqual(told + 1);
});

test('another pace holds at once', async () => {
  const { run, slowMotion, counts } = drivenRun();
  slowMotion.start(run, 0.1);
  await wait(30);
  expect(counts().told).toBe(1);
  slowMotion.start(run, 50);
  await wait(300);
  expect(counts().told).toBeGreaterThan(3);
  slowMotion.stop();
});

test('a run that has ended is left alone', async () => {
  const { run, slowMotion, counts } = drivenRun(2);
  slowMotion.start(run, 100);
  await wait(200);
  expect(counts().told).toBe(2);
});
