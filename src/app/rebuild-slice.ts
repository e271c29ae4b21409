/** Which layers kept their weights when the network was last built. Knows names only. */
import type { Slice } from './slice.ts';

/** The last build, told by layers. */
export interface RebuildState {
  /** Networks built so far; from the second one on there was something to keep. */
  readonly builds: number;
  /** Layers all of whose weights were taken over. */
  readonly kept: readonly string[];
  /** Layers of which at least one weight begins anew. */
  readonly fresh: readonly string[];
  /** Reports of progress for which this is still news. */
  readonly newsLeft: number;
}

/** A few seconds of training. */
const newsReports = 40;

/** Follows the worker's reports of built networks. */
export const rebuildSlice: Slice<RebuildState> = {
  initial: { builds: 0, kept: [], fresh: [], newsLeft: 0 },
  reduce(rebuild, message, state) {
    if (message.type === 'progress' && rebuild.newsLeft > 0) return { ...rebuild, newsLeft: rebuild.newsLeft - 1 };
    if (message.type !== 'built' || !state.built) return rebuild;
    const taken = new Set(message.keptWeights);
    const learning = state.built.model.layers.filter(({ weights }) => weights.length > 0);
    const isKept = ({ weights }: (typeof learning)[number]): boolean => weights.every(({ name }) => taken.has(name));
    return {
      builds: rebuild.builds + 1,
      kept: learning.filter(isKept).map(({ name }) => name),
      fresh: learning.filter((layer) => !isKept(layer)).map(({ name }) => name),
      newsLeft: newsReports,
    };
  },
};
