/*
 * Plan: what the header says in every state a person meets, from the first second to the end of a run, and that screen readers
 * hear epochs and never steps.
 */
import { test, expect } from 'playwright/test';
import { initialState } from '../app/reduce.ts';
import { announcement, statusText, type StatusSource } from './status-text.ts';

const adapter = { vendor: '', architecture: '', description: '', isSoftware: false, hasFloat16: false };
const { requested: _requested, ...fresh } = initialState();
const { model } = fresh.draft;
if (!model) throw new Error('status-text.spec: the lecture network must resolve.');
const ready: StatusSource = {
  ...fresh,
  gpu: { status: 'ready', adapter },
  built: { model, summary: [] },
  data: { ...fresh.data, status: 'ready', sizes: { train: 60_000, validation: 1000, test: 10_000 } },
};
const progress = {
  epoch: 1,
  epochs: 5,
  stepInEpoch: 412,
  stepsPerEpoch: 938,
  imagesPerSecond: 15_610,
  msPerStep: 4.1,
  secondsLeft: 80,
};

const cases: readonly (readonly [string, StatusSource, string, string])[] = [
  ['before the GPU', fresh, 'Preparing the GPU…', 'Compiling the network.'],
  [
    'the first view',
    ready,
    'Showing weights trained earlier by this app.',
    'Train starts from fresh random weights (seed 1).',
  ],
  [
    'data still on their way',
    { ...ready, data: { ...fresh.data, status: 'loading' } },
    'Showing weights trained earlier by this app.',
    'Training can start when the data are loaded.',
  ],
  [
    'rebuilding',
    { ...ready, requested: fresh.draft.config },
    'Rebuilding the network…',
    'Weights that still fit are kept.',
  ],
  [
    'training, before its first step',
    { ...ready, phase: 'training', origin: 'trained' },
    'Getting ready to train…',
    'Compiling the training step for this GPU.',
  ],
  [
    'training',
    { ...ready, phase: 'training', progress },
    'epoch 2/5 · step 412/938',
    '15,610 img/s · 1\u00a0min 20\u00a0s left',
  ],
  [
    'training, before there is a speed',
    { ...ready, phase: 'training', progress: { ...progress, imagesPerSecond: 0, msPerStep: 0, secondsLeft: 0 } },
    'epoch 2/5 · step 412/938',
    'measuring the speed…',
  ],
  ['paused', { ...ready, phase: 'paused', progress }, 'epoch 2/5 · step 412/938', 'paused · Step trains one batch'],
  [
    'paused, while the page looks back',
    {
      ...ready,
      phase: 'paused',
      progress,
      time: { ...fresh.time, lookedAt: { step: 1320, epoch: 1, stepInEpoch: 382 } },
    },
    'epoch 2/5 · step 412/938',
    'Step goes on from step 1,320',
  ],
  [
    'paused, while the page looks back to the initial weights',
    { ...ready, phase: 'paused', progress, time: { ...fresh.time, lookedAt: { step: 0, epoch: 0, stepInEpoch: 0 } } },
    'epoch 2/5 · step 412/938',
    'Step goes on from the start',
  ],
  [
    'finished',
    {
      ...ready,
      phase: 'finished',
      progress: { ...progress, epoch: 5, stepInEpoch: 0 },
      accuracy: { train: [], validation: [], test: [{ step: 4690, value: 0.9908 }] },
    },
    'epoch 5/5 · step 938/938',
    'finished · test accuracy 99.1\u00a0%',
  ],
];
for (const [title, state, headline, detail] of cases) {
  test(title, () => expect(statusText(state)).toMatchObject({ headline, detail }));
}

test('the share done counts whole epochs and steps, and is 1 at the end', () => {
  expect(statusText({ ...ready, phase: 'training', progress }).share).toBeCloseTo((938 + 412) / 4690, 6);
  expect(statusText({ ...ready, phase: 'finished', progress }).share).toBe(1);
  expect(statusText(ready).share).toBeUndefined();
});

test('a step changes nothing that is announced, an epoch does', () => {
  const at = (stepInEpoch: number, epoch: number): string =>
    announcement({ ...ready, phase: 'training', progress: { ...progress, stepInEpoch, epoch } });
  expect(at(1, 1)).toBe(at(900, 1));
  expect(at(1, 1)).toBe('Training, epoch 2 of 5.');
  expect(at(1, 2)).not.toBe(at(1, 1));
});
