/** Which tensors may share memory: pure arithmetic on when each is first and last used. */
import { isSlice, type Kernel, type PlannedTensor } from '../gpu/kernel.ts';

export interface MemoryPlan {
  /** Bytes of each buffer to be made. */
  readonly buffers: readonly number[];
  /** The buffer each tensor lies in, alone at its time. */
  readonly bufferOf: ReadonlyMap<PlannedTensor, number>;
}

interface Life {
  readonly tensor: PlannedTensor;
  readonly first: number;
  last: number;
}

/**
 * Gives every tensor a buffer, so that tensors in one buffer are never needed at the same time. Tensors of one kernel
 * always overlap, hence never share: a buffer cannot be read and written in one dispatch.
 * @param kernels in the order they run.
 * @param isKept tensors whose contents must outlast the kernels.
 */
export function planMemory(kernels: readonly Kernel[], isKept: (tensor: PlannedTensor) => boolean): MemoryPlan {
  const buffers: number[] = [];
  const bufferOf = new Map<PlannedTensor, number>();
  const busyUntil: number[] = [];
  for (const life of livesOf(kernels, isKept)) {
    const chosen = chooseBuffer(buffers, busyUntil, life);
    buffers[chosen] = Math.max(buffers[chosen] ?? 0, life.tensor.sizeBytes);
    busyUntil[chosen] = life.last;
    bufferOf.set(life.tensor, chosen);
  }
  return { buffers, bufferOf };
}

function livesOf(kernels: readonly Kernel[], isKept: (tensor: PlannedTensor) => boolean): Life[] {
  const lives = new Map<PlannedTensor, Life>();
  kernels.forEach((kernel, time) => {
    for (const resource of Object.values(kernel.bindings)) {
      if (isSlice(resource)) continue;
      const life = lives.get(resource);
      if (life) life.last = Math.max(life.last, time);
      else lives.set(resource, { tensor: resource, first: time, last: isKept(resource) ? Infinity : time });
    }
  });
  return [...lives.values()];
}

/** The smallest free buffer that is large enough, else the largest free one (it grows), else a new one. */
function chooseBuffer(buffers: readonly number[], busyUntil: readonly number[], life: Life): number {
  const free = buffers.map((_, index) => index).filter((index) => (busyUntil[index] ?? 0) < life.first);
  if (free.length === 0 || life.last === Infinity) return buffers.length;
  const bySize = free.sort((a, b) => (buffers[a] ?? 0) - (buffers[b] ?? 0));
  return bySize.find((index) => (buffers[index] ?? 0) >= life.tensor.sizeBytes) ?? bySize.at(-1) ?? buffers.length;
}
