/*
 * Plan. A cell's gradient by the image against finite differences of the network's activations: in a graph of smooth layers with
 * all that behaves otherwise in training (dropout, batch normalization, regularizers), for cells of every layer and several
 * images; in the lecture's network, where relu and pooling bend a few of the slopes. There it is exactly zero outside of the
 * receptive field, and of a relu that is off the sum still has a gradient. The neighbour's gradient is another (control).
 * Answers follow the weights; disposed, the copies' memory is given back.
 */
import { expect, test } from 'playwright/test';
import { fieldOfCell } from '../../src/engine/model/cell-field.ts';
import type { ModelConfig } from '../../src/engine/model/config.ts';
import { lectureModel } from '../../src/engine/model/presets.ts';
import { resolveModel } from '../../src/engine/model/resolve.ts';
import type { CellAddress } from '../../src/engine/model/cell-address.ts';
import type { Slope } from './check-unit-gradient.ts';
import { page, useEnginePage } from './file-page.ts';

useEnginePage();

/** Differences of float32 values of about 1 at a distance of 0.05 err by 1e-6 / 0.05, and the curve by its square. */
const smoothLimit = 2e-3;

const smooth: ModelConfig = {
  inputShape: [7, 6, 2],
  layers: [
    { type: 'conv2d', name: 'first', filters: 4, kernelSize: 3, padding: 'same', strides: 2, activation: 'tanh' },
    { type: 'batchNormalization', name: 'norm' },
    { type: 'dropout', name: 'drop', rate: 0.5 },
    {
      type: 'conv2d',
      name: 'second',
      filters: 4,
      kernelSize: 2,
      padding: 'same',
      activation: 'sigmoid',
      kernelRegularizer: 'l2',
      activityRegularizer: 'l2',
    },
    { type: 'add', name: 'sum', inputs: ['second', 'norm'] },
    { type: 'averagePooling2d', name: 'pool' },
    { type: 'flatten', name: 'row' },
    { type: 'dense', name: 'units', units: 5, activation: 'tanh', kernelRegularizer: 'l1' },
    { type: 'dense', name: 'answer', units: 3, activation: 'softmax' },
  ],
};

const cells: readonly CellAddress[] = [
  { layer: 'first', row: 3, column: 0, channel: 2 },
  { layer: 'norm', row: 1, column: 2, channel: 0 },
  { layer: 'drop', row: 0, column: 1, channel: 3 },
  { layer: 'second', row: 2, column: 1, channel: 1 },
  { layer: 'sum', row: 3, column: 2, channel: 3 },
  { layer: 'pool', row: 1, column: 0, channel: 2 },
  { layer: 'row', row: 0, column: 0, channel: 7 },
  { layer: 'units', row: 0, column: 0, channel: 4 },
  { layer: 'answer', row: 0, column: 0, channel: 1 },
];

const misses = (slopes: readonly Slope[], limit: number): readonly Slope[] =>
  slopes.filter(({ gradient, measured }) => !(Math.abs(gradient - measured) <= limit));

for (const cell of cells) {
  test(`${cell.layer}: its gradient is the slope of its activations`, async () => {
    const found = await page.evaluate(
      ([model, asked]) =>
        proof.findUnitGradient(proof.engine, { model, cell: asked, images: 2, reach: 0.05, every: 1 }),
      [smooth, cell] as const,
    );
    for (const [asked, known] of found.values) expect(asked).toBeCloseTo(known, 5);
    expect(found.gradients).toHaveLength(2 * 84);
    expect(misses(found.slopes, smoothLimit)).toEqual([]);
    const largest = Math.max(...found.slopes.map(({ measured }) => Math.abs(measured)));
    expect(largest).toBeGreaterThan(5 * smoothLimit);
  });
}

test('control: the neighbour’s gradient is not the slope', async () => {
  const [asked, neighbour] = await page.evaluate(async (model) => {
    const cell = { layer: 'second', row: 2, column: 1, channel: 1 };
    const ask = (channel: number) =>
      proof.findUnitGradient(proof.engine, { model, cell: { ...cell, channel }, reach: 0.05, every: 1 });
    return [await ask(1), await ask(2)] as const;
  }, smooth);
  const crossed = asked.slopes.map((slope, index) => ({ ...slope, gradient: neighbour.gradients[index] ?? NaN }));
  expect(misses(crossed, smoothLimit)).not.toEqual([]);
});

test('the lecture’s last convolution: the slopes inside its field, zero outside, and a sum behind a relu', async () => {
  const cell = { layer: 'conv2d_3', row: 1, column: 2, channel: 5 };
  const [asOutput, asSum] = await page.evaluate(
    async ([model, asked]) => {
      const ask = (part: 'output' | 'sum') =>
        proof.findUnitGradient(proof.engine, { model, cell: asked, part, reach: 0.002, every: 5 });
      return [await ask('output'), await ask('sum')] as const;
    },
    [lectureModel, cell] as const,
  );
  const resolution = resolveModel(lectureModel);
  const box = resolution.ok ? fieldOfCell(resolution.model, cell.layer, cell).get('input') : undefined;
  expect(box).toMatchObject({ rows: { from: 4, to: 22 }, columns: { from: 8, to: 26 } });
  const isInField = (pixel: number): boolean =>
    Math.floor(pixel / 28) >= 4 && Math.floor(pixel / 28) < 22 && pixel % 28 >= 8 && pixel % 28 < 26;
  expect(asSum.gradients.filter((grad, pixel) => !isInField(pixel) && grad !== 0)).toEqual([]);
  expect(asSum.gradients.filter((grad, pixel) => isInField(pixel) && grad !== 0).length).toBeGreaterThan(200);
  const scale = Math.max(...asSum.gradients.map(Math.abs));
  // Of the slopes measured, those on whose way a relu or a pooled cell changes are bent.
  expect(misses(asOutput.slopes, 0.02 * scale).length).toBeLessThan(0.1 * asOutput.slopes.length);
  const isOn = (asOutput.values[0]?.[1] ?? 0) > 0;
  expect(asOutput.gradients.some((grad) => grad !== 0)).toBe(isOn);
});

test('answers follow the weights, and the copies are given back', async () => {
  const { values, bytesLeft } = await page.evaluate(
    ([model, some]) => proof.followUnitGradient(proof.engine, model, some),
    [smooth, cells] as const,
  );
  expect(values).toHaveLength(2 * cells.length);
  for (const [asked, known] of values) expect(asked).toBeCloseTo(known, 5);
  expect(values[0]?.[0]).not.toBeCloseTo(values[cells.length]?.[0] ?? NaN, 3);
  expect(bytesLeft).toBe(0);
});
