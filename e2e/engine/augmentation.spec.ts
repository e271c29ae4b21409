/**
 * Plan: augmentation moves the images of a batch as `motionOf` says, and nothing else. Batches of odd sizes, shuffled and
 * not, are moved on the GPU and held to float64, the places past the last example untouched; what whole shifts and mirrors
 * move keeps its bits. Noise has its deviation and no mean. Real digits keep their brightness. A training run on
 * augmented digits is, bit for bit, the run on digits moved beforehand; without augmentation, or with one that moves nothing,
 * the bits are those of plain training; another seed gives others. Evaluation sees what was uploaded. A broken
 * augmentation is refused.
 */
import { expect, test } from 'playwright/test';
import type { AugmentationConfig } from '../../src/engine/index.ts';
import { page, useEnginePage } from './file-page.ts';
import { smallModel } from './small-model.ts';

useEnginePage();

type ImageShape = readonly [number, number, number];

/** Largest distance to float64 of a batch of 4 whose last place is past the end; Infinity when that one was touched. */
function largestError(config: AugmentationConfig, shape: ImageShape, isShuffled: boolean): Promise<number> {
  return page.evaluate(
    async ({ config, shape, isShuffled }) => {
      const { augmentation } = proof.resolveAugmentation(config);
      const [examples, seed, step, cells] = [11, 3_000_000_001, 70, shape[0] * shape[1] * shape[2]];
      const images = proof.randomBytes(examples * cells, proof.seededUniform(4));
      const permutation = Uint32Array.of(3, 1, 4, 0, 5, 9, 2, 6, 8, 7, 10);
      const place = { batchSize: 4, examples, seed, step, stepInEpoch: 2 };
      const batch = { images, shape, ...place, ...(isShuffled && { permutation }) };
      const moved = await proof.gpuDraws.movedBatch(proof.engine.device, augmentation, batch);
      if (moved.slice(3 * cells).some((value) => value !== proof.gpuDraws.untouched)) return Infinity;
      const errors = [0, 1, 2].flatMap((n) => {
        const example = isShuffled ? permutation[8 + n]! : 8 + n;
        const image = images.subarray(example * cells, (example + 1) * cells);
        const motion = proof.motionOf(augmentation, { seed, step, place: n });
        const expected = proof.movedImage(image, shape, motion);
        return [...expected].map((value, i) => Math.abs(value - moved[n * cells + i]!));
      });
      return Math.max(...errors);
    },
    { config, shape, isShuffled },
  );
}

const shapes: readonly ImageShape[] = [
  [28, 28, 1],
  [7, 9, 3],
  [5, 1, 1],
];

/** Division by 255 is off by 2.5 units in the last place at most. */
const divisionLimit = 3 * 2 ** -24;
/** WGSL promises sine and cosine to 2⁻¹¹; a cell is 20 cells from the middle at most, and a step is 1 along two axes. */
const turnLimit = 2 * 20 * 2 ** -11;

const motions: readonly (readonly [AugmentationConfig, number])[] = [
  [{}, divisionLimit],
  [{ shift: 2 }, divisionLimit],
  [{ shift: 3, flip: true }, divisionLimit],
  // Positions of size 20 in float32, on images that change by up to 1 from cell to cell.
  [{ zoom: 0.3 }, 2 ** -16],
  [{ rotation: 30 }, turnLimit],
  // Ten times as far out where zoomed to a tenth.
  [{ shift: 2, rotation: 180, zoom: 0.9, flip: true }, 10 * turnLimit],
];
for (const [config, limit] of motions) {
  for (const shape of shapes) {
    test(`${JSON.stringify(config)} on ${shape.join('×')} moves images as float64 does`, async () => {
      expect(await largestError(config, shape, true)).toBeLessThanOrEqual(limit);
      expect(await largestError(config, shape, false)).toBeLessThanOrEqual(limit);
    });
  }
}

test('noise has its deviation, no mean, and is another at every place and step', async () => {
  const { values, repeats } = await page.evaluate(async () => {
    const { augmentation } = proof.resolveAugmentation({ noise: 0.5 });
    const images = new Uint8Array(16 * 784);
    const batch = { images, shape: [28, 28, 1] as const, batchSize: 16, examples: 16, seed: 1, stepInEpoch: 0 };
    const drawn = async (step: number) => [
      ...(await proof.gpuDraws.movedBatch(proof.engine.device, augmentation, { ...batch, step })),
    ];
    const [values, again, other] = [await drawn(0), await drawn(0), await drawn(1)];
    const same = (a: number[], b: number[]) => a.filter((value, i) => value === b[i]).length;
    return {
      values,
      repeats: [same(values, again), same(values, other), same(values.slice(784), values.slice(0, -784))],
    };
  });
  const count = values.length;
  const moment = (power: number) => values.reduce((sum, value) => sum + (value / 0.5) ** power, 0) / count;
  expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(count));
  expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
  expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / count));
  expect(repeats[0]).toBe(count);
  expect(Math.max(repeats[1] ?? count, repeats[2] ?? count)).toBeLessThan(count / 1000);
});

test('digits keep their brightness', async () => {
  const [plain, moved] = await page.evaluate(async () => {
    const images = proof.digits.images.slice(0, 256 * 784);
    const batch = {
      images,
      shape: [28, 28, 1] as const,
      batchSize: 256,
      examples: 256,
      seed: 1,
      step: 0,
      stepInEpoch: 0,
    };
    const brightness = async (config: object) => {
      const { augmentation } = proof.resolveAugmentation(config);
      const values = await proof.gpuDraws.movedBatch(proof.engine.device, augmentation, batch);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    return [await brightness({}), await brightness({ shift: 2, rotation: 10, zoom: 0.1, noise: 0.05 })] as const;
  });
  // Areas change by the square of the zoom, whose mean is 1 + 0.1² / 3.
  expect(Math.abs(moved / plain - 1)).toBeLessThan(0.03);
});

/** The weights' hash after 6 steps in batches of 32, and the loss of what was uploaded. */
function trained(run: {
  readonly augmentation?: AugmentationConfig;
  readonly seed?: number;
  readonly shuffle?: boolean;
  readonly isMovedBefore?: boolean;
}): Promise<{ hash: string; loss: number }> {
  return page.evaluate(
    async ({ model, augmentation, seed = 5, shuffle = false, isMovedBefore = false }) => {
      const [batchSize, steps, shape] = [32, 6, [28, 28, 1] as const];
      const network = await proof.engine.compile(model, { batchSize, seed, optimizer: { type: 'rmsprop' } });
      const count = batchSize * steps;
      const images = proof.digits.images.slice(0, count * 784);
      if (isMovedBefore) {
        const resolved = proof.resolveAugmentation(augmentation).augmentation;
        for (let n = 0; n < count; n++) {
          const at = { seed, step: Math.floor(n / batchSize), place: n % batchSize };
          const image = proof.digits.images.subarray(n * 784, (n + 1) * 784);
          const moved = proof.movedImage(image, shape, proof.motionOf(resolved, at));
          images.set(
            moved.map((value) => Math.round(value * 255)),
            n * 784,
          );
        }
      }
      const labels = proof.digits.labels.slice(0, count);
      const data = proof.engine.upload({ images, labels, shape: [count, ...shape], classes: 10 });
      const given = augmentation && !isMovedBefore ? { augmentation } : {};
      await network.fit(data, { epochs: 1, shuffle, ...given }).finished;
      const hash = await proof.sha256OfWeights(await network.getWeights());
      const plain = proof.uploadDigits(count);
      const { loss } = await network.evaluate(plain);
      for (const held of [data, plain, network]) held.dispose();
      return { hash, loss };
    },
    { model: smallModel, ...run },
  );
}

test('training on moved digits is training on digits that were moved before', async () => {
  const augmentation = { shift: 3, flip: true };
  const [onTheWay, before, plain, none] = [
    await trained({ augmentation }),
    await trained({ augmentation, isMovedBefore: true }),
    await trained({}),
    await trained({ augmentation: {} }),
  ];
  expect(onTheWay).toEqual(before);
  expect(none).toEqual(plain);
  expect(onTheWay.hash).not.toBe(plain.hash);
});

test('the same seed moves digits in the same way, shuffled and with everything on', async () => {
  const augmentation = { shift: 2, rotation: 15, zoom: 0.1, noise: 0.1, flip: true };
  const [once, again, other] = [
    await trained({ augmentation, shuffle: true }),
    await trained({ augmentation, shuffle: true }),
    await trained({ augmentation, shuffle: true, seed: 6 }),
  ];
  expect(again).toEqual(once);
  expect(other.hash).not.toBe(once.hash);
});

test('a broken augmentation is refused, and the network goes on', async () => {
  const said = await page.evaluate(async (model) => {
    const network = await proof.engine.compile(model, { batchSize: 4, optimizer: { type: 'sgd' } });
    const data = proof.uploadDigits(8);
    const messages: string[] = [];
    try {
      network.fit(data, { epochs: 1, augmentation: { shift: 0.5 } });
    } catch (error) {
      if (error instanceof proof.EngineError) messages.push(`${error.code} ${error.message}`);
    }
    const { outcome } = await network.fit(data, { epochs: 1 }).finished;
    for (const held of [data, network]) held.dispose();
    return [...messages, outcome];
  }, smallModel);
  expect(said).toEqual([
    'badArgument augmentation: shift must be a whole number from 0 to 1024. Received shift=0.5.',
    'finished',
  ]);
});
