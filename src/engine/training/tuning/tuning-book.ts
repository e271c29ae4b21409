/** What is known of this adapter's kernels: read from the store once, asked at every compile, added to while tuning. */
import type { AdapterDescription, TuningChoices, TuningRecord, TuningStore } from '../../contract.ts';
import type { Element } from '../../gpu/half.ts';

/** The part of a store's keys that comes before the kernel's: measurements hold for one adapter, browser and precision. */
function placeOf({ vendor, architecture, description }: AdapterDescription, runtime: string, element: Element): string {
  return JSON.stringify([vendor, architecture, description, runtime, element]);
}

/** Tells the place's kernels from others' in a store. */
const separator = ' · ';

export class TuningBook {
  readonly #records = new Map<string, TuningRecord>();
  #loaded: Promise<void> | undefined;

  constructor(
    private readonly adapter: AdapterDescription,
    private readonly store: TuningStore | undefined,
    private readonly runtime: string,
  ) {}

  /** Reads the store, the first time. A store that cannot be read is as good as an empty one. */
  load(): Promise<void> {
    this.#loaded ??= this.#read();
    return this.#loaded;
  }

  /** The ways kernels of this precision go from the start. */
  choicesFor(tuning: 'auto' | 'off' | TuningChoices, element: Element): ReadonlyMap<string, string> {
    if (tuning === 'off') return new Map();
    if (tuning !== 'auto') return new Map(Object.entries(tuning));
    const place = placeOf(this.adapter, this.runtime, element) + separator;
    const own = [...this.#records].filter(([key]) => key.startsWith(place));
    return new Map(own.map(([key, { choice }]) => [key.slice(place.length), choice]));
  }

  find(key: string, element: Element): TuningRecord | undefined {
    return this.#records.get(this.#storeKey(key, element));
  }

  keep(key: string, element: Element, record: TuningRecord): void {
    const storeKey = this.#storeKey(key, element);
    this.#records.set(storeKey, record);
    // What cannot be kept is measured again another time.
    this.store?.save(storeKey, record).catch(() => undefined);
  }

  /** Forgets everything, this adapter's and others'. */
  async forget(): Promise<void> {
    this.#records.clear();
    await this.store?.clear().catch(() => undefined);
  }

  #storeKey(key: string, element: Element): string {
    return placeOf(this.adapter, this.runtime, element) + separator + key;
  }

  async #read(): Promise<void> {
    const kept = await this.store?.load().catch(() => undefined);
    for (const [key, record] of kept ?? [])
      if (isRecord(record) && !this.#records.has(key)) this.#records.set(key, record);
  }
}

/** A store may hold what another version of the engine, or somebody else, has written. */
function isRecord(value: unknown): value is TuningRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { choice, ways, defaultMs, choiceMs } = value as Partial<Record<keyof TuningRecord, unknown>>;
  const areWays = Array.isArray(ways) && ways.every((way) => typeof way === 'string');
  return typeof choice === 'string' && areWays && typeof defaultMs === 'number' && typeof choiceMs === 'number';
}
