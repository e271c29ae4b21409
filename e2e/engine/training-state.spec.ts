/**
 * Plan: going on from a state is the run that went through it, bit for bit: the losses of all later steps and the weights
 * after them. States are taken while the run goes on, within epochs and at their ends, with everything that a step depends
 * on at work: each optimizer's slots, Adam's corrections, a schedule, dropout, moved images, batch statistics, shuffled
 * batches of which the last is short. Back in the network they were taken of, and in another of the same kind. Taking them
 * changes nothing. The control: the weights alone go another way.
 * Then: another optimizer has no use for the slots and says so; a filter held at zero keeps its numbers; a state of
 * another network is refused, and so is one while a run is under way.
 */
import { expect, test } from 'playwright/test';
import type { AugmentationConfig, ModelConfig, OptimizerConfig } from '../../src/engine/index.ts';
import { page, useEnginePage } from './file-page.ts';
import { smallModel } from './small-model.ts';

const batchSize = 4;
/** 13 steps an epoch, the last one of two examples. */
const examples = 50;
/** Before the first epoch's end, at it, within the third one. */
const milestones = [5, 13, 31];
const steps = 44;

const everythingRandom: ModelConfig = {
  inputShape: [28, 28, 1],
  layers: [
    { type: 'conv2d', filters: 6, kernelSize: 3, strides: 4, padding: 'same', useBias: false },
    { type: 'batchNormalization' },
    { type: 'activation', activation: 'relu' },
    { type: 'spatialDropout2d', rate: 0.2 },
    { type: 'flatten' },
    { type: 'dropout', rate: 0.3 },
    { type: 'dense', units: 10, activation: 'softmax' },
  ],
};
const augmentation: AugmentationConfig = { shift: 2, rotation: 10, noise: 0.05, flip: true };

const cosine = {
  type: 'cosine',
  initialLearningRate: 0.01,
  decaySteps: 40,
  warmupSteps: 6,
  warmupTarget: 0.05,
} as const;

const optimizers: readonly { title: string; optimizer: OptimizerConfig }[] = [
  { title: 'RMSprop', optimizer: { type: 'rmsprop' } },
  { title: 'RMSprop with all its slots', optimizer: { type: 'rmsprop', momentum: 0.8, centered: true } },
  { title: 'Adam with weight decay', optimizer: { type: 'adamw' } },
  { title: 'SGD with momentum and a schedule', optimizer: { type: 'sgd', momentum: 0.9, learningRate: cosine } },
];

useEnginePage();

for (const { title, optimizer } of optimizers) {
  test(`${title}: from a state to the same bits`, async () => {
    const options = { batchSize, optimizer, seed: 7 };
    const run = { config: everythingRandom, options, augmentation, milestones, steps };
    const ways = await page.evaluate(
      async ({ run, examples }) => {
        const data = proof.uploadDigits(examples);
        const ways = await proof.goOnFromStates(proof.engine, data, run);
        data.dispose();
        return ways;
      },
      { run, examples },
    );
    expect(ways.reached).toEqual(milestones);
    expect(ways.plain.losses).toHaveLength(steps);
    expect(ways.whole).toEqual(ways.plain);
    milestones.forEach((milestone, index) => {
      const rest = { hash: ways.plain.hash, losses: ways.plain.losses.slice(milestone) };
      expect(ways.again[index]).toEqual(rest);
      expect(ways.elsewhere[index]).toEqual(rest);
    });
    expect(ways.weightsOnly.hash).not.toBe(ways.plain.hash);
  });
}

test('another optimizer starts with empty slots, and says so', async () => {
  const found = await page.evaluate(async (model) => {
    const network = await proof.engine.compile(model, { batchSize: 4, optimizer: { type: 'adam' } });
    const data = proof.uploadDigits(12);
    await network.fit(data, { epochs: 1 }).finished;
    const state = await network.captureState();
    const keepsSlots = await network.restoreState(state);
    await network.setOptimizer({ type: 'adam', learningRate: 0.1 });
    const keepsSlotsAtAnotherRate = await network.restoreState(state);
    await network.setOptimizer({ type: 'sgd', learningRate: 0.01 });
    const takesForeignSlots = await network.restoreState(state);
    const { updates, step } = await network.captureState();
    network.dispose();
    data.dispose();
    return { keepsSlots, keepsSlotsAtAnotherRate, takesForeignSlots, updates, step };
  }, smallModel);
  expect(found).toEqual({
    keepsSlots: true,
    keepsSlotsAtAnotherRate: true,
    takesForeignSlots: false,
    updates: 0,
    step: 3,
  });
});

test('a filter held at zero has its numbers in the state, and gets them back', async () => {
  const [before, held, after] = await page.evaluate(async (model) => {
    const network = await proof.engine.compile(model, { batchSize: 4, optimizer: { type: 'sgd' } });
    const kernel = async () => {
      const weights = await network.getWeights();
      return weights.find(({ name }) => name === 'conv2d_1/kernel')?.data ?? new Float32Array();
    };
    const before = await kernel();
    await network.setFilterMask('conv2d_1/kernel', Uint8Array.of(1, 2, 1, 1));
    const state = await network.captureState();
    network.reset();
    await network.restoreState(state);
    const held = await kernel();
    await network.setFilterMask('conv2d_1/kernel', undefined);
    const after = await kernel();
    network.dispose();
    return [[...before], [...held], [...after]];
  }, smallModel);
  expect(held).toEqual(before.map((value, place) => (place % 4 === 1 ? 0 : value)));
  expect(after).toEqual(before);
});

test('a state that does not fit, or a run under way, is refused', async () => {
  const refusals = await page.evaluate(async (model) => {
    const options = { batchSize: 4, optimizer: { type: 'sgd' } } as const;
    const network = await proof.engine.compile(model, options);
    const other = await proof.engine.compile(proof.lectureModel, options);
    const data = proof.uploadDigits(12);
    const messageOf = (work: Promise<unknown>) => work.then(String, String);
    const foreign = await messageOf(network.restoreState(await other.captureState()));
    const run = network.fit(data, { epochs: 1, startPaused: true });
    const running = await messageOf(network.restoreState(await network.captureState()));
    await run.stop();
    network.dispose();
    other.dispose();
    data.dispose();
    return [foreign, running];
  }, smallModel);
  expect(refusals[0]).toMatch(
    /^EngineError: restoreState: a state must have the \d+ numbers\. Received \d+ numbers\.$/,
  );
  expect(refusals[1]).toBe(
    'EngineError: restoreState: the run under way must be stopped first. Received a running fit.',
  );
});
