/*
 * Plan. The lecture's fields 3, 4, 8, 10, 18 and the share of the input they cover. Then seeded stacks of windows, strides,
 * dilations and paddings against enumeration: follow every cell down through all layers to the input cells it can depend on; the
 * recurrence must give their first and last, for the first, a middle and the last cell. In the lecture's network, rows 26 and 27
 * are in no field of the last convolution. Transposed windows and upsampling, alone, see just what enumeration finds; in stacks
 * with others they see all of it. A join of fields covers both at every cell, and touches one at each end.
 */
import { expect, test } from 'playwright/test';
import { seededDraws } from '../../../e2e/support/seeded-draws.ts';
import {
  fieldCells,
  fieldOfAll,
  fieldRange,
  fieldShare,
  joinFields,
  pixelField,
  slideField,
  spreadField,
  type FieldAxis,
} from './receptive-field.ts';
import { outputSize, upSamplingWindow, windowExtent, type WindowAxis } from './window.ts';

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
  expect(flat).toEqual({ size: 26, jump: 0, start: 0 });
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

/** Input cells that output `index` of one enlarging step reads, from its definition; none lie outside any bounds. */
interface Enlarging {
  readonly name: string;
  readonly apply: (field: FieldAxis) => FieldAxis;
  readonly reads: (index: number) => readonly number[];
}

function transposed(layer: Layer): Enlarging {
  const { window, stride, dilation, padBefore } = layer;
  const extent = windowExtent(window, dilation);
  const reads = (index: number) =>
    Array.from({ length: window }, (_, tap) => (index + padBefore - tap * dilation) / stride).filter(Number.isInteger);
  return { name: JSON.stringify(layer), apply: (field) => spreadField(field, { extent, stride, padBefore }), reads };
}

function upSampled(size: number, interpolation: 'nearest' | 'bilinear'): Enlarging {
  const apply = (field: FieldAxis) => spreadField(field, upSamplingWindow(size, interpolation));
  const reads = (index: number): readonly number[] => {
    if (interpolation === 'nearest') return [Math.floor(index / size)];
    const numerator = 2 * index + 1 - size; // of the place (index + ½) / size − ½, over 2·size
    const below = Math.floor(numerator / (2 * size));
    return numerator % (2 * size) === 0 ? [below] : [below, below + 1];
  };
  return { name: `${interpolation} ${size}`, apply, reads };
}

test('one transposed window sees what enumeration finds', () => {
  for (let stride = 1; stride <= 4; stride++)
    for (let window = 1; window <= 6; window++)
      for (const dilation of stride === 1 ? [1, 2, 3] : [1])
        for (const padBefore of [0, 1, 2]) {
          const step = transposed({ window, stride, dilation, padBefore, padAfter: 0 });
          for (let index = 0; index < 12; index++) {
            const seen = step.reads(index);
            const [from, to] = fieldRange(step.apply(pixelField), index, 20);
            const what = `${step.name} cell ${index}`;
            if (seen.length === 0) expect(to, what).toBeLessThanOrEqual(from);
            else
              expect([from, to], what).toEqual([Math.max(0, Math.min(...seen)), Math.min(20, Math.max(...seen) + 1)]);
          }
        }
});

test('upsampling sees one cell, or the two it blends', () => {
  for (const interpolation of ['nearest', 'bilinear'] as const)
    for (let size = 1; size <= 7; size++) {
      const step = upSampled(size, interpolation);
      const field = step.apply(pixelField);
      expect(fieldCells(field), step.name).toBe(interpolation === 'nearest' || size === 1 ? 1 : 2);
      for (let index = size; index < 4 * size; index++) {
        const seen = step.reads(index);
        const what = `${step.name} cell ${index}`;
        expect(fieldRange(field, index, 20), what).toEqual([Math.min(...seen), Math.max(...seen) + 1]);
      }
    }
});

test('stacks that enlarge and slide see all that enumeration finds', () => {
  const { between, pick } = seededDraws(5);
  for (let round = 0; round < 400; round++) {
    const steps = Array.from({ length: between(2, 4) }, (): Enlarging => {
      const stride = between(1, 3);
      const layer = { window: between(stride, 4), stride, dilation: 1, padBefore: between(0, 2), padAfter: 0 };
      if (between(0, 2) > 0) return pick([transposed(layer), upSampled(between(2, 3), pick(['nearest', 'bilinear']))]);
      const reads = (index: number) =>
        Array.from({ length: layer.window }, (_, tap) => index * stride - layer.padBefore + tap);
      const apply = (field: FieldAxis) => slideField(field, { ...layer, extent: layer.window });
      return { name: `slide ${JSON.stringify(layer)}`, apply, reads };
    });
    const field = steps.reduce((seen, step) => step.apply(seen), pixelField);
    for (const index of [0, 1, 5, 17]) {
      let cells = new Set([index]);
      for (const step of steps.toReversed()) cells = new Set([...cells].flatMap((cell) => step.reads(cell)));
      const inside = [...cells].filter((cell) => cell >= 0 && cell < 1000);
      const [from, to] = fieldRange(field, index, 1000);
      const what = `${steps.map(({ name }) => name).join(' ')} cell ${index}`;
      const outside = inside.filter((cell) => cell < from || cell >= to);
      expect(outside, `${what} reads more than [${from}, ${to})`).toEqual([]);
      expect(inside.length, what).toBeLessThanOrEqual(Math.max(0, to - from));
    }
  }
});

test('the sum of thirds that rounding shifts still ends on whole cells', () => {
  const field = upSampled(3, 'nearest').apply(slideField(pixelField, { extent: 1, stride: 7, padBefore: 2 }));
  for (let index = 0; index < 300; index++) {
    const cell = Math.floor(index / 3) * 7 - 2;
    const [from, to] = fieldRange(field, index, 10_000);
    expect(cell < 0 || (from <= cell && cell < to), `cell ${index}: ${cell} in [${from}, ${to})`).toBe(true);
  }
});

test('a join covers both fields and no more', () => {
  const [a, b] = [
    { size: 3, jump: 2, start: -1 },
    { size: 5, jump: 2, start: 4 },
  ];
  expect(joinFields(a, b, 9)).toEqual({ size: 10, jump: 2, start: -1 });
  expect(joinFields(b, a, 9)).toEqual(joinFields(a, b, 9));
  expect(joinFields(a, a, 9)).toEqual(a);
});

test('a join of different jumps covers both at every cell and touches one at an end', () => {
  const { between } = seededDraws(9);
  for (let round = 0; round < 200; round++) {
    const draw = (): FieldAxis => ({ size: between(1, 9), jump: between(0, 5), start: between(-4, 4) });
    const [a, b, cells] = [draw(), draw(), between(1, 8)];
    const joined = joinFields(a, b, cells);
    const rooms = Array.from({ length: cells }, (_, cell) => {
      const from = (field: FieldAxis) => field.start + cell * field.jump;
      const to = (field: FieldAxis) => from(field) + field.size;
      return [Math.min(from(a), from(b)) - from(joined), to(joined) - Math.max(to(a), to(b))] as const;
    });
    const what = JSON.stringify([a, b, cells]);
    expect(Math.min(...rooms.map(([before]) => before)), what).toBe(0);
    expect(Math.min(...rooms.map(([, after]) => after)), what).toBe(0);
  }
});

test('shares never exceed the input', () => {
  const wide = { size: 40, jump: 1, start: -6 };
  expect(fieldShare({ vertical: wide, horizontal: { size: 7, jump: 1, start: 0 } }, 28, 14)).toBe(0.5);
});
