/*
 * Plan. Pictures painted here pixel by pixel, with what must come of them known beforehand: a dark bar on light paper, a light
 * one on dark, on grey paper with noise, on transparency; all come to lie in a box of 20 pixels with their mass at 14.5.
 * A 28 × 28 picture stands as it is. An even sheet has no ink. For three channels the middle is cut out and averaged.
 */
import { expect, test } from 'playwright/test';
import { centerOfMass } from './digit-grid.ts';
import { colourImage, digitImage, inputOf, pictureShape, type Picture } from './picture.ts';

type Colour = readonly [number, number, number, number];

function painted(width: number, height: number, colourAt: (x: number, y: number) => Colour): Picture {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let place = 0; place < width * height; place++) {
    rgba.set(colourAt(place % width, Math.floor(place / width)), place * 4);
  }
  return { width, height, rgba };
}

const grey = (value: number): Colour => [value, value, value, 255];
/** A leaning bar, 20 wide and 120 high, far from the middle of 200 × 160. */
const isInk = (x: number, y: number): boolean => y >= 20 && y < 140 && Math.abs(x - 30 - y / 8) < 10;
/** A bar's edges are shared between pixels, so that sums differ in the last places. */
const tolerance = 0.02;

function boxOf(pixels: Float32Array): { width: number; height: number } {
  const inked = [...pixels.keys()].filter((place) => (pixels[place] ?? 0) > 0.05);
  const rows = inked.map((place) => Math.floor(place / 28));
  const columns = inked.map((place) => place % 28);
  return {
    width: Math.max(...columns) - Math.min(...columns) + 1,
    height: Math.max(...rows) - Math.min(...rows) + 1,
  };
}

for (const [name, picture] of [
  ['dark on light', painted(200, 160, (x, y) => grey(isInk(x, y) ? 20 : 240))],
  ['light on dark', painted(200, 160, (x, y) => grey(isInk(x, y) ? 250 : 10))],
  [
    'pencil on grey, with a camera’s noise',
    painted(200, 160, (x, y) => grey((isInk(x, y) ? 70 : 150) + ((x * 7 + y * 13) % 11))),
  ],
  ['ink on transparency', painted(200, 160, (x, y) => [0, 0, 0, isInk(x, y) ? 255 : 0])],
  ['chalk on transparency', painted(200, 160, (x, y) => [255, 255, 255, isInk(x, y) ? 255 : 0])],
  ['red on white', painted(200, 160, (x, y) => (isInk(x, y) ? [200, 0, 0, 255] : grey(255)))],
] as const) {
  test(`${name}: 20 pixels high, centred by its mass, ink full and sheet empty`, () => {
    const pixels = digitImage(picture);
    const { x, y } = centerOfMass(pixels);
    expect(Math.abs(x - 14.5)).toBeLessThan(tolerance);
    expect(Math.abs(y - 14.5)).toBeLessThan(tolerance);
    // The bar lies between pixels and may touch one more.
    const { width, height } = boxOf(pixels);
    expect([20, 21]).toContain(height);
    expect(width).toBeLessThan(9);
    // What the camera adds is an eighth of the pencil’s contrast.
    expect(Math.max(...pixels)).toBeGreaterThan(0.9);
    expect([pixels[0], pixels[27], pixels[783]]).toEqual([0, 0, 0]);
  });
}

test('28 × 28 on black stands as it is, on white it is turned round', () => {
  const value = (x: number, y: number): number => (x > 3 && x < 9 && y > 20 ? 40 * (x - 3) : 0);
  const expected = Float32Array.from({ length: 784 }, (_, place) => value(place % 28, Math.floor(place / 28)) / 255);
  const close = (pixels: Float32Array): number =>
    Math.max(...pixels.map((pixel, place) => Math.abs(pixel - (expected[place] ?? 0))));
  expect(close(digitImage(painted(28, 28, (x, y) => grey(value(x, y)))))).toBeLessThan(1e-6);
  expect(close(digitImage(painted(28, 28, (x, y) => grey(255 - value(x, y)))))).toBeLessThan(1e-6);
});

test('an even sheet has no ink', () => {
  expect(digitImage(painted(50, 50, (x) => grey(200 + (x % 3)))).every((pixel) => pixel === 0)).toBe(true);
});

test('a lopsided digit stops at the border instead of losing ink', () => {
  const lopsided = painted(100, 100, (x, y) => grey(y < 10 || (x < 3 && y < 99 && y > 40) ? 0 : 255));
  const ink = digitImage(lopsided).reduce((sum, value) => sum + value, 0);
  // 10 rows of 100 and 3 columns of 58 at a fifth of the size.
  expect(ink).toBeCloseTo((10 * 100 + 3 * 58) / 25, 0);
});

test('for three channels the middle is cut out and its colours are averaged', () => {
  const picture = painted(96, 64, (x) =>
    x < 16 || x >= 80 ? [9, 9, 9, 255] : x < 48 ? [255, 0, 0, 255] : [0, 0, 255, 255],
  );
  const pixels = colourImage(picture, [32, 32, 3]);
  expect([...pixels.subarray(0, 3)]).toEqual([1, 0, 0]);
  expect([...pixels.subarray(31 * 3, 32 * 3)]).toEqual([0, 0, 1]);
  expect(inputOf(picture, [32, 32, 3])).toEqual(pixels);
  expect(pictureShape([32, 32, 3])).toEqual([32, 32, 3]);
  expect(pictureShape([32, 32, 1])).toEqual([28, 28, 1]);
  expect(inputOf(picture, [14, 14, 1])).toHaveLength(784);
});
