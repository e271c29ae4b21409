/** How the kernels of the network on screen are computed, as the page knows it. */
import type { TunedKernel } from '../engine/contract.ts';
import type { Slice } from './slice.ts';

/** How the kernels of the network on screen are computed. */
export interface TuningState {
  /** Faster ways are looked for, and gone. */
  readonly isOn: boolean;
  readonly kernels: readonly TunedKernel[];
}

/** What a person can want of the tuner. */
export type TuningIntent =
  { readonly type: 'tuningSwitched'; readonly isOn: boolean } | { readonly type: 'tuningForgotten' };

/** On until switched off. */
export const tuningSlice: Slice<TuningState> = {
  initial: { isOn: true, kernels: [] },
  reduce(tuning, message) {
    switch (message.type) {
      case 'tuningSwitched':
        return { ...tuning, isOn: message.isOn };
      case 'tuning':
        return { ...tuning, kernels: message.kernels };
      default:
        return tuning;
    }
  },
  requests(message) {
    switch (message.type) {
      case 'tuningSwitched':
        return [{ type: 'setTuning', isOn: message.isOn }];
      case 'tuningForgotten':
        return [{ type: 'forgetTuning' }];
      default:
        return [];
    }
  },
};
