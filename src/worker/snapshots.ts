/** The run as it was: states of the network kept as training goes, in ordinary memory, to be looked at and gone on from. */
import type { Milestones, Network, TrainingState } from '../engine/index.ts';
import type { Feature, Surroundings } from './feature.ts';
import type { Place, Report, Request } from './protocol.ts';
import { SnapshotSchedule } from './snapshot-schedule.ts';

/** Bytes of the worker's memory for all snapshots: about 85 of the lecture's network with its optimizer's memory. */
const roomBytes = 64_000_000;
/** More would stand too close on the page to be told apart. */
const mostSnapshots = 96;
/** Several come at once while nothing trains; the page is told of them together. */
const announceAfterMs = 100;
/** While training runs it is told along with what changes the page anyway: every change costs a frame. */
const tellingReports: ReadonlySet<Report['type']> = new Set(['progress', 'phase']);

interface Snapshot {
  readonly place: Place;
  readonly state: TrainingState;
}

/** What looking back interrupted. */
interface Interruption extends Snapshot {
  readonly wasTraining: boolean;
}

export class Snapshots implements Feature, Milestones {
  #schedule = new SnapshotSchedule();
  /** In the order of their steps. */
  #kept: readonly Snapshot[] = [];
  /** Those on their way from the GPU. */
  #pending: Promise<void>[] = [];
  /** What one takes when there is no room to keep any. */
  #oversizeBytes: number | undefined;
  /** Present while the page looks back. */
  #now: Interruption | undefined;
  #shown: Snapshot | undefined;
  /** What the network is made of: states of other networks are of no use to it. */
  #identity = '';
  /** Counts runs; what was taken of an earlier one comes too late. */
  #run = 0;
  /** The page has not been told yet of those that came and went. */
  #isChanged = false;

  constructor(private readonly surroundings: Surroundings) {}

  perform(request: Request): Promise<void> | undefined {
    switch (request.type) {
      case 'lookBack':
        return this.#lookBack(request.step);
      case 'returnToNow':
        return this.#returnToNow();
      default:
        return undefined;
    }
  }

  /** A network of another kind begins a run of its own, with the weights that were on screen. */
  show(_network: Network): void {
    const { config, hyperparameters } = this.surroundings;
    const identity = JSON.stringify([config, hyperparameters.batchSize, hyperparameters.seed]);
    if (identity === this.#identity) return;
    this.#identity = identity;
    const shown = this.#now && this.#shown;
    // Told before the new network's first one comes: the page tells people of the loss.
    this.#forget();
    if (shown) this.surroundings.report({ type: 'wentOn', step: shown.place.step, keepsOptimizer: false });
  }

  follow({ type }: Report): void {
    if (type === 'wasReset') this.#forget();
    if (this.#isChanged && tellingReports.has(type)) this.#tell();
  }

  /** A run begins; the place it begins at is the first to go back to. */
  begin(): void {
    if (this.#kept.length === 0 && this.#pending.length === 0) this.#take();
  }

  after(step: number): number {
    return this.#oversizeBytes === undefined ? this.#schedule.after(step) : Infinity;
  }

  reached(): void {
    this.#take();
  }

  /** Training goes on from what is looked at, if the page looks back: what came after it is let go. */
  async goOn(): Promise<void> {
    const { network } = this.surroundings;
    const shown = this.#shown;
    if (!this.#now || !shown || !network) return;
    // The optimizer may have been changed while looking.
    const { optimizer, updates } = await network.captureState();
    const keepsOptimizer = optimizer.slots === shown.state.optimizer.slots && updates === shown.state.updates;
    this.#now = undefined;
    const { step } = shown.place;
    this.#kept = this.#kept.filter(({ place }) => place.step <= step);
    this.surroundings.report({ type: 'wentOn', step, keepsOptimizer });
    this.#announce();
  }

  /**
   * The network was built again after the GPU was lost. Looking back goes on, to the bit, and what it interrupted is kept too;
   * false where nothing was looked back at.
   */
  async recover(): Promise<boolean> {
    const shown = this.#shown;
    if (!this.#now || !shown) return false;
    await this.#put(shown);
    // Others hold numbers of the weights that have just been written over.
    this.surroundings.report({ type: 'lookedBack', asked: shown.place.step, place: shown.place });
    return true;
  }

  /** Submits the copy at once, so that the state is the one between the steps submitted and those to come. */
  #take(): void {
    const { network, loop } = this.surroundings;
    if (!network || !loop) return;
    const [step, epoch, run] = [loop.stepsTaken, loop.epoch, this.#run];
    const captured = network.captureState();
    const taken = captured.then((state) => {
      if (run === this.#run) this.#keep({ place: placeIn(state, step, epoch, network.batchSize), state });
    });
    this.#pending.push(taken);
    const settle = (): void => void (this.#pending = this.#pending.filter((one) => one !== taken));
    taken.then(settle, settle);
    this.surroundings.attempt(() => taken);
  }

  #keep(snapshot: Snapshot): void {
    const capacity = Math.min(mostSnapshots, Math.floor(roomBytes / bytesOf(snapshot)));
    if (capacity < 2) {
      this.#oversizeBytes = bytesOf(snapshot);
      this.#kept = [];
    } else {
      const all = [...this.#kept, snapshot];
      const staying = this.#schedule.kept(
        all.map(({ place }) => place.step),
        capacity,
      );
      this.#kept = all.filter(({ place }) => staying.includes(place.step));
    }
    this.#announce();
  }

  async #lookBack(asked: number): Promise<void> {
    const { network, loop } = this.surroundings;
    if (!network || !loop || this.#kept.length === 0) return;
    if (!this.#now) {
      const wasTraining = loop.phase === 'training';
      await loop.suspend();
      await Promise.allSettled(this.#pending);
      const state = await network.captureState();
      const { step, stepInEpoch } = placeIn(state, loop.stepsTaken, loop.epoch, network.batchSize);
      this.#now = { place: { step, epoch: loop.epoch, stepInEpoch }, state, wasTraining };
    }
    const snapshot = this.#kept.findLast(({ place }) => place.step <= asked) ?? this.#kept[0];
    if (!snapshot) return;
    this.#shown = snapshot;
    await this.#put(snapshot);
    this.surroundings.report({ type: 'lookedBack', asked, place: snapshot.place });
  }

  async #returnToNow(): Promise<void> {
    const now = this.#now;
    if (!now) return;
    await this.#put(now);
    this.#now = undefined;
    this.surroundings.report({ type: 'cameBack' });
    if (now.wasTraining) this.surroundings.loop?.train();
  }

  async #put({ place, state }: Snapshot): Promise<void> {
    const { network, loop, data } = this.surroundings;
    await network?.restoreState(state);
    loop?.moveTo(place, data.inUse?.train.size === state.exampleCount);
    this.surroundings.paint();
  }

  #forget(): void {
    this.#run += 1;
    this.#schedule = new SnapshotSchedule();
    this.#kept = [];
    this.#pending = [];
    this.#oversizeBytes = undefined;
    this.#now = undefined;
    this.#shown = undefined;
    this.#tell();
  }

  #announce(): void {
    if (this.#isChanged) return;
    this.#isChanged = true;
    setTimeout(() => {
      if (this.#isChanged && this.surroundings.loop?.phase !== 'training') this.#tell();
    }, announceAfterMs);
  }

  #tell(): void {
    this.#isChanged = false;
    const bytes = this.#kept.reduce((sum, snapshot) => sum + bytesOf(snapshot), 0);
    const places = this.#kept.map(({ place }) => place);
    const oversizeBytes = this.#oversizeBytes;
    const size = { bytes, roomBytes, ...(oversizeBytes === undefined ? {} : { oversizeBytes }) };
    this.surroundings.report({ type: 'snapshots', places, ...size });
  }
}

function bytesOf({ state }: Snapshot): number {
  return state.weights.byteLength + state.slots.byteLength + state.counters.byteLength;
}

/** After an epoch's last step, the place is before the next one's first. */
function placeIn(
  { stepInEpoch, exampleCount, epochsBegun }: TrainingState,
  step: number,
  epoch: number,
  batch: number,
) {
  const isOver = epochsBegun === 0 || stepInEpoch * batch >= exampleCount;
  if (!isOver) return { step, epoch, stepInEpoch };
  return { step, epoch: epochsBegun === 0 ? epoch : epoch + 1, stepInEpoch: 0 };
}
