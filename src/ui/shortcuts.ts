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
];

/** What a key pressed outside all controls asks for. */
export function intentOfKey(
  event: KeyboardEvent,
  phase: Phase,
  mapKind: 'activations' | 'weights',
): Intent | undefined {
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
