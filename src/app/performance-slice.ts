/** How fast the network trains, as the page knows it: moments of the run while the panel is open, and what a step consists of. */
import type { DispatchProfile } from '../engine/contract.ts';
import type { PerformanceSample } from '../worker/protocol.ts';
import type { Slice } from './slice.ts';

/** The dispatches of the network on screen. */
export interface ProfiledStep {
  readonly batchSize: number;
  readonly dispatches: readonly DispatchProfile[];
}

export interface PerformanceState {
  /** The last moment that was told of; absent before the panel was open. */
  readonly now?: PerformanceSample;
  /** Moments of training since the panel was opened, the oldest first. */
  readonly history: readonly PerformanceSample[];
  readonly isMeasuring: boolean;
  readonly profile?: ProfiledStep;
  /** GFLOP/s that the device was measured to reach. */
  readonly peakGflops?: number;
}

/** What a person can want of the measurements. */
export interface PerformanceIntent {
  readonly type: 'performanceRemeasured';
}

/** Two minutes of samples. */
const mostSamples = 240;

/** Follows the run while its panel is open. */
export const performanceSlice: Slice<PerformanceState> = {
  initial: { history: [], isMeasuring: false },
  reduce(performance, message) {
    switch (message.type) {
      case 'performance': {
        const { sample } = message;
        const history =
          sample.msPerStep > 0 ? [...performance.history, sample].slice(-mostSamples) : performance.history;
        return { ...performance, now: sample, history };
      }
      case 'stepProfile':
        return { ...performance, profile: { batchSize: message.batchSize, dispatches: message.dispatches } };
      case 'peakMeasured':
        return { ...performance, peakGflops: message.gflops };
      case 'measuring':
        return { ...performance, isMeasuring: message.isMeasuring };
      case 'built': {
        const { profile: _former, ...rest } = performance;
        return rest;
      }
      case 'panelChosen':
        return message.panel !== 'speed' && performance.history.length > 0
          ? { ...performance, history: [] }
          : performance;
      default:
        return performance;
    }
  },
  requests(message, before, after) {
    if (message.type === 'performanceRemeasured') return [{ type: 'measurePerformance' }];
    const isWatching = after.dock.panel === 'speed';
    return isWatching === (before.dock.panel === 'speed') ? [] : [{ type: 'watchPerformance', isWatching }];
  },
};
