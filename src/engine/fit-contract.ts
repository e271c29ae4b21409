/** The types of training: what a run is given, tells and leaves behind. Part of the engine's public face; no implementation. */
import type { Dataset } from './contract.ts';

export interface StepMetrics {
  /** Steps since the initial weights, from 1. */
  readonly step: number;
  /** From 0. */
  readonly epoch: number;
  /** Examples in the step's batch. */
  readonly count: number;
  /** Mean loss over the batch and what regularizers add, before the step's update. */
  readonly loss: number;
  /** Share of the batch whose largest output is at its class, or at its largest target, 0…1, before the step's update. */
  readonly accuracy: number;
  /** False when the loss was NaN or infinite. */
  readonly isFinite: boolean;
}

export interface EpochLogs {
  readonly epoch: number;
  /** Means over the epoch's examples, as Keras reports them. */
  readonly loss: number;
  readonly accuracy: number;
  readonly valLoss?: number;
  readonly valAccuracy?: number;
}

export interface FitCallbacks {
  /** Every step's metrics, in order, a few times a second, as the GPU reports them. */
  onSteps?(steps: readonly StepMetrics[]): void;
  onEpochEnd?(logs: EpochLogs): void | Promise<void>;
}

/** Training images moved at random, each in its own way at every step; evaluation sees them as they are. */
export interface AugmentationConfig {
  /** Whole cells along each axis, at most; default 0. */
  readonly shift?: number;
  /** Degrees to either side, at most; default 0. */
  readonly rotation?: number;
  /** 0.1: from 0.9 to 1.1 times as large; default 0. */
  readonly zoom?: number;
  /** Standard deviation of normal noise on the pixels, which are 0…1; default 0. */
  readonly noise?: number;
  /** Mirrors half of the images, left to right; default false. */
  readonly flip?: boolean;
}

/** Steps at which a run's submits end, so that what lies between two steps can be taken there and nowhere else. */
export interface Milestones {
  /** The next of them after so many steps since the initial weights. */
  after(step: number): number;
  /** The steps up to there are submitted and no later one is: the moment to call `captureState`. */
  reached(step: number): void;
}

export interface FitOptions {
  readonly epochs: number;
  readonly validation?: Dataset;
  /** Default true: a new seeded permutation per epoch. */
  readonly shuffle?: boolean;
  readonly augmentation?: AugmentationConfig;
  /** Start paused, to be driven by `step()`. */
  readonly startPaused?: boolean;
  /** Stop after this many steps of this run. */
  readonly maxSteps?: number;
  readonly milestones?: Milestones;
  readonly callbacks?: FitCallbacks;
  readonly signal?: AbortSignal;
}

export type FitOutcome = 'finished' | 'stopped' | 'nonFinite';

/** A training run under way. Pausing, resuming and inspecting never change its result. */
export interface FitRun {
  readonly isPaused: boolean;
  /** Resolves when the last submitted step has been computed. */
  pause(): Promise<void>;
  resume(): void;
  /** One training step while paused; resolves with its metrics, or undefined when the run has ended. */
  step(): Promise<StepMetrics | undefined>;
  /** Ends the run after the steps already submitted. */
  stop(): Promise<void>;
  /** Resolves when the run has ended, rejects with a typed error when the GPU fails. */
  readonly finished: Promise<{ readonly outcome: FitOutcome; readonly epochs: readonly EpochLogs[] }>;
}

/**
 * All that training goes on from, in ordinary memory. The network it was taken of, given it back, goes on to the same
 * bits as the run that went through it, as long as its kernels are computed the same ways.
 */
export interface TrainingState {
  /** Steps since the initial weights. */
  readonly step: number;
  /** Epochs begun since then: each has a permutation of its own. */
  readonly epochsBegun: number;
  /** Of the last epoch begun, and the examples in it. */
  readonly stepInEpoch: number;
  readonly exampleCount: number;
  /** Steps since the optimizer's slots were last empty. */
  readonly updates: number;
  /** All weights in the network's own order; filters held at zero have the numbers that they get back. */
  readonly weights: Float32Array<ArrayBuffer>;
  /** The slots that the optimizer uses, in the same order. */
  readonly slots: Float32Array<ArrayBuffer>;
  /** What the slots mean, and the schedule of the learning rate. */
  readonly optimizer: { readonly slots: string; readonly schedule: string };
  /** The GPU's own account of the run. */
  readonly counters: ArrayBuffer;
}
