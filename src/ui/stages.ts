/** Which stages the pipeline draws, from the draft and the network that runs. Pure; knows no elements. */
import type { BuiltModel, ModelDraft } from '../app/state.ts';
import type { LayerConfig, LayerType } from '../engine/model/config.ts';
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
  /** A layer that only passes on or joins what others made: it takes little room. */
  readonly isNarrow: boolean;
}

/** What a stage reads of another than the one before it; places in the list of stages, −1 being the input. */
export interface Skip {
  readonly from: number;
  readonly to: number;
  /** Lines of one lane do not touch; lane 0 is nearest to the stages. */
  readonly lane: number;
}

const narrowTypes: ReadonlySet<LayerType> = new Set([
  'zeroPadding2d',
  'padding2d',
  'flatten',
  'reshape',
  'dropout',
  'spatialDropout2d',
  'batchNormalization',
  'layerNormalization',
  'activation',
  'add',
  'concatenate',
]);

/** Every layer in order; a flatten before a dense layer is folded into it, unless that is the network's answer. */
export function stagesOf(draft: ModelDraft, built: BuiltModel | undefined): readonly Stage[] {
  const { layers } = draft.config;
  return layers.flatMap((config, index) => (isFolded(layers, index) ? [] : [stageAt(draft, built, config, index)]));
}

/** A flatten that nothing but the dense layer right after it reads. */
function isFolded(layers: readonly LayerConfig[], index: number): boolean {
  const [layer, next] = [layers[index], layers[index + 1]];
  if (layer?.type !== 'flatten' || next?.type !== 'dense' || index + 2 >= layers.length) return false;
  const { name } = layer;
  const readers = layers.filter(({ inputs }) => name !== undefined && inputs?.includes(name));
  return readers.every((reader) => reader === next) && (next.inputs === undefined || readers.length === 1);
}

function stageAt(draft: ModelDraft, built: BuiltModel | undefined, config: LayerConfig, index: number): Stage {
  const layer = draft.layers[index];
  const name = draft.names[index] ?? '';
  // Whichever place it has there: what was put in before it moved it on.
  const running = built?.model.layers.find((candidate) => candidate.name === name);
  const issue = draft.issues.find((candidate) => candidate.layer === name);
  const flatten = isFolded(draft.config.layers, index - 1) ? draft.layers[index - 1] : undefined;
  return {
    index,
    name,
    config,
    isNarrow: narrowTypes.has(config.type),
    ...(layer && { layer }),
    ...(flatten && { flatten }),
    ...(running && { built: running }),
    ...(issue && { issue }),
  };
}

/** Everything that goes past a stage, shorter lines in lower lanes. */
export function skipsOf(stages: readonly Stage[]): readonly Skip[] {
  const places = new Map<string, number>([['input', -1]]);
  stages.forEach(({ name }, place) => places.set(name, place));
  const edges = stages.flatMap(
    ({ layer, built, flatten }, to) =>
      (flatten ?? layer ?? built)?.inputs
        .map((source) => places.get(source) ?? to - 1)
        .filter((from) => from < to - 1)
        .map((from) => ({ from, to })) ?? [],
  );
  return inLanes([...edges].sort((a, b) => a.to - a.from - (b.to - b.from)));
}

function inLanes(edges: readonly Omit<Skip, 'lane'>[]): readonly Skip[] {
  const skips: Skip[] = [];
  for (const { from, to } of edges) {
    const taken = new Set(skips.filter((other) => other.from < to && from < other.to).map(({ lane }) => lane));
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    skips.push({ from, to, lane });
  }
  return skips;
}
