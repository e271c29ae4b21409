/** The model's part of the reducer: edits of the draft, their history, and when the network must be built anew. Builds nothing. */
import { lectureModel } from '../engine/model/presets.ts';
import {
  isSameModel,
  withConfig,
  withCopy,
  withFix,
  withLayer,
  withNewLayer,
  withRemoved,
  withReordered,
} from './draft.ts';
import { redone, undone, withEdit, type EditHistory } from './edit-history.ts';
import type { EditIntent } from './edit-intents.ts';
import type { ModelDraft, PlaygroundState } from './state.ts';

/** The state after one edit; all but a moving control's are settled at once. */
export function afterEdit(state: PlaygroundState, intent: EditIntent): PlaygroundState {
  switch (intent.type) {
    case 'layerEdited':
      return { ...state, draft: withLayer(state.draft, intent.index, intent.layer) };
    case 'undoPressed':
      return afterTravel(state, undone);
    case 'redoPressed':
      return afterTravel(state, redone);
    default:
      return settled({ ...state, draft: edited(state, intent) });
  }
}

type SettlingIntent = Exclude<EditIntent, { type: 'layerEdited' | 'undoPressed' | 'redoPressed' }>;

function edited({ draft, built }: PlaygroundState, intent: SettlingIntent): ModelDraft {
  // A name of the network that runs would give the new layer weights that are not its own.
  const taken = built?.model.layers.map(({ name }) => name) ?? [];
  switch (intent.type) {
    case 'editCommitted':
      return draft;
    case 'fixApplied':
      return withFix(draft, intent.fix);
    case 'layerAdded':
      return withNewLayer(draft, intent.at, intent.layerType, taken);
    case 'layerDuplicated':
      return withCopy(draft, intent.index, taken);
    case 'layerRemoved':
      return withRemoved(draft, intent.index);
    case 'layerMoved':
      return withReordered(draft, intent.from, intent.to);
    case 'modelChosen':
      return withConfig(draft, intent.config);
    case 'lectureRestored':
      return withConfig(draft, lectureModel);
  }
}

/** The draft takes its place in the history and, where it can be built and is not being built, is asked for. */
function settled(state: PlaygroundState): PlaygroundState {
  const history = withEdit(state.history, state.draft.config);
  if (!needsBuild(state)) return { ...state, history };
  return { ...state, history, requested: state.draft.config };
}

function afterTravel(
  state: PlaygroundState,
  travel: (history: EditHistory) => EditHistory | undefined,
): PlaygroundState {
  // A control that is still being dragged counts as released.
  const history = travel(withEdit(state.history, state.draft.config));
  return history ? settled({ ...state, history, draft: withConfig(state.draft, history.settled) }) : state;
}

function needsBuild(state: PlaygroundState): boolean {
  if (!state.draft.model || state.gpu.status !== 'ready') return false;
  return !isSameModel(state.draft.config, state.requested ?? state.builtConfig);
}
