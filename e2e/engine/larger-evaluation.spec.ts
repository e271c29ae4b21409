/**
 * Plan: evaluating never touches the order a run takes its examples in. While a shuffled run over a few digits goes on, a
 * data set many times as large is evaluated, for the first time and in the middle of an epoch; the run must end with the
 * bits of one that was left alone. The same when the larger data set is the run's validation, and when a second run is
 * then made over the larger one.
 */
import { expect, test } from 'playwright/test';
import { page, useEnginePage } from './file-page.ts';
import { smallModel as model } from './small-model.ts';

useEnginePage();

test('a larger data set evaluated in the middle of a shuffled epoch leaves the run its order', async () => {
  const { plain, evaluated, validated } = await page.evaluate(async (model) => {
    const [few, many] = [proof.uploadDigits(40), proof.uploadDigits(640)];
    const trained = async (evaluates: boolean, validation?: typeof many) => {
      const network = await proof.engine.compile(model, { batchSize: 8, optimizer: { type: 'rmsprop' } });
      const run = network.fit(few, { epochs: 4, startPaused: true, ...(validation && { validation }) });
      // In the first epoch of five steps, and in the third.
      for (let step = 1; step <= 13; step++) {
        await run.step();
        if (evaluates && (step === 2 || step === 12)) await network.evaluate(step === 2 ? many.take(200) : many);
      }
      run.resume();
      await run.finished;
      const hashes = [await proof.sha256OfWeights(await network.getWeights())];
      await network.fit(many, { epochs: 1, maxSteps: 20 }).finished;
      hashes.push(`${network.stepCount} ${await proof.sha256OfWeights(await network.getWeights())}`);
      network.dispose();
      return hashes;
    };
    const results = {
      plain: await trained(false),
      evaluated: await trained(true),
      validated: await trained(false, many),
    };
    few.dispose();
    many.dispose();
    return results;
  }, model);
  expect(plain[1]).toMatch(/^40 /);
  expect(evaluated).toEqual(plain);
  expect(validated).toEqual(plain);
});
