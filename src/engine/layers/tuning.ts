/** Kernels that can go several ways: which one is taken, and how the way is named for whoever chooses. */
import type { Kernel, KernelCandidate } from '../gpu/kernel.ts';
import type { Target } from './op.ts';

/**
 * The way chosen for this work, else the first.
 * @param work what tells this work from other work, whatever network it belongs to; the machine is not part of it.
 */
export function tunable(
  target: Target,
  work: readonly unknown[],
  candidates: () => readonly KernelCandidate[],
): Kernel {
  const all = candidates();
  const key = JSON.stringify([...work, target.batchSize, target.element]);
  const chosen = all.find(({ choice }) => choice === target.choices.get(key)) ?? all[0];
  if (!chosen) throw new Error(`tuning: there must be a way. Received candidates=[] for ${key}.`);
  return all.length > 1
    ? { ...chosen.kernel, tuning: { key, choice: chosen.choice, candidates: () => all } }
    : chosen.kernel;
}
