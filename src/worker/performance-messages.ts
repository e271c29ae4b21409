/** The messages about speed: types only, part of the protocol. */
import type { DispatchProfile } from '../engine/contract.ts';

/** What the page asks about speed. */
export type PerformanceRequest =
  /** Whether somebody looks: nothing is measured or told otherwise. */
  | { type: 'watchPerformance'; isWatching: boolean }
  /** Measures once more what a step consists of and what the device reaches at best. */
  | { type: 'measurePerformance' };

/** One moment of a run. */
export interface PerformanceSample {
  /** By the worker's clock. */
  readonly atMs: number;
  /** Zeros while nothing trains. */
  readonly msPerStep: number;
  readonly imagesPerSecond: number;
  readonly stepsPerSubmit: number;
  /** What the engine holds on the GPU, of every network and data set. */
  readonly memoryBytes: number;
  readonly bufferCount: number;
}

/** What the worker tells about speed. */
export type PerformanceReport =
  /** About twice a second while the network trains, and once at the beginning. */
  | { type: 'performance'; sample: PerformanceSample }
  /** The dispatches of the network on screen. */
  | { type: 'stepProfile'; batchSize: number; dispatches: readonly DispatchProfile[] }
  /** Multiply-adds that the device reaches at best, in 10⁹ operations a second. */
  | { type: 'peakMeasured'; gflops: number }
  | { type: 'measuring'; isMeasuring: boolean };
