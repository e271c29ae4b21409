/*
 * Plan. Between the last pooling and the first dense layer the page shows one place, the config has two: before and behind the
 * flatten. A convolution takes the first, a dense layer the second, added or moved; where neither can be, the first. A layer put
 * down on either side of itself stays.
 */
import { expect, test } from 'playwright/test';
import type { LayerConfig } from '../engine/model/config.ts';
import { workOut } from './draft.ts';
import { placeToAdd, placeToMove } from './places.ts';

const layers: readonly LayerConfig[] = [
  { type: 'conv2d', filters: 4, kernelSize: 3 },
  { type: 'maxPooling2d' },
  { type: 'flatten' },
  { type: 'dense', units: 16 },
  { type: 'dense', units: 12 },
  { type: 'dense', units: 10, activation: 'softmax' },
];
const draft = workOut({ inputShape: [28, 28, 1], layers });
const aroundFlatten = [2, 3];

test('a new layer takes the side of the flatten where it can be', () => {
  expect(draft.model).toBeDefined();
  expect(placeToAdd(draft, aroundFlatten, 'conv2d')).toBe(2);
  expect(placeToAdd(draft, aroundFlatten, 'dense')).toBe(3);
  expect(placeToAdd(draft, [4], 'conv2d')).toBe(4);
});

test('a moved layer does so too, itself taken out', () => {
  expect(placeToMove(draft, aroundFlatten, 4), 'dense, to before dense').toBe(3);
  expect(placeToMove(draft, aroundFlatten, 0), 'convolution, to behind pooling').toBe(1);
  expect(placeToMove(draft, [5], 0), 'convolution, to where it cannot be').toBe(4);
});

test('a layer stays where it stands', () => {
  expect(placeToMove(draft, [1], 1)).toBe(1);
  expect(placeToMove(draft, [1], 0)).toBe(0);
  expect(placeToMove(draft, aroundFlatten, 3)).toBe(3);
});
