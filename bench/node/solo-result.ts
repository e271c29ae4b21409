/** What Receptive alone did with one network and batch, as it stands in a file of results. Types only. */
import type { TuningChoices } from '../../src/engine/index.ts';
import type { CaseSuite, DispatchResult, Spread } from '../results-file.ts';

/** One network at one batch. */
export interface SoloCase {
  readonly suite: CaseSuite;
  /** `lecture`, `smallVgg`, `lecture ×2`: unique together with the batch. */
  readonly network: string;
  readonly title: string;
  readonly batchSize: number;
  readonly params: number;
  /** Multiplications with an addition in one image's forward pass. */
  readonly macsPerImage: number;
  readonly result: SoloMeasurement | SoloInability;
}

/** Why a case was not run, in a sentence. */
export interface SoloInability {
  readonly cannot: string;
}

/** How it went. */
export interface SoloMeasurement {
  readonly cannot?: undefined;
  readonly trainImagesPerSecond: Spread;
  readonly msPerStep: Spread;
  /** `predict` on whole batches of the case's size, outputs read back. */
  readonly inferImagesPerSecond: Spread;
  /** From `compile` to the first step's metrics, the data being there. */
  readonly firstStepMs: number;
  /** Where the kernels' ways were measured before anything else: how long that took, and the ways chosen. */
  readonly tuning?: { readonly ms: number; readonly choices: TuningChoices };
  /** GPU memory of network and data set. */
  readonly ledgerBytes: number;
  /** Mean loss over the same examples before the first step and after the last. */
  readonly lossBefore: number;
  readonly lossAfter: number;
  readonly steps: number;
  /** One step's dispatches in order, each timed in a pass of its own. */
  readonly dispatches: readonly DispatchResult[];
}
