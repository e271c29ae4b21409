/**
 * Plan: layers too large for one row of workgroups are computed whole. A picture of 1024×1024×3 goes through padding,
 * pooling and a convolution with a stride; its pixels alone are three times as many workgroups as one dimension of a
 * dispatch may have. Outputs, and the gradient by every pixel, are held to the references, as for every other network.
 * That dispatches are folded here, and stay within the limit, is seen by listening to the encoder; the control is a small
 * picture, for which none is.
 */
import { expect, test } from 'playwright/test';
import { page, useEnginePage } from './file-page.ts';

const maxWorkgroups = 65_535;

useEnginePage();

async function checkPicture(size: number) {
  return page.evaluate(async (size) => {
    const layers = [
      {
        type: 'zeroPadding2d',
        padding: [
          [0, 2],
          [1, 0],
        ],
      },
      { type: 'maxPooling2d', poolSize: 4 },
      { type: 'conv2d', filters: 2, kernelSize: 3, strides: 5, activation: 'sigmoid' },
      { type: 'flatten' },
      { type: 'dense', units: 3, activation: 'softmax' },
    ] as const;
    const { prototype } = GPUComputePassEncoder;
    const original: unknown = Reflect.get(prototype, 'dispatchWorkgroups');
    if (typeof original !== 'function') throw new Error('An encoder can dispatch workgroups.');
    const grids: (readonly [number, number])[] = [];
    prototype.dispatchWorkgroups = function (...grid) {
      grids.push([grid[0], grid[1] ?? 1]);
      Reflect.apply(original, this, grid);
    };
    try {
      const config = { inputShape: [size, size, 3], layers } as const;
      const { failures, comparisons } = await proof.checkNetwork(proof.engine, config, { examples: 1, batchSize: 1 });
      return { failures, grids, compared: comparisons.map(({ what }) => what) };
    } finally {
      Object.assign(prototype, { dispatchWorkgroups: original });
    }
  }, size);
}

test('a picture of a megapixel is computed as a small one is, forward and back', async () => {
  const { failures, grids, compared } = await checkPicture(1024);
  expect(failures).toEqual([]);
  expect(compared).toContain('inputs gradient (float64)');
  expect(compared).toContain('zero_padding2d_1 outputs (float64)');
  const folded = grids.filter(([, y]) => y > 1);
  expect(folded.length).toBeGreaterThan(2);
  for (const [x, y] of folded) expect(x * y).toBeGreaterThan(maxWorkgroups);
  for (const [x, y] of grids) expect(Math.max(x, y)).toBeLessThanOrEqual(maxWorkgroups);
});

test('control: a small picture needs no folding', async () => {
  const { failures, grids } = await checkPicture(64);
  expect(failures).toEqual([]);
  expect(grids.length).toBeGreaterThan(10);
  expect(grids.filter(([, y]) => y > 1)).toEqual([]);
});
