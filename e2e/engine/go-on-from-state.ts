/** A run, and the same run once more from states taken on its way. Runs in a page. */
import type {
  AugmentationConfig,
  CompileOptions,
  Dataset,
  Engine,
  ModelConfig,
  Network,
  StepMetrics,
  TrainingState,
} from '../../src/engine/index.ts';
import { sha256OfWeights } from './page-data.ts';

export interface RunWithStates {
  readonly config: ModelConfig;
  readonly options: CompileOptions;
  readonly augmentation?: AugmentationConfig;
  /** Steps to take a state at, rising. */
  readonly milestones: readonly number[];
  readonly steps: number;
}

/** The bits of the weights at the end, and the losses on the way there. */
export interface WayToTheEnd {
  readonly hash: string;
  readonly losses: readonly number[];
}

export interface ComparedWays {
  /** With nothing taken on the way. */
  readonly plain: WayToTheEnd;
  /** While states were taken. */
  readonly whole: WayToTheEnd;
  readonly reached: readonly number[];
  /** From each state, in the network it was taken of; what its run and the one before left behind is still there. */
  readonly again: readonly WayToTheEnd[];
  /** From each state, in a network just compiled. */
  readonly elsewhere: readonly WayToTheEnd[];
  /** The control: from the first state's weights alone. */
  readonly weightsOnly: WayToTheEnd;
}

type Run = Omit<RunWithStates, 'milestones' | 'config' | 'options'> & { readonly milestones?: readonly number[] };

interface Way extends WayToTheEnd {
  readonly reached: readonly number[];
  readonly states: readonly TrainingState[];
}

async function trainTo(network: Network, data: Dataset, run: Run): Promise<Way> {
  const losses: number[] = [];
  const reached: number[] = [];
  const states: Promise<TrainingState>[] = [];
  await network.fit(data, {
    epochs: run.steps,
    maxSteps: run.steps - network.stepCount,
    ...(run.augmentation && { augmentation: run.augmentation }),
    milestones: {
      after: (step) => run.milestones?.find((milestone) => milestone > step) ?? Infinity,
      reached: (step) => {
        reached.push(step);
        states.push(network.captureState());
      },
    },
    callbacks: { onSteps: (steps: readonly StepMetrics[]) => void losses.push(...steps.map(({ loss }) => loss)) },
  }).finished;
  const hash = await sha256OfWeights(await network.getWeights());
  return { hash, losses, reached, states: await Promise.all(states) };
}

/** All the ways to step `steps`, which are to end in the same bits. */
export async function goOnFromStates(engine: Engine, data: Dataset, run: RunWithStates): Promise<ComparedWays> {
  const { config, options } = run;
  const rest: Run = { steps: run.steps, ...(run.augmentation && { augmentation: run.augmentation }) };
  const plainNetwork = await engine.compile(config, options);
  const plain = await trainTo(plainNetwork, data, rest);
  plainNetwork.dispose();
  const network = await engine.compile(config, options);
  const whole = await trainTo(network, data, run);
  const [again, elsewhere]: [WayToTheEnd[], WayToTheEnd[]] = [[], []];
  for (const state of whole.states.toReversed()) {
    await network.restoreState(state);
    again.unshift(bare(await trainTo(network, data, rest)));
    const other = await engine.compile(config, options);
    await other.restoreState(state);
    elsewhere.unshift(bare(await trainTo(other, data, rest)));
    other.dispose();
  }
  const weightsOnly = await fromWeightsAlone(network, data, rest, whole.states[0]);
  network.dispose();
  return { plain: bare(plain), whole: bare(whole), reached: whole.reached, again, elsewhere, weightsOnly };
}

async function fromWeightsAlone(
  network: Network,
  data: Dataset,
  run: Run,
  first: TrainingState | undefined,
): Promise<WayToTheEnd> {
  if (!first) throw new Error('states: one must have been taken. Received none.');
  await network.restoreState(first);
  const weights = await network.getWeights();
  network.reset();
  network.setWeights(weights);
  return bare(await trainTo(network, data, { ...run, steps: run.steps - first.step }));
}

const bare = ({ hash, losses }: WayToTheEnd): WayToTheEnd => ({ hash, losses });
