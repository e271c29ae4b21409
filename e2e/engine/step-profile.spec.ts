/**
 * Plan: a profile names the dispatches that a step really has, in order, and with the GPU's clock says a time for each; the
 * layers' arithmetic that their labels name is the model's. It can be asked for before the first step, while a run is
 * paused and while it goes on, of other data than the run's, and changes nothing: weights, slots, step count and the next
 * step's metrics have the bits that they have without. (That 500 steps with profiles among them keep their bits is told in
 * determinism.spec.ts.) On a device without the clock there are labels and no times. Memory comes back. The peak of the
 * device is a number above zero, measured beside a run that goes on behind it.
 */
import { expect, test } from 'playwright/test';
import { resolveModel } from '../../src/engine/model/resolve.ts';
import { lectureModel } from '../../src/engine/model/presets.ts';
import { StepWork } from '../../src/engine/model/step-work.ts';
import { page, useEnginePage } from './file-page.ts';

const batchSize = 4;

useEnginePage();

test('a profile has the dispatches of a step, each with its time and its arithmetic', async () => {
  const { profile, labels, bytes } = await page.evaluate(async (batchSize) => {
    const options = { model: proof.lectureModel, batchSize, optimizer: { type: 'rmsprop' }, steps: 2 } as const;
    const labels = await proof.countDispatches.dispatchesOfStep(proof.engine, options);
    const network = await proof.engine.compile(proof.lectureModel, options);
    const data = proof.uploadDigits(9);
    await network.evaluate(data);
    const before = proof.engine.ledger.bytes;
    const profile = await network.profile(data);
    const bytes = proof.engine.ledger.bytes - before;
    network.dispose();
    data.dispose();
    return { profile, labels, bytes };
  }, batchSize);
  expect(profile.dispatches.map(({ label }) => label)).toEqual(labels);
  for (const { label, ms } of profile.dispatches) expect(ms, label).toBeGreaterThan(0);
  expect(bytes).toBe(0);
  const resolution = resolveModel(lectureModel);
  if (!resolution.ok) throw new Error('lecture: the model must be whole.');
  const work = new StepWork(resolution.model, batchSize);
  const named = labels.reduce((sum, label) => sum + work.of(label), 0);
  expect(named / work.total).toBeCloseTo(1, 9);
});

test('a profile changes nothing: paused or running, of other data too', async () => {
  const [plain, profiled] = await page.evaluate(async (batchSize) => {
    const [data, others] = [proof.uploadDigits(40), proof.uploadDigits(23)];
    const outcomes = [];
    for (const isProfiled of [false, true]) {
      const options = { batchSize, optimizer: { type: 'adam' }, seed: 3 } as const;
      const network = await proof.engine.compile(proof.lectureModel, options);
      const look = () => (isProfiled ? network.profile(others) : undefined);
      await look();
      const run = network.fit(data, { epochs: 4, maxSteps: 34, startPaused: true });
      const metrics = [await run.step()];
      await look();
      metrics.push(await run.step());
      run.resume();
      await look();
      await run.finished;
      const { step, counters, weights, slots } = await network.captureState();
      const hash = await proof.sha256OfWeights([
        { name: 'weights', shape: [], data: weights },
        { name: 'slots', shape: [], data: slots },
        { name: 'counters', shape: [], data: new Float32Array(counters) },
      ]);
      outcomes.push({ metrics, step, hash });
      network.dispose();
    }
    data.dispose();
    others.dispose();
    return outcomes;
  }, batchSize);
  expect(plain?.step).toBe(34);
  expect(profiled).toEqual(plain);
});

test('without the clock there are labels and no times', async () => {
  const profile = await page.evaluate(async (batchSize) => {
    const device = await proof.countDispatches.cardDevice();
    const engine = await proof.createEngine({ device });
    const network = await engine.compile(proof.lectureModel, { batchSize, optimizer: { type: 'sgd' } });
    const profile = await network.profile(proof.uploadDigits(8, engine));
    engine.dispose();
    device.destroy();
    return profile;
  }, batchSize);
  expect(profile.dispatches.length).toBeGreaterThan(6);
  for (const one of profile.dispatches) expect(Object.keys(one)).toEqual(['label']);
});

test('the peak is measured beside a run, which goes on', async () => {
  const { gflops, steps, bytes } = await page.evaluate(async (batchSize) => {
    const network = await proof.engine.compile(proof.lectureModel, { batchSize, optimizer: { type: 'sgd' } });
    const data = proof.uploadDigits(40);
    const run = network.fit(data, { epochs: 1000, startPaused: true });
    await run.step();
    const before = proof.engine.ledger.bytes;
    run.resume();
    const gflops = await proof.engine.measurePeak();
    const [bytes, steps] = [proof.engine.ledger.bytes - before, network.stepCount];
    while (network.stepCount < steps + 3) await new Promise((resolve) => setTimeout(resolve, 5));
    await run.stop();
    network.dispose();
    data.dispose();
    return { gflops, steps, bytes };
  }, batchSize);
  expect(gflops).toBeGreaterThan(0.1);
  expect(gflops).toBeLessThan(1e6);
  expect(steps).toBeGreaterThan(0);
  expect(bytes).toBe(0);
});
