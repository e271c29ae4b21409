/** Which shader computes a loss and with which constants; the mathematics stands in the shaders. */
import type { ShaderConstants } from '../gpu/wgsl/specialise.ts';
import type { ResolvedLoss } from '../model/loss.ts';

const outputLosses = { meanSquaredError: 0, hinge: 1, categoricalHinge: 2 } as const;

export interface LossShader {
  readonly shader: 'cross-entropy' | 'output-loss';
  readonly constants: ShaderConstants;
}

/** A cross-entropy has its own softmax; the other losses read the outputs. */
export function lossShader({ type, labelSmoothing }: ResolvedLoss): LossShader {
  switch (type) {
    case 'sparseCategoricalCrossentropy':
    case 'categoricalCrossentropy':
      return { shader: 'cross-entropy', constants: { labelSmoothing } };
    default:
      return { shader: 'output-loss', constants: { lossKind: outputLosses[type] } };
  }
}

/** True when the loss does the last layer's softmax itself. */
export function fusesSoftmax(loss: ResolvedLoss): boolean {
  return lossShader(loss).shader === 'cross-entropy' && !loss.fromLogits;
}
