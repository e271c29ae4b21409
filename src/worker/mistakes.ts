/**
 * Answers to single test images, while somebody looks at them: after each evaluation and whenever the weights are others, the
 * validation images while the network trains, all test images while it rests. It never waits for a training step, nor holds one up.
 */
import { fitImage } from '../data/image-fit.ts';
import type { ImageSet } from '../data/dataset-types.ts';
import type { Network } from '../engine/index.ts';
import { cellCount, imageSizes } from '../engine/shape/cells.ts';
import { answersOf } from './answers.ts';
import type { Feature, Surroundings } from './feature.ts';
import type { Report, Request } from './protocol.ts';

/** Images whose answers are told at once. */
const reportSize = 1000;
/** Several reports often come of one cause. */
const settleMs = 50;

/** After these the network on screen may answer otherwise. */
const turningPoints: ReadonlySet<Report['type']> = new Set([
  ...(['evaluated', 'wasReset', 'built', 'dataReady', 'phase'] as const),
  ...(['surgeryState', 'lookedBack', 'cameBack', 'wentOn'] as const),
]);

/** One set of weights and what it is asked. */
interface Measurement {
  readonly id: number;
  readonly network: Network;
  readonly test: ImageSet;
  readonly step: number;
  readonly planned: number;
  readonly isTraining: boolean;
}

/** Measures while watched; the latest weights win. */
export class Mistakes implements Feature {
  #isWatching = false;
  #isVisible = true;
  #isOutdated = true;
  #lastId = 0;
  /** Of the snapshot that is on screen, while one is. */
  #pastStep: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What the last complete or present measurement is of. */
  #measured: Measurement | undefined;

  constructor(private readonly surroundings: Surroundings) {}

  perform(request: Request): Promise<void> | undefined {
    switch (request.type) {
      case 'watchMistakes':
        this.#isWatching = request.isWatching;
        this.#plan();
        return Promise.resolve();
      case 'fetchExamples':
        this.#send(request.indices);
        return Promise.resolve();
      case 'setVisible':
        this.#isVisible = request.isVisible;
        this.#plan();
        return undefined;
      default:
        return undefined;
    }
  }

  show(): void {
    this.#abandon();
  }

  follow(report: Report): void {
    if (report.type === 'lookedBack') this.#pastStep = report.place.step;
    if (report.type === 'cameBack' || report.type === 'wentOn') this.#pastStep = undefined;
    const isStepAlone = report.type === 'progress' && report.steps.length > 0 && !this.#isTraining;
    if (!turningPoints.has(report.type) && !isStepAlone) return;
    // The test that follows a pause is of the weights that were measured when it began.
    if (this.#isSame() && (report.type === 'evaluated' || report.type === 'phase')) return;
    this.#abandon();
    this.#plan();
  }

  get #isTraining(): boolean {
    return this.surroundings.loop?.phase === 'training';
  }

  /** The weights measured are those on screen, and as many images as can be. */
  #isSame(): boolean {
    const { network, data } = this.surroundings;
    const measured = this.#measured;
    if (!measured || measured.network !== network || measured.test !== data.testSet) return false;
    return measured.step === this.#step && measured.isTraining === this.#isTraining;
  }

  get #step(): number {
    return this.#pastStep ?? this.surroundings.loop?.stepsTaken ?? 0;
  }

  /** What is under way ends before its next batch. */
  #abandon(): void {
    this.#measured = undefined;
    this.#isOutdated = true;
  }

  #plan(): void {
    if (!this.#isWatching || !this.#isVisible || !this.#isOutdated) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#begin();
    }, settleMs);
  }

  #begin(): void {
    const { network, data } = this.surroundings;
    const test = data.testSet;
    if (!this.#isWatching || !this.#isVisible || !network || !test || !data.inUse) return;
    if (network.model.layers.at(-1)?.outputShape.length !== 1) return;
    this.#isOutdated = false;
    const isTraining = this.#isTraining;
    const planned = isTraining ? data.inUse.validation.size : test.shape[0];
    const measurement = { id: ++this.#lastId, network, test, step: this.#step, planned, isTraining };
    this.#measured = measurement;
    this.surroundings.attempt(() => this.#measure(measurement));
  }

  async #measure(measurement: Measurement): Promise<void> {
    try {
      for (let first = 0; first < measurement.planned; first += reportSize) {
        const count = Math.min(reportSize, measurement.planned - first);
        const outputs = await this.#answer(measurement, first, count);
        if (!outputs) return;
        this.#tell(measurement, first, outputs);
      }
    } catch (error) {
      // A network that was replaced meanwhile answers no more; nobody waits for it.
      if (this.#isCurrent(measurement)) throw error;
    }
  }

  #isCurrent(measurement: Measurement): boolean {
    return this.#measured === measurement && this.#isWatching && this.#isVisible;
  }

  /** Outputs for `count` images from `first` on; undefined when others have come to be wanted. */
  async #answer(measurement: Measurement, first: number, count: number): Promise<Float32Array | undefined> {
    const { network, isTraining } = measurement;
    const starts = Array.from(
      { length: Math.ceil(count / network.batchSize) },
      (_, batch) => batch * network.batchSize,
    );
    const ask = (start: number) =>
      network.predict(imagesOf(measurement, first + start, Math.min(network.batchSize, count - start)));
    // Submitted in one go, all batches are answered with the same weights, whatever trains in between; while nothing does, one
    // after another leave the GPU to whatever else is wanted of it.
    const batches = isTraining ? await Promise.all(starts.map(ask)) : [];
    for (const start of isTraining ? [] : starts) {
      if (!this.#isCurrent(measurement)) break;
      batches.push(await ask(start));
    }
    if (!this.#isCurrent(measurement)) {
      // Closed before its end, it is begun anew when somebody looks again.
      if (this.#measured === measurement) this.#abandon();
      return undefined;
    }
    const outputs = new Float32Array(batches.reduce((sum, batch) => sum + batch.length, 0));
    batches.reduce((place, batch) => (outputs.set(batch, place), place + batch.length), 0);
    return outputs;
  }

  #tell({ id, step, planned, test, network }: Measurement, first: number, outputs: Float32Array): void {
    const classes = network.model.layers.at(-1)?.outputShape[0] ?? 1;
    const { answers, certainties } = answersOf(outputs, classes);
    const labels = test.labels.slice(first, first + answers.length);
    const most = Math.max(classes, test.classes);
    this.surroundings.report({
      type: 'answers',
      ...{ id, step, first, planned, classes: most, labels, answers, certainties },
    });
  }

  #send(indices: readonly number[]): void {
    const test = this.surroundings.data.testSet;
    if (!test) return;
    const [, ...shape] = test.shape;
    const cells = cellCount(shape);
    const known = indices.filter((index) => index < test.shape[0]);
    const images = new Uint8Array(known.length * cells);
    known.forEach((index, place) => {
      images.set(test.images.subarray(index * cells, (index + 1) * cells), place * cells);
    });
    this.surroundings.report({ type: 'exampleImages', indices: known, shape, images });
  }
}

/** Test images as the network takes them. */
function imagesOf({ test, network }: Measurement, first: number, count: number): Float32Array<ArrayBuffer> {
  const [, ...shape] = test.shape;
  const cells = cellCount(shape);
  const inputShape = imageSizes(network.model.inputShape);
  const taken = cellCount(inputShape);
  const inputs = new Float32Array(count * taken);
  for (let image = 0; image < count; image++) {
    const start = (first + image) * cells;
    const pixels = Float32Array.from(test.images.subarray(start, start + cells), (byte) => byte / 255);
    inputs.set(fitImage(pixels, shape, inputShape), image * taken);
  }
  return inputs;
}
