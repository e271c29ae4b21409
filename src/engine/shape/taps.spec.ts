/*
 * Plan: taps are held to sums written out by hand: a window in the middle, over padding, dilated, with replicated borders; a
 * transposed one is held to the window it turns round, for every output and size of a table; shares of upsampling add up
 * to 1 and keep a ramp a ramp; a span holds what it is made from and no more than it must.
 */
import { expect, test } from 'playwright/test';
import { borderCell, spanOf, transposedTaps, upSamplingShares, windowTaps } from './taps.ts';
import { outputSize, transposedWindow } from './window.ts';

const axis = { size: 7, window: 3, stride: 2, dilation: 1, padBefore: 1, padAfter: 1 };

test('a window reads its cells, and nothing where it stands over padding', () => {
  expect(windowTaps(axis, 1).map(({ input }) => input)).toEqual([1, 2, 3]);
  expect(windowTaps(axis, 0)).toEqual([
    { window: 0, at: -1, input: undefined },
    { window: 1, at: 0, input: 0 },
    { window: 2, at: 1, input: 1 },
  ]);
  const dilated = { ...axis, stride: 1, dilation: 2, padBefore: 2, padAfter: 2 };
  expect(windowTaps(dilated, 3).map(({ at }) => at)).toEqual([1, 3, 5]);
});

test('a border is left empty, repeated or mirrored', () => {
  expect(windowTaps(axis, 0, 'replicate').map(({ input }) => input)).toEqual([0, 0, 1]);
  expect([-2, -1, 0, 6, 7, 8].map((at) => borderCell(at, 7, 'reflect'))).toEqual([2, 1, 0, 6, 5, 4]);
  expect([-2, 9].map((at) => borderCell(at, 7, 'replicate'))).toEqual([0, 6]);
  expect(borderCell(-1, 7, 'zero')).toBeUndefined();
});

for (const [window, stride, dilation] of [
  [3, 2, 1],
  [2, 3, 1],
  [3, 1, 2],
  [4, 2, 1],
] as const) {
  for (const padding of ['valid', 'same'] as const) {
    test(`transposed: window ${window}, stride ${stride}, dilation ${dilation}, ${padding}`, () => {
      const turned = transposedWindow(5, { window, stride, dilation }, padding);
      expect(outputSize(turned)).toBe(5);
      // Input i of the transposed layer wrote into the outputs that position i of the convolution reads.
      const pairs = Array.from({ length: 5 }, (_, input) =>
        windowTaps(turned, input).flatMap((tap) => (tap.input === undefined ? [] : [[tap.input, tap.window, input]])),
      ).flat();
      const found = Array.from({ length: turned.size }, (_, output) =>
        transposedTaps(turned, output).map((tap) => [output, tap.window, tap.input]),
      ).flat();
      expect(found.map(String).sort()).toEqual(pairs.map(String).sort());
    });
  }
}

test('upsampling shares add up to one and keep a ramp between its ends', () => {
  for (const factor of [2, 3, 4]) {
    for (let output = 0; output < 5 * factor; output++) {
      const shares = upSamplingShares(output, factor, 5, 'bilinear');
      expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
      const place = shares.reduce((sum, { input, share }) => sum + input * share, 0);
      expect(place).toBeCloseTo(Math.min(4, Math.max(0, (output + 0.5) / factor - 0.5)), 12);
      expect(upSamplingShares(output, factor, 5, 'nearest')).toEqual([
        { input: Math.floor(output / factor), share: 1 },
      ]);
    }
  }
});

test('a span is as short as even steps allow', () => {
  expect(spanOf([1, 3, 5])).toEqual({ first: 1, step: 2, count: 3 });
  expect(spanOf([0, 0, 1, undefined])).toEqual({ first: 0, step: 1, count: 2 });
  expect(spanOf([0, 1, 3])).toEqual({ first: 0, step: 1, count: 4 });
  expect(spanOf([4])).toEqual({ first: 4, step: 1, count: 1 });
  expect(spanOf([undefined]).count).toBe(0);
});
