/** The plan: without a folder there are digits all the same; images are put into the middle, every channel alike. */
import { expect, test } from 'playwright/test';
import { fitImages, loadBenchData } from './bench-data.ts';

test('without MNIST there are generated digits', () => {
  const { images, origin } = loadBenchData('/nowhere/at/all');
  expect(origin).toContain('generated');
  expect(images.images.length).toBe(images.shape.reduce((product, size) => product * size, 1));
  expect(new Set(images.labels).size).toBe(10);
});

const set = {
  ...{ images: Uint8Array.of(1, 2, 3, 4), labels: Uint8Array.of(7), shape: [1, 2, 2, 1] as const, classes: 10 },
};

test('images that fit stay what they are', () => expect(fitImages(set, [2, 2, 1])).toBe(set));

test('smaller images are put into the middle of zeros, in every channel', () => {
  const { images, labels, shape } = fitImages(set, [4, 3, 2]);
  expect(shape).toEqual([1, 4, 3, 2]);
  expect([...labels]).toEqual([7]);
  expect([...images]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 0, 0, 3, 3, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0]);
});
