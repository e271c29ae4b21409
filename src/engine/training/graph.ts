/** The compiled network: every dispatch of training, evaluation and prediction, bound once and only encoded afterwards. */
import { EngineError } from '../error.ts';
import { bindKernel, encodeDispatches, type BoundDispatch } from '../gpu/dispatch.ts';
import { isSlice, type BufferSlice, type Kernel, type PlannedTensor } from '../gpu/kernel.ts';
import { waysOf } from '../gpu/kernel-ways.ts';
import type { GpuMemory } from '../gpu/memory.ts';
import type { PipelineCache } from '../gpu/pipelines.ts';
import { planMemory } from './memory-plan.ts';

/** Kernels by what they are for; each group is encoded as a whole. */
export type KernelGroups = Readonly<Record<string, readonly Kernel[]>>;

export interface GraphContext {
  readonly device: GPUDevice;
  readonly memory: GpuMemory;
  readonly pipelines: PipelineCache;
}

/** Compiles kernels in parallel and binds them to planned memory. */
export class Graph<Name extends string> {
  readonly #places = new Map<PlannedTensor, BufferSlice>();
  readonly #dispatches = new Map<readonly Kernel[], Promise<BoundDispatch[]>>();
  readonly #ready = new Map<Name, readonly BoundDispatch[]>();
  /** Ways chosen after the kernels were made, by `KernelTuning.key`. */
  readonly #choices = new Map<string, string>();

  /**
   * @param sequences the groups that run one after another, each sequence for itself; tensors share memory accordingly.
   * @param isKept tensors that must outlast a sequence.
   */
  constructor(
    private readonly context: GraphContext,
    private readonly groups: Readonly<Record<Name, readonly Kernel[]>>,
    sequences: readonly (readonly Name[])[],
    isKept: (tensor: PlannedTensor) => boolean,
  ) {
    const plan = planMemory(
      sequences.map((names) => names.flatMap((name) => groups[name])),
      isKept,
    );
    const buffers = plan.buffers.map((sizeBytes, index) => context.memory.storage(`tensors ${index}`, sizeBytes));
    for (const [tensor, index] of plan.bufferOf) {
      const buffer = buffers[index];
      if (buffer) this.#places.set(tensor, { buffer, offset: 0, size: Math.max(16, tensor.sizeBytes) });
    }
  }

  /** Where the plan put a tensor. */
  place(tensor: PlannedTensor): BufferSlice {
    const place = this.#places.get(tensor);
    if (!place) throw new EngineError('internal', `plan: a tensor must be used by a kernel. Received ${tensor.label}.`);
    return place;
  }

  /** Makes the groups ready to be encoded. */
  async prepare(names: readonly Name[]): Promise<void> {
    await Promise.all(
      names.map(async (name) => {
        const kernels = this.groups[name];
        let dispatches = this.#dispatches.get(kernels);
        if (!dispatches) {
          dispatches = this.bind(kernels);
          this.#dispatches.set(kernels, dispatches);
        }
        this.#ready.set(name, await dispatches);
      }),
    );
  }

  /** Compiles and binds kernels that read and write this graph's tensors. */
  bind(kernels: readonly Kernel[]): Promise<BoundDispatch[]> {
    return Promise.all(kernels.map((kernel) => this.#bindOne(kernel)));
  }

  async #bindOne(kernel: Kernel): Promise<BoundDispatch> {
    const chosen = this.#chosen(kernel);
    const compiled = await this.context.pipelines.compile(chosen);
    return bindKernel(this.context.device, chosen, compiled, (tensor) => this.place(tensor));
  }

  #chosen(kernel: Kernel): Kernel {
    const choice = kernel.tuning && this.#choices.get(kernel.tuning.key);
    if (choice === undefined || choice === kernel.tuning?.choice) return kernel;
    return waysOf(kernel).find((way) => way.choice === choice)?.kernel ?? kernel;
  }

  /** The kernels of a group, whatever ways they go. */
  kernels(name: Name): readonly Kernel[] {
    return this.groups[name];
  }

  /**
   * Makes all kernels of a key go another of their ways, those bound already and those bound later. The change takes effect
   * at once and whole, between two encodings; tensors stay where they are.
   */
  async choose(key: string, choice: string): Promise<void> {
    this.#choices.set(key, choice);
    const bound = await Promise.allSettled(
      [...this.#dispatches].map(async ([kernels, dispatches]) => ({ kernels, dispatches: await dispatches })),
    );
    // What could not be compiled before is told to whoever asks for it.
    const groups = bound.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const places = groups.flatMap(({ kernels, dispatches }) =>
      kernels.flatMap((kernel, index) => (kernel.tuning?.key === key ? [{ kernel, dispatches, index }] : [])),
    );
    const replacements = await this.bind(places.map(({ kernel }) => kernel));
    if (this.#choices.get(key) !== choice) return;
    replacements.forEach((replacement, index) => {
      const place = places[index];
      if (place) place.dispatches[place.index] = replacement;
    });
  }

  /** The dispatches of a prepared group. */
  group(name: Name): readonly BoundDispatch[] {
    const dispatches = this.#ready.get(name);
    if (!dispatches) throw new EngineError('internal', `graph: a group must be prepared first. Received ${name}.`);
    return dispatches;
  }

  encode(pass: GPUComputePassEncoder, names: readonly Name[]): void {
    for (const name of names) encodeDispatches(pass, this.group(name));
  }

  /** Bytes of the tensors a layer's kernels use, by the start of their labels; shared memory is counted for each. */
  bytesOf(layer: string): number {
    const tensors = new Set<PlannedTensor>();
    for (const kernel of Object.values<readonly Kernel[]>(this.groups).flat()) {
      for (const resource of Object.values(kernel.bindings)) if (!isSlice(resource)) tensors.add(resource);
    }
    const isOwn = ({ label }: PlannedTensor) =>
      label === layer || label.startsWith(`${layer} `) || label.startsWith(`${layer}/`);
    return [...tensors].filter(isOwn).reduce((sum, tensor) => sum + tensor.sizeBytes, 0);
  }
}
