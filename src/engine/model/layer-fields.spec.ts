/*
 * Plan. What one cell behind each kind of layer sees of a 9 × 7 image, worked out by hand: layers that shift, divide or multiply
 * the field before them, layers behind which a cell sees all of it, and layers that join two. Normalizing rows sees rows.
 */
import { expect, test } from 'playwright/test';
import { layersOf } from '../../../e2e/support/resolved-layers.ts';

const conv = { type: 'conv2d', filters: 4, kernelSize: 3 };
const pool = { type: 'maxPooling2d' };

const fields: readonly (readonly [
  title: string,
  layers: readonly object[],
  vertical: readonly [size: number, jump: number, start: number],
])[] = [
  ['padding shifts the start', [pool, { type: 'zeroPadding2d', padding: 2 }], [2, 2, -4]],
  ['upsampling divides the jump', [pool, { type: 'upSampling2d' }], [3, 1, -1]],
  [
    'a transposed convolution blends',
    [pool, { type: 'conv2dTranspose', filters: 1, kernelSize: 3, strides: 2 }],
    [4, 1, -2],
  ],
  ['global pooling sees all its input sees', [conv, { type: 'globalMaxPooling2d' }], [9, 0, 0]],
  ['a reshape sees all', [pool, { type: 'reshape', targetShape: [-1] }], [8, 0, 0]],
  ['a reshape to the same shape sees what it saw', [pool, { type: 'reshape', targetShape: [4, 3, 4] }], [2, 2, 0]],
  ['normalization over channels sees a cell', [pool, { type: 'layerNormalization' }], [2, 2, 0]],
  ['normalization over everything sees all', [pool, { type: 'layerNormalization', axis: [1, 2, 3] }], [8, 0, 0]],
  [
    'normalization over columns and channels sees a row',
    [pool, { type: 'layerNormalization', axis: [2, 3] }],
    [2, 2, 0],
  ],
  ['statistics of the batch are no field', [pool, { type: 'batchNormalization' }], [2, 2, 0]],
  [
    'a sum sees what both see',
    [
      { ...conv, name: 'wide', padding: 'same', kernelSize: 5 },
      { type: 'add', inputs: ['wide', 'input'] },
    ],
    [5, 1, -2],
  ],
  [
    'channels side by side see what both see',
    [
      { ...conv, name: 'narrow', padding: 'same', kernelSize: 1 },
      { ...conv, name: 'wide', padding: 'same', inputs: ['input'] },
      { type: 'concatenate', inputs: ['narrow', 'wide'] },
    ],
    [3, 1, -1],
  ],
  ['rows below each other see all', [{ type: 'concatenate', axis: 1, inputs: ['input', 'input'] }], [9, 0, 0]],
];
for (const [title, layers, [size, jump, start]] of fields) {
  test(`fields: ${title}`, () => {
    const found = layersOf([9, 7, 4], ...layers)[layers.length - 1];
    expect(found?.receptiveField.vertical).toEqual({ size, jump, start });
  });
}

test('normalization over columns sees the whole row', () => {
  const [layer] = layersOf([9, 7, 4], { type: 'layerNormalization', axis: [2, 3] });
  expect(layer?.receptiveField.horizontal).toEqual({ size: 7, jump: 0, start: 0 });
});
