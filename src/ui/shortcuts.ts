/** The page's keys: which mean what, and when a key belongs to a control instead. Knows no state. */
import { html, type TemplateResult } from 'lit';
import type { Intent } from '../app/intent.ts';
import type { Phase } from '../worker/protocol.ts';

const shortcuts: readonly { readonly keys: string; readonly meaning: string }[] = [
  { keys: 'Space', meaning: 'Train or pause' },
  { keys: 'S', meaning: 'Train on one batch' },
  { keys: 'R', meaning: 'Rewind to the same initial weights' },
  { keys: 'N', meaning: 'Next example of the test set' },
  { keys: 'F', meaning: 'Activations or filters' },
  { keys: 'Ctrl Z', meaning: 'Take back an edit of the model; with Shift, do it again' },
  { keys: 'Alt ← →', meaning: 'Move the layer whose title has the focus' },
  { keys: '?', meaning: 'Explain the control that has the focus' },
];

/** What a key pressed outside all controls asks for. */
export function intentOfKey(
  event: KeyboardEvent,
  phase: Phase,
  mapKind: 'activations' | 'weights',
): Intent | undefined {
  const edit = editOfKey(event);
  if (edit) return edit;
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || isInControl(event)) return undefined;
  switch (event.key.toLowerCase()) {
    case ' ':
      return { type: phase === 'training' ? 'pausePressed' : 'trainPressed' };
    case 's':
      return phase === 'training' ? undefined : { type: 'stepPressed' };
    case 'r':
      return { type: 'rewindPressed' };
    case 'n':
      return { type: 'exampleRequested' };
    case 'f':
      return { type: 'mapKindChosen', kind: mapKind === 'activations' ? 'weights' : 'activations' };
    default:
      return undefined;
  }
}

/** Undo and redo of edits of the model; a text being typed, or a drawing, has its own. */
function editOfKey(event: KeyboardEvent): Intent | undefined {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.defaultPrevented;
  const [target] = event.composedPath();
  const isTyping = target instanceof HTMLInputElement && target.type === 'text';
  if (!isCommand || isTyping || target instanceof HTMLTextAreaElement) return undefined;
  const key = event.key.toLowerCase();
  if (key === 'z') return { type: event.shiftKey ? 'redoPressed' : 'undoPressed' };
  return key === 'y' && !event.shiftKey ? { type: 'redoPressed' } : undefined;
}

/** Anything that can hold the focus answers its own keys. */
function isInControl(event: KeyboardEvent): boolean {
  return event
    .composedPath()
    .some((node) => node instanceof HTMLElement && (node.tabIndex >= 0 || node.isContentEditable));
}

/** The list of keys for the help panel. */
export function renderShortcuts(): TemplateResult {
  return html`<dl class="keys">
    ${shortcuts.map(
      ({ keys, meaning }) =>
        html`<dt><kbd>${keys}</kbd></dt>
          <dd>${meaning}</dd>`,
    )}
  </dl>`;
}
