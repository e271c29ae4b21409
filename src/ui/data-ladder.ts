/** The places the data may come from, in the order they are tried, each with what is to be said about it. Pure text. */
import type { DataProgress, DataState } from '../app/state.ts';
import type { DataRung } from '../data/dataset-types.ts';
import { formatCount } from './format.ts';

/** One line of the ladder. */
export interface LadderLine {
  readonly rung: DataRung;
  readonly title: string;
  /** What became of it, or what it is. */
  readonly note: string;
  readonly status: 'inUse' | 'loading' | 'skipped' | 'open';
  /** What its button says; no button where there is nothing to do. */
  readonly action?: 'Use' | 'Try again';
  readonly progress?: DataProgress;
}

const places: readonly { readonly rung: DataRung; readonly title: string; readonly what: string }[] = [
  { rung: 'cache', title: 'Cached copy', what: 'Kept in this browser by an earlier visit.' },
  { rung: 'site', title: 'This site', what: 'The copy served with this page.' },
  { rung: 'mirror', title: 'Public mirror', what: 'MNIST from the internet, 11.6 MB, once.' },
  { rung: 'files', title: 'Your files', what: 'The four MNIST files, gzipped or not. They stay in this browser.' },
  { rung: 'generated', title: 'Generated digits', what: 'Drawn by this page. Always works, easier than MNIST.' },
];

/** All five lines. */
export function describeLadder(data: DataState): readonly LadderLine[] {
  const loading = rungBeingTried(data);
  return places.map(({ rung, title, what }) => {
    const skipped = data.skipped.find((each) => each.rung === rung);
    if (rung === loading) {
      const progress = data.progress?.rung === rung ? { progress: data.progress } : {};
      return { rung, title, note: progressNote(data.progress, rung), status: 'loading', ...progress };
    }
    if (rung === data.rung) return { rung, title, note: sizesNote(data), status: 'inUse' };
    const isOffered = data.status !== 'waiting' && loading === undefined && rung !== 'files';
    if (skipped !== undefined) {
      return { rung, title, note: skipped.reason, status: 'skipped', ...(isOffered && { action: 'Try again' }) };
    }
    return { rung, title, note: what, status: 'open', ...(isOffered && { action: 'Use' }) };
  });
}

/** One sentence on the whole, for screen readers; it changes only when the place or the outcome does. */
export function describeData(data: DataState): string {
  const title = (rung: DataRung | undefined): string =>
    places.find((place) => place.rung === rung)?.title ?? 'the data';
  switch (data.status) {
    case 'waiting':
      return 'No data are loaded: without a GPU there is nothing to train.';
    case 'loading':
      return `Loading: ${title(rungBeingTried(data))}.`;
    case 'ready':
      return `In use: ${title(data.rung)}. ${sizesNote(data)}`;
    case 'cancelled':
      return 'Loading was cancelled.';
    case 'failed':
      return data.message ?? 'Loading failed.';
  }
}

/** Before the first progress of a climb, the first rung that has not been skipped. */
function rungBeingTried(data: DataState): DataRung | undefined {
  if (data.status !== 'loading') return undefined;
  if (data.progress !== undefined) return data.progress.rung;
  return places.find(({ rung }) => rung !== 'files' && !data.skipped.some((each) => each.rung === rung))?.rung;
}

function progressNote(progress: DataProgress | undefined, rung: DataRung): string {
  if (progress?.rung !== rung) return 'Looking …';
  if (rung === 'generated') return 'Drawing digits …';
  return progress.file === undefined ? 'Loading …' : progress.file;
}

function sizesNote({ sizes }: DataState): string {
  return sizes === undefined ? '' : `${formatCount(sizes.train)} training and ${formatCount(sizes.test)} test images.`;
}
