/** Which stages the pipeline draws, from the draft and the network that runs. Pure; knows no elements. */
import type { BuiltModel, ModelDraft } from '../app/state.ts';
import type { LayerConfig } from '../engine/model/config.ts';
import type { ModelIssue } from '../engine/model/issue.ts';
import type { ResolvedLayer } from '../engine/model/resolved.ts';

/** One stage: what its controls say and what its maps show. */
export interface Stage {
  /** Place of its layer in the config. */
  readonly index: number;
  readonly name: string;
  readonly config: LayerConfig;
  /** Worked out from the draft; absent from the first impossible layer on. */
  readonly layer?: ResolvedLayer;
  /** The flatten layer that stands before a dense layer and is told there. */
  readonly flatten?: ResolvedLayer;
  /** The same layer of the network that runs. */
  readonly built?: ResolvedLayer;
  readonly issue?: ModelIssue;
}

/** Every layer in order; a flatten before a dense layer is folded into it. */
export function stagesOf(draft: ModelDraft, built: BuiltModel | undefined): readonly Stage[] {
  const { layers } = draft.config;
  const isFolded = (index: number): boolean => layers[index]?.type === 'flatten' && layers[index + 1]?.type === 'dense';
  return layers.flatMap((config, index) => (isFolded(index) ? [] : [stageAt(draft, built, config, index)]));
}

function stageAt(draft: ModelDraft, built: BuiltModel | undefined, config: LayerConfig, index: number): Stage {
  const layer = draft.layers[index];
  const before = draft.layers[index - 1];
  const running = built?.model.layers[index];
  // The first layer that cannot be has no name of its own worked out: the issue carries it.
  const refused = index === draft.layers.length ? draft.issues[0] : undefined;
  const name = layer?.name ?? refused?.layer ?? running?.name ?? '';
  const issue = refused ?? draft.issues.find((candidate) => candidate.layer === name);
  return {
    index,
    name,
    config,
    ...(layer && { layer }),
    ...(config.type === 'dense' && before?.type === 'flatten' && { flatten: before }),
    ...(running && { built: running }),
    ...(issue && { issue }),
  };
}
