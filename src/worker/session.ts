/** One person's session: the engine, the network on screen, the data, and what the page asks of them. */
import {
  checkModel,
  createEngine,
  EngineError,
  type Engine,
  type ModelConfig,
  type NamedTensor,
  type Network,
} from '../engine/index.ts';
import { readSafetensors } from '../interop/safetensors.ts';
import { DataRoom, type DataInUse } from './data-room.ts';
import { MapPainter } from './map-painter.ts';
import { paceFor, PaintingLoop } from './painting-loop.ts';
import type { Hyperparameters, Phase, Report, Request, WeightsOrigin } from './protocol.ts';
import { TrainingLoop } from './training-loop.ts';

type Start = Extract<Request, { type: 'start' }>;

export class Session {
  readonly #data: DataRoom;
  #engine: Engine | undefined;
  #network: Network | undefined;
  #painter: MapPainter | undefined;
  #painting: PaintingLoop | undefined;
  #loop: TrainingLoop | undefined;
  #hyperparameters: Hyperparameters;
  #origin: WeightsOrigin = 'initial';
  #pixels: Float32Array<ArrayBuffer> | undefined;
  /** Train was pressed before there were data. */
  #isTrainingWanted = false;

  constructor(
    private readonly options: Start,
    private readonly report: (report: Report) => void,
  ) {
    this.#hyperparameters = options.hyperparameters;
    this.#data = new DataRoom(
      options.dataBaseUrl,
      options.hyperparameters.seed,
      report,
      (data) => this.#takeData(data),
      () => this.#engine,
    );
  }

  /** Opens the GPU. */
  async open(): Promise<void> {
    const onError = (message: string) => this.report({ type: 'failed', code: 'internal', message: `gpu: ${message}` });
    const engine = await createEngine({ onError, powerPreference: 'high-performance' });
    this.#engine = engine;
    void engine.lost.then(({ message }) => this.#reportLoss(message));
    this.report({ type: 'ready', adapter: engine.adapter });
    this.#painter = new MapPainter(engine.device, this.options.palette);
    this.#painting = new PaintingLoop(
      this.#painter,
      paceFor(engine.adapter.isSoftware),
      ({ scales, probabilities }) => {
        this.report({ type: 'mapScales', scales });
        this.report({ type: 'prediction', probabilities });
      },
      (error) => this.fail(error),
    );
  }

  /** Builds the first network, with the weights that ship with the app. */
  async buildFirst(): Promise<void> {
    const shipped = fetchWeights(this.options.weightsUrl);
    await this.#build(this.options.config, this.options.hyperparameters, shipped);
  }

  /** Whatever builds networks or starts, stops and steps runs: one request after another. */
  async performInTurn(request: Request): Promise<void> {
    if (!this.#engine) return;
    switch (request.type) {
      case 'rebuild':
        return this.#rebuild(request.config, request.hyperparameters);
      case 'train':
        return this.#train();
      case 'pause':
        this.#isTrainingWanted = false;
        // The test that follows a pause must not hold back what the person does next.
        void this.#loop?.pause();
        return;
      case 'step':
        return this.#step();
      case 'reset':
        return this.#reset();
      case 'setOptimizer':
        this.#hyperparameters = { ...this.#hyperparameters, optimizer: request.optimizer };
        return this.#network?.setOptimizer(request.optimizer);
      case 'setEpochs':
        this.#hyperparameters = { ...this.#hyperparameters, epochs: request.epochs };
        this.#loop?.setEpochs(request.epochs);
        return;
      default:
        return;
    }
  }

  /** Data, drawing, the chosen image: whatever need not wait while a network is being built. */
  async performAtOnce(request: Request): Promise<void> {
    if (!this.#engine) return;
    switch (request.type) {
      case 'loadData':
        void this.#data.load(request.rung);
        return;
      case 'cancelData':
        this.#data.cancel();
        return;
      case 'dropFiles':
        return this.#data.drop(request.files);
      case 'setInput':
        this.#setInput(request.pixels);
        return;
      case 'pickExample':
        this.#pickExample(request.index);
        return;
      case 'attachMap':
        this.#painter?.attach(request.id, request.canvas, request.target, request.layout);
        break;
      case 'updateMap':
        this.#painter?.update(request.id, request.target, request.layout);
        break;
      case 'detachMap':
        this.#painter?.detach(request.id);
        break;
      case 'setPalette':
        this.#painter?.setPalette(request.palette);
        break;
      case 'setVisible':
        this.#painting?.setVisible(request.isVisible);
        break;
      default:
        return;
    }
    this.#painting?.request();
  }

  /** Tells the page what went wrong. */
  fail(error: unknown): void {
    const code = error instanceof EngineError ? error.code : 'internal';
    // A device that is gone fails everything under way; its loss is reported once, by itself.
    if (code === 'deviceLost') return;
    this.report({ type: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  }

  #reportLoss(message: string): void {
    this.#painter?.setNetwork(undefined);
    void this.#loop?.stop();
    this.report({
      type: 'failed',
      code: 'deviceLost',
      message: `The browser took the GPU away (${message || 'it gave no reason'}). What was trained since is gone; reload the page to go on.`,
    });
  }

  /** Compiles a network and puts it on screen; `weights` are taken as far as they fit. */
  async #build(
    config: ModelConfig,
    hyperparameters: Hyperparameters,
    weights: Promise<readonly NamedTensor[]>,
  ): Promise<Network | undefined> {
    const issues = checkModel(config);
    if (issues.length > 0) {
      this.report({ type: 'modelIssues', issues });
      return undefined;
    }
    const startMs = performance.now();
    const { batchSize, optimizer, seed } = hyperparameters;
    const network = await this.#engine?.compile(config, { batchSize, optimizer, seed });
    if (!network) return undefined;
    const kept = fitting(network, await weights);
    network.setWeights(kept);
    const wanted = network.model.layers.reduce((sum, layer) => sum + layer.weights.length, 0);
    this.#origin = this.#originAfter(kept.length, wanted);
    this.#hyperparameters = hyperparameters;
    this.#show(network);
    const elapsedMs = performance.now() - startMs;
    const keptWeights = kept.map(({ name }) => name);
    const summary = network.summary();
    this.report({ type: 'built', config, summary, keptWeights, origin: this.#origin, elapsedMs });
    return network;
  }

  #originAfter(kept: number, wanted: number): WeightsOrigin {
    if (this.#origin === 'trained') return 'trained';
    const wasShipped = this.#network === undefined || this.#origin === 'shipped';
    return wasShipped && kept === wanted ? 'shipped' : 'initial';
  }

  #show(network: Network): void {
    this.#network = network;
    if (this.#pixels) this.#setInput(this.#pixels);
    this.#painter?.setNetwork(network);
    this.#painting?.request();
  }

  async #rebuild(config: ModelConfig, hyperparameters: Hyperparameters): Promise<void> {
    const before = this.#network;
    if (!before) return;
    const weights = before.getWeights();
    const network = await this.#build(config, hyperparameters, weights);
    if (!network) return;
    const data = this.#data.inUse;
    if (this.#loop && data) await this.#loop.replace(network, data);
    before.dispose();
    this.#reportPhase(this.#loop?.phase ?? 'idle');
  }

  async #train(): Promise<void> {
    const loop = await this.#startLoop();
    if (!loop) {
      this.#isTrainingWanted = true;
      return;
    }
    loop.train();
  }

  async #step(): Promise<void> {
    const loop = await this.#startLoop();
    await loop?.step();
    this.#painting?.request();
  }

  /** The loop, from fresh weights when none were trained yet; undefined while there are no data. */
  async #startLoop(): Promise<TrainingLoop | undefined> {
    const network = this.#network;
    const data = this.#data.inUse;
    if (!network || !data) return undefined;
    if (this.#origin === 'shipped') {
      network.reset();
      this.report({ type: 'wasReset' });
    }
    this.#origin = 'trained';
    this.#loop ??= new TrainingLoop(
      network,
      data,
      this.#hyperparameters.epochs,
      (report) => this.#forward(report),
      (phase) => this.#reportPhase(phase),
      (error) => this.fail(error),
    );
    return this.#loop;
  }

  async #reset(): Promise<void> {
    this.#isTrainingWanted = false;
    await this.#loop?.restart(this.#hyperparameters.epochs);
    this.#network?.reset();
    this.#origin = 'initial';
    this.report({ type: 'wasReset' });
    this.#reportPhase('idle');
    this.#painting?.request();
  }

  /** What the loop reports also moves the maps. */
  #forward(report: Report): void {
    this.report(report);
    if (report.type === 'progress') this.#painting?.request();
  }

  #reportPhase(phase: Phase): void {
    this.#painting?.setTraining(phase === 'training');
    this.report({ type: 'phase', phase, origin: this.#origin });
  }

  async #takeData(data: DataInUse): Promise<void> {
    if (this.#loop && this.#network) await this.#loop.replace(this.#network, data);
    if (!this.#isTrainingWanted) return;
    this.#isTrainingWanted = false;
    await this.#train();
  }

  #setInput(pixels: Float32Array<ArrayBuffer>): void {
    this.#pixels = pixels;
    const cells = this.#network?.model.inputShape.reduce((product, size) => product * size, 1);
    if (pixels.length !== cells) return;
    this.#network?.inspection.setInput(pixels);
    this.#painting?.request();
  }

  #pickExample(index: number): void {
    const example = this.#data.example(index);
    if (!example) return;
    this.#setInput(example.pixels);
    this.report({ type: 'inputPicked', ...example, index });
  }
}

/** The tensors whose name and shape the network has. */
function fitting(network: Network, tensors: readonly NamedTensor[]): NamedTensor[] {
  const specs = new Map(network.model.layers.flatMap((layer) => layer.weights.map((spec) => [spec.name, spec.shape])));
  return tensors.filter(({ name, shape }) => String(specs.get(name)) === String(shape));
}

/** The weights that ship with the app; none when they cannot be had, and the network then starts from its seed. */
async function fetchWeights(url: string): Promise<readonly NamedTensor[]> {
  try {
    const response = await fetch(url);
    return response.ok ? readSafetensors(await response.arrayBuffer()) : [];
  } catch {
    return [];
  }
}
