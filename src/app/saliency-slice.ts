/** How the answer depends on the chosen image: which class's score, what is drawn of it, and what was worked out. Pure. */
import type { Saliency } from '../worker/protocol.ts';
import type { Slice } from './slice.ts';
import type { PlaygroundState } from './state.ts';

/** What is drawn: the gradient itself, or times the pixel. */
export type SaliencyKind = 'gradient' | 'product';

export interface SaliencyState {
  readonly kind: SaliencyKind;
  /** The class chosen; absent: whichever is predicted. */
  readonly unit?: number;
  /** The last that was told; of a class that need no longer be the one wanted. */
  readonly traced?: Saliency;
}

/** The person's choices; no unit stands for the class predicted. */
export type SaliencyIntent =
  | { readonly type: 'saliencyClassChosen'; readonly unit?: number }
  | { readonly type: 'saliencyKindChosen'; readonly kind: SaliencyKind };

/** Nothing is worked out unless its panel is open. */
export const saliencySlice: Slice<SaliencyState> = {
  initial: { kind: 'gradient' },
  reduce(saliency, message, state) {
    switch (message.type) {
      case 'saliencyKindChosen':
        return message.kind === saliency.kind ? saliency : { ...saliency, kind: message.kind };
      case 'saliencyClassChosen': {
        const { unit: _before, ...rest } = saliency;
        return message.unit === undefined ? rest : { ...rest, unit: message.unit };
      }
      case 'saliencyTraced': {
        const { type: _type, ...traced } = message;
        return { ...saliency, traced };
      }
      case 'built':
        return afterBuilt(saliency, state);
      default:
        return saliency;
    }
  },
  requests(_message, before, after) {
    const unit = tracedUnit(after);
    return tracedUnit(before) === unit ? [] : [{ type: 'traceSaliency', ...(unit !== undefined && { unit }) }];
  },
};

/** Number of the classes that the network on screen tells apart; 0 before there is one. */
export function scoreCount({ built }: PlaygroundState): number {
  const [classes = 0, ...more] = built?.model.layers.at(-1)?.outputShape ?? [];
  return more.length === 0 ? classes : 0;
}

/** The class that the network answers; undefined before its first answer. */
export function predictedUnit({ probabilities }: PlaygroundState): number | undefined {
  return probabilities.length === 0 ? undefined : probabilities.indexOf(Math.max(...probabilities));
}

/** The class whose score is shown; undefined while none is known. */
export function shownUnit(state: PlaygroundState): number | undefined {
  const unit = state.saliency.unit ?? predictedUnit(state);
  return unit !== undefined && unit >= 0 && unit < scoreCount(state) ? unit : undefined;
}

/** What was worked out, if it is of the class that is shown. */
export function shownSaliency(state: PlaygroundState): Saliency | undefined {
  const { traced } = state.saliency;
  return traced && traced.unit === shownUnit(state) ? traced : undefined;
}

/** What the worker should be working out. */
function tracedUnit(state: PlaygroundState): number | undefined {
  return state.dock.panel === 'saliency' ? shownUnit(state) : undefined;
}

function afterBuilt({ kind, unit }: SaliencyState, state: PlaygroundState): SaliencyState {
  return { kind, ...(unit !== undefined && unit < scoreCount(state) && { unit }) };
}
