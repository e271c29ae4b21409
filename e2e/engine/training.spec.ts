/**
 * Plan: a training run is exactly its steps, whatever happens around it. On real digits: one seed gives one set of bits,
 * also when the run is paused, resumed, stepped, evaluated and looked into on the way; another seed gives another. A
 * short last batch counts as what it is, in the metrics and in the update; the shuffle is a new permutation of all
 * examples each epoch; `reset` begins anew; evaluation counts every example once.
 */
import { expect, test } from 'playwright/test';
import type { EpochLogs, FitRun, Network, StepMetrics } from '../../src/engine/index.ts';
import { page, useEnginePage } from './file-page.ts';
import { smallModel as model } from './small-model.ts';

useEnginePage();

test('sixty steps have the same bits whatever is looked at on the way, and others from another seed', async () => {
  const hashes = await page.evaluate(async (model) => {
    const data = proof.uploadDigits(640);
    const pixels = Float32Array.from(proof.digits.images.subarray(0, 784), (value) => value / 255);
    const trained = async (seed: number, drive: (network: Network, run: FitRun) => Promise<void>, isPaused = false) => {
      const network = await proof.engine.compile(model, { batchSize: 64, seed, optimizer: { type: 'rmsprop' } });
      const run = network.fit(data, { epochs: 100, maxSteps: 60, startPaused: isPaused });
      await drive(network, run);
      await run.finished;
      const hash = await proof.sha256OfWeights(await network.getWeights());
      const count = network.stepCount;
      network.dispose();
      return `${count} ${hash}`;
    };
    const plain = await trained(3, async () => undefined);
    const again = await trained(3, async () => undefined);
    const other = await trained(4, async () => undefined);
    const stepped = await trained(
      3,
      async (_network, run) => {
        while (await run.step());
      },
      true,
    );
    const disturbed = await trained(3, async (network, run) => {
      await run.pause();
      await network.evaluate(data);
      await run.step();
      run.resume();
      await network.predict(pixels);
      await network.evaluate(data.take(100));
      await run.pause();
      await network.activations(pixels, 'conv2d_1');
      await network.gradients(pixels, Uint8Array.of(5));
      network.inspection.setInput(pixels);
      const encoder = proof.engine.device.createCommandEncoder();
      network.inspection.encode(encoder);
      proof.engine.device.queue.submit([encoder.finish()]);
      await run.step();
      network.setWeights(await network.getWeights());
      network.summary();
      run.resume();
      await network.getWeights();
    });
    data.dispose();
    return { plain, again, other, stepped, disturbed };
  }, model);
  expect(hashes.plain).toMatch(/^60 /);
  expect(hashes.again).toBe(hashes.plain);
  expect(hashes.stepped).toBe(hashes.plain);
  expect(hashes.disturbed).toBe(hashes.plain);
  expect(hashes.other).not.toBe(hashes.plain);
});

test('a hundred examples in batches of 64 are a step of 64 and one of 36, and an epoch’s loss is their mean', async () => {
  const { steps, epochs, callbacksEpochs } = await page.evaluate(async (model) => {
    const network = await proof.engine.compile(model, { batchSize: 64, optimizer: { type: 'sgd' } });
    const data = proof.uploadDigits(100);
    const steps: StepMetrics[] = [];
    const callbacksEpochs: EpochLogs[] = [];
    const callbacks = {
      onSteps: (all: readonly StepMetrics[]) => void steps.push(...all),
      onEpochEnd: (logs: EpochLogs) => void callbacksEpochs.push(logs),
    };
    const { epochs } = await network.fit(data, { epochs: 2, validation: data.take(70), callbacks }).finished;
    const validation = await network.evaluate(data.take(70));
    network.dispose();
    data.dispose();
    return {
      steps,
      epochs: epochs.map((logs, i) => ({ ...logs, ...(i === 1 && { expected: validation.loss }) })),
      callbacksEpochs,
    };
  }, model);
  expect(steps.map(({ step, epoch, count }) => [step, epoch, count])).toEqual([
    [1, 0, 64],
    [2, 0, 36],
    [3, 1, 64],
    [4, 1, 36],
  ]);
  for (const epoch of [0, 1]) {
    const [first, second] = [steps[2 * epoch]!, steps[2 * epoch + 1]!];
    const logs = epochs[epoch]!;
    expect(logs.loss).toBeCloseTo((64 * first.loss + 36 * second.loss) / 100, 5);
    expect(logs.accuracy).toBeCloseTo((64 * first.accuracy + 36 * second.accuracy) / 100, 5);
    expect(logs.valAccuracy).toBeGreaterThanOrEqual(0);
  }
  expect(epochs[1]!.valLoss).toBeCloseTo(epochs[1]!.expected ?? NaN, 6);
  expect(callbacksEpochs.map(({ epoch, loss }) => [epoch, loss])).toEqual(
    epochs.map(({ epoch, loss }) => [epoch, loss]),
  );
});

test('each step moves the weights by the gradient of exactly its own examples', async () => {
  const errors = await page.evaluate(async (model) => {
    const network = await proof.engine.compile(model, { batchSize: 64, optimizer: { type: 'sgd', learningRate: 0.5 } });
    const data = proof.uploadDigits(100);
    const run = network.fit(data, { epochs: 1, shuffle: false, startPaused: true });
    const errors: number[] = [];
    for (const [from, to] of [
      [0, 64],
      [64, 100],
    ] as const) {
      const pixels = Float32Array.from(proof.digits.images.subarray(from * 784, to * 784), (value) => value / 255);
      const before = await network.getWeights();
      const { weights, loss, accuracy } = await network.gradients(pixels, proof.digits.labels.slice(from, to));
      const metrics = await run.step();
      const after = await network.getWeights();
      const moved = after.map(({ data }, i) => data.map((value, at) => (before[i]!.data[at]! - value) / 0.5));
      moved.forEach((gradient, i) =>
        errors.push(proof.compare(weights[i]!.name, gradient, weights[i]!.data).relativeL2),
      );
      errors.push(Math.abs(loss - (metrics?.loss ?? NaN)), Math.abs(accuracy - (metrics?.accuracy ?? NaN)));
    }
    const afterEnd = await run.step();
    network.dispose();
    data.dispose();
    return afterEnd === undefined ? errors : [];
  }, model);
  // Weights of 0.3 are rounded to 2e-8; the gradients in them have a size of 1e-3 and more.
  expect(errors).toHaveLength(2 * 6);
  for (const error of errors) expect(error).toBeLessThan(1e-4);
});

test('every epoch is another permutation of all examples', async () => {
  const { steps, epochs, evaluated } = await page.evaluate(async (model) => {
    // Too small to change a float32 weight: every example's loss stays what it is.
    const optimizer = { type: 'sgd', learningRate: 1e-30 } as const;
    const network = await proof.engine.compile(model, { batchSize: 64, optimizer });
    const data = proof.uploadDigits(200);
    const steps: StepMetrics[] = [];
    const callbacks = { onSteps: (all: readonly StepMetrics[]) => void steps.push(...all) };
    const { epochs } = await network.fit(data, { epochs: 3, callbacks }).finished;
    await network.fit(data, { epochs: 1, shuffle: false, callbacks }).finished;
    const evaluated = await network.evaluate(data);
    network.dispose();
    data.dispose();
    return { steps, epochs, evaluated: { loss: evaluated.loss, accuracy: evaluated.accuracy } };
  }, model);
  expect(steps).toHaveLength(16);
  for (const logs of epochs) {
    expect(logs.loss).toBeCloseTo(evaluated.loss, 5);
    expect(logs.accuracy).toBeCloseTo(evaluated.accuracy, 6);
  }
  const firstLosses = [0, 4, 8, 12].map((at) => steps[at]!.loss);
  expect(new Set(firstLosses).size).toBe(4);
});

test('reset gives back the same initial weights, empty slots and step 0, bit for bit', async () => {
  const { before, reset, first, second, count } = await page.evaluate(async (model) => {
    const hash = async () => proof.sha256OfWeights(await network.getWeights());
    const network = await proof.engine.compile(model, { batchSize: 64, optimizer: { type: 'adam' } });
    const data = proof.uploadDigits(300);
    const before = await hash();
    await network.fit(data, { epochs: 2 }).finished;
    const first = await hash();
    network.reset();
    const [reset, count] = [await hash(), network.stepCount];
    await network.fit(data, { epochs: 2 }).finished;
    const second = await hash();
    network.dispose();
    data.dispose();
    return { before, reset, first, second, count };
  }, model);
  expect(count).toBe(0);
  expect(reset).toBe(before);
  expect(first).not.toBe(before);
  expect(second).toBe(first);
});

test('a run goes on where the last one ended: two of one epoch are one of two, in order', async () => {
  const [once, twice] = await page.evaluate(async (model) => {
    const data = proof.uploadDigits(100);
    const hashes: string[] = [];
    for (const epochs of [[2], [1, 1]]) {
      const network = await proof.engine.compile(model, { batchSize: 64, optimizer: { type: 'adam' } });
      for (const count of epochs) await network.fit(data, { epochs: count, shuffle: false }).finished;
      hashes.push(`${network.stepCount} ${await proof.sha256OfWeights(await network.getWeights())}`);
      network.dispose();
    }
    data.dispose();
    return hashes;
  }, model);
  expect(once).toMatch(/^4 /);
  expect(twice).toBe(once);
});

test('evaluation counts every example once, and agrees with predict', async () => {
  const results = await page.evaluate(async (model) => {
    const network = await proof.engine.compile(model, {
      batchSize: 64,
      optimizer: { type: 'rmsprop', learningRate: 0.01 },
    });
    const all = proof.uploadDigits(640);
    await network.fit(all, { epochs: 2 }).finished;
    const results = [];
    for (const count of [1, 63, 64, 100, 640]) {
      const part = all.take(count);
      const { loss, accuracy, confusion } = await network.evaluate(part);
      const outputs = await network.predict(
        Float32Array.from(proof.digits.images.subarray(0, count * 784), (v) => v / 255),
      );
      const counts = new Uint32Array(100);
      let expectedLoss = 0;
      for (let i = 0; i < count; i++) {
        const row = Array.from(outputs.subarray(10 * i, 10 * i + 10));
        const label = proof.digits.labels[i] ?? 0;
        counts[10 * label + row.indexOf(Math.max(...row))]! += 1;
        expectedLoss -= Math.log(row[label] ?? 0) / count;
      }
      const right = counts.filter((_, i) => i % 11 === 0).reduce((a, b) => a + b, 0);
      results.push({
        sizes: [part.size, confusion.reduce((a, b) => a + b, 0), count],
        isSameConfusion: confusion.join() === counts.join(),
        lossError: Math.abs(loss - expectedLoss),
        accuracyError: Math.abs(accuracy - right / count),
        accuracy,
      });
    }
    network.dispose();
    all.dispose();
    return results;
  }, model);
  expect(results).toHaveLength(5);
  for (const { sizes, isSameConfusion, lossError, accuracyError } of results) {
    expect(new Set(sizes).size).toBe(1);
    expect(isSameConfusion).toBe(true);
    expect(lossError).toBeLessThan(1e-5);
    expect(accuracyError).toBeLessThan(1e-6);
  }
  expect(results[4]!.accuracy).toBeGreaterThan(0.7);
});
