/*
 * Plan: a made-up network whose state is one number, its step, trained by a made-up loop.
 *  - Milestones are kept, told of together with progress, and looked back at: the network is put back, the loop pauses and moves along.
 *  - Back to now puts back what was there, and training resumes only if it was under way.
 *  - Going on drops what came after; so does nothing else. An optimizer changed meanwhile is told.
 *  - A rewind and another network forget all, what is still on its way too; another network met while looking back says
 *    where the run stands now; the same network again, after a lost GPU, is put back to what was looked at.
 *  - A network too large to keep any says so.
 */
import { expect, test } from 'playwright/test';
import type { Network, TrainingState } from '../engine/index.ts';
import type { Surroundings } from './feature.ts';
import type { Phase, Place, Report } from './protocol.ts';
import { Snapshots } from './snapshots.ts';

const stepsPerEpoch = 10;
const batchSize = 5;
const exampleCount = stepsPerEpoch * batchSize;

const progress: Report = {
  type: 'progress',
  steps: [],
  epoch: 0,
  epochs: 1,
  stepInEpoch: 0,
  stepsPerEpoch,
  imagesPerSecond: 0,
  msPerStep: 0,
  secondsLeft: 0,
};

/** A session around a network of so many weights. */
class MadeUpSession {
  readonly reports: Report[] = [];
  readonly moves: Place[] = [];
  phase: Phase = 'training';
  step = 0;
  slots = 'rmsprop';
  readonly hyperparameters = { batchSize, seed: 1 };
  paints = 0;
  readonly snapshots: Snapshots;

  constructor(private readonly weightCount = 100_000) {
    // Only what snapshots ask of their surroundings.
    this.snapshots = new Snapshots(this as unknown as Surroundings);
  }

  readonly config = {};
  readonly data = { inUse: { train: { size: exampleCount } } };
  readonly network = {
    batchSize,
    captureState: (): Promise<TrainingState> => Promise.resolve(this.#state()),
    restoreState: (state: TrainingState): Promise<boolean> => {
      this.step = state.step;
      return Promise.resolve(state.optimizer.slots === this.slots);
    },
  };
  readonly loop = this.#loop();

  #loop() {
    const [step, phase] = [() => this.step, () => this.phase];
    return {
      get stepsTaken() {
        return step();
      },
      get epoch() {
        return Math.floor(Math.max(0, step() - 1) / stepsPerEpoch);
      },
      get phase() {
        return phase();
      },
      suspend: () => Promise.resolve(void (this.phase = 'paused')),
      moveTo: (place: Place) => void this.moves.push(place),
      train: () => void (this.phase = 'training'),
    };
  }

  #state(): TrainingState {
    const epochsBegun = Math.ceil(this.step / stepsPerEpoch);
    const stepInEpoch = this.step - Math.max(0, epochsBegun - 1) * stepsPerEpoch;
    const optimizer = { slots: this.slots, schedule: '' };
    const arrays = { weights: new Float32Array(this.weightCount), slots: new Float32Array(0) };
    const counters = new ArrayBuffer(0);
    return {
      step: this.step,
      epochsBegun,
      stepInEpoch,
      exampleCount,
      updates: this.step,
      ...arrays,
      optimizer,
      counters,
    };
  }

  report(report: Report): void {
    this.reports.push(report);
    this.snapshots.follow(report);
  }

  paint(): void {
    this.paints += 1;
  }

  attempt(work: () => Promise<void>): void {
    void work();
  }

  /** Trains to a step with all milestones on the way. */
  async train(last: number): Promise<void> {
    this.snapshots.begin();
    for (let next = this.snapshots.after(this.step); next <= last; next = this.snapshots.after(next)) {
      this.step = next;
      this.snapshots.reached();
    }
    this.step = last;
    await this.#answers();
    this.snapshots.follow(progress);
  }

  async #answers(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }

  /** The last list of snapshots told, once it has been. */
  async told(): Promise<Extract<Report, { type: 'snapshots' }>> {
    await new Promise((resolve) => setTimeout(resolve, 130));
    const told = this.reports.findLast((report) => report.type === 'snapshots');
    if (told?.type !== 'snapshots') throw new Error('snapshots: they must be told of. Received none.');
    return told;
  }
}

test('while it trains the page is told of them with its progress, not before', async () => {
  const session = new MadeUpSession();
  session.snapshots.begin();
  await expect(session.told()).rejects.toThrow('Received none');
  await session.train(2);
  expect((await session.told()).places).toHaveLength(3);
});

test('every early step is kept, with its place in its epoch', async () => {
  const session = new MadeUpSession();
  await session.train(12);
  const { places, bytes } = await session.told();
  expect(places.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  // After the last step of an epoch one stands before the first of the next.
  expect(places.slice(9)).toEqual([
    { step: 9, epoch: 0, stepInEpoch: 9 },
    { step: 10, epoch: 1, stepInEpoch: 0 },
    { step: 11, epoch: 1, stepInEpoch: 1 },
    { step: 12, epoch: 1, stepInEpoch: 2 },
  ]);
  expect(bytes).toBe(13 * 400_000);
  expect(session.reports.filter(({ type }) => type === 'snapshots')).toHaveLength(1);
});

test('looking back pauses and shows; back to now resumes', async () => {
  const session = new MadeUpSession();
  await session.train(15);
  await session.snapshots.perform({ type: 'lookBack', step: 4 });
  expect([session.step, session.phase, session.paints]).toEqual([4, 'paused', 1]);
  expect(session.reports.at(-1)).toMatchObject({ type: 'lookedBack', asked: 4, place: { step: 4 } });
  await session.snapshots.perform({ type: 'lookBack', step: 11 });
  expect(session.moves.at(-1)).toEqual({ step: 11, epoch: 1, stepInEpoch: 1 });
  await session.snapshots.perform({ type: 'returnToNow' });
  expect([session.step, session.phase]).toEqual([15, 'training']);
  expect(session.moves.at(-1)).toEqual({ step: 15, epoch: 1, stepInEpoch: 5 });
  expect(session.reports.at(-1)).toEqual({ type: 'cameBack' });

  session.phase = 'paused';
  await session.snapshots.perform({ type: 'lookBack', step: 4 });
  await session.snapshots.perform({ type: 'returnToNow' });
  expect(session.phase).toBe('paused');
  // Nothing to come back from.
  const count = session.reports.length;
  await session.snapshots.perform({ type: 'returnToNow' });
  await session.snapshots.goOn();
  expect(session.reports).toHaveLength(count);
});

test('going on drops what came after, and tells of an optimizer that starts empty', async () => {
  const session = new MadeUpSession();
  await session.train(15);
  await session.snapshots.perform({ type: 'lookBack', step: 4 });
  await session.snapshots.goOn();
  expect(session.reports.at(-1)).toEqual({ type: 'wentOn', step: 4, keepsOptimizer: true });
  expect((await session.told()).places.at(-1)).toEqual({ step: 4, epoch: 0, stepInEpoch: 4 });
  await session.train(8);
  expect((await session.told()).places.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  await session.snapshots.perform({ type: 'lookBack', step: 2 });
  session.slots = 'adam';
  await session.snapshots.goOn();
  expect(session.reports.findLast(({ type }) => type === 'wentOn')).toMatchObject({ step: 2, keepsOptimizer: false });
});

test('a rewind forgets all, what is on its way too', async () => {
  const session = new MadeUpSession();
  session.snapshots.begin();
  session.step = 1;
  session.snapshots.reached();
  session.report({ type: 'wasReset' });
  expect((await session.told()).places).toEqual([]);
  await session.snapshots.perform({ type: 'lookBack', step: 1 });
  expect(session.reports.some(({ type }) => type === 'lookedBack')).toBe(false);
});

test('another network forgets all at once; the same one again keeps all', async () => {
  const session = new MadeUpSession();
  const network = session.network as unknown as Network;
  session.snapshots.show(network);
  await session.train(8);
  await session.snapshots.perform({ type: 'lookBack', step: 3 });
  session.snapshots.show(network);
  session.step = 0;
  expect(await session.snapshots.recover()).toBe(true);
  expect(session.reports.at(-1)).toMatchObject({ type: 'lookedBack', place: { step: 3 } });
  expect(session.step).toBe(3);
  expect((await session.told()).places).toHaveLength(9);
  session.hyperparameters.seed = 2;
  session.snapshots.show(network);
  const [told, wentOn] = session.reports.slice(-2);
  expect(told).toMatchObject({ type: 'snapshots', places: [] });
  expect(wentOn).toMatchObject({ type: 'wentOn', step: 3 });
});

test('a network too large to keep two of says so, and is not copied again', async () => {
  const session = new MadeUpSession(9_000_000);
  await session.train(0);
  const told = await session.told();
  expect(told).toMatchObject({ places: [], bytes: 0, roomBytes: 64_000_000, oversizeBytes: 36_000_000 });
  expect(session.snapshots.after(0)).toBe(Infinity);
});
