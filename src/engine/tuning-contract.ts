/** The part of the engine's public face that is about tuning: what can be watched, kept and fixed. No implementation. */

/** The ways kernels go: by a kernel's key, the name of its way. Plain JSON. */
export type TuningChoices = Readonly<Record<string, string>>;

/** What has been measured of one kernel on one adapter; times in milliseconds of one dispatch. */
export interface TuningRecord {
  readonly choice: string;
  /** The ways there were, the default first. */
  readonly ways: readonly string[];
  readonly defaultMs: number;
  readonly choiceMs: number;
}

/** Keeps what tuning finds; implemented above the engine. A store that fails is as good as an empty one. */
export interface TuningStore {
  /** Everything kept, by key. */
  load(): Promise<ReadonlyMap<string, TuningRecord>>;
  save(key: string, record: TuningRecord): Promise<void>;
  /** Forgets everything. */
  clear(): Promise<void>;
}

/** A kernel that can compute the same numbers in several ways, and what is known of them. */
export interface TunedKernel {
  readonly key: string;
  /** Of the network's kernels that go this way: `conv2d_1 forward`. */
  readonly labels: readonly string[];
  /** `waiting` for its turn, `measuring`, `measured` now or another time, or `skipped` for `reason`. */
  readonly state: 'waiting' | 'measuring' | 'measured' | 'skipped';
  /** Their names, the default first. */
  readonly ways: readonly string[];
  /** The way it goes now. */
  readonly choice: string;
  /** Milliseconds of one dispatch; absent until measured. */
  readonly defaultMs?: number;
  readonly choiceMs?: number;
  /** Ways besides the default that have been tried. */
  readonly tried: number;
  /** Ways that may not be chosen: they do not compile, or do not give the default's numbers. */
  readonly refusals: readonly { readonly choice: string; readonly reason: string }[];
  /** Why it was left alone. */
  readonly reason?: string;
}

/** A network's kernels and the ways they go. Changing a way changes rounding, hence training's later bits. */
export interface NetworkTuning {
  /** `fixed` when the choices were given to `compile`. */
  readonly mode: 'auto' | 'off' | 'fixed';
  readonly kernels: readonly TunedKernel[];
  /** To be given to `compile`, for the same bits again. */
  readonly choices: TuningChoices;
  /** Goes the ways known, and measures the others in the background from the next `fit` on; or the default ways again. */
  setMode(mode: 'auto' | 'off'): Promise<void>;
  /** In mode `auto`: measures at once what is not known yet, between the steps of a run if there is one; resolves at the end. */
  measure(): Promise<void>;
  /** Forgets all measurements, of other networks too, and goes the default ways. */
  forget(): Promise<void>;
}
