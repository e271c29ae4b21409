/** Times each dispatch of a training step by itself, on the tensors that the step has left. */
import type { Dataset, Network } from '../../src/engine/index.ts';
import type { StepWork } from '../../src/engine/model/step-work.ts';
import type { DispatchResult } from '../results-file.ts';
import { roundedSpread } from './spread.ts';
import type { RecordedDispatch, StepRecorder } from './step-recorder.ts';
import type { Encode, Stopwatch } from './stopwatch.ts';

const mostRepeats = 200;

/** What is needed to time a network's step. */
export interface StepToTime {
  readonly network: Network;
  readonly data: Dataset;
  readonly recorder: StepRecorder;
  readonly stopwatch: Stopwatch;
  readonly work: StepWork;
  /** At most; fewer where a round is longer than the time below. */
  readonly rounds: number;
  readonly roundMs: number;
}

/**
 * The dispatches of one step in order. One that is shorter than the stopwatch can tell is repeated within its pass and its
 * time divided. The network's weights are not to be used afterwards.
 * @throws Error when the labels name other work than the model has: then a kernel's label does not say what it does.
 */
export async function timeDispatches(step: StepToTime): Promise<readonly DispatchResult[]> {
  const { network, data, recorder, stopwatch, work } = step;
  const runStep = () => network.fit(data, { epochs: 1, maxSteps: 1 }).finished;
  const dispatches = await recorder.record(network.batchSize / data.size, runStep);
  assertWhole(dispatches, work);
  const once = await stopwatch.time(dispatches.map(({ encode }) => encode));
  const repeats = once.map((us) =>
    Math.min(mostRepeats, Math.max(1, Math.ceil(stopwatch.shortestUs / Math.max(us, 1)))),
  );
  const passes = dispatches.map((dispatch, index) => repeated(dispatch, repeats[index] ?? 1));
  const samples = dispatches.map((): number[] => []);
  const sumMs = once.reduce((sum, us) => sum + us, 0) / 1000;
  const rounds = Math.max(1, Math.min(step.rounds, Math.round((step.rounds * step.roundMs) / sumMs)));
  for (let round = 0; round < rounds; round++) {
    // Repeated updates would in the end give numbers that are slow to compute with, and repeated steps leave the epoch.
    network.reset();
    await runStep();
    const times = await stopwatch.time(passes);
    times.forEach((us, index) => samples[index]?.push(us / (repeats[index] ?? 1)));
  }
  return dispatches.map(({ label, bytes }, index) => ({
    label,
    us: roundedSpread(samples[index] ?? []),
    flops: work.of(label),
    bytes,
  }));
}

function repeated(dispatch: RecordedDispatch, times: number): Encode {
  return (pass) => {
    for (let time = 0; time < times; time++) dispatch.encode(pass);
  };
}

/** Sums of whole numbers, so only the shares of read outputs can round. */
const tolerance = 1e-9;

function assertWhole(dispatches: readonly RecordedDispatch[], work: StepWork): void {
  const named = dispatches.reduce((sum, { label }) => sum + work.of(label), 0);
  if (Math.abs(named - work.total) <= tolerance * work.total) return;
  const labels = dispatches.map(({ label }) => label).join('; ');
  throw new Error(`dispatches: their labels must name the model's ${work.total} FLOPs. Received ${named}: ${labels}.`);
}
