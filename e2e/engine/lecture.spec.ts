/**
 * Plan: the lecture's network is the lecture's network. Its summary is right to the digit. From the same random weights
 * and on the same real digits, in the order of the file, the first ten losses of training with RMSprop (Keras 3's rule)
 * are those of TensorFlow.js; on the first batch every gradient is its and the float64 reference's. Trained twice
 * from one seed it has the same bits. The control shifts the references' labels by one and must be noticed.
 */
import { expect, test } from 'playwright/test';
import { page, useEnginePage } from './file-page.ts';

const steps = 10;

/** TensorFlow.js's CPU backend takes 2 to 8 seconds a step. */
const tfjsTimeoutMs = 300_000;

/** Each step's weights are 1e-5 of their way apart at most, and the loss moves by about 0.2 a step. */
const lossLimit = 1e-5;

/** As everywhere: sums of at most 64·26·26 products in float32, whose deviation is √43264·2⁻²⁴ = 1.2e-5. */
const gradientLimit = 1e-5;

/**
 * Where a relu's input or the difference of two pooled cells lies within float32's rounding of zero, a whole cell's
 * gradient goes one way or the other, and both are right: with most weights that happens to one cell of the first
 * batch's two million. From this seed's weights no relu's input is nearer to zero than 2.4e-7, and no two cells of a
 * window nearer to each other than 3.5e-7, ten times what the sums err by.
 */
const startSeed = 25;

useEnginePage();

test('the summary is the lecture’s, to the digit', async () => {
  const { rows, total } = await page.evaluate(async () => {
    const network = await proof.engine.compile(proof.lectureModel, { batchSize: 64, optimizer: { type: 'rmsprop' } });
    const rows = network.summary().map(({ name, outputShape, params, macs, receptiveField }) => ({
      name,
      outputShape,
      params,
      macs,
      field: [receptiveField.vertical.size, receptiveField.horizontal.size],
    }));
    const total = (await network.getWeights()).reduce((sum, { data }) => sum + data.length, 0);
    network.dispose();
    return { rows, total };
  });
  expect(rows).toEqual([
    { name: 'conv2d_1', outputShape: [26, 26, 32], params: 320, macs: 194_688, field: [3, 3] },
    { name: 'max_pooling2d_1', outputShape: [13, 13, 32], params: 0, macs: 0, field: [4, 4] },
    { name: 'conv2d_2', outputShape: [11, 11, 64], params: 18_496, macs: 2_230_272, field: [8, 8] },
    { name: 'max_pooling2d_2', outputShape: [5, 5, 64], params: 0, macs: 0, field: [10, 10] },
    { name: 'conv2d_3', outputShape: [3, 3, 64], params: 36_928, macs: 331_776, field: [18, 18] },
    { name: 'flatten_1', outputShape: [576], params: 0, macs: 0, field: expect.anything() },
    { name: 'dense_1', outputShape: [64], params: 36_928, macs: 36_864, field: expect.anything() },
    { name: 'dense_2', outputShape: [10], params: 650, macs: 640, field: expect.anything() },
  ]);
  expect(total).toBe(93_322);
});

test('every gradient of the first real batch is TensorFlow.js’s and the float64 reference’s', async () => {
  const comparisons = await page.evaluate(
    async ([limit, seed]) => {
      const network = await proof.engine.compile(proof.lectureModel, { batchSize: 64, optimizer: { type: 'rmsprop' } });
      const inputs = Float32Array.from(proof.digits.images.subarray(0, 64 * 784), (pixel) => pixel / 255);
      const labels = proof.digits.labels.slice(0, 64);
      const start = proof.startWeights(proof.lectureModel, seed);
      network.setWeights(start);
      const weights = new Map(start.map(({ name, data }) => [name, data]));
      const gradients = await network.gradients(inputs, labels);
      network.dispose();
      const ours = {
        activations: new Map(),
        loss: gradients.loss,
        weights: new Map(gradients.weights.map(({ name, data }) => [name, data])),
        inputs: gradients.inputs,
      };
      const references = {
        float64: proof.runFloat64(proof.lectureModel, weights, inputs, labels),
        'TensorFlow.js': await proof.withComposedFilterGradient(() =>
          proof.runTfjs(proof.lectureModel, weights, inputs, labels),
        ),
        control: proof.runFloat64(
          proof.lectureModel,
          weights,
          inputs,
          labels.map((label) => (label + 1) % 10),
        ),
      };
      return Object.entries(references).flatMap(([source, reference]) =>
        proof
          .compareRuns(source, ours, { ...reference, activations: new Map() }, { terms: 1, limit })
          .map((comparison) => ({ ...comparison, source })),
      );
    },
    [gradientLimit, startSeed] as const,
  );
  const [controls, proofs] = [true, false].map((isControl) =>
    comparisons.filter(({ source }) => (source === 'control') === isControl),
  );
  expect(proofs).toHaveLength(2 * 12);
  expect(proofs?.filter(({ isClose }) => !isClose)).toEqual([]);
  expect(controls?.filter(({ isClose }) => isClose)).toEqual([]);
});

test('the first ten losses of RMSprop on real digits are TensorFlow.js’s', async () => {
  test.setTimeout(tfjsTimeoutMs);
  const { losses, expected } = await page.evaluate(
    async ([steps, seed]) => {
      const optimizer = { type: 'rmsprop' } as const;
      const network = await proof.engine.compile(proof.lectureModel, { batchSize: 64, optimizer });
      const start = proof.startWeights(proof.lectureModel, seed);
      network.setWeights(start);
      const data = proof.uploadDigits(steps * 64);
      const losses: number[] = [];
      const callbacks = {
        onSteps: (all: readonly { loss: number }[]) => void losses.push(...all.map(({ loss }) => loss)),
      };
      await network.fit(data, { epochs: 1, shuffle: false, callbacks }).finished;
      network.dispose();
      data.dispose();
      const weights = new Map(start.map(({ name, data: values }) => [name, Float64Array.from(values)]));
      const copy = proof.createFloat64Optimizer(optimizer);
      const expected: number[] = [];
      for (let step = 0; step < steps; step++) {
        const images = proof.digits.images.subarray(step * 64 * 784, (step + 1) * 64 * 784);
        const labels = proof.digits.labels.subarray(step * 64, (step + 1) * 64);
        const inputs = Float32Array.from(images, (value) => value / 255);
        const run = () => proof.runTfjs(proof.lectureModel, weights, inputs, labels);
        const { loss, weights: gradients } = await proof.withComposedFilterGradient(run);
        copy.update(weights, gradients);
        expected.push(loss);
      }
      return { losses, expected };
    },
    [steps, startSeed] as const,
  );
  expect(losses).toHaveLength(steps);
  expect(losses[9]).toBeLessThan(0.8 * losses[0]!);
  losses.forEach((loss, i) => expect(Math.abs(loss - expected[i]!), `step ${i + 1}`).toBeLessThan(lossLimit));
});

test('fifteen steps from one seed have the same bits twice, and others from another seed', async () => {
  const hashes = await page.evaluate(async () => {
    const data = proof.uploadDigits(640);
    const found: string[] = [];
    for (const seed of [7, 7, 8]) {
      const network = await proof.engine.compile(proof.lectureModel, {
        batchSize: 64,
        seed,
        optimizer: { type: 'rmsprop' },
      });
      await network.fit(data, { epochs: 2, maxSteps: 15 }).finished;
      found.push(await proof.sha256OfWeights(await network.getWeights()));
      network.dispose();
    }
    data.dispose();
    return found;
  });
  expect(hashes[1]).toBe(hashes[0]);
  expect(hashes[2]).not.toBe(hashes[0]);
});
