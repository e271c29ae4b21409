/*
 * Plan. The lecture's field: 18×18 of its last convolution, rows and columns 26 and 27 seen by none of its cells, 7×7 without
 * pooling. Then random graphs of every layer against dependencies traced forward cell by cell: for each layer and each tensor
 * before it, the box of every cell ends where its dependencies end, along rows, columns and channels. Fields of groups,
 * depthwise kernels and concatenations keep to their channels; a window all on padding sees nothing.
 */
import { expect, test } from 'playwright/test';
import { randomModel } from '../../../e2e/engine/random-model.ts';
import { traceForward } from '../../../e2e/support/dependencies.ts';
import { imageSizes } from '../shape/cells.ts';
import { cellsBehind, fieldOfCell, unseenPixels, type CellBox } from './cell-field.ts';
import type { LayerConfig, ModelConfig } from './config.ts';
import { lectureModel, lectureWithoutPoolingModel } from './presets.ts';
import { resolveModel } from './resolve.ts';
import type { ResolvedModel, Shape } from './resolved.ts';
import { allOf } from './tensor-cells.ts';

function resolved(config: ModelConfig): ResolvedModel {
  const resolution = resolveModel(config, { loss: 'meanSquaredError' });
  if (!resolution.ok) throw new Error(resolution.issues.map(({ message }) => message).join('\n'));
  return resolution.model;
}

const endingFlat = (...layers: readonly LayerConfig[]): ModelConfig => ({
  inputShape: [8, 8, 4],
  layers: [...layers, { type: 'flatten' }],
});

const sizes = (box: CellBox | undefined): readonly number[] =>
  [box?.rows, box?.columns, box?.channels].map((range) => (range ? range.to - range.from : -1));

/** Boxes around the cells named by their places in a tensor. */
function boxOf(cells: Iterable<number>, shape: Shape): CellBox | undefined {
  const [, width, channels] = imageSizes(shape);
  const places = [...cells];
  if (places.length === 0) return undefined;
  const range = (along: (place: number) => number) => {
    const at = places.map(along);
    return { from: Math.min(...at), to: Math.max(...at) + 1 };
  };
  return {
    rows: range((place) => Math.floor(place / (width * channels))),
    columns: range((place) => Math.floor(place / channels) % width),
    channels: range((place) => place % channels),
  };
}

test('the lecture: 18×18 of the image, and what lies between', () => {
  const model = resolved(lectureModel);
  const field = fieldOfCell(model, 'conv2d_3', { row: 1, column: 2, channel: 5 });
  expect(field.get('input')).toEqual({
    rows: { from: 4, to: 22 },
    columns: { from: 8, to: 26 },
    channels: { from: 0, to: 1 },
  });
  expect(sizes(field.get('conv2d_1'))).toEqual([16, 16, 32]);
  expect(sizes(field.get('max_pooling2d_1'))).toEqual([8, 8, 32]);
  expect(sizes(field.get('conv2d_2'))).toEqual([6, 6, 64]);
  expect(sizes(field.get('max_pooling2d_2'))).toEqual([3, 3, 64]);
  expect(sizes(field.get('conv2d_3'))).toEqual([1, 1, 1]);
  expect(field.has('dense_1')).toBe(false);
  expect(sizes(fieldOfCell(model, 'max_pooling2d_1', { row: 0, column: 0, channel: 7 }).get('conv2d_1'))).toEqual([
    2, 2, 1,
  ]);
  expect(sizes(fieldOfCell(model, 'dense_2', { row: 0, column: 0, channel: 3 }).get('input'))).toEqual([26, 26, 1]);
});

test('nobody in the lecture’s last convolution sees rows and columns 26 and 27; without pooling all is seen', () => {
  const model = resolved(lectureModel);
  expect(unseenPixels(model, 'conv2d_3')).toEqual({ rows: [26, 27], columns: [26, 27] });
  expect(unseenPixels(model, 'conv2d_2')).toEqual({ rows: [], columns: [] });
  const flat = resolved(lectureWithoutPoolingModel);
  expect(unseenPixels(flat, 'conv2d_3')).toEqual({ rows: [], columns: [] });
  expect(sizes(fieldOfCell(flat, 'conv2d_3', { row: 9, column: 9, channel: 0 }).get('input'))).toEqual([7, 7, 1]);
});

test('a stride larger than its window leaves rows between unseen', () => {
  const model = resolved(endingFlat({ type: 'conv2d', filters: 2, kernelSize: [2, 1], strides: 3 }));
  expect(unseenPixels(model, 'conv2d_1')).toEqual({ rows: [2, 5], columns: [1, 2, 4, 5, 7] });
});

test('channels that a cell does not read stay out of its field', () => {
  const at = { row: 2, column: 2, channel: 5 };
  const channelsOf = (layer: LayerConfig) =>
    fieldOfCell(resolved(endingFlat({ ...layer, name: 'it' })), 'it', at).get('input')?.channels;
  expect(channelsOf({ type: 'conv2d', filters: 6, kernelSize: 3, groups: 2 })).toEqual({ from: 2, to: 4 });
  expect(channelsOf({ type: 'depthwiseConv2d', kernelSize: 3, depthMultiplier: 2 })).toEqual({ from: 2, to: 3 });
  const model = resolved({
    inputShape: [8, 8, 4],
    layers: [
      { type: 'conv2d', name: 'one', inputs: ['input'], filters: 4, kernelSize: 1 },
      { type: 'conv2d', name: 'other', inputs: ['input'], filters: 4, kernelSize: 5, padding: 'same' },
      { type: 'concatenate', name: 'both', inputs: ['one', 'other'] },
      { type: 'flatten' },
    ],
  });
  expect(sizes(fieldOfCell(model, 'both', { ...at, channel: 1 }).get('input'))).toEqual([1, 1, 4]);
  expect(sizes(fieldOfCell(model, 'both', at).get('input'))).toEqual([5, 5, 4]);
  expect(fieldOfCell(model, 'both', at).has('one')).toBe(false);
});

test('a window that lies on padding altogether sees nothing', () => {
  const padding = [
    [3, 0],
    [0, 0],
  ] as const;
  const model = resolved(endingFlat({ type: 'conv2d', filters: 1, kernelSize: 2, padding }));
  expect(fieldOfCell(model, 'conv2d_1', { row: 0, column: 4, channel: 0 }).has('input')).toBe(false);
});

for (let seed = 1; seed <= 24; seed++) {
  test(`random graph ${seed}: every box is that of the traced dependencies`, () => {
    const model = resolved(randomModel(seed));
    const some = model.layers[seed % model.layers.length];
    const origins = [{ name: 'input', outputShape: model.inputShape }, ...(some ? [some] : [])];
    for (const { name: origin, outputShape: originShape } of origins) {
      const traced = traceForward(model, origin);
      for (const { name, outputShape } of model.layers) {
        const [, width, channels] = imageSizes(outputShape);
        traced.get(name)?.forEach((behind, index) => {
          // All cells of a dozen tensors would take a minute a graph.
          if (index % 7 !== seed % 7) return;
          const place = {
            row: Math.floor(index / (width * channels)),
            column: Math.floor(index / channels) % width,
            channel: index % channels,
          };
          const found = fieldOfCell(model, name, place).get(origin);
          expect(found, `${origin} behind ${name} ${JSON.stringify(place)}`).toEqual(boxOf(behind, originShape));
        });
      }
    }
  });
}

test('all cells of a tensor depend on what each does', () => {
  const model = resolved(lectureModel);
  const all = cellsBehind(model, 'conv2d_2', allOf([11, 11, 64])).get('input');
  expect(all?.rows.indexOf(0)).toBe(-1);
  expect(all?.columns).toHaveLength(28);
});
