/*
 * Plan: a long run in steps, as the worker asks for them.
 *  - The first 64 steps are all taken while there is room.
 *  - However long the run, never more stay than there is room for, and never fewer than a third of that.
 *  - What stays spreads like the root of the step: no gap is more than about four times the mean gap on that scale.
 *  - Every step that stays was taken: a coarser grid asks for nothing that has been let go.
 *  - The first snapshot stays, wherever it lies.
 */
import { expect, test } from 'playwright/test';
import { gapAt, SnapshotSchedule } from './snapshot-schedule.ts';

/** The steps kept after a run of `last` steps that begins at `first`. */
function keptAfter(last: number, capacity: number, first = 0): { kept: readonly number[]; taken: number } {
  const schedule = new SnapshotSchedule();
  let kept: readonly number[] = [first];
  let taken = 1;
  for (let step = schedule.after(first); step <= last; step = schedule.after(step)) {
    kept = schedule.kept([...kept, step], capacity);
    taken += 1;
  }
  return { kept, taken };
}

test('every one of the first 64 steps is kept while there is room', () => {
  const { kept } = keptAfter(64, 96);
  expect(kept).toEqual(Array.from({ length: 65 }, (_, step) => step));
});

for (const last of [400, 938, 4690, 100_000, 3_000_000]) {
  test(`after ${last} steps the room is used, never overfull, and spread like the root of the step`, () => {
    const capacity = 80;
    const { kept, taken } = keptAfter(last, capacity);
    expect(kept.length).toBeLessThanOrEqual(capacity);
    expect(kept.length).toBeGreaterThan(capacity / 3);
    const roots = kept.map(Math.sqrt);
    const mean = Math.sqrt(last) / kept.length;
    const gaps = roots.slice(1).map((root, index) => root - (roots[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(4.2 * mean);
    expect(Math.sqrt(last) - (roots.at(-1) ?? 0)).toBeLessThan(4.2 * mean);
    // Few are taken in vain: with every quadrupling of the steps about half of the room anew.
    expect(taken).toBeLessThan(capacity * (2 + Math.log2(last) / 2));
  });
}

test('a coarser grid is a part of the finer one', () => {
  for (let step = 1; step < 5000; step++) {
    for (let coarseness = 0; coarseness < 6; coarseness++) {
      if (step % gapAt(step, coarseness + 1) === 0) expect(step % gapAt(step, coarseness)).toBe(0);
    }
  }
});

test('the first one stays, wherever it lies', () => {
  const { kept } = keptAfter(4000, 12, 341);
  expect(kept[0]).toBe(341);
  expect(kept.length).toBeLessThanOrEqual(12);
  expect(keptAfter(500, 1).kept).toEqual([0]);
});
