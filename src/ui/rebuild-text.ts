/** What was kept when the network was last built, in words. Pure. */
import type { RebuildState } from '../app/rebuild-slice.ts';

/** Empty before the first rebuild; `short` fits the header's second line, `full` names every layer. */
export function rebuildText({ builds, kept, fresh }: RebuildState, form: 'short' | 'full'): string {
  if (builds < 2 || kept.length + fresh.length === 0) return '';
  const isShort = form === 'short';
  if (fresh.length === 0) return isShort ? 'kept all weights' : 'All weights were kept.';
  if (kept.length === 0) return isShort ? 'all layers begin anew' : 'No weights fit: all layers begin anew.';
  if (isShort) {
    const anew = fresh.length === 1 ? joined(fresh) : fresh.length;
    return `kept ${kept.length} of ${kept.length + fresh.length} layers; ${anew} anew`;
  }
  const begins = `${joined(fresh)} ${fresh.length === 1 ? 'begins' : 'begin'} anew`;
  return `${joined(kept)} kept ${kept.length === 1 ? 'its' : 'their'} weights; ${begins}.`;
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
