/** Edits of a model's plain config and what they work out to. Pure; knows nothing of weights or of the worker. */
import type { LayerConfig, LayerType, ModelConfig } from '../engine/model/config.ts';
import type { ModelFix, ModelIssue } from '../engine/model/issue.ts';
import { inputName, layerNames } from '../engine/model/layer-names.ts';
import { resolveModel } from '../engine/model/resolve.ts';
import type { ResolvedModel } from '../engine/model/resolved.ts';
import type { LossConfig } from '../engine/model/training-config.ts';
import {
  configOf,
  freshName,
  graphOf,
  isAutomaticName,
  withDuplicate,
  withInserted,
  withMoved,
  withName,
  withoutLayer,
  type LayerNode,
} from './layer-graph.ts';
import { newLayer } from './new-layer.ts';
import type { ModelDraft } from './state.ts';

/** Classes of the data: the digits. */
const classCount = 10;
/** As many as the engine takes. */
const mostLayers = 256;

/** The config with its shapes, or as far as they go and what stops them. */
export function workOut(config: ModelConfig, loss?: LossConfig): ModelDraft {
  const resolution = resolveModel(config, { loss });
  const names = layerNames(config.layers);
  const known = { config, names, ...(loss !== undefined && { loss }) };
  if (!resolution.ok) return { ...known, layers: resolution.layers, issues: resolution.issues };
  const { model } = resolution;
  const issue = classIssue(model);
  if (issue) return { ...known, layers: model.layers, issues: [issue] };
  return { ...known, model, layers: model.layers, issues: [] };
}

/** The engine knows no data, so that the page must see for itself that there is an answer for every class. */
function classIssue({ layers }: ResolvedModel): ModelIssue | undefined {
  const last = layers.at(-1);
  const outputs = last?.outputShape[0] ?? 0;
  if (!last || outputs >= classCount) return undefined;
  const message = `${last.name}: the data have ${classCount} classes, so the last layer needs as many outputs. Received outputs=${outputs}.`;
  const fix = { label: `Use ${classCount} units`, layer: last.name, field: 'units', value: classCount };
  return { layer: last.name, code: 'wrongOutput', message, ...(last.type === 'dense' && { fix }) };
}

/**
 * The draft with its layer `index` replaced; a new name is told to its readers, unless another layer has it, and a new type
 * may mean a new name.
 */
export function withLayer(draft: ModelDraft, index: number, layer: LayerConfig): ModelDraft {
  const before = draft.config.layers[index];
  if (!before) return draft;
  const layers = draft.config.layers.with(index, layer);
  if (layer.type === before.type && layer.name === before.name && layer.inputs === before.inputs) {
    return withConfig(draft, { ...draft.config, layers });
  }
  const oldName = draft.names[index] ?? '';
  const isNew = layer.name !== undefined && layer.name !== oldName && ![inputName, ...draft.names].includes(layer.name);
  const name = isNew ? layer.name : nameAfterType(draft, oldName, before.type, layer);
  const renamed = withName(graphOf(draft.config), index, name);
  const { name: _name, inputs, ...rest } = layer;
  return withGraph(
    draft,
    renamed.map((node, i) =>
      i === index
        ? { ...node, layer: rest, ...(inputs ? { sources: inputs } : {}), isSourced: inputs !== undefined }
        : node,
    ),
  );
}

/** A name that only tells the type goes with the type. */
function nameAfterType({ names }: ModelDraft, name: string, before: LayerType, { type }: LayerConfig): string {
  return type !== before && isAutomaticName(name, before) ? freshName(type, names) : name;
}

/** The draft after an issue's one-click fix; unchanged when the fix does not make a config. */
export function withFix(draft: ModelDraft, fix: ModelFix): ModelDraft {
  const index = layerIndex(draft, fix.layer);
  const layer = draft.config.layers[index];
  if (layer === undefined) return draft;
  // The fix comes from the resolver, which checks the whole config again below.
  return withLayer(draft, index, { ...layer, [fix.field]: fix.value });
}

/** Where the layer of that name stands; −1 for none. */
export function layerIndex(draft: ModelDraft, name: string): number {
  return draft.names.indexOf(name);
}

/** The draft with a new layer of the type as its `at`-th; unchanged where it is full. Names in `taken` are not given again. */
export function withNewLayer(draft: ModelDraft, at: number, type: LayerType, taken: Iterable<string>): ModelDraft {
  const { config, layers, names } = draft;
  if (names.length >= mostLayers || at < 0 || at > names.length) return draft;
  const before = layers.slice(0, at);
  const shape = at === 0 ? config.inputShape : layers[at - 1]?.outputShape;
  const { inputs, ...layer } = newLayer(type, { shape, before, inputShape: config.inputShape });
  const name = freshName(type, [...names, ...taken]);
  return withGraph(draft, withInserted(graphOf(config), at, { name, layer, sources: inputs ?? [], isSourced: false }));
}

/** The draft with a copy of layer `index` behind it; unchanged where there is none, or no room. */
export function withCopy(draft: ModelDraft, index: number, taken: Iterable<string>): ModelDraft {
  const type = draft.config.layers[index]?.type;
  if (!type || draft.names.length >= mostLayers) return draft;
  return withGraph(draft, withDuplicate(graphOf(draft.config), index, freshName(type, [...draft.names, ...taken])));
}

/** The draft without layer `index`; the last one left stays. What read a join goes on with the branch that suits it. */
export function withRemoved(draft: ModelDraft, index: number): ModelDraft {
  const nodes = graphOf(draft.config);
  const gone = nodes[index];
  if (!gone || nodes.length < 2) return draft;
  const ways = Array.from({ length: Math.max(1, gone.sources.length) }, (_, heir) =>
    withGraph(draft, withoutLayer(nodes, index, heir)),
  );
  return ways.find(({ issues }) => issues.length === 0) ?? ways[0] ?? draft;
}

/** The draft with layer `from` standing as the `to`-th. */
export function withReordered(draft: ModelDraft, from: number, to: number): ModelDraft {
  const last = draft.names.length - 1;
  if (!draft.config.layers[from] || from === to || to < 0 || to > last) return draft;
  return withGraph(draft, withMoved(graphOf(draft.config), from, to));
}

/** The same settings for another config. */
export function withConfig(draft: ModelDraft, config: ModelConfig): ModelDraft {
  return workOut(config, draft.loss);
}

function withGraph(draft: ModelDraft, nodes: readonly LayerNode[]): ModelDraft {
  return withConfig(draft, configOf(draft.config, nodes));
}

/** Whether two configs say the same, by their JSON. */
export function isSameConfig(a: ModelConfig | undefined, b: ModelConfig | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether two configs make the same network with the same names, whichever way they are written. */
export function isSameModel(a: ModelConfig | undefined, b: ModelConfig | undefined): boolean {
  if (!a || !b) return a === b;
  return isSameConfig(a, b) || canonical(a) === canonical(b);
}

function canonical(config: ModelConfig): string {
  const nodes = graphOf(config).map(({ name, sources, layer }) => [
    name,
    sources,
    Object.entries(layer).toSorted(byKey),
  ]);
  return JSON.stringify([config.inputShape, nodes]);
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
