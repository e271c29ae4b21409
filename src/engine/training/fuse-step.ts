/** What the plan makes of a step's kernels for an adapter: one for what several do, one dispatch for what can run at once. */
import { mergeIndependent } from '../gpu/merged-kernels.ts';
import { shaderSource } from '../gpu/shader-sources.ts';
import type { Target } from '../layers/op.ts';
import { fuseHead, type StepParts } from './fuse-head.ts';

/** The same step in fewer dispatches. */
export function fuseStep(step: StepParts, target: Target): StepParts {
  const { forward, loss, backward } = fuseHead(step, target);
  const { choices, isSoftware } = target;
  // On a CPU nothing is won but the start of a dispatch, which counts beside small kernels only.
  const isMergeable = ({ shader }: { readonly shader: string }) => !isSoftware || shader === 'dense';
  return { forward, loss, backward: mergeIndependent(backward, { sourceOf: shaderSource, isMergeable, choices }) };
}
