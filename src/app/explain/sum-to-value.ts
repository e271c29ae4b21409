/** From the sum of the products to the value: bias, activation, softmax. Pure. */
import type { Activation } from '../../engine/model/resolved.ts';
import type { CellNumbers } from '../../worker/protocol.ts';
import { activate, softmaxOf } from './activation-formula.ts';
import type { SumToValue } from './explanation.ts';

/** @param logits of all channels at the place, for a softmax; undefined where they were not read. */
export function sumToValue(
  activation: Activation,
  sum: number,
  bias: number | undefined,
  { cell, outputs }: Pick<CellNumbers, 'cell' | 'outputs'>,
  logits: readonly number[] | undefined,
): SumToValue & { readonly value: number } {
  const total = sum + (bias ?? 0);
  const common = { sum, bias, total, activation };
  if (activation.name !== 'softmax') {
    return { ...common, activated: activate(activation, total), softmax: undefined, value: outputs[0] ?? NaN };
  }
  const channel = cell.channel % outputs.length;
  const softmax = softmaxOf(logits, outputs);
  const activated = (softmax.parts[channel]?.power ?? NaN) / softmax.powerSum;
  return { ...common, activated, softmax, value: outputs[channel] ?? NaN };
}
