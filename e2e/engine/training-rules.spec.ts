/**
 * Plan: what is asked of weights besides the optimizer holds: regularizers of weights and of activity are in the loss and in
 * the gradient, constraints hold after every update, frozen layers and masked filters keep their bits while what stands
 * beside them follows. A small network trains for twelve steps on the GPU beside a float64 copy, as in optimizers.spec.ts.
 * The controls copy a neighbouring model (another factor, axis or mask) and must part. Masks come and go between steps:
 * a filter held at zero is zero in every pass, and has its old numbers back when the mask is taken away.
 */
import { expect, test } from 'playwright/test';
import { page, useEnginePage } from './file-page.ts';
import type { FollowOptions, Parting } from './follow-optimizer.ts';
import { ruleCases } from './rule-cases.ts';

/** As in optimizers.spec.ts. */
const weightsLimit = 3e-4;
const lossLimit = 1e-5;

useEnginePage();

const follow = (options: FollowOptions): Promise<readonly Parting[]> =>
  page.evaluate((given) => proof.followOptimizer(proof.engine, given), options);

const farthest = (partings: readonly Parting[], key: keyof Parting): number =>
  partings.reduce((most, parting) => Math.max(most, Number.isNaN(parting[key]) ? Infinity : parting[key]), 0);

for (const { title, optimizer, model, neighbour } of ruleCases) {
  test(`twelve steps follow Keras: ${title}`, async () => {
    const partings = await follow({ optimizer, model });
    expect(farthest(partings, 'loss')).toBeLessThan(lossLimit);
    expect(farthest(partings, 'weights')).toBeLessThan(weightsLimit);
  });

  test(`control: ${title} does not follow its neighbour`, async () => {
    const partings = await follow({ optimizer, model, referenceModel: neighbour });
    expect(farthest(partings, 'weights')).toBeGreaterThan(weightsLimit);
  });
}

const masks = { 'conv2d_1/kernel': [1, 0, 1], 'conv2d_1/bias': [1, 0, 1], 'dense_1/kernel': [0, 1, 1, 0] };
for (const optimizer of [
  { type: 'sgd', learningRate: 0.1, momentum: 0.9 },
  { type: 'adam', learningRate: 0.01, epsilon: 1e-3, globalClipnorm: 0.1 },
  { type: 'rmsprop', learningRate: 0.01, epsilon: 1e-3, clipnorm: 0.05 },
] as const) {
  test(`masked filters stand still and count in no norm: ${JSON.stringify(optimizer)}`, async () => {
    const partings = await follow({ optimizer, masks });
    expect(farthest(partings, 'loss')).toBeLessThan(lossLimit);
    expect(farthest(partings, 'weights')).toBeLessThan(weightsLimit);
  });

  test(`control: without the masks they part: ${JSON.stringify(optimizer)}`, async () => {
    const partings = await follow({ optimizer, masks, referenceMasks: {} });
    expect(farthest(partings, 'weights')).toBeGreaterThan(weightsLimit);
  });
}

test('a filter held at zero is zero until its mask is gone, and then what it was; decay and constraints leave it alone', async () => {
  const told = await page.evaluate(async () => {
    const network = await proof.engine.compile(
      {
        inputShape: [6, 7, 1],
        layers: [
          {
            type: 'conv2d',
            filters: 3,
            kernelSize: 3,
            activation: 'tanh',
            kernelConstraint: { type: 'maxNorm', maxValue: 0.4 },
          },
          { type: 'depthwiseConv2d', kernelSize: 2, depthMultiplier: 2 },
          { type: 'conv2dTranspose', filters: 2, kernelSize: 2 },
          { type: 'flatten' },
          { type: 'dense', units: 4, activation: 'softmax' },
        ],
      },
      { batchSize: 5, seed: 5, optimizer: { type: 'adamw', learningRate: 0.01, weightDecay: 0.5 } },
    );
    const next = proof.seededUniform(3);
    const data = proof.engine.upload({
      images: proof.randomBytes(60 * 42, next),
      labels: Uint8Array.from({ length: 60 }, (_, i) => i % 4),
      shape: [60, 6, 7, 1],
      classes: 4,
    });
    const weights = async () => new Map((await network.getWeights()).map(({ name, data }) => [name, [...data]]));
    const run = network.fit(data, { epochs: 1, shuffle: false, startPaused: true });
    await run.step();
    const before = await weights();
    await network.setFilterMask('conv2d_1/kernel', Uint8Array.of(1, 2, 0));
    await network.setFilterMask('depthwise_conv2d_1/kernel', Uint8Array.of(1, 1, 2, 1, 0, 1));
    await network.setFilterMask('conv2d_transpose_1/kernel', Uint8Array.of(2, 1));
    const masked = await weights();
    await run.step();
    await run.step();
    const trained = await weights();
    const map = await network.activations(new Float32Array(42).fill(1), 'conv2d_1');
    await network.setFilterMask('conv2d_1/kernel', undefined);
    await network.setFilterMask('depthwise_conv2d_1/kernel', undefined);
    await network.setFilterMask('conv2d_transpose_1/kernel', undefined);
    const freed = await weights();
    await run.step();
    const after = await weights();
    await run.stop();
    const found = { before, masked, trained, freed, after };
    const bias = before.get('conv2d_1/bias')![1]!;
    const maskedMap = [...map.data].filter((_, i) => i % 3 === 1);
    network.dispose();
    data.dispose();
    return {
      found: Object.fromEntries(Object.entries(found).map(([when, all]) => [when, Object.fromEntries(all)])),
      bias,
      maskedMap,
    };
  });
  const { before, masked, trained, freed, after } = told.found;
  // Number i of each weight belongs to this filter.
  const filterOf: Readonly<Record<string, (i: number) => number>> = {
    'conv2d_1/kernel': (i) => i % 3,
    'depthwise_conv2d_1/kernel': (i) => i % 6,
    'conv2d_transpose_1/kernel': (i) => Math.floor(i / 6) % 2,
  };
  const states: Readonly<Record<string, readonly number[]>> = {
    'conv2d_1/kernel': [1, 2, 0],
    'depthwise_conv2d_1/kernel': [1, 1, 2, 1, 0, 1],
    'conv2d_transpose_1/kernel': [2, 1],
  };
  for (const [name, filter] of Object.entries(filterOf)) {
    const numbers = (when: Record<string, number[]> | undefined, state: number) =>
      (when?.[name] ?? []).filter((_, i) => states[name]?.[filter(i)] === state);
    const zeros = numbers(before, 2).map(() => 0);
    expect(zeros.length, name).toBeGreaterThan(0);
    expect(numbers(masked, 2), name).toEqual(zeros);
    expect(numbers(trained, 2), name).toEqual(zeros);
    expect(numbers(freed, 2), name).toEqual(numbers(before, 2));
    expect(numbers(after, 2), name).not.toEqual(numbers(before, 2));
    expect(numbers(trained, 0), name).toEqual(numbers(before, 0));
    expect(numbers(masked, 1), name).toEqual(numbers(before, 1));
    expect(numbers(trained, 1), name).not.toEqual(numbers(before, 1));
  }
  // The forward pass saw the zeros: the map is its bias only, which learnt on.
  expect(new Set(told.maskedMap).size).toBe(1);
});

test('masks stay in force when weights are set and when the network is reset', async () => {
  const told = await page.evaluate(async () => {
    const network = await proof.engine.compile(
      { inputShape: [3, 3, 1], layers: [{ type: 'flatten' }, { type: 'dense', units: 2, activation: 'softmax' }] },
      { batchSize: 2, seed: 5, optimizer: { type: 'sgd' } },
    );
    const kernel = async () => [...((await network.getWeights())[0]?.data ?? [])];
    const initial = await kernel();
    await network.setFilterMask('dense_1/kernel', Uint8Array.of(2, 1));
    const given = Float32Array.from({ length: 18 }, (_, i) => i + 1);
    network.setWeights([{ name: 'dense_1/kernel', shape: [9, 2], data: given }]);
    const set = await kernel();
    await network.setFilterMask('dense_1/kernel', undefined);
    const freed = await kernel();
    await network.setFilterMask('dense_1/kernel', Uint8Array.of(2, 1));
    network.reset();
    const reset = await kernel();
    await network.setFilterMask('dense_1/kernel', Uint8Array.of(1, 1));
    const again = await kernel();
    const refusals: string[] = [];
    for (const [name, mask] of [
      ['dense_1/kernel', Uint8Array.of(1)],
      ['dense_1/kernel', Uint8Array.of(1, 3)],
      ['dense_9/kernel', Uint8Array.of(1, 1)],
    ] as const) {
      await network
        .setFilterMask(name, mask)
        .catch((error: unknown) => refusals.push(error instanceof Error ? error.message : String(error)));
    }
    network.dispose();
    return { initial, given: [...given], set, freed, reset, again, refusals };
  });
  const halved = (values: readonly number[]) => values.map((value, i) => (i % 2 === 0 ? 0 : value));
  expect(told.set).toEqual(halved(told.given));
  expect(told.freed).toEqual(told.given);
  expect(told.reset).toEqual(halved(told.initial));
  expect(told.again).toEqual(told.initial);
  expect(told.refusals).toEqual([
    'dense_1/kernel: a filter mask must hold 2 numbers: 0 frozen, 1 normal, 2 zeroed. Received mask=[1], mask.length=1.',
    'dense_1/kernel: a filter mask must hold 2 numbers: 0 frozen, 1 normal, 2 zeroed. Received mask=[1, 3], mask.length=2.',
    expect.stringContaining('Received name="dense_9/kernel".'),
  ]);
});

test('a frozen layer’s gradients are told all the same, with what its regularizer adds', async () => {
  const [free, frozen] = await page.evaluate(async () => {
    const told = [];
    for (const trainable of [true, false]) {
      const network = await proof.engine.compile(
        {
          inputShape: [3, 3, 1],
          layers: [
            { type: 'conv2d', filters: 2, kernelSize: 2, trainable, kernelRegularizer: 'l1l2' },
            { type: 'flatten' },
            { type: 'dense', units: 2, activation: 'softmax' },
          ],
        },
        { batchSize: 2, seed: 5, optimizer: { type: 'sgd' } },
      );
      const inputs = proof.randomFloats(18, proof.seededUniform(3));
      const { loss, weights } = await network.gradients(inputs, Uint8Array.of(0, 1));
      told.push({ loss, weights: weights.map(({ name, data }) => [name, ...data]) });
      network.dispose();
    }
    return told;
  });
  expect(free?.weights[0]?.slice(1).every((value) => value !== 0)).toBe(true);
  expect(frozen).toEqual(free);
});
