/**
 * How often the network is right about test images at shifts sideways, while somebody looks: many images while it rests, one
 * batch after another; few and seldom while it trains. Draws nothing.
 */
import type { ImageSet } from '../data/dataset-types.ts';
import type { Network } from '../engine/index.ts';
import type { Feature, Surroundings } from './feature.ts';
import type { Report, Request } from './protocol.ts';
import { shiftedTestImages, ShiftTally } from './shift-tally.ts';

/** Test images at each shift. */
const restingImages = 500;
const trainingImages = 50;
/** While it trains, the pause after a measurement, in times of what that took. */
const pauseShare = 25;
/** Several reports often come of one cause. */
const settleMs = 300;

/** After these the network on screen may answer otherwise. */
const turningPoints: ReadonlySet<Report['type']> = new Set([
  ...(['evaluated', 'wasReset', 'built', 'dataReady', 'phase'] as const),
  ...(['surgeryState', 'lookedBack', 'cameBack', 'wentOn'] as const),
]);
/** After these no step's weights are what they were. */
const endings: ReadonlySet<Report['type']> = new Set(['wasReset', 'built', 'dataReady', 'surgeryState', 'wentOn']);

/** One set of weights and what it is asked. */
interface Measurement {
  readonly network: Network;
  readonly test: ImageSet;
  readonly step: number;
  readonly isTraining: boolean;
  readonly tally: ShiftTally;
}

/** Measures while watched; what is known of a step's weights is not measured again. */
export class ShiftAccuracy implements Feature {
  #shifts: readonly number[] = [];
  #isVisible = true;
  /** Of the snapshot that is on screen, while one is. */
  #pastStep: number | undefined;
  #known = new Map<number, ShiftTally>();
  #current: Measurement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Training is not interrupted again before this. */
  #notBeforeMs = 0;

  constructor(private readonly surroundings: Surroundings) {}

  perform(request: Request): Promise<void> | undefined {
    switch (request.type) {
      case 'watchShiftAccuracy':
        if (String(request.shifts) !== String(this.#shifts)) this.#known.clear();
        this.#shifts = request.shifts;
        this.#turn();
        return Promise.resolve();
      case 'setVisible':
        this.#isVisible = request.isVisible;
        this.#turn();
        return undefined;
      default:
        return undefined;
    }
  }

  show(): void {
    this.#known.clear();
    this.#current = undefined;
  }

  follow(report: Report): void {
    if (report.type === 'lookedBack') this.#pastStep = report.place.step;
    if (report.type === 'cameBack' || report.type === 'wentOn') this.#pastStep = undefined;
    if (endings.has(report.type)) {
      this.#known.clear();
      this.#current = undefined;
    }
    const isStepAlone = report.type === 'progress' && report.steps.length > 0 && !this.#isTraining;
    if (turningPoints.has(report.type) || isStepAlone) this.#turn();
  }

  get #isTraining(): boolean {
    return this.surroundings.loop?.phase === 'training';
  }

  get #step(): number {
    return this.#pastStep ?? this.surroundings.loop?.stepsTaken ?? 0;
  }

  /** Somebody looks, or no longer; or the network may answer otherwise. */
  #turn(): void {
    const isWanted = this.#shifts.length > 0 && this.#isVisible;
    if (!isWanted || (this.#current && !this.#isOfNow(this.#current))) this.#current = undefined;
    if (!isWanted || this.#current || (this.#isTraining && this.#timer !== undefined)) return;
    // What waits for training to have gone on need not wait once that rests.
    clearTimeout(this.#timer);
    const waitMs = this.#isTraining ? Math.max(settleMs, this.#notBeforeMs - performance.now()) : settleMs;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.surroundings.attempt(() => this.#begin());
    }, waitMs);
  }

  /** The weights asked are those on screen; while it trains they always move a little. */
  #isOfNow({ network, test, step, isTraining }: Measurement): boolean {
    if (network !== this.surroundings.network || test !== this.surroundings.data.testSet) return false;
    return isTraining === this.#isTraining && (isTraining || step === this.#step);
  }

  async #begin(): Promise<void> {
    const { network, data } = this.surroundings;
    const test = data.testSet;
    if (this.#shifts.length === 0 || !this.#isVisible || this.#current || !network || !test || !data.inUse) return;
    if (network.model.layers.at(-1)?.outputShape.length !== 1) return;
    const isTraining = this.#isTraining;
    const step = this.#step;
    const planned = Math.min(isTraining ? trainingImages : restingImages, test.shape[0]);
    const known = isTraining ? undefined : this.#known.get(step);
    const tally = known ?? new ShiftTally(this.#shifts, planned);
    const measurement = { network, test, step, isTraining, tally };
    this.#current = measurement;
    if (tally.count > 0) this.#tell(tally);
    const startMs = performance.now();
    try {
      while (tally.count < planned && this.#current === measurement) await this.#ask(measurement);
    } catch (error) {
      // A network that was replaced meanwhile answers no more; nobody waits for it.
      if (this.#current === measurement) throw error;
    } finally {
      if (this.#current === measurement) this.#current = undefined;
      const tookMs = performance.now() - startMs;
      this.#notBeforeMs = performance.now() + (isTraining ? pauseShare * tookMs : 0);
      // While it measured, what it measures may have become another.
      if (!this.#current && (step !== this.#step || isTraining !== this.#isTraining)) this.#turn();
    }
  }

  /** The next images at every shift. */
  async #ask(measurement: Measurement): Promise<void> {
    const { network, test, isTraining, tally, step } = measurement;
    const places = tally.next(network.batchSize, test.shape[0]);
    const ask = (shift: number): Promise<Float32Array> =>
      network.predict(shiftedTestImages(test, places, shift, network.model.inputShape));
    const outputs: Float32Array[] = [];
    // Submitted in one go, all shifts are asked of the same weights, whatever trains in between.
    if (isTraining) outputs.push(...(await Promise.all(tally.shifts.map(ask))));
    for (const shift of isTraining ? [] : tally.shifts) {
      if (this.#current !== measurement) return;
      outputs.push(await ask(shift));
    }
    if (this.#current !== measurement) return;
    tally.add(
      places.map((place) => test.labels[place] ?? 0),
      outputs,
    );
    if (!isTraining) this.#known.set(step, tally);
    this.#tell(tally);
  }

  #tell({ count, planned, shares }: ShiftTally): void {
    this.surroundings.report({ type: 'shiftAccuracy', count, planned, shares });
  }
}
