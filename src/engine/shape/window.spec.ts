/*
 * Plan. The lecture's figures; `same` padding as TensorFlow places it. Then every window of a grid of sizes, strides, dilations
 * and paddings against enumeration: place the window wherever all of it lies on the padded axis, and count positions and the
 * cells at the far end that none of them covers. A transposed window has Keras's sizes, worked out here, and over as many cells
 * stands at just its inputs' number of positions.
 */
import { expect, test } from 'playwright/test';
import {
  outputSize,
  samePadding,
  transposedWindow,
  unseenCells,
  upSamplingWindow,
  windowExtent,
  type WindowAxis,
} from './window.ts';

const plain = { stride: 1, dilation: 1, padBefore: 0, padAfter: 0 };

test('the lecture: 28 → 26 → 13 → 11 → 5 → 3, and the second pooling drops the 11th row', () => {
  const conv = { ...plain, window: 3 };
  const pool = { ...plain, window: 2, stride: 2 };
  const sizes = [28];
  const unseen: number[] = [];
  for (const layer of [conv, pool, conv, pool, conv]) {
    const axis = { ...layer, size: sizes.at(-1) ?? 0 };
    sizes.push(outputSize(axis));
    unseen.push(unseenCells(axis));
  }
  expect(sizes).toEqual([28, 26, 13, 11, 5, 3]);
  expect(unseen).toEqual([0, 0, 0, 1, 0]);
});

test('a window that does not fit has no position, and sees nothing', () => {
  const axis = { ...plain, size: 2, window: 3 };
  expect(outputSize(axis)).toBe(0);
  expect(unseenCells(axis)).toBe(2);
  expect(outputSize({ ...axis, padAfter: 1 })).toBe(1);
});

const same: readonly (readonly [
  size: number,
  window: number,
  stride: number,
  dilation: number,
  before: number,
  after: number,
])[] = [
  [28, 3, 2, 1, 0, 1],
  [28, 3, 1, 1, 1, 1],
  [28, 2, 1, 1, 0, 1],
  [28, 5, 1, 1, 2, 2],
  [28, 5, 2, 1, 1, 2],
  [7, 3, 1, 2, 2, 2],
  [4, 1, 3, 1, 0, 0],
  [1, 7, 1, 1, 3, 3],
];
for (const [size, window, stride, dilation, before, after] of same) {
  test(`same padding of ${size} cells, window ${window}, stride ${stride}, dilation ${dilation}: ${before} and ${after}`, () =>
    expect(samePadding(size, window, stride, dilation)).toEqual([before, after]));
}

test('same padding gives ceil(size / stride) positions with the least padding that does', () => {
  for (let size = 1; size <= 12; size++) {
    for (let window = 1; window <= 5; window++) {
      for (let stride = 1; stride <= 4; stride++) {
        for (let dilation = 1; dilation <= 3; dilation++) {
          const [padBefore, padAfter] = samePadding(size, window, stride, dilation);
          const axis = { size, window, stride, dilation, padBefore, padAfter };
          const what = JSON.stringify(axis);
          expect(outputSize(axis), what).toBe(Math.ceil(size / stride));
          expect(padAfter - padBefore === 0 || padAfter - padBefore === 1, what).toBe(true);
          if (padAfter > 0)
            expect(outputSize({ ...axis, padAfter: padAfter - 1 }), what).toBe(Math.ceil(size / stride) - 1);
        }
      }
    }
  }
});

/** First cells of all positions, by trying each. */
function starts(axis: WindowAxis): number[] {
  const found: number[] = [];
  for (let start = -axis.padBefore; start < axis.size + axis.padAfter; start += axis.stride) {
    const last = start + (axis.window - 1) * axis.dilation;
    if (last < axis.size + axis.padAfter) found.push(start);
  }
  return found;
}

function unseenByEnumeration(axis: WindowAxis): number {
  const ends = starts(axis).map((start) => start + windowExtent(axis.window, axis.dilation));
  let count = 0;
  for (let cell = axis.size - 1; cell >= 0 && ends.every((end) => cell >= end); cell--) count++;
  return count;
}

test('positions and unseen cells are those that enumeration finds', () => {
  const wrong: unknown[] = [];
  for (let size = 1; size <= 9; size++) {
    for (let window = 1; window <= 4; window++) {
      for (let stride = 1; stride <= 5; stride++) {
        for (let dilation = 1; dilation <= 3; dilation++) {
          for (const [padBefore, padAfter] of [
            [0, 0],
            [0, 1],
            [1, 0],
            [2, 1],
            [4, 0],
            [0, 4],
            [9, 9],
          ] as const) {
            const axis = { size, window, stride, dilation, padBefore, padAfter };
            const found = [outputSize(axis), unseenCells(axis)];
            const counted = [starts(axis).length, unseenByEnumeration(axis)];
            if (found.join() !== counted.join()) wrong.push({ axis, found, counted });
          }
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

const transposed: readonly (readonly [
  inputs: number,
  window: number,
  stride: number,
  dilation: number,
  padding: 'valid' | 'same',
  size: number,
  before: number,
  after: number,
])[] = [
  // (4 − 1)·2 + 3.
  [4, 3, 2, 1, 'valid', 9, 0, 0],
  // A window below the stride leaves the last step's gap: 4·3, not (4 − 1)·3 + 2.
  [4, 2, 3, 1, 'valid', 12, 0, 0],
  [4, 3, 2, 1, 'same', 8, 0, 1],
  [4, 4, 2, 1, 'same', 8, 1, 1],
  [4, 2, 3, 1, 'same', 12, 0, 0],
  [5, 3, 1, 2, 'valid', 9, 0, 0],
  [5, 3, 1, 2, 'same', 5, 2, 2],
];
for (const [inputs, window, stride, dilation, padding, size, padBefore, padAfter] of transposed) {
  test(`transposed, ${padding}: window ${window}, stride ${stride}, dilation ${dilation} make ${inputs} cells ${size}`, () => {
    expect(transposedWindow(inputs, { window, stride, dilation }, padding)).toEqual({
      size,
      window,
      stride,
      dilation,
      padBefore,
      padAfter,
    });
  });
}

test('the window that is transposed stands at as many positions as there are inputs', () => {
  for (let inputs = 1; inputs <= 7; inputs++)
    for (let window = 1; window <= 6; window++)
      for (let stride = 1; stride <= 5; stride++)
        for (const dilation of stride === 1 ? [1, 2, 3] : [1])
          for (const padding of ['valid', 'same'] as const) {
            const axis = transposedWindow(inputs, { window, stride, dilation }, padding);
            expect(outputSize(axis), JSON.stringify(axis)).toBe(inputs);
          }
});

test('upsampling 2 and 3 times: the windows of its shares', () => {
  expect(upSamplingWindow(2, 'nearest')).toEqual({ extent: 2, stride: 2, padBefore: 0 });
  // Shares ¼ ¾ ¾ ¼, and ⅓ ⅔ 1 ⅔ ⅓.
  expect(upSamplingWindow(2, 'bilinear')).toEqual({ extent: 4, stride: 2, padBefore: 1 });
  expect(upSamplingWindow(3, 'bilinear')).toEqual({ extent: 5, stride: 3, padBefore: 1 });
});
