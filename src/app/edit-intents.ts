/** What a person can want of the model, as data. What follows from it stands in the reducer. */
import type { LayerConfig, LayerType, ModelConfig } from '../engine/model/config.ts';
import type { ModelFix } from '../engine/model/issue.ts';

/** Everything that edits the draft. Places are those in the config's list of layers. */
export type EditIntent =
  /** A control of a layer moves; nothing is built, and nothing can be undone, before `editCommitted`. */
  | { readonly type: 'layerEdited'; readonly index: number; readonly layer: LayerConfig }
  | { readonly type: 'editCommitted' }
  | { readonly type: 'fixApplied'; readonly fix: ModelFix }
  /** The new layer is to stand as the `at`-th. */
  | { readonly type: 'layerAdded'; readonly at: number; readonly layerType: LayerType }
  | { readonly type: 'layerDuplicated'; readonly index: number }
  | { readonly type: 'layerRemoved'; readonly index: number }
  | { readonly type: 'layerMoved'; readonly from: number; readonly to: number }
  /** A preset, or a model mended. */
  | { readonly type: 'modelChosen'; readonly config: ModelConfig }
  | { readonly type: 'lectureRestored' }
  | { readonly type: 'undoPressed' }
  | { readonly type: 'redoPressed' };

const types: Readonly<Record<EditIntent['type'], true>> = {
  layerEdited: true,
  editCommitted: true,
  fixApplied: true,
  layerAdded: true,
  layerDuplicated: true,
  layerRemoved: true,
  layerMoved: true,
  modelChosen: true,
  lectureRestored: true,
  undoPressed: true,
  redoPressed: true,
};

/** Whether a message edits the model. */
export function isEdit(message: { readonly type: string }): message is EditIntent {
  return Object.hasOwn(types, message.type);
}
