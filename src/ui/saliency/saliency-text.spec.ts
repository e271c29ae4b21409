/*
 * Plan. The map in words names its class, its kind and its strongest place with the sign; a plane of zeros says so. A climb tells how
 * far it is, that it is over, and why it ended early. Colours: zero has the paper's, the ends stand at the same distance.
 */
import { expect, test } from 'playwright/test';
import { climbFigures, climbText, meaningText, saliencyText } from './saliency-text.ts';
import { limitOf, signedColour } from './signed-plane.ts';

const planes = {
  image: new Float32Array(6),
  gradient: Float32Array.of(0, 1, 0, 0, -2.5, 0),
  product: new Float32Array(6),
};
const saliency = { unit: 7, score: 3, height: 2, width: 3, ...planes };

test('the map in words', () => {
  expect(saliencyText(saliency, 'gradient')).toBe(
    'Gradient of the score of 7 by each pixel: strongest at row 1, column 1: −2.50',
  );
  expect(saliencyText(saliency, 'product')).toBe(
    'Gradient times input of the score of 7 by each pixel: zero everywhere',
  );
  expect(meaningText('gradient', 3)).toContain('Added up over 3 channels.');
  expect(meaningText('gradient', 1)).not.toContain('channels');
});

test('a climb in words', () => {
  const progress = {
    id: 1,
    steps: 12,
    planned: 48,
    before: -0.128,
    value: 5.99,
    pixels: new Float32Array(),
    isOver: false,
  };
  expect(climbText(progress)).toBe('step 12 of 48');
  expect(climbText({ ...progress, steps: 48, isOver: true })).toBe('after 48 steps');
  expect(climbText({ ...progress, steps: 0, isOver: true })).toBe('no pixel moves it');
  expect(climbText({ ...progress, isOver: true })).toBe('12 steps, then no slope');
  expect(climbFigures(progress)).toBe('−0.13 → 5.99');
});

test('colours are symmetric around zero', () => {
  const palette = { negative: [0, 0, 1], zero: [1, 1, 1], positive: [1, 0, 0], gap: [0, 0, 0] } as const;
  const limit = limitOf(saliency.gradient);
  expect(limit).toBe(2.5);
  expect(signedColour(0, limit, palette)).toEqual([1, 1, 1]);
  expect(signedColour(-2.5, limit, palette)).toEqual([0, 0, 1]);
  expect(signedColour(1.25, limit, palette)).toEqual([1, 0.5, 0.5]);
  expect(signedColour(3, 0, palette)).toEqual([1, 1, 1]);
});
