/*
 * Plan. The lecture's fields 3, 4, 8, 10, 18 and the share of the input they cover. Then seeded stacks of windows, strides,
 * dilations and paddings against enumeration: follow every cell down through all layers to the input cells it can depend on; the
 * recurrence must give their first and last, for the first, a middle and the last cell. In the lecture's network, rows 26 and 27
 * are in no field of the last convolution.
 */
import { expect, test } from 'playwright/test';
import { seededDraws } from '../../../e2e/support/seeded-draws.ts';
import {
  fieldOfAll,
  fieldRange,
  fieldShare,
  joinFields,
  pixelField,
  slideField,
  type FieldAxis,
} from './receptive-field.ts';
import { outputSize, windowExtent, type WindowAxis } from './window.ts';

type Layer = Omit<WindowAxis, 'size'>;

const conv: Layer = { window: 3, stride: 1, dilation: 1, padBefore: 0, padAfter: 0 };
const pool: Layer = { ...conv, window: 2, stride: 2 };
const lecture = [conv, pool, conv, pool, conv];

function fieldAfter(layers: readonly Layer[]): FieldAxis {
  return layers.reduce(
    (field, { window, stride, dilation, padBefore }) =>
      slideField(field, { extent: windowExtent(window, dilation), stride, padBefore }),
    pixelField,
  );
}

/** Outermost input coordinates that cell `index` of the last layer reaches, padding counted as coordinates outside. */
function reach(layers: readonly Layer[], index: number): [first: number, last: number] {
  let cells = new Set([index]);
  for (const { window, stride, dilation, padBefore } of [...layers].reverse()) {
    const below = new Set<number>();
    for (const cell of cells)
      for (let tap = 0; tap < window; tap++) below.add(cell * stride - padBefore + tap * dilation);
    cells = below;
  }
  return [Math.min(...cells), Math.max(...cells)];
}

test('the lecture: 3, 4, 8, 10, 18, and 324 of 784 pixels', () => {
  const sizes = lecture.map((_, depth) => fieldAfter(lecture.slice(0, depth + 1)).size);
  expect(sizes).toEqual([3, 4, 8, 10, 18]);
  const field = fieldAfter(lecture);
  expect(field).toEqual({ size: 18, jump: 4, start: 0 });
  expect(fieldShare({ vertical: field, horizontal: field }, 28, 28)).toBeCloseTo(0.4133, 4);
  const flat = fieldOfAll(field, 3);
  expect(flat).toEqual({ size: 26, jump: 26, start: 0 });
  expect(fieldShare({ vertical: flat, horizontal: flat }, 28, 28)).toBeCloseTo(676 / 784, 12);
});

test('the lecture without pooling: 3, 5, 7, and 6.25 % of the input', () => {
  const field = fieldAfter([conv, conv, conv]);
  expect(field.size).toBe(7);
  expect(fieldShare({ vertical: field, horizontal: field }, 28, 28)).toBe(0.0625);
});

test('the lecture never sees rows 26 and 27', () => {
  const seen = new Set<number>();
  for (let cell = 0; cell < 3; cell++) {
    const [from, to] = fieldRange(fieldAfter(lecture), cell, 28);
    for (let row = from; row < to; row++) seen.add(row);
  }
  expect([0, 4, 8].map((from) => [from, from + 18])).toEqual(
    [0, 1, 2].map((cell) => [...fieldRange(fieldAfter(lecture), cell, 28)]),
  );
  expect(Array.from({ length: 28 }, (_, row) => row).filter((row) => !seen.has(row))).toEqual([26, 27]);
});

test('stacks of windows see what enumeration finds', () => {
  const { between } = seededDraws(3);
  for (let round = 0; round < 400; round++) {
    const layers = Array.from({ length: between(1, 4) }, (): Layer => ({
      window: between(1, 4),
      stride: between(1, 3),
      dilation: between(1, 3),
      padBefore: between(0, 3),
      padAfter: between(0, 3),
    }));
    const inputSize = between(20, 60);
    const cells = layers.reduce((size, layer) => outputSize({ ...layer, size }), inputSize);
    const field = fieldAfter(layers);
    for (const index of [0, Math.floor(cells / 2), Math.max(0, cells - 1)]) {
      const [first, last] = reach(layers, index);
      const what = `${JSON.stringify(layers)} cell ${index}`;
      expect([field.start + index * field.jump, field.size], what).toEqual([first, last - first + 1]);
      expect(fieldRange(field, index, inputSize), what).toEqual([Math.max(0, first), Math.min(inputSize, last + 1)]);
    }
  }
});

test('a join covers both fields and no more', () => {
  const [a, b] = [
    { size: 3, jump: 2, start: -1 },
    { size: 5, jump: 2, start: 4 },
  ];
  expect(joinFields(a, b)).toEqual({ size: 10, jump: 2, start: -1 });
  expect(joinFields(b, a)).toEqual(joinFields(a, b));
  expect(joinFields(a, a)).toEqual(a);
});

test('shares never exceed the input', () => {
  const wide = { size: 40, jump: 1, start: -6 };
  expect(fieldShare({ vertical: wide, horizontal: { size: 7, jump: 1, start: 0 } }, 28, 14)).toBe(0.5);
});
