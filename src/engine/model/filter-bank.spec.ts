/*
 * Plan. A filter's numbers are those of its channel in the kernel, whatever the layer: for every kind of kernel, walk the array
 * in the order of its shape as the contract writes it, and compare with the places worked out. Together the filters of a
 * bank hold every number of the kernel once. A channel behind pooling belongs to the filter before it; the sum of two layers
 * has none of its own.
 */
import { expect, test } from 'playwright/test';
import { bankOf, banksOf, cellCount, filterBehind, isSameBank, placesOf, type FilterBank } from './filter-bank.ts';
import type { LayerConfig } from './config.ts';
import { lectureModel } from './presets.ts';
import type { ResolvedModel, Shape } from './resolved.ts';
import { resolveModel } from './resolve.ts';

const head: readonly LayerConfig[] = [{ type: 'flatten' }, { type: 'dense', units: 2, activation: 'softmax' }];

function modelOf(layers: readonly LayerConfig[], inputShape: Shape = [8, 9, 3]): ResolvedModel {
  const resolution = resolveModel({ inputShape, layers: [...layers, ...head] });
  if (!resolution.ok) throw new Error(resolution.issues.map(({ message }) => message).join(' '));
  return resolution.model;
}

function onlyBank(layer: LayerConfig): FilterBank {
  const [bank] = banksOf(modelOf([layer]));
  if (!bank) throw new Error('banksOf: the layer has a kernel. Received none.');
  return bank;
}

/** Every place of an array of `shape`, with its indices. */
function walk(shape: readonly number[]): readonly { place: number; at: readonly number[] }[] {
  const count = shape.reduce((product, size) => product * size, 1);
  return Array.from({ length: count }, (_, place) => {
    let rest = place;
    const at = shape.map(() => 0);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis] ?? 1;
      at[axis] = rest % size;
      rest = Math.floor(rest / size);
    }
    return { place, at };
  });
}

function placeIn(bank: FilterBank, filter: number, slice: number, row: number, column: number): number | undefined {
  return placesOf(bank, filter)[(slice * bank.height + row) * bank.width + column];
}

test('a convolution keeps filters in its last axis', () => {
  const bank = onlyBank({ type: 'conv2d', filters: 5, kernelSize: [2, 3] });
  expect([bank.filters, bank.slices, bank.height, bank.width, bank.bias]).toEqual([5, 3, 2, 3, 'conv2d_1/bias']);
  for (const { place, at } of walk([2, 3, 3, 5])) {
    const [row = 0, column = 0, slice = 0, filter = 0] = at;
    expect(placeIn(bank, filter, slice, row, column)).toBe(place);
  }
});

test('a depthwise kernel has one plane for each output channel', () => {
  const bank = onlyBank({ type: 'depthwiseConv2d', kernelSize: [3, 2], depthMultiplier: 2 });
  expect([bank.filters, bank.slices]).toEqual([6, 1]);
  for (const { place, at } of walk([3, 2, 3, 2])) {
    const [row = 0, column = 0, input = 0, multiple = 0] = at;
    expect(placeIn(bank, input * 2 + multiple, 0, row, column)).toBe(place);
  }
});

test('a transposed kernel keeps filters before inputs', () => {
  const bank = onlyBank({ type: 'conv2dTranspose', filters: 4, kernelSize: 2 });
  expect([bank.filters, bank.slices]).toEqual([4, 3]);
  for (const { place, at } of walk([2, 2, 4, 3])) {
    const [row = 0, column = 0, filter = 0, slice = 0] = at;
    expect(placeIn(bank, filter, slice, row, column)).toBe(place);
  }
});

test('a separable convolution has two banks, the bias with the second', () => {
  const banks = banksOf(modelOf([{ type: 'separableConv2d', filters: 4, kernelSize: 3, depthMultiplier: 2 }]));
  expect(banks.slice(0, 2).map(({ filters, slices, height, bias }) => [filters, slices, height, bias])).toEqual([
    [6, 1, 3, undefined],
    [4, 6, 1, 'separable_conv2d_1/bias'],
  ]);
});

test('a dense unit is seen as the picture that was flattened', () => {
  const model = modelOf([{ type: 'flatten' }, { type: 'dense', units: 7 }, { type: 'dense', units: 2 }], [4, 5, 3]);
  const [first, second] = banksOf(model);
  if (!first || !second) throw new Error('banksOf: two dense layers. Received fewer.');
  expect([first.kind, first.height, first.width, first.slices, first.filters]).toEqual(['unit', 4, 5, 3, 7]);
  for (const { place, at } of walk([4, 5, 3, 7])) {
    const [row = 0, column = 0, slice = 0, unit = 0] = at;
    expect(placeIn(first, unit, slice, row, column)).toBe(place);
  }
  expect([second.height, second.width, second.slices]).toEqual([1, 1, 7]);
  expect([...placesOf(second, 1)]).toEqual([1, 3, 5, 7, 9, 11, 13]);
});

test('the filters of a bank share its kernel out among them', () => {
  for (const bank of banksOf(modelOf(lectureModel.layers, [28, 28, 1]))) {
    const all = new Set(Array.from({ length: bank.filters }, (_, filter) => [...placesOf(bank, filter)]).flat());
    expect(all.size).toBe(bank.filters * cellCount(bank));
    expect(Math.max(...all)).toBe(all.size - 1);
  }
});

test('a channel is followed back to its filter', () => {
  const lecture = modelOf(lectureModel.layers, [28, 28, 1]);
  expect(filterBehind(lecture, 'conv2d_2', 63)).toEqual({ weight: 'conv2d_2/kernel', filter: 63 });
  expect(filterBehind(lecture, 'max_pooling2d_1', 5)).toEqual({ weight: 'conv2d_1/kernel', filter: 5 });
  expect(filterBehind(lecture, 'dense_1', 64)).toBeUndefined();
  expect(filterBehind(lecture, '', 0)).toBeUndefined();
  const sum = modelOf([
    { type: 'conv2d', filters: 3, kernelSize: 1, name: 'a' },
    { type: 'conv2d', filters: 3, kernelSize: 1, name: 'b' },
    { type: 'add', name: 'sum', inputs: ['a', 'b'] },
  ]);
  expect(filterBehind(sum, 'sum', 0)).toBeUndefined();
});

test('banks are the same by name and size', () => {
  const lecture = bankOf(modelOf(lectureModel.layers, [28, 28, 1]), 'conv2d_1/kernel');
  const wider = bankOf(modelOf([{ type: 'conv2d', filters: 33, kernelSize: 3 }], [28, 28, 1]), 'conv2d_1/kernel');
  if (!lecture || !wider) throw new Error('bankOf: both have the kernel. Received none.');
  expect(isSameBank(lecture, { ...lecture })).toBe(true);
  expect(isSameBank(lecture, wider)).toBe(false);
});
