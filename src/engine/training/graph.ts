/** The compiled network: every dispatch of training, evaluation and prediction, bound once and only encoded afterwards. */
import { EngineError } from '../error.ts';
import { bindKernel, encodeDispatches, type BoundDispatch } from '../gpu/dispatch.ts';
import { isSlice, type BufferSlice, type Kernel, type PlannedTensor } from '../gpu/kernel.ts';
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
  readonly #dispatches = new Map<readonly Kernel[], Promise<readonly BoundDispatch[]>>();
  readonly #ready = new Map<Name, readonly BoundDispatch[]>();

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
  bind(kernels: readonly Kernel[]): Promise<readonly BoundDispatch[]> {
    return Promise.all(
      kernels.map(async (kernel) => {
        const compiled = await this.context.pipelines.compile(kernel);
        return bindKernel(this.context.device, kernel, compiled, (tensor) => this.place(tensor));
      }),
    );
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
