/** Edits of a model's plain config and what they work out to. Pure; knows nothing of weights or of the worker. */
import type { LayerConfig, ModelConfig } from '../engine/model/config.ts';
import type { ModelFix } from '../engine/model/issue.ts';
import { resolveModel } from '../engine/model/resolve.ts';
import type { ModelDraft } from './state.ts';

/** The config with its shapes, or as far as they go and what stops them. */
export function workOut(config: ModelConfig): ModelDraft {
  const resolution = resolveModel(config);
  return resolution.ok
    ? { config, model: resolution.model, layers: resolution.model.layers, issues: [] }
    : { config, layers: resolution.layers, issues: resolution.issues };
}

/** The draft with its layer `index` replaced. */
export function withLayer(draft: ModelDraft, index: number, layer: LayerConfig): ModelDraft {
  return workOut({ ...draft.config, layers: draft.config.layers.map((old, i) => (i === index ? layer : old)) });
}

/** The draft after an issue's one-click fix; unchanged when the fix does not make a config. */
export function withFix(draft: ModelDraft, fix: ModelFix): ModelDraft {
  const index = layerIndex(draft, fix.layer);
  const layer = draft.config.layers[index];
  if (layer === undefined) return draft;
  // The fix comes from the resolver, which checks the whole config again below.
  return withLayer(draft, index, { ...layer, [fix.field]: fix.value });
}

/** Where a layer of that name stands; a name not worked out yet is the first layer that cannot be. */
export function layerIndex(draft: ModelDraft, name: string): number {
  const known = draft.layers.findIndex((layer) => layer.name === name);
  return known >= 0 ? known : draft.layers.length;
}

/** Whether two configs say the same, by their JSON. */
export function isSameConfig(a: ModelConfig | undefined, b: ModelConfig | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
