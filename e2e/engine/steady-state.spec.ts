/**
 * Plan: a training step encodes and nothing else, and what the engine takes it gives back. Every `create…` method of the
 * device is counted by wrapping it: once a run is warm, 200 more steps create no GPU object and leave the ledger where
 * it is. After `dispose` of everything the ledger is at zero, and the device of an engine that owned it is gone. The
 * control: the counter does count a compile.
 */
import { expect, test } from 'playwright/test';
import type { StepMetrics } from '../../src/engine/index.ts';
import { page, useEnginePage } from './file-page.ts';

useEnginePage();

test('200 steps create no GPU object and hold no further byte', async () => {
  const { compiled, stepping, bytes, steps } = await page.evaluate(async () => {
    const counts = proof.countCreations(proof.engine.device);
    const model = { ...proof.lectureModel, inputShape: [28, 28, 1] as const };
    const network = await proof.engine.compile(model, { batchSize: 4, optimizer: { type: 'rmsprop' } });
    const data = proof.uploadDigits(42);
    const compiled = counts.total();
    let seen = 0;
    let warm: { creations: Record<string, number>; bytes: number } | undefined;
    const onSteps = (all: readonly StepMetrics[]) => {
      seen = all.at(-1)?.step ?? seen;
      // Several epochs of 11 steps, and the whole ring of staging buffers, are behind it.
      if (seen >= 60) warm ??= { creations: counts.now(), bytes: proof.engine.ledger.bytes };
    };
    await network.fit(data, { epochs: 100, maxSteps: 320, callbacks: { onSteps } }).finished;
    const after = counts.now();
    const bytes = proof.engine.ledger.bytes - (warm?.bytes ?? 0);
    const stepping = Object.entries(after).filter(([name, count]) => count !== warm?.creations[name]);
    network.dispose();
    data.dispose();
    counts.stop();
    return { compiled, stepping, bytes, steps: seen };
  });
  expect(compiled).toBeGreaterThan(10);
  expect(steps).toBe(320);
  expect(stepping).toEqual([]);
  expect(bytes).toBe(0);
});

test('what is taken is given back: networks and data one by one, the engine the rest', async () => {
  const { ledgers, deviceReason } = await page.evaluate(async () => {
    const engine = await proof.createEngine({});
    const ledgers = [];
    const compile = () => engine.compile(proof.lectureModel, { batchSize: 8, optimizer: { type: 'adam' } });
    const begin = { ...engine.ledger };
    for (let round = 0; round < 3; round++) {
      const network = await compile();
      const data = proof.uploadDigits(64, engine);
      await network.fit(data, { epochs: 1, validation: data.take(10) }).finished;
      await network.evaluate(data);
      await network.predict(new Float32Array(20 * 784));
      await network.gradients(new Float32Array(784), Uint8Array.of(1));
      const full = { ...engine.ledger };
      network.dispose();
      data.dispose();
      ledgers.push({ full, rest: engine.ledger.bytes - begin.bytes });
    }
    await compile();
    proof.uploadDigits(64, engine);
    const { device } = engine;
    engine.dispose();
    return { ledgers: [...ledgers, { ...engine.ledger }], deviceReason: (await device.lost).reason };
  });
  const [first, second, third, last] = ledgers;
  expect(first).toMatchObject({ rest: 0 });
  expect(second).toEqual(first);
  expect(third).toEqual(first);
  expect(last).toEqual({ bytes: 0, buffers: 0 });
  expect(deviceReason).toBe('destroyed');
});

test('a borrowed device is left alone', async () => {
  const isAlive = await page.evaluate(async () => {
    const { device } = proof.engine;
    const borrower = await proof.createEngine({ device });
    await borrower.compile(proof.lectureModel, { batchSize: 2, optimizer: { type: 'sgd' } });
    borrower.dispose();
    const network = await proof.engine.compile(proof.lectureModel, { batchSize: 2, optimizer: { type: 'sgd' } });
    const outputs = await network.predict(new Float32Array(784));
    network.dispose();
    return Math.abs(outputs.reduce((a, b) => a + b, 0) - 1) < 1e-5;
  });
  expect(isAlive).toBe(true);
});

test('the summary’s bytes are what the layers hold at least: weights, slots, outputs and gradients', async () => {
  const { layers, ledger } = await page.evaluate(async () => {
    const before = proof.engine.ledger.bytes;
    const network = await proof.engine.compile(proof.lectureModel, { batchSize: 64, optimizer: { type: 'rmsprop' } });
    const ledger = proof.engine.ledger.bytes - before;
    const layers = network
      .summary()
      .map(({ bytes, params, outputShape }) => ({ bytes, params, cells: outputShape.reduce((a, b) => a * b, 1) }));
    network.dispose();
    return { layers, ledger };
  });
  // A convolution that pools what it computes keeps only that, and the gradient of the four cells of each window.
  const [conv1, pool1, conv2, pool2, conv3] = layers;
  const windowCells = 4;
  for (const [convolution, pooling] of [[conv1, pool1] as const, [conv2, pool2] as const]) {
    const bytes = (convolution?.bytes ?? 0) + (pooling?.bytes ?? 0);
    const cells = (1 + windowCells) * (pooling?.cells ?? Infinity);
    expect(bytes).toBeGreaterThanOrEqual(4 * (2 * (convolution?.params ?? Infinity) + 64 * cells));
  }
  expect(conv3?.bytes).toBeGreaterThanOrEqual(4 * (2 * (conv3?.params ?? Infinity) + 64 * (conv3?.cells ?? Infinity)));
  expect(ledger).toBeGreaterThan(4 * 2 * 93_322);
});
