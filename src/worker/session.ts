/** One person's session: the engine, the network on screen, the data, and what the page asks of them. */
import { fitImage } from '../data/image-fit.ts';
import { checkModel, type Engine, type ModelConfig, type NamedTensor, type Network } from '../engine/index.ts';
import { imageSizes } from '../engine/shape/cells.ts';
import { DataRoom, type DataInUse } from './data-room.ts';
import type { Surroundings } from './feature.ts';
import { createFeatures, Features } from './features.ts';
import { GpuRoom } from './gpu-room.ts';
import { lossReport, type LossOutcome } from './loss-text.ts';
import { Pace } from './pace.ts';
import type { Hyperparameters, Phase, Report, Request, WeightsOrigin } from './protocol.ts';
import { waitsForTurn } from './request-order.ts';
import { Snapshots } from './snapshots.ts';
import { fetchShippedWeights, takeOver } from './starting-weights.ts';
import { TrainingLoop } from './training-loop.ts';
import { TuningSwitch } from './tuning-switch.ts';
import { Turns } from './turns.ts';

type Start = Extract<Request, { type: 'start' }>;

export class Session implements Surroundings {
  readonly #gpu: GpuRoom;
  readonly data: DataRoom;
  network: Network | undefined;
  loop: TrainingLoop | undefined;
  config: ModelConfig;
  hyperparameters: Hyperparameters;
  #origin: WeightsOrigin = 'initial';
  #image: Extract<Request, { type: 'setInput' }> | undefined;
  pixels: Float32Array<ArrayBuffer> | undefined;
  readonly #tuning: TuningSwitch;
  readonly #snapshots = new Snapshots(this);
  readonly #pace = new Pace(this);
  readonly #features: Features;
  readonly #turns: Turns;
  /** The person wants training to go on; it may still lack data, or the GPU be lost. */
  #isTrainingWanted = false;
  /** The weights a lost GPU would take away, as they were when last measured, after so many steps. */
  #kept: { readonly weights: readonly NamedTensor[]; readonly step: number } = { weights: [], step: 0 };
  /** The GPU is open. */
  readonly #opened: Promise<void>;

  constructor(
    private readonly options: Start,
    private readonly post: (report: Report) => void,
  ) {
    const report = (message: Report): void => this.report(message);
    this.config = options.config;
    this.hyperparameters = options.hyperparameters;
    this.#turns = new Turns(report);
    this.#tuning = new TuningSwitch(options.isTuning, report);
    const onLost = (message: string) => void this.#turns.queue(() => this.#recover(message));
    const fail = (error: unknown) => this.#turns.fail(error);
    this.#gpu = new GpuRoom(options.palettes, report, () => this.#features.painted(), onLost, fail);
    const takeData = (data: DataInUse) => this.#takeData(data);
    const { dataBaseUrl, hyperparameters } = options;
    this.data = new DataRoom(dataBaseUrl, hyperparameters.seed, report, takeData, () => this.#gpu.engine);
    this.#features = new Features([this.#tuning, this.#snapshots, this.#pace, ...createFeatures(this)]);
    this.#opened = this.#turns.queue(() => this.#gpu.open());
    void this.#turns.queue(() => this.#buildFirst());
  }

  get engine(): Engine | undefined {
    return this.#gpu.engine;
  }

  report(report: Report): void {
    this.post(report);
    this.#features.follow(report);
  }

  paint(): void {
    this.#gpu.paint();
  }

  attempt(work: () => Promise<void>): void {
    void this.#turns.attempt(work);
  }

  /** Performs a request when its turn has come. */
  take(request: Request): void {
    if (waitsForTurn(request)) void this.#turns.queue(() => this.#performInTurn(request));
    else void this.#opened.then(() => this.#turns.attempt(() => this.#performAtOnce(request)));
  }

  /** The first network, with the weights that ship with the app. */
  async #buildFirst(): Promise<void> {
    if (!this.#gpu.engine) return;
    const shipped = fetchShippedWeights(this.options.weightsUrl);
    await this.#build(this.config, this.hyperparameters, () => shipped);
  }

  async #performInTurn(request: Request): Promise<void> {
    if (!this.#gpu.engine) return;
    switch (request.type) {
      case 'rebuild':
        return this.#rebuild(request.config, request.hyperparameters);
      case 'train':
        this.#isTrainingWanted = true;
        return this.#train();
      case 'pause':
        this.#isTrainingWanted = false;
        // The test that follows a pause must not hold back what the person does next.
        void this.loop?.pause();
        return;
      case 'step':
        this.#isTrainingWanted = false;
        return this.#step();
      case 'reset':
        this.#isTrainingWanted = false;
        return this.#reset();
      case 'setOptimizer':
        this.hyperparameters = { ...this.hyperparameters, optimizer: request.optimizer };
        return this.network?.setOptimizer(request.optimizer);
      case 'setEpochs':
        this.hyperparameters = { ...this.hyperparameters, epochs: request.epochs };
        this.loop?.setEpochs(request.epochs);
        return;
      default:
        return this.#features.perform(request);
    }
  }

  /** Data, drawing, the chosen image: whatever need not wait while a network is being built. */
  async #performAtOnce(request: Request): Promise<void> {
    switch (request.type) {
      case 'loadData':
        if (this.#gpu.engine) void this.data.load(request.rung);
        return;
      case 'cancelData':
        this.data.cancel();
        return;
      case 'dropFiles':
        return this.data.drop(request.files);
      case 'setInput':
        this.#image = request;
        this.#setInput();
        return;
      default:
        this.#gpu.perform(request);
        return this.#features.perform(request);
    }
  }

  /** Builds everything again on a new GPU, from the weights last measured; goes on training when it was training. */
  async #recover(reason: string): Promise<void> {
    const tell = (outcome: LossOutcome): void => this.report(lossReport(reason, outcome));
    await this.loop?.stop();
    tell('asking');
    if (!(await this.#gpu.reopen())) {
      tell('gone');
      return;
    }
    const steps = this.loop?.stepsTaken ?? 0;
    await this.#build(this.config, this.hyperparameters, () => Promise.resolve(this.#kept.weights));
    await this.data.restore();
    const isWhole = (await this.#snapshots.recover()) || steps === 0;
    this.#reportPhase(this.loop?.phase ?? 'idle');
    tell(isWhole ? 'whole' : this.#kept.step);
    if (this.#isTrainingWanted) await this.#train();
  }

  /** Compiles a network and puts it on screen; `weights` are taken as far as they fit. */
  async #build(
    config: ModelConfig,
    hyperparameters: Hyperparameters,
    weights: () => Promise<readonly NamedTensor[]>,
  ): Promise<Network | undefined> {
    const issues = checkModel(config, hyperparameters);
    if (issues.length > 0) {
      this.report({ type: 'modelIssues', issues });
      return undefined;
    }
    const startMs = performance.now();
    const { batchSize, optimizer, seed, loss } = hyperparameters;
    const options = { batchSize, optimizer, seed, ...(loss && { loss }), ...this.#tuning.options };
    const network = await this.#gpu.engine?.compile(config, options);
    if (!network) return undefined;
    const { kept, isWhole } = takeOver(network, await weights());
    this.#kept = { ...this.#kept, weights: kept };
    this.#origin = this.#originAfter(isWhole);
    this.config = config;
    this.hyperparameters = hyperparameters;
    this.#show(network);
    const elapsedMs = performance.now() - startMs;
    const keptWeights = kept.map(({ name }) => name);
    const summary = network.summary();
    this.report({ type: 'built', config, summary, keptWeights, origin: this.#origin, elapsedMs });
    return network;
  }

  #originAfter(isWhole: boolean): WeightsOrigin {
    if (this.#origin === 'trained') return 'trained';
    const wasShipped = this.network === undefined || this.#origin === 'shipped';
    return wasShipped && isWhole ? 'shipped' : 'initial';
  }

  #show(network: Network): void {
    this.network = network;
    this.#features.show(network);
    this.#setInput();
    this.#gpu.show(network);
  }

  async #rebuild(config: ModelConfig, hyperparameters: Hyperparameters): Promise<void> {
    const before = this.network;
    if (!before) return;
    const network = await this.#build(config, hyperparameters, async () => {
      // The network before trains on while the new one is compiled.
      await this.loop?.stop();
      this.#kept = { ...this.#kept, step: this.loop?.stepsTaken ?? 0 };
      return before.getWeights();
    });
    if (!network) return;
    const data = this.data.inUse;
    if (this.loop && data) await this.loop.replace(network, data);
    before.dispose();
    this.#reportPhase(this.loop?.phase ?? 'idle');
  }

  async #train(): Promise<void> {
    const loop = await this.#startLoop();
    loop?.train();
  }

  async #step(): Promise<void> {
    const loop = await this.#startLoop();
    await loop?.step();
    this.#gpu.paint();
  }

  /** The loop, from fresh weights when none were trained yet; undefined while there are no data. */
  async #startLoop(): Promise<TrainingLoop | undefined> {
    const network = this.network;
    const data = this.data.inUse;
    if (!network || !data) return undefined;
    await this.#snapshots.goOn();
    if (this.#origin === 'shipped') {
      network.reset();
      this.report({ type: 'wasReset' });
      this.attempt(() => this.#rememberWeights());
    }
    this.#origin = 'trained';
    this.loop ??= new TrainingLoop(network, data, this.hyperparameters.epochs, this.#pace.stepsPerSecond, {
      report: (report) => this.#forward(report),
      onPhase: (phase) => this.#reportPhase(phase),
      onFailure: (error) => this.#turns.fail(error),
      onBegin: () => this.#snapshots.begin(),
      milestones: this.#snapshots,
      reportingMs: this.#pace.reportingMs,
    });
    return this.loop;
  }

  async #reset(): Promise<void> {
    await this.loop?.restart(this.hyperparameters.epochs);
    this.network?.reset();
    this.#origin = 'initial';
    this.report({ type: 'wasReset' });
    this.attempt(() => this.#rememberWeights());
    this.#reportPhase('idle');
    this.#gpu.paint();
  }

  /** What the loop reports also moves the maps. */
  #forward(report: Report): void {
    this.report(report);
    if (report.type === 'progress') this.#gpu.paint('training');
    if (report.type === 'failed') this.#isTrainingWanted = false;
    if (report.type === 'evaluated') this.attempt(() => this.#rememberWeights());
  }

  async #rememberWeights(): Promise<void> {
    const network = this.network;
    const step = this.loop?.stepsTaken ?? 0;
    const weights = await network?.getWeights();
    if (weights && network === this.network) this.#kept = { weights, step };
  }

  #reportPhase(phase: Phase): void {
    if (phase === 'finished') this.#isTrainingWanted = false;
    // In slow motion there is time to draw every step.
    this.#gpu.setTraining(phase === 'training' && this.#pace.stepsPerSecond === undefined);
    this.report({ type: 'phase', phase, origin: this.#origin });
  }

  async #takeData(data: DataInUse): Promise<void> {
    if (this.loop && this.network) await this.loop.replace(this.network, data);
    else if (this.#isTrainingWanted) await this.#train();
  }

  /** Shows the chosen image to the network on screen, made to fit it. */
  #setInput(): void {
    const { network } = this;
    if (!network || !this.#image) return;
    this.pixels = fitImage(this.#image.pixels, this.#image.shape, imageSizes(network.model.inputShape));
    network.inspection.setInput(this.pixels);
    this.#gpu.paint();
  }
}
