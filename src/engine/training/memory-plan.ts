/** Which tensors may share memory: pure arithmetic on when each is first and last used. */
import { isSlice, type Kernel, type PlannedTensor } from '../gpu/kernel.ts';

export interface MemoryPlan {
  /** Bytes of each buffer to be made. */
  readonly buffers: readonly number[];
  /** The buffer each tensor lies in, alone at its time. */
  readonly bufferOf: ReadonlyMap<PlannedTensor, number>;
}

interface Life {
  first: number;
  last: number;
}

/** Everything that has to be known of a tensor: its life in each sequence that uses it. */
interface Lives {
  readonly tensor: PlannedTensor;
  readonly isKept: boolean;
  readonly bySequence: Map<number, Life>;
}

/**
 * Gives every tensor a buffer, so that tensors in one buffer are never needed at the same time. Tensors of one kernel
 * always overlap, hence never share: a buffer cannot be read and written in one dispatch. Large tensors choose first.
 * @param sequences each a list of kernels in the order they run; sequences run whole, one after another in any order.
 * @param isKept tensors whose contents must outlast their sequence.
 */
export function planMemory(
  sequences: readonly (readonly Kernel[])[],
  isKept: (tensor: PlannedTensor) => boolean,
): MemoryPlan {
  const buffers: number[] = [];
  const tenants: Lives[][] = [];
  const bufferOf = new Map<PlannedTensor, number>();
  const bySize = livesOf(sequences, isKept).sort((a, b) => b.tensor.sizeBytes - a.tensor.sizeBytes);
  for (const lives of bySize) {
    const free = tenants.findIndex((others) => others.every((other) => !overlap(lives, other)));
    const chosen = free >= 0 ? free : buffers.length;
    buffers[chosen] = Math.max(buffers[chosen] ?? 0, lives.tensor.sizeBytes);
    (tenants[chosen] ??= []).push(lives);
    bufferOf.set(lives.tensor, chosen);
  }
  return { buffers, bufferOf };
}

function livesOf(sequences: readonly (readonly Kernel[])[], isKept: (tensor: PlannedTensor) => boolean): Lives[] {
  const all = new Map<PlannedTensor, Lives>();
  sequences.forEach((kernels, sequence) => {
    kernels.forEach((kernel, time) => {
      for (const resource of Object.values(kernel.bindings)) {
        if (isSlice(resource)) continue;
        const lives: Lives = all.get(resource) ?? { tensor: resource, isKept: isKept(resource), bySequence: new Map() };
        const life = lives.bySequence.get(sequence) ?? { first: time, last: time };
        life.last = time;
        lives.bySequence.set(sequence, life);
        all.set(resource, lives);
      }
    });
  });
  return [...all.values()];
}

function overlap(a: Lives, b: Lives): boolean {
  if (a.isKept || b.isKept) return true;
  for (const [sequence, life] of a.bySequence) {
    const other = b.bySequence.get(sequence);
    if (other && life.first <= other.last && other.first <= life.last) return true;
  }
  return false;
}
