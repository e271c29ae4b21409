/**
 * Plan: the GPU draws the random numbers of random.ts, bit for bit. Random123's known answers, all ones and all zeros, and
 * thousands of random counters and keys go through random.wgsl in the page, and every word is held to the TypeScript one. A
 * control with another key must differ. Dropout as trained is the mask of dropout-mask.ts: which outputs of a gradient's
 * batch are zero is read off the gradient by the inputs, where one number leads to one.
 */
import { expect, test } from 'playwright/test';
import type { LayerConfig } from '../../src/engine/index.ts';
import { keepMapMask, keepMask } from '../../src/engine/training/dropout-mask.ts';
import { philox, RandomStream } from '../../src/engine/training/random.ts';
import { page, useEnginePage } from './file-page.ts';

useEnginePage();

test('four thousand blocks of words are those of random.ts', async () => {
  const random = new RandomStream(11, 1, 0);
  const rows = [
    [0, 0, 0, 0, 0, 0, 0, 0],
    new Array<number>(8).fill(0xffffffff),
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0, 0],
    ...Array.from({ length: 4093 }, () => Array.from({ length: 8 }, () => random.integer())),
  ];
  const drawn = await page.evaluate(
    async (counters) => [...(await proof.gpuDraws.philoxWords(proof.engine.device, Uint32Array.from(counters)))],
    rows.flat(),
  );
  const expected = rows.flatMap(([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]) => philox([a, b, c, d], [e, f]));
  expect(drawn).toEqual(expected);
  expect(drawn.slice(8, 12)).toEqual([0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]);
  expect(philox([0, 0, 0, 0], [1, 0])).not.toEqual(drawn.slice(0, 4));
});

const examples = 3;
const [rows, columns, channels] = [5, 3, 7];
const cells = rows * columns * channels;

/** Where the gradient by the inputs is not zero; the layer stands second, behind one that changes nothing. */
function keptInputs(layer: LayerConfig, seed: number): Promise<boolean[]> {
  return page.evaluate(
    async ({ layer, seed, inputShape, examples, cells }) => {
      const layers: LayerConfig[] = [
        { type: 'activation', activation: 'linear' },
        layer,
        { type: 'flatten' },
        { type: 'dense', units: 3, activation: 'softmax' },
      ];
      const model = { inputShape, layers };
      const network = await proof.engine.compile(model, { batchSize: 4, seed, optimizer: { type: 'sgd' } });
      const inputs = proof.randomFloats(examples * cells, proof.seededUniform(2));
      const gradients = await network.gradients(inputs, Uint8Array.of(0, 1, 2));
      network.dispose();
      return [...gradients.inputs].map((value) => value !== 0);
    },
    { layer, seed, inputShape: [rows, columns, channels] as const, examples, cells },
  );
}

for (const seed of [1, 0xfffffffe]) {
  test(`dropout of seed ${seed} keeps what its mask says`, async () => {
    const mask = { seed, layerIndex: 1, step: 0, rate: 0.4 };
    const kept = await keptInputs({ type: 'dropout', rate: 0.4 }, seed);
    expect(kept).toEqual(keepMask(mask, examples * cells));
    expect(kept).not.toEqual(keepMask({ ...mask, layerIndex: 2 }, examples * cells));
  });

  test(`spatial dropout of seed ${seed} keeps the maps its mask says`, async () => {
    const mask = { seed, layerIndex: 1, step: 0, rate: 0.4 };
    const maps = keepMapMask(mask, examples, channels);
    const kept = await keptInputs({ type: 'spatialDropout2d', rate: 0.4 }, seed);
    const expected = kept.map((_, i) => maps[Math.floor(i / cells) * channels + (i % channels)]);
    expect(kept).toEqual(expected);
    expect(new Set(maps).size).toBe(2);
  });
}
