/** The losses that can be chosen, as data and pure functions. Knows no form. */
import type { LossConfig, LossName } from '../engine/model/training-config.ts';

/** The losses in the order they are offered; Keras's names. */
export const losses: readonly { readonly type: LossName; readonly label: string; readonly hint: string }[] = [
  {
    type: 'sparseCategoricalCrossentropy',
    label: 'cross-entropy',
    hint: 'sparse_categorical_crossentropy: −log of the probability given to the true class.',
  },
  {
    type: 'meanSquaredError',
    label: 'mean squared error',
    hint: 'mean_squared_error: the mean square of what is missing to 1 at the true class and to 0 elsewhere.',
  },
  { type: 'hinge', label: 'hinge', hint: 'hinge: what is missing to a margin of 1 on the right side of zero.' },
  {
    type: 'categoricalHinge',
    label: 'categorical hinge',
    hint: 'categorical_hinge: what the true class lacks to be 1 above the best other one.',
  },
];

/** Which loss it is. */
export function lossName(loss: LossConfig | undefined): LossName {
  return typeof loss === 'object' ? loss.type : (loss ?? 'sparseCategoricalCrossentropy');
}

/** Share of the target that is spread over all classes; undefined for a loss that has none. */
export function smoothingOf(loss: LossConfig | undefined): number | undefined {
  const name = lossName(loss);
  if (name !== 'sparseCategoricalCrossentropy' && name !== 'categoricalCrossentropy') return undefined;
  return typeof loss === 'object' && 'labelSmoothing' in loss ? (loss.labelSmoothing ?? 0) : 0;
}

/** The loss as it is written: undefined for the engine's default. */
export function writtenLoss(type: LossName, labelSmoothing: number): LossConfig | undefined {
  if (type !== 'sparseCategoricalCrossentropy' && type !== 'categoricalCrossentropy') return type;
  if (labelSmoothing > 0) return { type, labelSmoothing };
  return type === 'sparseCategoricalCrossentropy' ? undefined : type;
}
