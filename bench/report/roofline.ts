/** The roofline: how fast a dispatch could be on a device whose roofs are known, and which roof holds it. Pure numbers. */
import type { DeviceCeilings, DispatchResult } from '../results-file.ts';

/** What a device can do at best. */
export interface Roofs {
  readonly gflops: number;
  /** Of the memory, GB/s read and written together. */
  readonly memoryGBps: number;
  /** Of the caches; what moves at most `cachedBytes` may run at it. */
  readonly cacheGBps: number;
  readonly cachedBytes: number;
  /** What a dispatch takes that does nothing. */
  readonly dispatchUs: number;
}

/** What a dispatch's floor mostly consists of. */
export type Binding = 'compute' | 'memory' | 'overhead';

/** The best that was measured, undefined where a roof was not. */
export function roofsOf(ceilings: DeviceCeilings): Roofs | undefined {
  const { fmaGflops, copyGBps, cachedCopyGBps, cachedCopyBytes, dispatchUs } = ceilings;
  if (!copyGBps || !dispatchUs) return undefined;
  return {
    gflops: fmaGflops.max,
    memoryGBps: copyGBps.max,
    cacheGBps: Math.max(copyGBps.max, cachedCopyGBps?.max ?? 0),
    cachedBytes: cachedCopyBytes ?? 0,
    dispatchUs: dispatchUs.min,
  };
}

type Amounts = Pick<DispatchResult, 'flops' | 'bytes'>;

/** The times that each roof alone would allow, in microseconds. */
function partsOf({ flops, bytes }: Amounts, roofs: Roofs): Readonly<Record<Binding, number>> {
  const bandwidth = bytes <= roofs.cachedBytes ? roofs.cacheGBps : roofs.memoryGBps;
  return { compute: flops / roofs.gflops / 1000, memory: bytes / bandwidth / 1000, overhead: roofs.dispatchUs };
}

/** The least a dispatch can take: arithmetic beside memory, after the dispatch itself; in microseconds. */
export function floorOf(amounts: Amounts, roofs: Roofs): number {
  const { compute, memory, overhead } = partsOf(amounts, roofs);
  return Math.max(compute, memory) + overhead;
}

/** The largest part of the floor. */
export function bindingOf(amounts: Amounts, roofs: Roofs): Binding {
  const { compute, memory, overhead } = partsOf(amounts, roofs);
  if (overhead > Math.max(compute, memory)) return 'overhead';
  return compute >= memory ? 'compute' : 'memory';
}
