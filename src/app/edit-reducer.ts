/** The model's part of the reducer: edits of the draft, and when the network must be built anew. Pure; builds nothing itself. */
import { lectureModel } from '../engine/model/presets.ts';
import { isSameConfig, withFix, withLayer, workOut } from './draft.ts';
import type { Intent } from './intent.ts';
import type { PlaygroundState } from './state.ts';

type EditIntent = Extract<Intent, { type: 'layerEdited' | 'editCommitted' | 'fixApplied' | 'lectureRestored' }>;

/** The state after a control under a layer, a fix, or the way back to the lecture. */
export function afterEdit(state: PlaygroundState, intent: EditIntent): PlaygroundState {
  switch (intent.type) {
    case 'layerEdited':
      return { ...state, draft: withLayer(state.draft, intent.index, intent.layer) };
    case 'fixApplied':
      return afterEdit({ ...state, draft: withFix(state.draft, intent.fix) }, { type: 'editCommitted' });
    case 'lectureRestored':
      return afterEdit({ ...state, draft: workOut(lectureModel) }, { type: 'editCommitted' });
    case 'editCommitted':
      return needsBuild(state) ? { ...state, requested: state.draft.config } : state;
  }
}

function needsBuild(state: PlaygroundState): boolean {
  if (!state.draft.model || state.gpu.status !== 'ready') return false;
  return !isSameConfig(state.draft.config, state.requested ?? state.builtConfig);
}
