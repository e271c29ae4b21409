/** The training pass of one network: batches in, updated weights and metrics out, all on the GPU. Knows no epochs. */
import type { Element } from '../gpu/half.ts';
import { encodeDispatches, type BoundDispatch } from '../gpu/dispatch.ts';
import { wholeBuffer, type BufferSlice, type Kernel, type PlannedTensor } from '../gpu/kernel.ts';
import type { Target } from '../layers/op.ts';
import type { LoweredModel } from '../layers/lower.ts';
import type { ResolvedLoss } from '../model/loss.ts';
import { cellCount } from '../shape/cells.ts';
import { augmentationKernel, type ResolvedAugmentation } from './augmentation.ts';
import type { GpuDataset } from './dataset.ts';
import { assertFeeds } from './feed-rules.ts';
import { FilterMasks } from './filter-masks.ts';
import type { StepParts } from './fuse-head.ts';
import { fuseStep } from './fuse-step.ts';
import { Graph, type GraphContext } from './graph.ts';
import type { ResolvedOptimizer } from './optimizers.ts';
import { Pass } from './pass.ts';
import { ringSlotBytes, ringSlots, StepKernels } from './step-kernels.ts';
import { sequences, stepGroups, type Group } from './step-groups.ts';
import { StepState } from './step-state.ts';
import { rehearse, type Rehearsal } from './tuning/rehearsal.ts';
import { WeightKernels } from './weight-kernels.ts';
import type { WeightStore } from './weight-store.ts';
import { WeightUpdate } from './weight-update.ts';

/** Keras's first loss scale; it halves until no gradient overflows and grows again after 2,000 good steps. */
const firstLossScale = 2 ** 15;
/** Of single gradients, which nobody can repeat with a smaller one. */
const queryLossScale = 2 ** 10;

/** A data set bound to the batch tensors, in its own order or by the permutation. */
interface Feed {
  readonly shuffled: readonly BoundDispatch[];
  readonly ordered: readonly BoundDispatch[];
  /** In its own order, for evaluation, which has a place in the epoch of its own. */
  readonly evaluated: readonly BoundDispatch[];
}

export class Trainer {
  readonly graph: Graph<Group>;
  readonly trainState: StepState;
  /** The state of evaluations and of single gradients, so that they leave training's alone. */
  readonly manualState: StepState;
  readonly trainRing: BufferSlice;
  readonly manualRing: BufferSlice;
  readonly confusion: BufferSlice;
  /** The optimizer and the masks. */
  readonly update: WeightUpdate;
  readonly #pass: Pass;
  readonly #kernels: StepKernels;
  readonly #weightKernels: WeightKernels;
  readonly #feeds = new Map<GPUBuffer, Promise<Feed>>();
  #permutation: GPUBuffer;

  constructor(
    private readonly context: GraphContext,
    private readonly lowered: LoweredModel,
    private readonly target: Target,
    store: WeightStore,
    loss: ResolvedLoss,
    optimizer: ResolvedOptimizer,
  ) {
    const { device, memory } = context;
    const batch = memory.uniform('batch size', 4);
    device.queue.writeBuffer(batch, 0, Int32Array.of(target.batchSize));
    this.#pass = new Pass(lowered, target, wholeBuffer(batch), store);
    this.#kernels = new StepKernels(lowered, target, this.#pass, loss);
    this.#weightKernels = new WeightKernels(memory, store, target);
    this.trainState = new StepState(device, memory, 'training state');
    this.manualState = new StepState(device, memory, 'evaluation state');
    const parts = {
      ...{ context, store, kernels: this.#weightKernels, state: this.trainState },
      masks: new FilterMasks(context, store, target),
      bind: (kernels: readonly Kernel[]) => this.graph.bind(kernels),
    };
    this.update = new WeightUpdate(parts, optimizer);
    this.#permutation = memory.storage('permutation', 4);
    const slice = (label: string, sizeBytes: number) => wholeBuffer(memory.storage(label, sizeBytes));
    this.trainRing = slice('training metrics', ringSlots * ringSlotBytes);
    this.manualRing = slice('evaluation metrics', ringSlots * ringSlotBytes);
    this.confusion = slice('confusion', this.classes * this.classes * 4);
    const isKept = (tensor: PlannedTensor) => tensor === this.inputs || tensor === this.targets;
    this.graph = new Graph(context, this.#groups(), Object.values(sequences), isKept);
  }

  /** What the tensors of the training pass consist of. */
  get element(): Element {
    return this.target.element;
  }

  /** What the gradients by the inputs have to be divided by. */
  get queryLossScale(): number {
    return this.element === 'f16' ? queryLossScale : 1;
  }

  get classes(): number {
    return this.#kernels.classes;
  }

  /** The batch's images, `[batchSize, …inputShape]`. */
  get inputs() {
    return this.#pass.tensor(this.lowered.input);
  }

  /** The batch's targets, `[batchSize, outputs]`. */
  get targets() {
    return this.#kernels.targets;
  }

  /** Written by `encodeGradients`, laid out like the weights. */
  get gradients(): BufferSlice {
    return this.#weightKernels.gradientValues;
  }

  get outputs() {
    return this.#pass.tensor(this.lowered.output);
  }

  get inputsGrad() {
    return this.#pass.gradient(this.lowered.input);
  }

  /** Compiles what a prediction needs: the first thing to be looked at. */
  prepareForward(): Promise<void> {
    return this.graph.prepare(sequences.prediction);
  }

  /** Compiles the rest of a training step. */
  async prepareTraining(): Promise<void> {
    await Promise.all([this.graph.prepare(sequences.step), this.update.prepare()]);
  }

  prepareEvaluation(): Promise<void> {
    return this.graph.prepare(sequences.evaluation);
  }

  /** Compiles what only single gradients need. */
  prepareGradients(): Promise<void> {
    return this.graph.prepare(sequences.gradients);
  }

  /** Initial weights, empty slots, step 0. */
  initialise(seed: number): void {
    this.update.initialise(seed);
    this.trainState.setSeed(seed);
    this.manualState.setSeed(seed);
    this.trainState.setStep(0);
    if (this.element === 'f32') return;
    this.trainState.setLossScale(firstLossScale);
    this.manualState.setLossScale(queryLossScale);
  }

  /** As `feed`, with room for an order of its own. */
  trainingFeed(data: GpuDataset): Promise<Feed> {
    this.#reservePermutation(data.size);
    return this.feed(data);
  }

  /** Binds batches, leaving a run's order alone. @throws EngineError `badArgument` when they do not fit the network. */
  feed(data: GpuDataset): Promise<Feed> {
    assertFeeds(data, this.lowered.input.shape, this.classes);
    let feed = this.#feeds.get(data.images.buffer);
    if (!feed) {
      feed = this.#bindFeed(data);
      this.#feeds.set(data.images.buffer, feed);
    }
    return feed;
  }

  /** Moves the images that a feed has put into the batch, at random; to be bound after each `feed`. */
  augment(
    data: GpuDataset,
    augmentation: ResolvedAugmentation,
    isShuffled: boolean,
  ): Promise<readonly BoundDispatch[]> {
    const tensors = {
      batch: this.#pass.batch,
      images: data.images,
      state: this.trainState.slice,
      inputs: this.inputs,
      permutation: isShuffled ? wholeBuffer(this.#permutation) : undefined,
    };
    return this.graph.bind([augmentationKernel(augmentation, this.lowered.input.shape, this.target, tensors)]);
  }

  /** Starts an epoch over `count` examples after so many of its steps; `order` is the permutation to take them in. */
  startEpoch(count: number, stepsDone: number, order?: Uint32Array<ArrayBuffer>): void {
    if (order) this.context.device.queue.writeBuffer(this.#permutation, 0, order);
    this.trainState.startEpoch(count, stepsDone);
  }

  /** One training step. */
  encodeStep(pass: GPUComputePassEncoder, batches: readonly BoundDispatch[]): void {
    encodeDispatches(pass, batches);
    this.graph.encode(pass, stepGroups.beforeUpdate);
    this.update.encode(pass);
    this.graph.encode(pass, stepGroups.afterUpdate);
  }

  encodeEvaluation(pass: GPUComputePassEncoder, feed: Feed): void {
    encodeDispatches(pass, feed.evaluated);
    this.graph.encode(pass, sequences.evaluation);
  }

  encodePrediction(pass: GPUComputePassEncoder): void {
    this.graph.encode(pass, sequences.prediction);
  }

  /** Loss and all gradients of the batch in `inputs` and `targets`. */
  encodeGradients(pass: GPUComputePassEncoder): void {
    this.graph.encode(pass, sequences.gradients);
  }

  /** The kernels of a step on a made-up batch, for whoever measures them; the evaluation's state says where it stands. */
  rehearsal(): Rehearsal {
    return rehearse({
      device: this.context.device,
      graph: this.graph,
      groups: ['cast', 'manualForward', 'manualLoss', 'penalties', 'manualBackward'],
      ...{ inputs: this.inputs, targets: this.targets, element: this.element },
      ...{ batchSize: this.target.batchSize, classes: this.classes, inputCells: cellCount(this.lowered.input.shape) },
      startBatch: () => this.manualState.restart(this.target.batchSize),
    });
  }

  #groups(): Record<Group, readonly Kernel[]> {
    const pass = this.#pass;
    const kernels = this.#kernels;
    const train = this.trainState.slice;
    const manual = this.manualState.slice;
    const forward = pass.forward('inference', manual);
    const trained = this.#step(train);
    const { loss: manualLoss, ...others } = this.#step(manual);
    const single = this.lowered.isModeDependent ? others : trained;
    const weights = this.#weightKernels;
    const { advance } = this.update;
    const sums = { penalties: weights.penaltySums, overflow: weights.overflow };
    return {
      cast: weights.cast(),
      forward,
      trainForward: trained.forward,
      manualForward: single.forward,
      probabilities: pass.probabilities(manual),
      trainLoss: trained.loss,
      manualLoss,
      evaluate: kernels.evaluate(manual, this.confusion),
      trainBackward: trained.backward,
      manualBackward: single.backward,
      inputGradient: pass.inputGradient(manual),
      updateState: pass.updateState(train),
      weightGradients: weights.gradients(manual),
      penalties: weights.penalties(),
      trainFinish: [kernels.finish(train, this.trainRing, advance, sums)],
      manualFinish: [kernels.finish(manual, this.manualRing, advance, { ...sums, overflow: undefined })],
    };
  }

  /** From the batch to the gradients of all weights. */
  #step(state: BufferSlice): StepParts {
    const [forward, backward] = [this.#pass.forward('training', state), this.#pass.backward(state)];
    return fuseStep({ forward, loss: this.#kernels.loss(state), backward }, this.target);
  }

  /** The permutation is bound to every feed, so all are bound anew when a larger data set needs a larger one. */
  #reservePermutation(size: number): void {
    if (this.#permutation.size >= size * 4) return;
    this.context.memory.release(this.#permutation);
    this.#permutation = this.context.memory.storage('permutation', size * 4);
    this.#feeds.clear();
  }

  async #bindFeed(data: GpuDataset): Promise<Feed> {
    const train = this.trainState.slice;
    const [shuffled, ordered, evaluated] = await Promise.all([
      this.graph.bind([this.#kernels.gather(data, train, wholeBuffer(this.#permutation))]),
      this.graph.bind([this.#kernels.gather(data, train)]),
      this.graph.bind([this.#kernels.gather(data, this.manualState.slice)]),
    ]);
    return { shuffled, ordered, evaluated };
  }
}
