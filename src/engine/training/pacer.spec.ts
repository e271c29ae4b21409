/*
 * Plan. A pacer on a made machine, whose steps take a fixed time: it settles where a submit takes 40 ms, whatever the speed, within
 * 1 and 64 steps; it never more than doubles, falls at once when steps become slow, and counts a submit that waited behind another
 * from when that one was done.
 */
import { expect, test } from 'playwright/test';
import { maxStepsPerSubmit, Pacer } from './pacer.ts';

const speeds: readonly (readonly [stepMs: number, steps: number])[] = [
  [0.01, maxStepsPerSubmit],
  [1, 40],
  [4.1, 9],
  [13, 3],
  [40, 1],
  [900, 1],
];
for (const [stepMs, steps] of speeds) {
  test(`steps of ${stepMs} ms go ${steps} to a submit`, () => {
    const pacer = new Pacer();
    let nowMs = 1000;
    for (let submit = 0; submit < 12; submit++) {
      const before = pacer.steps;
      pacer.report(before, nowMs, nowMs + before * stepMs);
      nowMs += before * stepMs;
      expect(pacer.steps).toBeLessThanOrEqual(2 * before);
    }
    expect(pacer.steps).toBe(steps);
  });
}

test('starts with one step and falls at once', () => {
  const pacer = new Pacer();
  expect(pacer.steps).toBe(1);
  for (let submit = 0; submit < 10; submit++) pacer.report(pacer.steps, submit, submit);
  expect(pacer.steps).toBe(64);
  pacer.report(64, 1000, 1000 + 6400);
  expect(pacer.steps).toBe(1);
});

test('time spent waiting for the submit before does not count', () => {
  const pacer = new Pacer();
  pacer.report(1, 0, 10);
  expect(pacer.steps).toBe(2);
  // Both handed in at 0: the second one's 20 ms begin at 10.
  pacer.report(2, 0, 30);
  expect(pacer.steps).toBe(4);
  // After a pause it begins when it is handed in.
  pacer.report(4, 10_000, 10_040);
  expect(pacer.steps).toBe(4);
});
