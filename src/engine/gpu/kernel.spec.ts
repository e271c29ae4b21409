/*
 * Plan. Workgroups are folded where one dimension does not hold them: at the limit, one past it and far past it, x·y must reach
 * the number asked for, no dimension pass the limit, and what is started in vain stay below one row.
 */
import { expect, test } from 'playwright/test';
import { foldWorkgroups, isSlice, maxWorkgroupsPerDimension } from './kernel.ts';

const table: readonly (readonly [workgroups: number, x: number, y: number])[] = [
  [0, 0, 1],
  [1, 1, 1],
  [65_535, 65_535, 1],
  [65_536, 32_768, 2],
  [131_070, 65_535, 2],
  [131_071, 43_691, 3],
];
for (const [workgroups, x, y] of table) {
  test(`${workgroups} workgroups are ${x} × ${y}`, () => expect(foldWorkgroups(workgroups)).toEqual([x, y]));
}

test('covers every number, wasting less than a row', () => {
  for (let workgroups = 1; workgroups <= maxWorkgroupsPerDimension ** 2; workgroups = Math.ceil(workgroups * 1.37)) {
    const [x, y] = foldWorkgroups(workgroups);
    expect(Math.max(x, y)).toBeLessThanOrEqual(maxWorkgroupsPerDimension);
    expect(x * y).toBeGreaterThanOrEqual(workgroups);
    expect(x * y - workgroups).toBeLessThan(y);
  }
});

test('tells slices of buffers from planned tensors', () => {
  expect(isSlice({ buffer: {} as GPUBuffer, offset: 0, size: 4 })).toBe(true);
  expect(isSlice({ label: 'conv2d_1', sizeBytes: 4 })).toBe(false);
});
