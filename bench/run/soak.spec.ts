/*
 * Plan. Made-up samples of an hour: steady memory passes, with a collector's noise and with a rise in the first minutes;
 * one more buffer in the last third, a few bytes on the GPU, or a slow leak in JavaScript fails and is named.
 */
import { expect, test } from 'playwright/test';
import type { SoakSample } from '../results-file.ts';
import { growthOf } from './soak.ts';

const mebibyte = 2 ** 20;

function hour(change: (minute: number) => Partial<SoakSample>): SoakSample[] {
  return Array.from({ length: 60 }, (_, index) => ({
    minute: index + 1,
    steps: (index + 1) * 700,
    scriptBytes: 9 * mebibyte + (index % 5) * 50_000,
    ledgerBytes: 25 * mebibyte,
    ledgerBuffers: 40,
    gpuBytes: 26 * mebibyte,
    imagesPerSecond: 800,
    loss: 0.01,
    ...change(index + 1),
  }));
}

test('steady memory passes', () => {
  expect(growthOf(hour(() => ({})))).toEqual([]);
  expect(growthOf(hour((minute) => ({ gpuBytes: (minute < 3 ? 20 : 26) * mebibyte })))).toEqual([]);
});

test('growth is named', () => {
  expect(growthOf(hour((minute) => ({ ledgerBuffers: minute > 40 ? 41 : 40 })))).toEqual([
    'Soak: ledgerBuffers does not grow. Received 40, later 41.',
  ]);
  expect(growthOf(hour((minute) => ({ gpuBytes: 26 * mebibyte + minute })))).toHaveLength(1);
  expect(growthOf(hour((minute) => ({ scriptBytes: 9 * mebibyte + minute * 60_000 })))).toHaveLength(1);
});
