/**
 * Plan: a run ends as promised and when promised. By its last epoch, at the step limit to the step, by `stop`, by an
 * abort signal before or during it, and by a loss that is no number; each with its outcome. `pause` stands still, `step`
 * makes one step, `resume` goes on to the end.
 */
import { expect, test } from 'playwright/test';
import type { StepMetrics } from '../../src/engine/index.ts';
import { page, useEnginePage } from './file-page.ts';
import { smallModel as model } from './small-model.ts';

useEnginePage();

test('stop and abort end a run at once, the step limit to the step, a last epoch by itself', async () => {
  const results = await page.evaluate(async (model) => {
    const network = await proof.engine.compile(model, { batchSize: 64, optimizer: { type: 'sgd' } });
    const data = proof.uploadDigits(640);
    const finished = await network.fit(data, { epochs: 1 }).finished;
    const stopped = network.fit(data, { epochs: 100_000 });
    await stopped.stop();
    const stopCount = network.stepCount;
    const stopOutcome = await stopped.finished;
    const abort = new AbortController();
    const aborted = network.fit(data, { epochs: 100_000, signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    const abortOutcome = await aborted.finished;
    const abortCount = network.stepCount;
    await new Promise((resolve) => setTimeout(resolve, 200));
    const isStill = network.stepCount === abortCount;
    const already = await network.fit(data, { epochs: 5, signal: AbortSignal.abort() }).finished;
    const alreadyCount = network.stepCount;
    await network.fit(data, { epochs: 5, maxSteps: 7 }).finished;
    const limited = network.stepCount - alreadyCount;
    network.dispose();
    data.dispose();
    return {
      outcomes: [finished.outcome, stopOutcome.outcome, abortOutcome.outcome, already.outcome],
      epochs: finished.epochs.length,
      isStill,
      wasAborted: abortCount > stopCount,
      already: alreadyCount - abortCount,
      limited,
    };
  }, model);
  expect(results).toEqual({
    outcomes: ['finished', 'stopped', 'stopped', 'stopped'],
    epochs: 1,
    isStill: true,
    wasAborted: true,
    already: 0,
    limited: 7,
  });
});

test('pause stands still, resume goes on', async () => {
  const { states, counts, end } = await page.evaluate(async (model) => {
    const network = await proof.engine.compile(model, { batchSize: 64, optimizer: { type: 'sgd' } });
    const data = proof.uploadDigits(640);
    const run = network.fit(data, { epochs: 8 });
    const states = [run.isPaused];
    await run.pause();
    states.push(run.isPaused);
    const counts = [network.stepCount];
    await new Promise((resolve) => setTimeout(resolve, 200));
    counts.push(network.stepCount);
    const metrics = await run.step();
    counts.push(metrics?.step ?? 0, network.stepCount);
    run.resume();
    states.push(run.isPaused);
    await run.finished;
    const end = network.stepCount;
    network.dispose();
    data.dispose();
    return { states, counts, end };
  }, model);
  const [paused = 0] = counts;
  expect(states).toEqual([false, true, false]);
  expect(counts).toEqual([paused, paused, paused + 1, paused + 1]);
  expect(paused).toBeLessThan(80);
  expect(end).toBe(80);
});

test('a loss that is no number is reported as such and ends the run', async () => {
  const { outcome, steps } = await page.evaluate(async (model) => {
    const network = await proof.engine.compile(model, {
      batchSize: 64,
      optimizer: { type: 'sgd', learningRate: 1e30 },
    });
    const data = proof.uploadDigits(640);
    const steps: StepMetrics[] = [];
    const callbacks = { onSteps: (all: readonly StepMetrics[]) => void steps.push(...all) };
    const { outcome } = await network.fit(data, { epochs: 1000, callbacks }).finished;
    network.dispose();
    data.dispose();
    return { outcome, steps };
  }, model);
  expect(outcome).toBe('nonFinite');
  expect(steps[0]?.isFinite).toBe(true);
  expect(steps.some(({ isFinite }) => !isFinite)).toBe(true);
  expect(steps.length).toBeLessThan(10_000);
});
