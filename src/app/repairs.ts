/** Ways out of a model that cannot be: each is tried first, and offered only if it mends the layer it is for. Pure. */
import type { LayerConfig, ModelConfig } from '../engine/model/config.ts';
import type { ModelIssue } from '../engine/model/issue.ts';
import { inputName } from '../engine/model/layer-names.ts';
import type { Shape } from '../engine/model/resolved.ts';
import { inputCounts } from '../engine/model/rules/layer-rules.ts';
import { withConfig, withFix, withLayer, withNewLayer, withRemoved, withReordered } from './draft.ts';
import type { ModelDraft } from './state.ts';

/** One click's way out: what its button says, and the model it makes. */
export interface Repair {
  readonly label: string;
  readonly config: ModelConfig;
}

/** A way that may help; worked out only when it is its turn. */
interface Candidate {
  readonly label: string;
  readonly make: () => ModelDraft;
}

/** The layer an issue is about. */
interface Patient {
  readonly draft: ModelDraft;
  readonly issue: ModelIssue;
  readonly index: number;
  readonly layer: LayerConfig;
}

const mostRepairs = 2;
/** Layers before a join that are tried as its other input. */
const mostSources = 12;

/** The best ways to mend the layer of the draft's first issue; empty when there is no issue, or none helps. */
export function repairsOf(draft: ModelDraft): readonly Repair[] {
  const issue = draft.issues[0];
  const index = issue ? draft.names.indexOf(issue.layer) : -1;
  const layer = draft.config.layers[index];
  if (!issue || !layer) return [];
  const patient = { draft, issue, index, layer };
  const candidates = [
    ...ownFix(patient),
    ...sourceRepairs(patient),
    ...rankRepairs(patient),
    ...outputRepairs(patient),
    ...resets(patient),
    { label: `Remove ${issue.layer}`, make: () => withRemoved(draft, index) },
  ];
  const repairs: Repair[] = [];
  for (const { label, make } of candidates) {
    const mended = make();
    if (isMended(mended, issue.layer)) repairs.push({ label, config: mended.config });
    if (repairs.length === mostRepairs) break;
  }
  return repairs;
}

/** The layer is worked out, or gone, and nothing is said of it. */
function isMended({ issues, layers, names, config }: ModelDraft, name: string): boolean {
  if (config.layers.length === 0 || issues.some(({ layer }) => layer === name)) return false;
  return !names.includes(name) ? issues.length === 0 : layers.some((layer) => layer.name === name);
}

/** The engine's own. */
function ownFix({ draft, issue: { fix } }: Patient): readonly Candidate[] {
  return fix ? [{ label: fix.label, make: () => withFix(draft, fix) }] : [];
}

/** Other layers to read, for one that reads what is not there or does not go together. */
function sourceRepairs(patient: Patient): readonly Candidate[] {
  const { draft, index, layer, issue } = patient;
  const { min } = inputCounts(layer.type);
  const isAboutInputs =
    ['unknownInput', 'wrongInputCount'].includes(issue.code) || (min > 1 && issue.code === 'wrongRank');
  if (!isAboutInputs) return [];
  const known = [inputName, ...draft.names.slice(0, index)];
  const shapes = new Map<string, Shape>([[inputName, draft.config.inputShape]]);
  for (const { name, outputShape } of draft.layers) shapes.set(name, outputShape);
  const given = (layer.inputs ?? []).filter((name) => known.includes(name));
  const first = given[0] ?? known.at(-1) ?? inputName;
  const reading = (inputs: readonly string[]): Candidate => ({
    label: `Read ${inputs.join(' and ')}`,
    make: () => withLayer(draft, index, { ...layer, inputs }),
  });
  if (min === 1) return [...behindSources(patient), reading([first])];
  const others = known
    .filter((name) => name !== first)
    .slice(-mostSources)
    .toReversed();
  const sameFilters = given.slice(1).flatMap((name) => channelRepair(patient, name, shapes.get(first)?.at(-1)));
  return [...behindSources(patient), ...sameFilters, ...others.map((other) => reading([first, other]))];
}

/** Behind the last of the layers it reads. */
function behindSources({ draft, index, layer, issue }: Patient): readonly Candidate[] {
  const places = (layer.inputs ?? []).map((name) => draft.names.indexOf(name));
  const last = Math.max(-1, ...places);
  if (issue.code !== 'unknownInput' || last <= index) return [];
  const layers = draft.config.layers.toSpliced(index, 1).toSpliced(last, 0, layer);
  return [{ label: `Move behind ${draft.names[last]}`, make: () => withConfig(draft, { ...draft.config, layers }) }];
}

/** As many channels as the other source has. */
function channelRepair({ draft }: Patient, name: string, channels: number | undefined): readonly Candidate[] {
  const index = draft.names.indexOf(name);
  const layer = draft.config.layers[index];
  if (channels === undefined || !layer || !('filters' in layer)) return [];
  return [
    {
      label: `Use ${channels} filters in ${name}`,
      make: () => withLayer(draft, index, { ...layer, filters: channels }),
    },
  ];
}

/** Another place, or a layer before it, for one that needs maps and gets a row, or the other way round. */
function rankRepairs({ draft, issue, index, layer }: Patient): readonly Candidate[] {
  if (issue.code !== 'wrongRank') return [];
  if (layer.type === 'dense')
    return [{ label: 'Put a flatten before it', make: () => withNewLayer(draft, index, 'flatten', []) }];
  const flattening = draft.layers.findLastIndex(
    ({ inputShapes: [shape = []], outputShape }) => shape.length === 3 && outputShape.length === 1,
  );
  if (flattening < 0) return [];
  const move = { label: `Move before ${draft.names[flattening]}`, make: () => withReordered(draft, index, flattening) };
  const maps = draft.layers[flattening]?.inputShapes[0] ?? [];
  return [move, ...reshaped(draft, index, maps)];
}

function reshaped(draft: ModelDraft, index: number, shape: Shape): readonly Candidate[] {
  const withReshape = withNewLayer(draft, index, 'reshape', []);
  const layer = withReshape.config.layers[index];
  if (layer?.type !== 'reshape') return [];
  return [
    {
      label: `Reshape to ${shape.join('×')}`,
      make: () => withLayer(withReshape, index, { ...layer, targetShape: shape }),
    },
  ];
}

/** An answer for every class at the end; nothing that nobody reads before it. */
function outputRepairs({ draft, issue }: Patient): readonly Candidate[] {
  if (issue.code !== 'wrongOutput') return [];
  const end = draft.names.length;
  const isFlat = draft.layers.at(-1)?.outputShape.length === 1;
  const flat = isFlat ? draft : withNewLayer(draft, end, 'flatten', []);
  const grown = withNewLayer(flat, flat.names.length, 'dense', []);
  const head = grown.config.layers.at(-1);
  if (head?.type !== 'dense') return [];
  const answer = { ...head, units: 10, activation: 'softmax' as const };
  return [
    {
      label: isFlat ? 'Add a dense layer with softmax' : 'Add a flatten and a dense layer with softmax',
      make: () => withLayer(grown, grown.names.length - 1, answer),
    },
  ];
}

/** The default of the field that the message names. */
function resets({ draft, issue, index, layer }: Patient): readonly Candidate[] {
  const [, field = ''] = /Received (\w+)=/.exec(issue.message) ?? [];
  if (!Object.hasOwn(layer, field) || field === 'type') return [];
  const entries = Object.entries(layer).filter(([key]) => key !== field);
  // Only the type is sure to be there; the resolver checks the rest like everything else.
  const reset = { ...Object.fromEntries(entries), type: layer.type } as LayerConfig;
  return [{ label: `Reset ${field}`, make: () => withLayer(draft, index, reset) }];
}
