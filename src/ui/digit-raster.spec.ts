/**
 * Plan. Draw known strokes and hold the result against what is known of MNIST's preparation: the ink fills a box of 20 pixels,
 * the centre of mass is on pixel (14, 14) wherever and however small the digit was drawn, lines have MNIST's width and a soft
 * edge. Controls: with centring off, the same strokes stay where they are; an empty drawing is all zeros.
 */
import { expect, test } from 'playwright/test';
import { centerOfMass, digitSize } from '../app/digit-grid.ts';
import { defaultThickness, rasterizeDigit, type Stroke } from './digit-raster.ts';

const centered = { isCentered: true, thickness: defaultThickness };
const asDrawn = { isCentered: false, thickness: defaultThickness };

/** A fit is a scale and a shift in floats: the order of the sums is all that can differ. */
const roundingTolerance = 1e-4;

function line(points: readonly (readonly [number, number])[]): Stroke {
  return points.map(([x, y]) => ({ x, y, pressure: 0.5 }));
}

const seven: readonly Stroke[] = [
  line([
    [6, 5],
    [14, 5],
    [22, 5],
    [18, 14],
    [14, 24],
  ]),
];
const four: readonly Stroke[] = [
  line([
    [8, 4],
    [7, 14],
    [20, 14],
  ]),
  line([
    [18, 4],
    [17, 25],
  ]),
];
const one: readonly Stroke[] = [
  line([
    [14, 4],
    [14, 24],
  ]),
];
const lopsided: readonly Stroke[] = [
  line([
    [4, 4],
    [4, 24],
    [24, 24],
  ]),
];

function moved(strokes: readonly Stroke[], scale: number, x: number, y: number): readonly Stroke[] {
  return strokes.map((stroke) => stroke.map((point) => ({ ...point, x: point.x * scale + x, y: point.y * scale + y })));
}

function sum(pixels: Float32Array): number {
  return pixels.reduce((total, value) => total + value, 0);
}

/** Rows and columns that hold any ink, as MNIST's makers counted them. */
function inkExtent(pixels: Float32Array): { rows: number; columns: number } {
  const rows = new Set<number>();
  const columns = new Set<number>();
  pixels.forEach((value, index) => {
    if (value < 0.02) return;
    rows.add(Math.floor(index / digitSize));
    columns.add(index % digitSize);
  });
  return { rows: rows.size, columns: columns.size };
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (b[index] ?? NaN))), 0);
}

test('a very lopsided drawing stops at the border and loses no ink', () => {
  const pixels = rasterizeDigit(lopsided, centered);
  const whole = rasterizeDigit(moved(lopsided, 0.8, 3, 3), asDrawn);
  expect(Math.abs(sum(pixels) - sum(whole))).toBeLessThan(0.05 * sum(whole));
  expect(Math.abs(centerOfMass(pixels).x - 14.5)).toBeLessThan(2);
});

for (const [name, strokes] of Object.entries({ seven, four, one })) {
  test(`${name}: the centre of mass is on pixel (14, 14)`, () => {
    const { x, y } = centerOfMass(rasterizeDigit(strokes, centered));
    expect(Math.abs(x - 14.5)).toBeLessThan(0.25);
    expect(Math.abs(y - 14.5)).toBeLessThan(0.25);
  });

  test(`${name}: the longer side fills the box of 20`, () => {
    const { rows, columns } = inkExtent(rasterizeDigit(strokes, centered));
    expect(Math.max(rows, columns)).toBeGreaterThanOrEqual(19);
    expect(Math.max(rows, columns)).toBeLessThanOrEqual(21);
  });

  test(`${name}: small and off-centre gives the same pixels`, () => {
    const whole = rasterizeDigit(strokes, centered);
    expect(largestDifference(whole, rasterizeDigit(moved(strokes, 0.3, 17, 1), centered))).toBeLessThan(
      roundingTolerance,
    );
  });
}

test('as drawn: the ink stays where the pen was', () => {
  const pixels = rasterizeDigit(moved(one, 0.5, 0, 0), asDrawn);
  const { x, y } = centerOfMass(pixels);
  expect(Math.abs(x - 7)).toBeLessThan(0.1);
  expect(Math.abs(y - 7)).toBeLessThan(0.1);
});

test('a vertical line is as wide as asked, full in the middle and soft at the edge', () => {
  const pixels = rasterizeDigit(one, { isCentered: false, thickness: 2.6 });
  const row = pixels.slice(14 * digitSize, 15 * digitSize);
  // The edge is sampled once per pixel, which is exact to a tenth of a pixel.
  expect(Math.abs(sum(row) - 2.6)).toBeLessThan(0.1);
  expect(Math.max(...row)).toBe(1);
  expect(row.filter((value) => value > 0 && value < 1).length).toBeGreaterThanOrEqual(2);
});

test('a digit has as much ink as MNIST has (5th to 95th percentile of its test set: 52 to 164)', () => {
  expect(sum(rasterizeDigit(seven, centered))).toBeGreaterThan(52);
  expect(sum(rasterizeDigit(four, centered))).toBeLessThan(164);
});

test('a pen pressed harder draws a wider line', () => {
  const pressed = one.map((stroke) => stroke.map((point) => ({ ...point, pressure: 1 })));
  expect(sum(rasterizeDigit(pressed, asDrawn))).toBeGreaterThan(1.2 * sum(rasterizeDigit(one, asDrawn)));
});

test('a dot is kept small and in the middle', () => {
  const pixels = rasterizeDigit([line([[3, 25]])], centered);
  expect(sum(pixels)).toBeGreaterThan(3);
  expect(Math.max(...Object.values(inkExtent(pixels)))).toBeLessThanOrEqual(5);
  expect(centerOfMass(pixels).x).toBeCloseTo(14.5, 1);
});

test('nothing drawn gives 784 zeros, whatever the options', () => {
  for (const options of [centered, asDrawn]) {
    expect([...rasterizeDigit([], options)]).toEqual(new Array(784).fill(0));
    expect(sum(rasterizeDigit([[]], options))).toBe(0);
  }
});

test('pixels are within 0…1 and the same every time', () => {
  const first = rasterizeDigit(four, centered);
  expect(Math.min(...first)).toBe(0);
  expect(Math.max(...first)).toBeLessThanOrEqual(1);
  expect([...rasterizeDigit(four, centered)]).toEqual([...first]);
});
