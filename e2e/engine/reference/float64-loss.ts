/** Keras 3's losses and regularizers in float64, with their gradients. Knows rows of outputs, no layers. */
import type { LossConfig } from '../../../src/engine/model/training-config.ts';
import type { ReferenceRegularizer } from './reference-weights.ts';

/** Whether labels are class indices, one per row, or rows of targets. */
export type TargetKind = 'classes' | 'rows';

/** A loss and its gradient by what it was computed from. */
export interface LossResult {
  readonly loss: number;
  readonly grad: Float64Array;
}

/** A loss with its defaults filled in. */
export interface ReferenceLoss {
  readonly type: Exclude<LossConfig, string>['type'];
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;
}

/** Sparse categorical cross-entropy of probabilities by default. */
export function lossOf(config: LossConfig = 'sparseCategoricalCrossentropy'): ReferenceLoss {
  const plain = { fromLogits: false, labelSmoothing: 0 };
  if (typeof config === 'string') return { ...plain, type: config };
  return { ...plain, ...config };
}

/** True for the two cross-entropies, which differ only in how Keras takes its labels. */
export function isCrossEntropy({ type }: ReferenceLoss): boolean {
  return type === 'sparseCategoricalCrossentropy' || type === 'categoricalCrossentropy';
}

/** Rows of targets for `rows` rows of `width` outputs; a class index is its one-hot vector. */
export function targetRows(
  labels: ArrayLike<number>,
  rows: number,
  width: number,
  kind: TargetKind = labels.length === rows ? 'classes' : 'rows',
): Float64Array {
  const expected = kind === 'classes' ? rows : rows * width;
  if (labels.length !== expected)
    throw new Error(`labels: ${kind} need ${expected} numbers. Received length=${labels.length}.`);
  if (kind === 'rows') return Float64Array.from(labels);
  const targets = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) targets[row * width + labels[row]!] = 1;
  return targets;
}

/** The loss of one row, which writes its gradient into `grad`. */
type RowLoss = (values: Float64Array, targets: Float64Array, grad: Float64Array) => number;

/** Σ t·(ln Σ eˣ − x): the cross-entropy of the softmax of x, without the softmax's overflow or underflow. */
const crossEntropyRow =
  (smoothing: number): RowLoss =>
  (values, targets, grad) => {
    const smoothed = targets.map((target) => target * (1 - smoothing) + smoothing / targets.length);
    const largest = values.reduce((a, b) => Math.max(a, b), -Infinity);
    const powers = values.map((value) => Math.exp(value - largest));
    const total = powers.reduce((a, b) => a + b, 0);
    const weight = smoothed.reduce((a, b) => a + b, 0);
    const logTotal = largest + Math.log(total);
    values.forEach((_, i) => (grad[i] = (weight * powers[i]!) / total - smoothed[i]!));
    return values.reduce((sum, value, i) => sum + smoothed[i]! * (logTotal - value), 0);
  };

const squaredErrorRow: RowLoss = (values, targets, grad) => {
  const width = values.length;
  values.forEach((value, i) => (grad[i] = (2 * (value - targets[i]!)) / width));
  return values.reduce((sum, value, i) => sum + (value - targets[i]!) ** 2 / width, 0);
};

const hingeRow: RowLoss = (values, targets, grad) => {
  const width = values.length;
  const margins = values.map((value, i) => 1 - targets[i]! * value);
  margins.forEach((margin, i) => (grad[i] = margin > 0 ? -targets[i]! / width : 0));
  return margins.reduce((sum, margin) => sum + Math.max(margin, 0) / width, 0);
};

/** The best wrong answer against the right one. */
const categoricalHingeRow: RowLoss = (values, targets, grad) => {
  const wrong = values.map((value, i) => (1 - targets[i]!) * value);
  const worst = wrong.reduce((best, value, i) => (value > wrong[best]! ? i : best), 0);
  const right = values.reduce((sum, value, i) => sum + targets[i]! * value, 0);
  const margin = wrong[worst]! - right + 1;
  if (margin <= 0) return 0;
  targets.forEach((target, i) => (grad[i] = (i === worst ? 1 - target : 0) - target));
  return margin;
};

function rowLossOf(loss: ReferenceLoss): RowLoss {
  switch (loss.type) {
    case 'sparseCategoricalCrossentropy':
    case 'categoricalCrossentropy':
      return crossEntropyRow(loss.labelSmoothing);
    case 'meanSquaredError':
      return squaredErrorRow;
    case 'hinge':
      return hingeRow;
    case 'categoricalHinge':
      return categoricalHingeRow;
  }
}

/** Keras makes −1 of 0 where all targets are 0 or 1. */
function signed(targets: Float64Array): Float64Array {
  return targets.every((target) => target === 0 || target === 1) ? targets.map((target) => 2 * target - 1) : targets;
}

/** The mean over the rows; cross-entropies take the values before their softmax. */
export function meanLoss(loss: ReferenceLoss, values: Float64Array, targets: Float64Array, width: number): LossResult {
  const rows = values.length / width;
  const rowLoss = rowLossOf(loss);
  const wanted = loss.type === 'hinge' ? signed(targets) : targets;
  const grad = new Float64Array(values.length);
  let sum = 0;
  for (let start = 0; start < values.length; start += width) {
    const row = (list: Float64Array) => list.subarray(start, start + width);
    sum += rowLoss(row(values), row(wanted), row(grad));
  }
  return { loss: sum / rows, grad: grad.map((value) => value / rows) };
}

/** `l1·Σ|w| + l2·Σw²` over `divisor`, and its gradient, in which |w| is flat at 0. */
export function penalty({ l1, l2 }: ReferenceRegularizer, values: Float64Array, divisor = 1): LossResult {
  return {
    loss: values.reduce((sum, value) => sum + l1 * Math.abs(value) + l2 * value * value, 0) / divisor,
    grad: values.map((value) => (l1 * Math.sign(value) + 2 * l2 * value) / divisor),
  };
}
