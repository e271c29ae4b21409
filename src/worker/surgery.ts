/** Operations on single filters of the network on screen: reads, edits, freezes, switches off, undoes. Draws nothing. */
import type { Network, ResolvedModel } from '../engine/index.ts';
import { bankOf, isSameBank, type FilterAddress, type FilterBank } from '../engine/model/filter-bank.ts';
import { EffectMeter, type KnownAccuracy } from './effect-meter.ts';
import type { Feature, Surroundings } from './feature.ts';
import { FilterAccess } from './filter-access.ts';
import { FilterHolds } from './filter-holds.ts';
import { FilterWatch } from './filter-watch.ts';
import type { Phase, Report, Request } from './protocol.ts';
import { SurgeryHistory, type Operation } from './surgery-history.ts';
import type { FilterHold, SurgeryNotice, SurgeryRequest, SurgeryStep } from './surgery-messages.ts';
import { UnsavedWrites } from './unsaved-writes.ts';

type Edit = Extract<SurgeryRequest, { type: 'editFilter' }>;

/** A filter that there is, and the ways to it. */
interface Patient {
  readonly network: Network;
  readonly access: FilterAccess;
  readonly bank: FilterBank;
}

export class Surgery implements Feature {
  readonly #history = new SurgeryHistory();
  readonly #holds = new FilterHolds();
  readonly #unsaved = new UnsavedWrites();
  readonly #meter: EffectMeter;
  readonly #watch: FilterWatch;
  #device: GPUDevice | undefined;
  #access: FilterAccess | undefined;
  #model: ResolvedModel | undefined;
  #phase: Phase = 'idle';
  /** What the network came to before the gesture under way. */
  #before: KnownAccuracy = {};
  #isGpuLost = false;
  #wasReset = false;

  constructor(private readonly surroundings: Surroundings) {
    this.#meter = new EffectMeter(surroundings);
    this.#watch = new FilterWatch(surroundings, (address) => this.#read(address));
  }

  perform(request: Request): Promise<void> | undefined {
    switch (request.type) {
      case 'watchFilter':
        return this.#look(request.address);
      case 'editFilter':
        return this.#edit(request);
      case 'holdFilter':
        return this.#hold(request.step, request.hold);
      case 'undoSurgery':
        return this.#travel(this.#history.last, true);
      case 'redoSurgery':
        return this.#travel(this.#history.next, false);
      default:
        return undefined;
    }
  }

  painted(): void {
    this.#watch.refresh();
  }

  /** Another network takes over what was held, as far as it has the filters. */
  show(network: Network): void {
    const { engine } = this.surroundings;
    if (engine && engine.device !== this.#device) {
      this.#device = engine.device;
      this.#access = new FilterAccess(engine.device);
    }
    const [before, access] = [this.#model, this.#access];
    this.#model = network.model;
    this.#meter.abandon();
    this.#watch.forget();
    if (!before || !access) return;
    const isBehind = this.#isGpuLost;
    this.#isGpuLost = false;
    if (isBehind) this.#unsaved.replay(network, access);
    else this.#unsaved.clear();
    this.#history.keep(({ step }) => isKept(step.address, before, network.model));
    this.surroundings.attempt(async () => {
      const layers = await this.#holds.restore(network, access, isBehind);
      this.#tellState();
      if (layers.length > 0) this.#notify({ kind: 'released', layers });
      this.surroundings.paint();
    });
  }

  follow(report: Report): void {
    switch (report.type) {
      case 'progress':
        this.#meter.forget();
        break;
      case 'evaluated':
        this.#unsaved.clear();
        // Measured after a pause or an epoch, while the weights stand still.
        if (report.kind === 'test' && this.#phase !== 'training') this.#meter.learn('test', report.accuracy);
        break;
      case 'dataReady':
        this.#meter.forget();
        if (this.#watch.isOn) this.#meter.settle();
        break;
      case 'wasReset':
        this.#wasReset = true;
        this.#meter.abandon();
        break;
      case 'lookedBack':
      case 'cameBack':
      case 'wentOn':
        this.#meter.abandon();
        this.#forgetEdits('otherTime');
        break;
      case 'phase':
        this.#enter(report.phase);
        break;
      case 'failed':
        // It is told again when the GPU is back.
        if (report.code === 'deviceLost' && !this.surroundings.engine) this.#isGpuLost = true;
        break;
      default:
    }
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    if (phase === 'training') this.#meter.giveWay();
    if (!this.#wasReset) return;
    this.#wasReset = false;
    this.#forgetEdits(phase === 'idle' ? 'rewound' : 'startedFresh');
  }

  /** The weights are others; when training starts from fresh ones, frozen filters keep what they had. */
  #forgetEdits(kind: 'rewound' | 'startedFresh' | 'otherTime'): void {
    const { network } = this.surroundings;
    const hadEdits = this.#history.keep(({ type }) => type === 'hold');
    this.#unsaved.clear();
    const hasHolds = this.#holds.list.length > 0;
    if (!hadEdits && !hasHolds) return;
    this.#tellState();
    if (hadEdits || kind !== 'otherTime') this.#notify({ kind });
    if (!hasHolds) return;
    const access = this.#access;
    if (!network || !access) return;
    if (kind === 'startedFresh') this.#holds.rewriteFrozen(network, access);
    this.surroundings.attempt(() => this.#holds.refresh(network, access));
  }

  async #look(address: FilterAddress | undefined): Promise<void> {
    this.#watch.set(address);
    if (address && this.#phase !== 'training') this.#meter.settle();
  }

  #patient({ weight, filter }: FilterAddress): Patient | undefined {
    const { network } = this.surroundings;
    const bank = network && bankOf(network.model, weight);
    if (!bank || !this.#access || filter >= bank.filters) return undefined;
    return { network, access: this.#access, bank };
  }

  /** The numbers of a filter; of one that is switched off, those that come back. */
  async #read(address: FilterAddress): Promise<Float32Array<ArrayBuffer> | undefined> {
    const patient = this.#patient(address);
    return this.#holds.putBy(address) ?? patient?.access.read(patient.network, patient.bank, address.filter);
  }

  async #edit({ step, places, values, gesture }: Edit): Promise<void> {
    const { address } = step;
    if (!this.#patient(address) || this.#holds.of(address).isOff) return;
    const before = await this.#numbersBefore(step, places, gesture);
    if (!before) return;
    this.#write(address, places, values);
    this.#history.add({ type: 'numbers', step, places, before, after: values, gesture });
    this.#finish(step, false);
  }

  /** A gesture that goes on writes where it has written: what was there before it is known, and waited for once. */
  async #numbersBefore(
    { address }: SurgeryStep,
    places: Uint32Array,
    gesture: number,
  ): Promise<Float32Array<ArrayBuffer> | undefined> {
    const { last } = this.#history;
    const isGoingOn = last?.type === 'numbers' && last.gesture === gesture;
    if (isGoingOn && String(last.places) === String(places)) return last.before;
    if (!isGoingOn) this.#before = await this.#meter.before();
    const now = await this.#read(address);
    return now && Float32Array.from(places, (place) => now[place] ?? 0);
  }

  async #hold(step: SurgeryStep, after: FilterHold): Promise<void> {
    if (!this.#patient(step.address)) return;
    const before = this.#holds.of(step.address);
    if (before.isOff !== after.isOff) this.#before = await this.#meter.before();
    await this.#setHold(step.address, after);
    this.#history.add({ type: 'hold', step, before, after });
    if (before.isOff === after.isOff) this.#tellState();
    else this.#finish(step, false);
  }

  async #travel(operation: Operation | undefined, isUndone: boolean): Promise<void> {
    if (!operation) return;
    const { address } = operation.step;
    const isFelt = operation.type === 'numbers' || operation.before.isOff !== operation.after.isOff;
    if (isFelt) this.#before = await this.#meter.before();
    if (operation.type === 'numbers') {
      this.#write(address, operation.places, isUndone ? operation.before : operation.after);
    } else await this.#setHold(address, isUndone ? operation.before : operation.after);
    if (isUndone) this.#history.undo();
    else this.#history.redo();
    if (isFelt) this.#finish(operation.step, isUndone);
    else this.#tellState();
  }

  #write(address: FilterAddress, places: Uint32Array<ArrayBuffer>, values: Float32Array<ArrayBuffer>): void {
    const patient = this.#patient(address);
    if (!patient) return;
    const { network, access, bank } = patient;
    access.write(network, bank, address.filter, places, values);
    this.#holds.note(address, places, values);
    this.#unsaved.add({ bank, filter: address.filter, places, values });
  }

  async #setHold(address: FilterAddress, hold: FilterHold): Promise<void> {
    const patient = this.#patient(address);
    if (patient) await this.#holds.set(patient.network, patient.access, patient.bank, address.filter, hold);
  }

  #finish(step: SurgeryStep, isUndone: boolean): void {
    this.surroundings.paint();
    this.#tellState();
    this.#meter.announce({ step, isUndone }, this.#before);
  }

  #tellState(): void {
    const undo = this.#history.last?.step;
    const redo = this.#history.next?.step;
    const held = this.#holds.list;
    this.surroundings.report({ type: 'surgeryState', held, ...(undo && { undo }), ...(redo && { redo }) });
  }

  #notify(notice: SurgeryNotice): void {
    this.surroundings.report({ type: 'surgeryNotice', notice });
  }
}

/** Whether both models have the filter's kernel, in the same size. */
function isKept({ weight }: FilterAddress, before: ResolvedModel, after: ResolvedModel): boolean {
  const [one, other] = [bankOf(before, weight), bankOf(after, weight)];
  return one !== undefined && other !== undefined && isSameBank(one, other);
}
