/** The table of losses. Data only. */
import type { ActivationName, ModelConfig } from '../../src/engine/model/config.ts';
import type { LossConfig } from '../../src/engine/model/training-config.ts';

/** One row of the table. */
export interface LossCase {
  readonly loss: LossConfig;
  /** For inputs of 5×4×1. */
  readonly model: ModelConfig;
  /** Class indices, or rows of targets by what may stand in them. */
  readonly targets: 'classes' | 'shares' | 'signs' | 'floats';
  /** So near that only a comparison that works tells it apart: the control. */
  readonly reference: LossConfig;
}

/** For inputs of 5×4×1, five outputs. */
export const endingIn = (activation: ActivationName): ModelConfig => ({
  inputShape: [5, 4, 1],
  layers: [
    { type: 'conv2d', filters: 2, kernelSize: 2, activation: 'sigmoid' },
    { type: 'flatten' },
    { type: 'dense', units: 5, activation },
  ],
});

const smooth = (labelSmoothing: number, fromLogits = false) =>
  ({ type: 'categoricalCrossentropy', labelSmoothing, fromLogits }) as const;

const softmax = endingIn('softmax');
const linear = endingIn('linear');

/** Every loss with every option, behind activations it can have. */
export const lossCases: readonly LossCase[] = [
  { loss: 'sparseCategoricalCrossentropy', model: softmax, targets: 'classes', reference: smooth(0.01) },
  { loss: 'categoricalCrossentropy', model: softmax, targets: 'classes', reference: smooth(0.01) },
  { loss: 'categoricalCrossentropy', model: softmax, targets: 'shares', reference: smooth(0.01) },
  { loss: smooth(0.2), model: softmax, targets: 'classes', reference: smooth(0.21) },
  { loss: smooth(0.2), model: softmax, targets: 'shares', reference: smooth(0.21) },
  {
    loss: { type: 'sparseCategoricalCrossentropy', fromLogits: true },
    model: linear,
    targets: 'classes',
    reference: smooth(0.01, true),
  },
  { loss: smooth(0.1, true), model: endingIn('tanh'), targets: 'shares', reference: smooth(0.11, true) },
  { loss: 'meanSquaredError', model: linear, targets: 'floats', reference: 'hinge' },
  { loss: 'meanSquaredError', model: endingIn('sigmoid'), targets: 'classes', reference: 'hinge' },
  { loss: 'meanSquaredError', model: softmax, targets: 'classes', reference: 'hinge' },
  { loss: 'meanSquaredError', model: endingIn('gelu'), targets: 'shares', reference: 'hinge' },
  { loss: 'hinge', model: linear, targets: 'signs', reference: 'categoricalHinge' },
  { loss: 'hinge', model: endingIn('tanh'), targets: 'classes', reference: 'meanSquaredError' },
  { loss: 'categoricalHinge', model: linear, targets: 'classes', reference: 'hinge' },
  { loss: 'categoricalHinge', model: endingIn('tanh'), targets: 'classes', reference: 'hinge' },
  { loss: 'categoricalHinge', model: softmax, targets: 'classes', reference: 'hinge' },
];
