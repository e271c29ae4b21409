/** The data chip's few words. Pure. */
import type { DataState } from '../app/state.ts';
import { formatCount, formatPercent } from './format.ts';

/** What the chip shows. */
export interface ChipText {
  readonly value: string;
  readonly detail: string;
  readonly tone: 'plain' | 'busy' | 'danger';
}

/** Name and size of the data set in use, or how far the first one is. */
export function dataChip({ status, rung, sizes, progress }: DataState): ChipText {
  if (sizes) {
    const value = rung === 'generated' ? 'Generated' : rung === 'files' ? 'Your files' : 'MNIST';
    return { value, detail: formatCount(sizes.train), tone: status === 'loading' ? 'busy' : 'plain' };
  }
  if (status === 'failed' || status === 'cancelled') return { value: 'none', detail: '', tone: 'danger' };
  if (status === 'waiting') return { value: 'MNIST', detail: '', tone: 'plain' };
  const share = progress && progress.totalBytes > 0 ? progress.loadedBytes / progress.totalBytes : 0;
  return { value: 'MNIST', detail: share > 0 ? formatPercent(share, 0) : 'loading', tone: 'busy' };
}
