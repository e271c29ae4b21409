/** A network's optimizer at work: the update of its weights bound once, and what may be changed between two steps. */
import { encodeDispatches, type BoundDispatch } from '../gpu/dispatch.ts';
import { wholeBuffer, type BufferSlice, type Kernel } from '../gpu/kernel.ts';
import type { FilterMasks, HeldFilters } from './filter-masks.ts';
import {
  advanceBytes,
  advanceData,
  haveSameSlots,
  hyperparameterData,
  learningRateOf,
  type ResolvedOptimizer,
} from './optimizers.ts';
import { constantSchedule } from './schedules.ts';
import type { GraphContext } from './graph.ts';
import type { StepState } from './step-state.ts';
import type { WeightKernels } from './weight-kernels.ts';
import type { WeightStore } from './weight-store.ts';

export interface WeightUpdateParts {
  readonly context: GraphContext;
  readonly store: WeightStore;
  readonly kernels: WeightKernels;
  readonly masks: FilterMasks;
  readonly state: StepState;
  bind(kernels: readonly Kernel[]): Promise<readonly BoundDispatch[]>;
}

export class WeightUpdate {
  /** The uniform by which step-finish.wgsl advances the state. */
  readonly advance: BufferSlice;
  /** What the next step will use, and what it shall use once that is bound. */
  #optimizer: ResolvedOptimizer;
  #wanted: ResolvedOptimizer;
  #isSelective: boolean;
  #dispatches: readonly BoundDispatch[] = [];
  #ready: Promise<void> | undefined;
  #changes = 0;
  #isDisposed = false;
  /** Steps encoded since the slots were last empty. */
  #updates = 0;

  constructor(
    private readonly parts: WeightUpdateParts,
    optimizer: ResolvedOptimizer,
  ) {
    const buffer = parts.context.memory.uniform('advance', advanceBytes);
    this.advance = wholeBuffer(buffer);
    this.#optimizer = optimizer;
    this.#wanted = optimizer;
    this.#isSelective = parts.store.hasFrozenWeights;
    this.#write();
  }

  /** Compiles and binds the update; does nothing when that was done. */
  prepare(): Promise<void> {
    return this.#ready ?? this.#bind();
  }

  /** Resolves when the next step will use it; of two changes under way the later one holds. */
  setOptimizer(optimizer: ResolvedOptimizer): Promise<void> {
    this.#wanted = optimizer;
    return this.#bind();
  }

  /** From the next step on, until another optimizer is set; ends a schedule. */
  setLearningRate(learningRate: number): void {
    const changed = { ...this.#optimizer, schedule: constantSchedule(learningRate) };
    if (this.#wanted === this.#optimizer) this.#wanted = changed;
    this.#optimizer = changed;
    this.#write();
  }

  /** Resolves when the next step will heed it. @throws EngineError `badArgument`. */
  async setFilterMask(name: string, mask: Uint8Array | undefined): Promise<void> {
    const { masks } = this.parts;
    masks.set(name, mask);
    const wasSelective = this.#isSelective;
    this.#isSelective = true;
    await Promise.all([masks.prepare(), wasSelective ? this.#ready : this.#bind()]);
    if (!this.#isDisposed) masks.enforce();
  }

  /** These weights were written anew; masks stay in force. */
  renew(names: readonly string[]): void {
    this.parts.masks.renew(names);
  }

  /** Initial weights, empty slots; masks stay in force. */
  initialise(seed: number): void {
    const { store, masks } = this.parts;
    store.initialise(seed);
    masks.renew(store.names);
    this.#start();
  }

  /** What the next step will use. */
  get optimizer(): ResolvedOptimizer {
    return this.#optimizer;
  }

  /** Undefined while no filter is held at zero. */
  get heldFilters(): HeldFilters | undefined {
    return this.parts.masks.held;
  }

  /**
   * The slots are those of another time, `updates` steps after they were empty; undefined empties them. With another
   * schedule than then, the next step takes the rate that this one has for it.
   */
  resume(updates: number | undefined, hasSameSchedule: boolean): void {
    if (updates === undefined) {
      this.#start();
      return;
    }
    this.#updates = updates;
    if (!hasSameSchedule) this.#write();
  }

  /** What updates the weights, for whoever times it. */
  get dispatches(): readonly BoundDispatch[] {
    return this.#dispatches;
  }

  /** One step of the weights; to be submitted before anything is changed here. */
  encode(pass: GPUComputePassEncoder): void {
    encodeDispatches(pass, this.#dispatches);
    this.#updates++;
  }

  /** What is still being compiled will change nothing: its buffers are gone. */
  dispose(): void {
    this.#isDisposed = true;
  }

  #bind(): Promise<void> {
    const change = ++this.#changes;
    const { kernels, state } = this.parts;
    const isLatest = () => change === this.#changes;
    const ready = this.parts.bind(kernels.update(this.#wanted, this.#isSelective, state.slice)).then((dispatches) => {
      if (!isLatest()) return this.#ready;
      if (this.#isDisposed) return undefined;
      this.#adopt(dispatches);
      return undefined;
    });
    this.#ready = ready;
    return ready;
  }

  #adopt(dispatches: readonly BoundDispatch[]): void {
    const keepsSlots = haveSameSlots(this.#wanted, this.#optimizer);
    this.#dispatches = dispatches;
    this.#optimizer = this.#wanted;
    if (keepsSlots) this.#write();
    else this.#start();
  }

  #start(): void {
    this.#updates = 0;
    this.parts.store.startSlots(this.#optimizer.firstSlot);
    this.parts.state.startUpdates(this.#optimizer);
    this.#write();
  }

  #write(): void {
    const { context, kernels, state } = this.parts;
    const { queue } = context.device;
    queue.writeBuffer(kernels.hyperparameters.buffer, 0, hyperparameterData(this.#optimizer));
    queue.writeBuffer(this.advance.buffer, 0, advanceData(this.#optimizer));
    state.setLearningRate(learningRateOf(this.#optimizer, this.#updates));
  }
}
