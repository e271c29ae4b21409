/** A compiled network: the contract's `Network`, put together from the trainer, the weights and the inspection pass. */
import type {
  CompileOptions,
  Dataset,
  Evaluation,
  FitOptions,
  FitRun,
  Gradients,
  LayerSummary,
  NamedTensor,
  Network,
  StepProfile,
  Tensor,
  TensorView,
  TrainingState,
} from '../contract.ts';
import { EngineError } from '../error.ts';
import { readSlices } from '../gpu/readback.ts';
import { lowerForTraining, lowerModel, type LoweredModel } from '../layers/lower.ts';
import type { Target } from '../layers/op.ts';
import type { OptimizerConfig } from '../model/training-config.ts';
import type { ResolvedLoss } from '../model/loss.ts';
import type { ResolvedModel } from '../model/resolved.ts';
import { augmentationOf, type ResolvedAugmentation } from './augmentation.ts';
import { GpuDataset } from './dataset.ts';
import { evaluateDataset } from './evaluate.ts';
import { ExclusiveTasks } from './exclusive.ts';
import { submitsInFlight, TrainingRun, type FitHost } from './fit.ts';
import { TrainingHost } from './fit-host.ts';
import type { GraphContext } from './graph.ts';
import { GpuInspection } from './inspection.ts';
import { summariesOf } from './layer-summaries.ts';
import { fusesSoftmax } from './losses.ts';
import { MetricsReader } from './metrics-reader.ts';
import { NetworkQueries } from './queries.ts';
import { optimizerOf } from './optimizers.ts';
import { RunProgress } from './run-progress.ts';
import { profileStep } from './step-profile.ts';
import { Trainer } from './trainer.ts';
import { captureState, restoreState, type StateParts } from './training-state.ts';
import { Tuner, type TuningHost } from './tuning/tuner.ts';
import type { TuningBook } from './tuning/tuning-book.ts';
import { assertFits, tensorNeeds, type MemoryLimits } from './memory-needs.ts';
import { WeightLayout } from './weight-layout.ts';
import { weightNeeds, WeightStore } from './weight-store.ts';

const defaultSeed = 1;

/** What a network is made of, and made for. */
export interface NetworkParts {
  readonly context: GraphContext;
  readonly model: ResolvedModel;
  readonly loss: ResolvedLoss;
  readonly options: CompileOptions;
  readonly machine: Pick<Target, 'isSoftware' | 'hasQuads'>;
  /** As they are at the time. */
  limits(): MemoryLimits;
  readonly book: TuningBook;
}

export class GpuNetwork implements Network {
  readonly model: ResolvedModel;
  readonly inspection: GpuInspection;
  readonly tuning: Tuner;
  readonly batchSize: number;
  readonly #lowered: LoweredModel;
  readonly #store: WeightStore;
  readonly #trainer: Trainer;
  readonly #trainReader: MetricsReader;
  readonly #manualReader: MetricsReader;
  readonly #queries: NetworkQueries;
  readonly #seed: number;
  readonly #exclusive = new ExclusiveTasks();
  readonly #progress: RunProgress;
  #run: TrainingRun | undefined;
  #isDisposed = false;

  /** @throws EngineError when a tensor does not fit the device; `prepare` must follow before anything else. */
  constructor(private readonly parts: NetworkParts) {
    const { context, model, loss, options, book } = parts;
    const { device, memory } = context;
    this.model = model;
    this.batchSize = options.batchSize;
    this.#progress = new RunProgress(options.batchSize);
    this.#seed = options.seed ?? defaultSeed;
    // Every layer can be looked at; training goes the shorter way.
    const shown = lowerModel(model, fusesSoftmax(loss));
    this.#lowered = lowerForTraining(model, fusesSoftmax(loss));
    const { tuning = 'off' } = options;
    const element = options.precision === 'mixedFloat16' ? 'f16' : 'f32';
    const target: Target = {
      batchSize: options.batchSize,
      tunedBatchSize: options.batchSize,
      ...parts.machine,
      element,
      choices: book.choicesFor(tuning, element),
    };
    const partsOf = (weight: string) =>
      this.#lowered.ops.find((op) => op.weightGradient?.names.includes(weight))?.weightGradient?.parts(target) ?? 0;
    const layout = new WeightLayout(model, partsOf);
    assertFits([...weightNeeds(layout, target.element), ...tensorNeeds(this.#lowered, shown, target)], parts.limits());
    this.#store = new WeightStore(device, memory, layout, target.element);
    this.#trainer = new Trainer(context, this.#lowered, target, this.#store, loss, optimizerOf(options.optimizer));
    this.#trainReader = new MetricsReader(device, memory, this.#trainer.trainRing, submitsInFlight + 1);
    this.#manualReader = new MetricsReader(device, memory, this.#trainer.manualRing, submitsInFlight + 1);
    this.inspection = new GpuInspection(context, shown, target, this.#store, this.#trainer.manualState.slice);
    this.#queries = new NetworkQueries({
      context,
      model,
      batchSize: this.batchSize,
      trainer: this.#trainer,
      inspection: this.inspection,
      reader: this.#manualReader,
      cutWeights: (bytes) => this.#store.cut(bytes),
    });
    this.tuning = new Tuner(this.#tuningHost(target), book, tuning, options.onTuning);
  }

  /**
   * Writes the initial weights and compiles the forward pass, so that the network can be looked at; the rest is compiled
   * after it, in the background, and whoever trains or evaluates waits for his part.
   */
  async prepare(): Promise<void> {
    this.#trainer.initialise(this.#seed);
    await Promise.all([this.#trainer.prepareForward(), this.inspection.prepare()]);
    // What fails here fails again, for whoever asks for it.
    void Promise.allSettled([this.#trainer.prepareTraining(), this.#trainer.prepareEvaluation()]);
  }

  get stepCount(): number {
    return this.#progress.steps;
  }

  summary(): readonly LayerSummary[] {
    return summariesOf(this.model, this.#trainer.graph, this.#store);
  }

  async getWeights(): Promise<readonly NamedTensor[]> {
    this.#assertAlive();
    const { device, memory } = this.parts.context;
    const [bytes = new ArrayBuffer(0)] = await readSlices(device, memory, [this.#store.weights]);
    return this.#store.cut(bytes);
  }

  setWeights(tensors: readonly NamedTensor[]): void {
    this.#assertAlive();
    this.#store.write(tensors);
    this.#trainer.update.renew(tensors.map(({ name }) => name));
  }

  weight(name: string): TensorView {
    return this.#store.view(name);
  }

  reset(): void {
    this.#assertAlive();
    this.#assertIdle('reset');
    this.#trainer.initialise(this.#seed);
    this.#progress.restart();
  }

  captureState(): Promise<TrainingState> {
    this.#assertAlive();
    return captureState(this.#stateParts, this.#progress);
  }

  restoreState(state: TrainingState): Promise<boolean> {
    this.#assertAlive();
    return this.#exclusive.run(async () => {
      this.#assertIdle('restoreState');
      const keepsSlots = restoreState(this.#stateParts, state);
      this.#progress.resume(state);
      return keepsSlots;
    });
  }

  setLearningRate(learningRate: number): void {
    if (!(learningRate > 0 && Number.isFinite(learningRate))) {
      throw new EngineError(
        'badArgument',
        `optimizer: learningRate must be a number > 0. Received learningRate=${learningRate}.`,
      );
    }
    this.#trainer.update.setLearningRate(learningRate);
  }

  async setOptimizer(optimizer: OptimizerConfig): Promise<void> {
    await this.#trainer.update.setOptimizer(optimizerOf(optimizer));
  }

  async setFilterMask(weightName: string, mask: Uint8Array<ArrayBuffer> | undefined): Promise<void> {
    this.#assertAlive();
    await this.#trainer.update.setFilterMask(weightName, mask);
  }

  predict(inputs: Float32Array<ArrayBuffer>): Promise<Float32Array<ArrayBuffer>> {
    this.#assertAlive();
    return this.#queries.predict(inputs);
  }

  async activations(inputs: Float32Array<ArrayBuffer>, layerName: string): Promise<Tensor> {
    this.#assertAlive();
    return this.#queries.activations(inputs, layerName);
  }

  async gradients(
    inputs: Float32Array<ArrayBuffer>,
    labels: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
  ): Promise<Gradients> {
    this.#assertAlive();
    this.#queries.checkBatch(inputs, labels);
    return this.#exclusive.run(() => this.#queries.gradients(inputs, labels));
  }

  fit(data: Dataset, options: FitOptions): FitRun {
    this.#assertAlive();
    this.#assertIdle('fit');
    if (!Number.isInteger(options.epochs) || options.epochs < 1) {
      throw new EngineError(
        'badArgument',
        `fit: epochs must be a whole number ≥ 1. Received epochs=${options.epochs}.`,
      );
    }
    const examples = GpuDataset.from(data);
    const validation = options.validation && GpuDataset.from(options.validation);
    const run = new TrainingRun(this.#fitHost(augmentationOf(options.augmentation)), examples, validation, options);
    this.#run = run;
    this.tuning.begin();
    const forget = () => {
      if (this.#run === run) this.#run = undefined;
    };
    run.finished.then(forget, forget);
    return run;
  }

  async profile(data: Dataset): Promise<StepProfile> {
    this.#assertAlive();
    return profileStep(this.#stateParts, GpuDataset.from(data), (task) => this.exclusively(task));
  }

  /** Runs a task while no training step does. */
  exclusively<T>(task: () => Promise<T>): Promise<T> {
    return this.#exclusive.run(task);
  }

  evaluate(data: Dataset, options: { readonly signal?: AbortSignal } = {}): Promise<Evaluation> {
    this.#assertAlive();
    const examples = GpuDataset.from(data);
    return this.#exclusive.run(() =>
      evaluateDataset(this.parts.context, this.#trainer, this.#manualReader, examples, this.batchSize, options.signal),
    );
  }

  dispose(): void {
    this.#isDisposed = true;
    this.tuning.dispose();
    this.#trainer.update.dispose();
    void this.#run?.stop().catch(() => undefined);
    this.parts.context.memory.releaseAll();
  }

  #fitHost(augmentation: ResolvedAugmentation | undefined): FitHost {
    const { device } = this.parts.context;
    const [trainer, reader, progress, seed] = [this.#trainer, this.#trainReader, this.#progress, this.#seed];
    return new TrainingHost({
      ...{ device, trainer, reader, progress, seed, augmentation },
      batchSize: this.batchSize,
      whenFree: () => this.#exclusive.whenFree(),
      evaluate: (validation) => this.evaluate(validation),
    });
  }

  get #stateParts(): StateParts {
    return { context: this.parts.context, store: this.#store, trainer: this.#trainer };
  }

  #tuningHost({ element, isSoftware }: Target): TuningHost {
    return {
      context: this.parts.context,
      rehearsal: this.#trainer.rehearsal(),
      element,
      isSoftware,
      isTraining: () => this.#run !== undefined && !this.#run.isPaused,
      roomBytes: () => this.parts.limits().maxTotalBytes,
      exclusively: (work) => this.#exclusive.run(work),
    };
  }

  #assertIdle(method: string): void {
    if (this.#run)
      throw new EngineError(
        'badArgument',
        `${method}: the run under way must be stopped first. Received a running fit.`,
      );
  }

  #assertAlive(): void {
    if (this.#isDisposed) throw new EngineError('disposed', 'network: must not be used after dispose.');
  }
}
