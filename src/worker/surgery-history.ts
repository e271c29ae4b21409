/** Operations on filters that were done and can be taken back, to the bit. Performs none. */
import type { FilterHold, SurgeryStep } from './surgery-messages.ts';

type Numbers = Float32Array<ArrayBuffer>;

/** Numbers of one filter were written. */
export interface NumbersOperation {
  readonly type: 'numbers';
  readonly step: SurgeryStep;
  readonly places: Uint32Array<ArrayBuffer>;
  readonly before: Numbers;
  readonly after: Numbers;
  readonly gesture: number;
}

/** What holds a filter was changed. */
export interface HoldOperation {
  readonly type: 'hold';
  readonly step: SurgeryStep;
  readonly before: FilterHold;
  readonly after: FilterHold;
}

export type Operation = NumbersOperation | HoldOperation;

const mostOperations = 200;

export class SurgeryHistory {
  #past: Operation[] = [];
  #future: Operation[] = [];

  /** What `undo` would take back. */
  get last(): Operation | undefined {
    return this.#past.at(-1);
  }

  /** What `redo` would do again. */
  get next(): Operation | undefined {
    return this.#future.at(-1);
  }

  /** Notes an operation; one that goes on with the last gesture becomes part of it. */
  add(operation: Operation): void {
    const { last } = this;
    this.#future = [];
    const merged = last && joined(last, operation);
    if (merged) this.#past.pop();
    this.#past.push(merged ?? operation);
    if (this.#past.length > mostOperations) this.#past.shift();
  }

  /** The operation to take back, which `redo` then gives again. */
  undo(): Operation | undefined {
    const operation = this.#past.pop();
    if (operation) this.#future.push(operation);
    return operation;
  }

  redo(): Operation | undefined {
    const operation = this.#future.pop();
    if (operation) this.#past.push(operation);
    return operation;
  }

  /** Forgets operations that can no longer be taken back; true when there were any. */
  keep(isKept: (operation: Operation) => boolean): boolean {
    const count = this.#past.length + this.#future.length;
    this.#past = this.#past.filter(isKept);
    this.#future = this.#future.filter(isKept);
    return this.#past.length + this.#future.length < count;
  }
}

/** Both as one operation, if they are of one gesture on one filter. */
function joined(first: Operation, second: Operation): NumbersOperation | undefined {
  if (first.type !== 'numbers' || second.type !== 'numbers' || first.gesture !== second.gesture) return undefined;
  const [one, other] = [first.step.address, second.step.address];
  if (one.weight !== other.weight || one.filter !== other.filter) return undefined;
  const before = new Map(Array.from(second.places, (place, i) => [place, second.before[i] ?? 0]));
  const after = new Map(Array.from(first.places, (place, i) => [place, first.after[i] ?? 0]));
  first.places.forEach((place, i) => before.set(place, first.before[i] ?? 0));
  second.places.forEach((place, i) => after.set(place, second.after[i] ?? 0));
  const places = Uint32Array.from(before.keys()).sort();
  const at = (values: ReadonlyMap<number, number>): Numbers =>
    Float32Array.from(places, (place) => values.get(place) ?? 0);
  return { ...second, places, before: at(before), after: at(after) };
}
