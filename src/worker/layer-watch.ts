/** Measures what the page shows of one layer seen large: a filter's numbers, distributions, gradients, dead units. Knows no page. */
import { fitImage } from '../data/image-fit.ts';
import type { Engine, NamedTensor, Network, ResolvedLayer } from '../engine/index.ts';
import { cellCount, imageSizes } from '../engine/shape/cells.ts';
import type { Feature, Surroundings } from './feature.ts';
import { dropGradients, gradientView, writeGradients } from './map-tensors.ts';
import { NumberGatherer } from './number-gatherer.ts';
import type { LayerWatch, Report, Request } from './protocol.ts';
import { TailNetwork } from './tail-network.ts';
import { TensorStatistics } from './tensor-statistics.ts';

/** Least time between two measurements, in milliseconds. */
const restMs = { training: 1000, resting: 250 };
/** Validation images that tell whether a unit is dead. */
const searchedImages = 100;
/** Images that are run before the maps may be drawn again. */
const imagesAtATime = 20;

/** What is measured with, on one GPU. */
interface Tools {
  readonly engine: Engine;
  readonly statistics: TensorStatistics;
  readonly gatherer: NumberGatherer;
}

export class LayerWatcher implements Feature {
  #watch: LayerWatch | undefined;
  #tools: Tools | undefined;
  readonly #tail = new TailNetwork();
  #shown: Network | undefined;
  #isMeasuring = false;
  #isStale = false;
  #isTraining = false;
  /** The next frame is drawn for what was measured: it is no reason to measure again. */
  #isOwnFrame = false;
  #answer = 0;
  #lastMs = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly surroundings: Surroundings) {}

  perform(request: Request): Promise<void> | undefined {
    switch (request.type) {
      case 'watchLayer':
        this.#watch = request.watch;
        this.#isOwnFrame = false;
        if (!request.watch?.isGradient) this.#tail.dispose();
        // What somebody has just asked for does not wait.
        this.#lastMs = -Infinity;
        this.#wish();
        return Promise.resolve();
      case 'findDeadUnits':
        return this.#findDeadUnits(request.layer);
      default:
        return undefined;
    }
  }

  show(network: Network): void {
    if (this.#shown) dropGradients(this.#shown);
    this.#shown = network;
    this.#tail.dispose();
  }

  follow(report: Report): void {
    if (report.type === 'phase') this.#isTraining = report.phase === 'training';
    if (report.type === 'prediction') this.#answer = report.probabilities.indexOf(Math.max(...report.probabilities));
  }

  painted(): void {
    if (this.#isOwnFrame) this.#isOwnFrame = false;
    else this.#wish();
  }

  /** Measures as soon as the pace allows; wishes in the meantime are one. */
  #wish(): void {
    const watch = this.#watch;
    if (!watch || (watch.view === 'activations' && !watch.isGradient)) return;
    if (this.#isMeasuring) this.#isStale = true;
    if (this.#isMeasuring || this.#timer !== undefined) return;
    const rest = this.#isTraining ? restMs.training : restMs.resting;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.surroundings.attempt(() => this.#measure());
      },
      Math.max(0, this.#lastMs + rest - performance.now()),
    );
  }

  async #measure(): Promise<void> {
    const { engine, network } = this.surroundings;
    const watch = this.#watch;
    const layer = network?.model.layers.find(({ name }) => name === watch?.layer);
    if (!engine || !network || !watch || !layer) return;
    this.#isMeasuring = true;
    this.#isStale = false;
    try {
      if (watch.view === 'distributions') await this.#measureDistribution(engine, network, layer);
      else if (watch.isGradient) await this.#measureGradients(engine, network, layer, watch);
      if (watch.view === 'filters') await this.#readFilter(engine, network, layer, watch);
    } catch (error) {
      // What is not wanted any more may have been disposed of meanwhile.
      if (network === this.surroundings.network && watch === this.#watch) throw error;
    } finally {
      this.#rest();
    }
  }

  /** What was wished for meanwhile has its turn after the pause. */
  #rest(): void {
    this.#lastMs = performance.now();
    this.#isMeasuring = false;
    if (this.#isStale) this.#wish();
  }

  async #measureDistribution(engine: Engine, network: Network, layer: ResolvedLayer): Promise<void> {
    const [weight] = layer.weights;
    const tensors = [network.inspection.outputs(layer.name), ...(weight ? [network.weight(weight.name)] : [])];
    const step = network.stepCount;
    const [activations, weights] = await this.#toolsOf(engine).statistics.histograms(tensors);
    if (!activations) return;
    const distribution = { step, activations, ...(weights && { weights }) };
    this.surroundings.report({ type: 'distribution', layer: layer.name, distribution });
  }

  async #measureGradients(engine: Engine, network: Network, layer: ResolvedLayer, watch: LayerWatch): Promise<void> {
    const { pixels } = this.surroundings;
    if (!pixels) return;
    const label = watch.label ?? this.#answer;
    const { loss, weights } = await network.gradients(pixels, Uint8Array.of(label));
    const [own] = layer.weights;
    const found: (NamedTensor | undefined)[] = [weights.find(({ name }) => name === own?.name)];
    const ofOutputs =
      watch.view === 'filters'
        ? undefined
        : await this.#tail.gradient(engine, network, { layer: layer.name, pixels, label });
    found.push(ofOutputs);
    if (network !== this.surroundings.network) return;
    writeGradients(
      engine.device,
      network,
      found.filter((tensor) => tensor !== undefined),
    );
    this.surroundings.report({
      type: 'gradientsReady',
      layer: layer.name,
      loss,
      label,
      isLabelKnown: watch.label !== undefined,
      hasActivations: ofOutputs !== undefined,
    });
    this.#isOwnFrame = true;
    this.surroundings.paint();
  }

  /** Filter f of a kernel `[height, width, inputs, filters]` is every `filters`-th number from f on. */
  async #readFilter(engine: Engine, network: Network, layer: ResolvedLayer, watch: LayerWatch): Promise<void> {
    const [kernel] = layer.weights;
    if (layer.type !== 'conv2d' || !kernel || watch.filter >= layer.filters) return;
    const tensor = watch.isGradient ? gradientView(network, kernel.name) : network.weight(kernel.name);
    if (!tensor) return;
    const { gatherer } = this.#toolsOf(engine);
    const count = cellCount(kernel.shape) / layer.filters;
    const box = { first: watch.filter, counts: [1, 1, count], strides: [0, 0, layer.filters] } as const;
    const [numbers] = await gatherer.read(gatherer.bind([{ tensor, box }]), () => undefined);
    if (!numbers) return;
    const { filter, isGradient } = watch;
    this.surroundings.report({ type: 'filterRead', layer: layer.name, filter, isGradient, numbers: [...numbers] });
  }

  /** Runs validation images through the pass that is drawn from, a few at a time, and keeps the largest of every map. */
  async #findDeadUnits(name: string): Promise<void> {
    const { engine, network, data } = this.surroundings;
    const layer = network?.model.layers.find((candidate) => candidate.name === name);
    if (!engine || !network || !layer) return;
    const { statistics } = this.#toolsOf(engine);
    const step = network.stepCount;
    const images = this.#searchedImages(network);
    if (!data.inUse || images.length === 0) return;
    const largest = statistics.beginLargest(network.inspection.outputs(name));
    for (let first = 0; first < images.length; first += imagesAtATime) {
      if (network !== this.surroundings.network) break;
      for (const pixels of images.slice(first, first + imagesAtATime)) {
        const encoder = engine.device.createCommandEncoder({ label: 'dead units' });
        network.inspection.setInput(pixels);
        network.inspection.encode(encoder);
        statistics.noteLargest(encoder, largest);
        engine.device.queue.submit([encoder.finish()]);
      }
      if (this.surroundings.pixels) network.inspection.setInput(this.surroundings.pixels);
      await engine.device.queue.onSubmittedWorkDone();
    }
    const found = await statistics.endLargest(largest);
    const dead = [...found.keys()].filter((map) => found[map] === 0);
    this.surroundings.report({
      type: 'deadUnits',
      layer: name,
      dead,
      units: found.length,
      images: images.length,
      step,
    });
    this.surroundings.paint();
  }

  #searchedImages({ model }: Network): readonly Float32Array<ArrayBuffer>[] {
    const { data } = this.surroundings;
    const shape = data.inUse?.test.exampleShape;
    if (!shape) return [];
    return Array.from({ length: searchedImages }, (_, index) => data.example(index)).flatMap((example) =>
      example ? [fitImage(example.pixels, imageSizes(shape), imageSizes(model.inputShape))] : [],
    );
  }

  #toolsOf(engine: Engine): Tools {
    if (this.#tools?.engine !== engine) {
      const { device } = engine;
      this.#tools = { engine, statistics: new TensorStatistics(device), gatherer: new NumberGatherer(device) };
    }
    return this.#tools;
  }
}
