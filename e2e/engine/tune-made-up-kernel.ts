/** Tunes one made-up kernel, max pooling with ways that are slow, fast, wrong or no WGSL at all. Runs in a page. */
import {
  createMemoryTuningStore,
  type Engine,
  type TunedKernel,
  type TuningChoices,
  type TuningRecord,
  type TuningStore,
} from '../../src/engine/index.ts';
import type { Kernel, KernelCandidate } from '../../src/engine/gpu/kernel.ts';
import { wholeBuffer } from '../../src/engine/gpu/kernel.ts';
import { GpuMemory } from '../../src/engine/gpu/memory.ts';
import { PipelineCache } from '../../src/engine/gpu/pipelines.ts';
import { ExclusiveTasks } from '../../src/engine/training/exclusive.ts';
import { Graph } from '../../src/engine/training/graph.ts';
import { Tuner, type TuningHost } from '../../src/engine/training/tuning/tuner.ts';
import { TuningBook } from '../../src/engine/training/tuning/tuning-book.ts';
import { randomFloats, seededUniform } from './reference/seeded-random.ts';

const examples = 4;
const [inputSize, outputSize, channels] = [64, 32, 8];
const cells = examples * outputSize * outputSize * channels;
const key = 'made-up pooling';

/** The ways by name: what they change about the default, which is slow as one invocation is a workgroup of its own. */
const ways = {
  slow: {},
  fast: { workgroupSize: 64 },
  elsewhere: { workgroupSize: 64, constants: { padTop: 1 } },
  partly: { workgroupSize: 64, invocations: 64 },
  tooLarge: { workgroupSize: 100_000 },
  misspelt: { constants: { padTopp: 1 } },
} as const;

export type MadeUpWay = keyof typeof ways;

export interface MadeUpTuning {
  /** Ways there are besides `slow`. */
  readonly others: readonly MadeUpWay[];
  readonly tuning: 'auto' | 'off' | TuningChoices;
  /** What a store already holds, by way. */
  readonly known?: TuningRecord;
  /** The outputs are zeros whatever the way. */
  readonly isDead?: boolean;
  /** Called off as soon as it has begun, or when the first way has been tried. */
  readonly disposeAfter?: 'begin' | 'firstTried';
}

export interface MadeUpOutcome {
  readonly kernel: TunedKernel | undefined;
  readonly changes: number;
  readonly choices: TuningChoices;
  readonly stored: readonly (readonly [string, TuningRecord])[];
  /** Of the dispatch that the network encodes in the end; and what they are the slow way and the fast. */
  readonly workgroups: number;
  readonly slowWorkgroups: number;
  readonly fastWorkgroups: number;
  readonly bytesWhenDone: number;
  readonly bytesBefore: number;
  readonly errors: readonly string[];
}

function poolingKernels(batch: GPUBuffer, { others, tuning, known }: MadeUpTuning): readonly Kernel[] {
  const base: Kernel = {
    label: 'pooled forward',
    shader: 'pooling2d',
    entryPoint: 'maxForward',
    constants: {
      ...{ inputHeight: inputSize, inputWidth: inputSize, outputHeight: outputSize, outputWidth: outputSize },
      ...{ poolHeight: 2, poolWidth: 2, strideY: 2, strideX: 2, padTop: 0, padLeft: 0 },
      ...{ channels, channelsPerInvocation: 1 },
    },
    bindings: {
      batch: wholeBuffer(batch),
      inputs: { label: 'inputs', sizeBytes: examples * inputSize * inputSize * channels * 4 },
      outputs: { label: 'outputs', sizeBytes: cells * 4 },
      winners: { label: 'winners', sizeBytes: cells * 4 },
    },
    invocations: cells,
    workgroupSize: 1,
  };
  const candidates: readonly KernelCandidate[] = (['slow', ...others] as const).map((choice) => {
    const change: Partial<Kernel> = ways[choice];
    return { choice, kernel: { ...base, ...change, constants: { ...base.constants, ...change.constants } } };
  });
  const chosen = tuning === 'auto' ? known?.choice : tuning === 'off' ? undefined : tuning[key];
  const { choice, kernel } = candidates.find((way) => way.choice === chosen) ?? { choice: 'slow', kernel: base };
  return [{ ...kernel, tuning: { key, choice, candidates: () => candidates } }];
}

/** Runs the tuner to its end, or to where it is told to stop. */
export async function tuneMadeUpKernel(engine: Engine, options: MadeUpTuning): Promise<MadeUpOutcome> {
  const { device } = engine;
  const memory = new GpuMemory(device);
  const context = { device, memory, pipelines: new PipelineCache(device) };
  const errors: string[] = [];
  const onError = (event: GPUUncapturedErrorEvent) => void errors.push(event.error.message);
  device.addEventListener('uncapturederror', onError);
  const batch = memory.uniform('batch size', 4);
  device.queue.writeBuffer(batch, 0, Int32Array.of(examples));
  const kernels = poolingKernels(batch, options);
  const graph = new Graph(context, { all: kernels }, [['all']], () => true);
  const store: TuningStore = createMemoryTuningStore();
  const book = new TuningBook(engine.adapter, store, 'spec');
  if (options.known) book.keep(key, 'f32', options.known);
  const inputs = kernels[0]?.bindings['inputs'];
  if (!inputs || 'buffer' in inputs) throw new Error('tuneMadeUpKernel: inputs must be planned.');
  const pixels = options.isDead
    ? new Float32Array(inputs.sizeBytes / 4)
    : randomFloats(inputs.sizeBytes / 4, seededUniform(1));
  const rehearsal = {
    kernels,
    prepare: () => graph.prepare(['all']),
    begin: () => device.queue.writeBuffer(graph.place(inputs).buffer, 0, pixels),
    dispatches: () => graph.group('all'),
    place: (tensor: Parameters<typeof graph.place>[0]) => graph.place(tensor),
    choose: (chosenKey: string, choice: string) => graph.choose(chosenKey, choice),
  };
  const tasks = new ExclusiveTasks();
  const exclusively = <T>(work: () => Promise<T>) => tasks.run(work);
  const host: TuningHost = {
    ...{ context, rehearsal, exclusively, element: 'f32', isSoftware: false },
    isTraining: () => false,
    roomBytes: () => 1e9,
  };
  let changes = 0;
  const end = () => {
    tuner.dispose();
    memory.releaseAll();
  };
  const tuner = new Tuner(host, book, options.tuning, ([kernel]) => {
    changes++;
    if (options.disposeAfter === 'firstTried' && kernel && kernel.tried > 0) end();
  });
  await graph.prepare(['all']);
  const bytesBefore = memory.ledger.bytes;
  tuner.begin();
  if (options.disposeAfter === 'begin') end();
  if (options.tuning === 'auto') await tuner.measure();
  await device.queue.onSubmittedWorkDone();
  const [dispatch] = graph.group('all');
  const outcome = {
    kernel: tuner.kernels[0],
    changes,
    choices: tuner.choices,
    stored: [...(await store.load())],
    workgroups: (dispatch?.x ?? 0) * (dispatch?.y ?? 0),
    slowWorkgroups: cells,
    fastWorkgroups: cells / 64,
    bytesBefore,
    bytesWhenDone: memory.ledger.bytes,
  };
  end();
  await new Promise((resolve) => setTimeout(resolve, 50));
  device.removeEventListener('uncapturederror', onError);
  return { ...outcome, errors };
}
