/*
 * Plan: the channels that each output channel of every kind of convolution reads, written out by hand, grouped and by depth
 * among them; the taps along either axis by the window's own arithmetic, with the layer's border.
 */
import { expect, test } from 'playwright/test';
import { layerOf } from '../../../e2e/support/resolved-layers.ts';
import { transposedTaps, windowTaps } from '../shape/taps.ts';
import type { LayerConfig } from './config.ts';
import { channelsSeen, hasWindow, slidesOver, tapsAlong, type WindowLayer } from './layer-taps.ts';

function windowed(config: LayerConfig): WindowLayer {
  const layer = layerOf([9, 7, 6], config);
  if (!hasWindow(layer)) throw new Error('layer: it must have a window.');
  return layer;
}

const channelTable: readonly (readonly [LayerConfig, ReturnType<typeof channelsSeen>[]])[] = [
  [{ type: 'conv2d', filters: 2, kernelSize: 3 }, [0, 0].map((first) => ({ first, count: 6 }))],
  [{ type: 'conv2d', filters: 6, kernelSize: 3, groups: 3 }, [0, 0, 2, 2, 4, 4].map((first) => ({ first, count: 2 }))],
  [
    { type: 'depthwiseConv2d', kernelSize: 3, depthMultiplier: 2 },
    [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5].map((first) => ({ first, count: 1 })),
  ],
  [
    { type: 'separableConv2d', filters: 3, kernelSize: 3, depthMultiplier: 2 },
    [0, 0, 0].map((first) => ({ first, count: 6 })),
  ],
  [{ type: 'conv2dTranspose', filters: 2, kernelSize: 3 }, [0, 0].map((first) => ({ first, count: 6 }))],
];

for (const [config, seen] of channelTable) {
  test(`channels that a ${JSON.stringify(config)} sees`, () => {
    const layer = windowed(config);
    if (!('activation' in layer)) throw new Error('layer: must be a convolution.');
    expect(layer.outputShape[2]).toBe(seen.length);
    expect(seen.map((_, channel) => channelsSeen(layer, channel))).toEqual(seen);
  });
}

const inputs = (layer: WindowLayer, axis: 'vertical' | 'horizontal', place: number) =>
  tapsAlong(layer, axis, place).map(({ input }) => input);

test('taps along either axis', () => {
  const conv = windowed({ type: 'conv2d', filters: 1, kernelSize: [3, 1], strides: [2, 1], padding: 'same' });
  expect(inputs(conv, 'vertical', 0)).toEqual([undefined, 0, 1]);
  expect(inputs(conv, 'vertical', 4)).toEqual([7, 8, undefined]);
  expect(inputs(conv, 'horizontal', 6)).toEqual([6]);
  const replicating = windowed({ type: 'conv2d', filters: 1, kernelSize: 3, padding: 'replicate' });
  expect(inputs(replicating, 'horizontal', 0)).toEqual([0, 0, 1]);
  expect(tapsAlong(replicating, 'horizontal', 6)).toEqual(windowTaps(replicating.window.horizontal, 6, 'replicate'));
  const pool = windowed({ type: 'maxPooling2d', poolSize: 2 });
  expect(inputs(pool, 'vertical', 3)).toEqual([6, 7]);
  expect(slidesOver(pool)).toBe(true);
});

test('a transposed convolution reads what wrote there', () => {
  const layer = windowed({ type: 'conv2dTranspose', filters: 1, kernelSize: 3, strides: 2 });
  expect(tapsAlong(layer, 'vertical', 4)).toEqual(transposedTaps(layer.window.vertical, 4));
  expect(inputs(layer, 'vertical', 4)).toEqual([2, 1]);
  expect(slidesOver(layer)).toBe(false);
});
