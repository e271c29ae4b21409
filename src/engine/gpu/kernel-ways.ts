/** The ways a kernel can go, ready to be compiled like any other kernel. Chooses none. */
import type { Kernel, KernelCandidate } from './kernel.ts';

/** All ways of a kernel, the default first; itself alone when it has only one. */
export function waysOf(kernel: Kernel): readonly KernelCandidate[] {
  const { tuning, element } = kernel;
  if (!tuning) return [{ choice: '', kernel }];
  // The pass gives kernels their element after they were made, candidates and all.
  return tuning.candidates().map((way) => ({
    choice: way.choice,
    kernel: element === undefined ? way.kernel : { ...way.kernel, element },
  }));
}
